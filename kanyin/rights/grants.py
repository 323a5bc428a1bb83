# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Constraints: does one entry of one grant cover what is asked, whole?

Two grants never add up: each entry is judged alone. What an entry does not state, and what cannot be measured, is not
granted (著作权法 第29条). A grant of one action says nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanyin.config.register import Entry, Grant
from kanyin.config.registercheck import BODY
from kanyin.model import Reason
from kanyin.rights.clauses import Asset, Constraint, RuleBook, notes
from kanyin.rights.dates import begun, ended
from kanyin.rights.evidence import UNSIGNED, Used
from kanyin.rights.request import Request
from kanyin.rights.wording import words

constraint = RuleBook[Constraint]()


@constraint(
    "grant.kind", "民法典 第471条、第483条", "An offer binds nobody until it is accepted.", "RIGHTS-GRANT-OFFER"
)
def agreed(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if grant.kind == "offer":
        yield notes("RIGHTS-GRANT-OFFER", grant.where, grant=grant.id)


@constraint(
    "grant.grantor",
    "著作权法 第26条",
    "Only who holds the asset can grant it: the holder of a work cannot grant a figure or a layout of somebody else's.",
    "RIGHTS-GRANT-GRANTOR",
)
def grantor(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if grant.grantor != asset.holder:
        yield notes("RIGHTS-GRANT-GRANTOR", grant.where, grant=grant.id, grantor=grant.grantor, holder=asset.holder)


@constraint(
    "grant.grantee",
    "著作权法实施条例 第24条",
    "A grant serves the one it names and nobody else.",
    "RIGHTS-GRANT-GRANTEE",
)
def grantee(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if not request.user or grant.grantee.id != request.user:
        where = grant.where
        yield notes("RIGHTS-GRANT-GRANTEE", where, grant=grant.id, named=grant.grantee.id, grantee=request.user or "–")


@constraint(
    "grant.revoked",
    "民法典 第565条",
    "From its day on a revoked grant is none; that day belongs to the revocation.",
    "RIGHTS-GRANT-REVOKED",
)
def revoked(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    first = request.revoked(grant.id)
    if first and first[0] <= request.job.as_of:
        yield notes("RIGHTS-GRANT-REVOKED", first[1], grant=grant.id, day=first[0])


@constraint(
    "grant.action",
    "著作权法 第29条",
    "Reprint implies neither excerpt nor the use of a layout, and the other way round.",
    "RIGHTS-GRANT-ACTION",
)
def action(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if entry.action != asset.action:
        yield notes("RIGHTS-GRANT-ACTION", entry.where, grant=grant.id, granted=entry.action, action=asset.action)


@constraint(
    "grant.asset",
    "著作权法 第29条",
    "A grant names its works and layouts one by one; a layout may be granted for certain works only.",
    "RIGHTS-GRANT-WORK",
    "RIGHTS-GRANT-LAYOUT",
)
def asset_named(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if asset.kind == "layout" and asset.id not in entry.layouts:
        yield notes("RIGHTS-GRANT-LAYOUT", entry.where, grant=grant.id, layout=asset.id)
    if (asset.kind != "layout" or entry.works) and request.work_id not in entry.works:
        yield notes("RIGHTS-GRANT-WORK", entry.where, grant=grant.id, work=request.work_id)


@constraint(
    "grant.parts",
    "著作权法 第29条",
    "An excerpt and a part of somebody else's are granted by name; a whole work may be granted as a whole.",
    "RIGHTS-GRANT-PARTS",
)
def parts(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if asset.kind == "layout":
        return
    include, exclude = set(entry.parts.include), set(entry.parts.exclude)
    by_name = asset.kind == "part" or request.action == "excerpt"
    missing = set(asset.parts) & exclude
    if include or by_name:
        missing |= set(asset.parts) - include
    if missing or not asset.parts:
        told = sorted(missing - ({BODY} if request.action != "excerpt" else set()))  # no id that anybody could name
        yield notes("RIGHTS-GRANT-PARTS", entry.where, grant=grant.id, parts=", ".join(told) or "–")


@constraint("grant.term", "著作权法 第26条", "A licence has a term; both its days belong to it.", "RIGHTS-GRANT-TERM")
def term(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if not begun(entry.term, request.job.as_of) or ended(entry.term, request.job.as_of):
        yield notes(
            "RIGHTS-GRANT-TERM",
            entry.where,
            grant=grant.id,
            first=entry.term.from_,
            last=entry.term.until or "–",
            as_of=request.job.as_of,
        )


@constraint(
    "grant.channel",
    "著作权法 第26条、第29条；国版办发〔2015〕3号",
    "Print is not web; a channel that is not named is covered only where the grant says every channel.",
    "RIGHTS-GRANT-CHANNEL",
)
def channel(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if "*" not in entry.channel and request.channel not in entry.channel:
        named = ", ".join(entry.channel)
        asked = request.channel or "–"
        option = entry.channel[0]
        yield notes("RIGHTS-GRANT-CHANNEL", entry.where, grant=grant.id, named=named, channel=asked, option=option)


@constraint("grant.territory", "著作权法 第26条", "A licence is for a territory.", "RIGHTS-GRANT-TERRITORY")
def territory(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    if not {"*", request.territory} & set(entry.territory):
        named = ", ".join(entry.territory)
        yield notes("RIGHTS-GRANT-TERRITORY", entry.where, grant=grant.id, named=named, territory=request.territory)


@constraint(
    "grant.language",
    "著作权法 第29条",
    "A grant may be for the text in certain languages; a text whose language is unknown is not covered.",
    "RIGHTS-GRANT-LANGUAGE",
)
def language(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    allowed = {lang.casefold() for lang in entry.languages}
    if allowed and "*" not in allowed and request.lang.casefold() not in allowed:
        named = ", ".join(entry.languages)
        yield notes("RIGHTS-GRANT-LANGUAGE", entry.where, grant=grant.id, named=named, lang=request.lang or "–")


@constraint(
    "grant.limits",
    "著作权法 第26条、第29条",
    "A bound is kept when the measured value is at or below it; what is not measured is not kept. Copies and builds "
    "are counted by the log, so that the same grant is not used up twice.",
    "RIGHTS-GRANT-LIMIT",
    "RIGHTS-GRANT-LIMIT-UNMEASURED",
)
def limits(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    bounds = entry.limits
    measured: dict[str, float | None] = {"copies": request.job.copies if request.job.copies > 0 else None}
    if request.evidence.used is not None:
        before = request.evidence.used.get(grant.id, Used())
        measured["builds"] = before.builds + 1
        measured["copies"] = before.copies + request.job.copies if request.job.copies > 0 else None
    if text := request.evidence.text:
        measured["figures"] = text.figures
        if text.indexed and asset.kind == "work":
            own = text.of(request.work_id)
            measured["chars"], measured["share"] = (own.all_chars, own.all_share) if own else (0, 0.0)
    for name in ("chars", "share", "figures", "copies", "builds"):
        bound, value = getattr(bounds, name), measured.get(name)
        if bound is not None and value is None:
            how = words("how", f"measured.{name}")
            yield notes("RIGHTS-GRANT-LIMIT-UNMEASURED", entry.where, grant=grant.id, limit=name, bound=bound, **how)
        elif bound is not None and value is not None and value > bound:
            yield notes("RIGHTS-GRANT-LIMIT", entry.where, grant=grant.id, limit=name, bound=bound, value=value)


@constraint(
    "grant.modifications",
    "著作权法 第10条第1款第3项、第4项、第36条",
    "Who may print a text may not print another one under its name: how much of it is the work's own is measured.",
    "RIGHTS-GRANT-MODIFIED",
    "RIGHTS-GRANT-ALTERED",
    "RIGHTS-GRANT-CHANGED",
    "RIGHTS-GRANT-PARTIAL",
)
def modifications(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    text = request.evidence.text
    if asset.kind != "work" or text is None or not text.indexed or entry.modifications == "content":
        return
    least = OWN_PAGES if text.pages else SAME[entry.modifications]
    if text.own < least:
        yield notes(
            "RIGHTS-GRANT-MODIFIED",
            entry.where,
            grant=grant.id,
            own=f"{text.own * 100:.1f}%",
            least=f"{least * 100:.0f}%",
            allowed=entry.modifications,
        )
    elif entry.modifications == "none" and text.changed:
        first = text.changed[0]
        sha256 = request.evidence.pdf.sha256 if request.evidence.pdf else "–"
        told = {"work": request.work_id, "text": first.snippet, "count": len(text.changed), "sha256": sha256}
        yield notes("RIGHTS-GRANT-CHANGED", first.where, grant=grant.id, **told)
    elif entry.modifications == "none" and not text.same and not text.pages:
        yield notes("RIGHTS-GRANT-ALTERED", entry.where, grant=grant.id, work=request.work_id)
    least = (WHOLE_PAGES if text.pages else SAME)[entry.modifications]
    if text.covered < least:
        covered = f"{text.covered * 100:.1f}%"
        args = {"work": request.work_id, "covered": covered, "least": f"{least * 100:.0f}%"}
        yield notes("RIGHTS-GRANT-PARTIAL", entry.where, grant=grant.id, **args)


SAME = {"none": 0.98, "textual": 0.70}
"""How much of a text has to be found in the work, and of the work in the article, by what may be changed; punctuation
and spelling do not count. Where nothing may be changed each 字 has to be the same besides."""
OWN_PAGES = 0.70
WHOLE_PAGES = {"none": 0.90, "textual": 0.70}
"""The same of a finished PDF: its pages hold references and addresses too, which no index has, and need not show what
an index has of a formula or a picture."""


@constraint(
    "grant.signature",
    "电子签名法 第13条",
    "A grant is what its grantor signed; where the register demands signatures an unverified one is no evidence.",
    "RIGHTS-GRANT-UNVERIFIED",
)
def signature(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    proof = request.evidence.grants.get(grant.id, UNSIGNED)
    if request.demands_signatures and proof.code:
        yield notes("RIGHTS-GRANT-UNVERIFIED", grant.where, grant=grant.id, **proof.words())


@constraint(
    "grant.clock",
    "民法典 第565条；著作权法 第26条",
    "A day that lies before the last use of any grant would bring back terms that have ended and revocations to come.",
    "RIGHTS-GRANT-CLOCK",
)
def clock(request: Request, asset: Asset, grant: Grant, entry: Entry) -> Iterator[Reason]:
    latest, day = request.evidence.latest, request.job.made
    if latest and day < latest:
        yield notes("RIGHTS-GRANT-CLOCK", grant.where, grant=grant.id, as_of=day, latest=latest)
