# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What came of a build on one page of HTML that needs nothing else: pages, boxes, fonts, images, decision, findings.

A refused build has a page too, without any picture: of what must not be printed nothing is shown.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from kanyin.findings import Finding, Lang
from kanyin.pipeline.outcome import Outcome
from kanyin.preflight.portrait import Portrait, Sheet

WORDS = {
    "zh": {"title": "付印报告", "allow": "准许", "refused": "不予付印", "reasons": "裁定的理由", "findings": "提示",
           "pages": "页面", "boxes": "显示裁切框", "fonts": "字体", "inside": "已嵌入", "outside": "未嵌入",
           "ink": "着墨 {ink}", "image": "图 {w}×{h}，{ppi} ppi", "page": "第 {n} 页"},
    "en": {"title": "Build report", "allow": "permitted", "refused": "refused", "reasons": "Reasons of the decision",
           "findings": "Findings", "pages": "Pages", "boxes": "show boxes", "fonts": "Fonts", "inside": "embedded",
           "outside": "not embedded", "ink": "ink {ink}", "image": "image {w}×{h}, {ppi} ppi", "page": "page {n}"},
}  # fmt: skip
STYLE = """body{font:14px/1.5 sans-serif;margin:1em auto;max-width:1200px}figure{display:inline-block;margin:.5em;
vertical-align:top;width:180px}.p{position:relative;border:1px solid #999}.p img{width:100%;display:block}
.p i{position:absolute;border:1px solid #06c;display:none}#b:checked~main .p i{display:block}figcaption{font-size:12px}
.error{color:#b00}.warning,.skip{color:#950}"""


def page_report(outcome: Outcome, seen: Portrait | None, lang: Lang) -> str:
    """The whole page; the same arguments give the same text. `seen` is None where nothing was made."""
    words = WORDS[lang]
    allowed = outcome.decision is not None and outcome.decision.permit is not None
    body = "".join(_body(outcome, seen if allowed else None, words, lang))
    verdict = words["allow"] if allowed else words["refused"]
    name = outcome.source.replace("\\", "/").split("/")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{words["title"]}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{words['title']}: {escape('/'.join(name[-2:]))}: {verdict}</h1>\n"
        f"{body}</body></html>\n"
    )


def _body(outcome: Outcome, seen: Portrait | None, words: dict[str, str], lang: Lang) -> Iterator[str]:
    if seen is not None:
        yield f'<input type="checkbox" id="b"><label for="b">{words["boxes"]}</label>\n'
        yield f"<main><h2>{words['pages']}</h2>\n"
        for sheet in seen.sheets:
            here = [f for f in outcome.findings if f.where.page == sheet.number]
            yield from _sheet(sheet, here, words, lang)
        yield "</main>\n"
        fonts = "".join(
            f"<li>{escape(name)}: {words['inside' if inside else 'outside']}</li>" for name, inside in seen.fonts
        )
        yield f"<h2>{words['fonts']}</h2>\n<ul>{fonts}</ul>\n"
    if outcome.findings:
        yield f"<h2>{words['findings']}</h2>\n<ul>{''.join(_finding(f, lang) for f in outcome.findings)}</ul>\n"
    if outcome.decision:
        reasons = "".join(_finding(reason.finding(), lang) for reason in outcome.decision.reasons)
        yield f"<h2>{words['reasons']}</h2>\n<ul>{reasons}</ul>\n"


def _sheet(sheet: Sheet, here: list[Finding], words: dict[str, str], lang: Lang) -> Iterator[str]:
    x0, y0, x1, y1 = sheet.shown
    left, right = (sheet.trim[0] - x0) / (x1 - x0), (x1 - sheet.trim[2]) / (x1 - x0)
    bottom, top = (sheet.trim[1] - y0) / (y1 - y0), (y1 - sheet.trim[3]) / (y1 - y0)
    sides = ";".join(
        f"{side}:{max(0.0, share):.2%}"
        for side, share in (("left", left), ("right", right), ("top", top), ("bottom", bottom))
    )
    name = words["page"].format(n=sheet.number)
    source = base64.b64encode(sheet.picture).decode()
    yield f'<figure><div class="p"><img alt="{name}" src="data:image/png;base64,{source}"><i style="{sides}"></i></div>'
    notes = [name, words["ink"].format(ink=f"{sheet.ink:.1%}")]
    notes += [words["image"].format(w=w, h=h, ppi=ppi) for w, h, ppi in sheet.images]
    notes += [f"{f.message(lang)} [{f.code}]" for f in here]
    yield f"<figcaption>{'<br>'.join(map(escape, notes))}</figcaption></figure>\n"


def _finding(finding: Finding, lang: Lang) -> str:
    severity = finding.severity.name.lower()
    basis = f" ({escape(finding.basis)})" if finding.basis else ""
    return f'<li class="{severity}">{escape(finding.message(lang))} [{finding.code}]{basis}</li>\n'
