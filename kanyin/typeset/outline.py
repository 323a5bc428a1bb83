# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A second look at what a template wrote: headings in order, unique ids, images with a text, nothing foreign.

PDF/UA-1 (ISO 14289-1, 7.4.2 headings, 7.3 figures) is easier to keep here than to mend in a finished file.
"""

from __future__ import annotations

from html.parser import HTMLParser

from kanyin.findings import Finding, Where, finding

# active or external content, and what would let a layout change the frame of the document
_FOREIGN = "script iframe object embed link base meta style form input audio video html head body title"


class _Look(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.level = 0
        self.ids: set[str] = set()
        self.findings: list[Finding] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _FOREIGN.split():
            self._report("TYPESET-TEMPLATE-ELEMENT", element=tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            level = int(tag[1])
            if (level == 1) != (self.level == 0) or level > self.level + 1:
                self._report("TYPESET-OUTLINE", found=tag, before=f"h{self.level}" if self.level else "—")
            self.level = level
        if tag == "img" and not values.get("alt"):
            self._report("TYPESET-IMAGE-ALT", src=(values.get("src") or "")[:60])
        if identity := values.get("id"):
            if identity in self.ids:
                self._report("TYPESET-ID-TWICE", id=identity)
            self.ids.add(identity)

    def _report(self, code: str, **args: str) -> None:
        self.findings.append(finding(code, Where(self.file), **args))


def inspect(content: str, file: str) -> list[Finding]:
    """Findings about the body of a document; `file` is the template that is to be mended."""
    look = _Look(file)
    look.feed(content)
    look.close()
    if look.level == 0:
        look.findings.append(finding("TYPESET-OUTLINE", Where(file), found="—", before="—"))
    return look.findings
