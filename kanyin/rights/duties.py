# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What the one who uses a grant owes, and the credit lines printed on every page.

Naming author, title and first publication is owed by law (著作权法 第24条、第53条; 著作权司法解释 第17条) and so is
leaving the notice in place, whether the grant lists them or not. Where a grant says nothing of payment, that of the
statutory reprint is named (使用文字作品支付报酬办法 2014 第13条): 100 yuan a thousand characters within two months.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

from kanyin.config.register import Entry, FirstPublished, PayDuty
from kanyin.findings import Lang
from kanyin.model import Duty
from kanyin.rights.clauses import Asset
from kanyin.rights.coverage import Coverage
from kanyin.rights.dates import after
from kanyin.rights.request import Request
from kanyin.rights.title import article_title, authors
from kanyin.rights.wording import sentence, word

CREDIT_WIDTH = 90
"""In full widths (a Latin letter is half of one): what fits on A4 at 6 points."""
STATUTORY_DUE = "P2M"
NAMED_AUTHORS = 3
"""More authors than this are named by the first ones and 等, as GB/T 7714 does; the article itself names them all."""


def duties(request: Request, coverages: Sequence[Coverage]) -> tuple[Duty, ...]:
    """The duties of all grants used, each once, in a fixed order."""
    owed = _named(request)
    found = list(owed.values()) if request.action != "publish" else []
    for coverage in coverages:
        if coverage.entry is None or coverage.grant is None:
            continue
        found.extend(owed[duty] for duty in coverage.entry.duties if isinstance(duty, str))
        if coverage.asset.kind != "layout":
            found.append(_duty(f"modify.{coverage.entry.modifications}", grant=coverage.grant.id))
        found.extend(_payments(request, coverage.asset, coverage.grant.id, coverage.entry))
    return tuple(dict.fromkeys(found))


def _named(request: Request) -> dict[str, Duty]:
    """The duties that the finished pages have to show."""
    zh, en = attribution(request, "zh"), attribution(request, "en")
    owed = {
        f"attribute.{name}": Duty(f"attribute.{name}", "in_output", zh[name], en[name])
        for name in ("author", "title", "first_publication")
    }
    keep = (sentence("RIGHTS-DUTY-NOTICE-KEEP", "zh"), sentence("RIGHTS-DUTY-NOTICE-KEEP", "en"))
    return {**owed, "notice.keep": Duty("notice.keep", "in_output", *keep)}


def _payments(request: Request, asset: Asset, grant: str, entry: Entry) -> Iterator[Duty]:
    day = request.job.as_of
    agreed = [duty.pay for duty in entry.duties if isinstance(duty, PayDuty)]
    for pay in agreed:
        amount = f"{pay.fen // 100}.{pay.fen % 100:02d}"
        yield _duty("pay", grant=grant, amount=amount, as_of=day, due=after(day, pay.due))
    if not agreed and asset.kind != "layout":
        yield _duty("pay.statutory", grant=grant, as_of=day, due=after(day, STATUTORY_DUE))


def _duty(name: str, **args: object) -> Duty:
    """A duty that is owed after printing."""
    code = "RIGHTS-DUTY-" + name.upper().replace(".", "-")
    return Duty(name, "post", sentence(code, "zh", **args), sentence(code, "en", **args))


def attribution(request: Request, lang: Lang) -> dict[str, str]:
    """author, title and first publication as they are printed."""
    names = authors(request)
    comma, others = ("，", "，等") if lang == "zh" else (", ", ", et al")
    author = comma.join(names[:NAMED_AUTHORS]) + (others if len(names) > NAMED_AUTHORS else "")
    first = request.work.first_published if request.work else None
    return {"author": author, "title": article_title(request), "first_publication": _first(first, lang)}


def _first(first: FirstPublished | None, lang: Lang) -> str:
    """`中华医学杂志，2024，104（46）：1-8`, in the order of GB/T 7714."""
    if first is None:
        return ""
    comma, colon, open_, close = ("，", "：", "（", "）") if lang == "zh" else (", ", ": ", "(", ")")
    text = f"{first.journal}{comma}{first.date.year}"
    if first.volume or first.issue:
        text += comma + first.volume + (f"{open_}{first.issue}{close}" if first.issue else "")
    return text + (colon + first.pages if first.pages else "")


def credit(request: Request, coverages: Sequence[Coverage], unsigned: bool) -> tuple[str, ...]:
    """The lines below the notice on every page, in the language of the article; each at most 90 full widths long."""
    lang: Lang = "en" if request.lang.casefold().startswith("en") else "zh"
    lines: list[str] = []
    if request.action != "publish":
        kind = "RIGHTS-CREDIT-EXCERPT" if request.action == "excerpt" else "RIGHTS-CREDIT-REPRINT"
        lines.append(sentence(kind, lang, **attribution(request, lang)))
    granted = [_granted(coverage, request, unsigned, lang) for coverage in coverages]
    lines.extend(dict.fromkeys(filter(None, granted)))
    if unsigned and not any(granted):
        lines.append(sentence("RIGHTS-CREDIT-STATEMENT-UNSIGNED", lang))
    return tuple(chain.from_iterable(_wrap(line) for line in lines))


def _granted(coverage: Coverage, request: Request, unsigned: bool, lang: Lang) -> str:
    grant, entry = coverage.grant, coverage.entry
    if grant is None or entry is None:
        return ""
    scope = _scope(entry, request, lang)
    mark = sentence("RIGHTS-CREDIT-UNSIGNED", lang) if unsigned else ""
    text = sentence("RIGHTS-CREDIT-GRANT", lang, grant=grant.id, unsigned=mark, grantee=grant.grantee.name)
    return text + (sentence("RIGHTS-CREDIT-SCOPE", lang, scope=scope) if scope else "")


def _scope(entry: Entry, request: Request, lang: Lang) -> str:
    """What the grant restricts, so that a copy found elsewhere shows that it is out of place."""
    comma = "、" if lang == "zh" else ", "
    said: list[str] = []
    if "*" not in entry.channel:
        said.append(comma.join(word(channel, lang) for channel in entry.channel))
    if "*" not in entry.territory:
        said.append(sentence("RIGHTS-CREDIT-TERRITORY", lang, territory=comma.join(sorted(entry.territory))))
    if entry.limits.copies is not None:
        said.append(sentence("RIGHTS-CREDIT-COPIES", lang, copies=entry.limits.copies))
    if request.action == "excerpt":
        said.append(sentence("RIGHTS-CREDIT-PARTS", lang, parts=comma.join(sorted(request.job.parts))))
    return ("；" if lang == "zh" else "; ").join(said)


def _wrap(line: str) -> Iterator[str]:
    """Break after a space or a mark in the last half of the width, else where the width is used up."""
    start, width, good = 0, 0.0, 0
    for at, char in enumerate(line):
        width += _width(char)
        if width > CREDIT_WIDTH:
            end = good if good > start else at
            yield line[start:end].rstrip()
            start, width, good = end, sum(map(_width, line[end : at + 1])), 0
        if char in " ．，；、" and width > CREDIT_WIDTH / 2:
            good = at + 1
    yield line[start:]


def _width(char: str) -> float:
    return 1 if unicodedata.east_asian_width(char) in "WFA" else 0.5
