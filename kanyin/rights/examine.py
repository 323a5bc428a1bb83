# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every rule by itself, for `rights explain`: whether it holds, by which fact and law, and what would change it.

The same functions that decide are asked once more, one at a time; so what is told cannot differ from what was decided.
Where a rule has nothing to object to, the fact is what stands in the register; where it objects, what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kanyin.config.register import Entry, Grant
from kanyin.findings import Finding, Lang, Where, finding
from kanyin.model import Decision, Reason
from kanyin.rights import design, exceptions
from kanyin.rights.clauses import Asset, Rule
from kanyin.rights.coverage import assets, cover, near
from kanyin.rights.decide import CLAUSES, decide
from kanyin.rights.grants import constraint
from kanyin.rights.request import Request
from kanyin.rights.wording import words

UNMEASURED = "RIGHTS-RULE-UNMEASURED"
"""Of a rule that had nothing to look at: it forbids nothing, and does not hold either."""
EXTENT = frozenset({"RIGHTS-PART-TREE", "RIGHTS-PART-KIND"})


@dataclass(frozen=True)
class Node:
    """A rule, or a group of rules: `fact` says in one sentence what it found; `said` are the reasons it gave."""

    rule: str
    holds: bool
    basis: str
    fact: Finding
    said: tuple[Reason, ...] = ()
    below: tuple[Node, ...] = ()


def examine(request: Request, decision: Decision) -> tuple[Node, ...]:
    """All that was asked, in the order in which it was asked."""
    wanted = [*assets(request)]
    used = design.asset(request)
    wanted += [used] if used else []
    nodes = [_clause(request, rule) for rule in CLAUSES]
    nodes += [_covered(request, asset, decision) for asset in wanted]
    extent = tuple(reason for reason in decision.reasons if reason.code in EXTENT)
    if request.action == "excerpt":
        fact = (
            extent[0].finding() if extent else finding("RIGHTS-RULE-EXTENT", request.article_at or request.register_at)
        )
        nodes.append(Node("parts.extent", not extent, "著作权法 第29条", fact, extent))
    for claim in exceptions.weighed(request, []) if request.action != "publish" else []:
        found = claim.finding()
        nodes.append(Node("exception", claim.effect == "permits", found.basis, found, (claim,)))
    return tuple(nodes)


def until(request: Request, decision: Decision) -> tuple[date, Finding] | None:
    """The last day on which a permitted request stays permitted, as far as the register knows, and what ends then."""
    for day, what, what_en, where in sorted(_ends(request)) if decision.permit else ():
        job = replace(request.job, as_of=day + timedelta(days=1))
        if (
            day >= request.job.as_of
            and not decide(request.front, request.register, job, request.layout, request.evidence).permit
        ):
            return day, finding("RIGHTS-UNTIL", where, day=day, what=what, what_en=what_en)
    return None


def _ends(request: Request) -> Iterator[tuple[date, str, str, Where]]:
    """Days after which something in the register is no longer, or only then, as it is."""
    register, before = request.register, timedelta(days=1)
    if request.work and (last := request.work.title.term.until):
        yield last, "权利来源届满", "the title ends", request.work.title.where
    for asset in [*assets(request), *filter(None, [design.asset(request)])]:
        found = cover(request, asset)
        if found.grant and found.entry and (last := found.entry.term.until):
            yield last, f"{found.grant.id} 届满", f"{found.grant.id} ends", found.entry.where
        if found.grant and (revoked := request.revoked(found.grant.id)):
            yield revoked[0] - before, f"{found.grant.id} 撤回", f"{found.grant.id} is revoked", revoked[1]
    for ban in register.prohibitions:
        if ban.term:
            yield ban.term.from_ - before, f"禁令 {ban.id} 开始", f"the prohibition {ban.id} begins", ban.where
    for claim in register.exceptions:
        if claim.term and claim.term.until:
            yield claim.term.until, f"{claim.id} 届满", f"{claim.id} ends", claim.where


def as_data(nodes: Sequence[Node], lang: Lang) -> list[dict[str, Any]]:
    """The nodes as JSON: rule, whether it holds, fact with its place, law, and what would change it."""
    return [
        {
            "rule": node.rule,
            "holds": node.holds,
            "skipped": node.fact.code == UNMEASURED,
            "fact": node.fact.message(lang),
            "where": {"file": node.fact.where.file, "line": node.fact.where.line, "column": node.fact.where.column},
            "basis": node.basis,
            "would_change": "" if node.holds else _remedy(node, lang),
            "because": [_reason(reason, lang) for reason in node.said if reason.finding() != node.fact],
            "below": as_data(node.below, lang),
        }
        for node in nodes
    ]


def _remedy(node: Node, lang: Lang) -> str:
    return next((hint for reason in node.said if (hint := reason.finding().hint(lang))), "")


def _reason(reason: Reason, lang: Lang) -> str:
    found = reason.finding()
    return f"{found.message(lang)} ({found.where})" if str(found.where) else found.message(lang)


def _clause(request: Request, rule: Rule[Any]) -> Node:
    said = tuple(rule.judge(request))
    against = tuple(reason for reason in said if reason.effect == "forbids")
    facts = {**_of_request(request), **_of_title(request)}
    if against:
        fact = against[0].finding()
    elif rule.id.startswith("passages.") and request.evidence.text is None:
        fact = finding(UNMEASURED, request.register.policy.where)
    else:
        fact = _holding(rule.id, _place(request, rule.id), facts)
    if not fact.where.file:
        fact = replace(fact, where=_place(request, rule.id) or Where())
    return Node(rule.id, not against, rule.basis, fact, said)


def _covered(request: Request, asset: Asset, decision: Decision) -> Node:
    found = cover(request, asset)
    lifted = found.grant is None and decision.permit is not None  # a reviewed claim stands in for the grant
    args = {"asset": asset.parts[0] if asset.kind == "part" else asset.id, **words("action", asset.action)}
    fact = finding("RIGHTS-RULE-COVERED", found.entry.where if found.entry else None, **args)
    if lifted:
        fact = next(r.finding() for r in decision.reasons if r.effect == "permits" and r.code in exceptions.REVIEWED)
    elif found.grant is None:
        fact = found.reasons[0].finding()
    below: list[Node] = []
    others = 0
    for grant in sorted(request.register.grants, key=lambda grant: grant.id):
        close = [(number, entry) for number, entry in enumerate(grant.permit, 1) if near(request, asset, grant, entry)]
        others += not close
        below += [_entry(request, asset, grant, number, entry) for number, entry in close]
    if others:
        fact_of_others = finding("RIGHTS-RULE-OTHERS", request.register.where, count=others)
        below.append(Node("grant", False, "", fact_of_others))
    holds = found.grant is not None or lifted
    return Node(f"covered.{asset.kind}", holds, "著作权法 第29条", fact, found.reasons, tuple(below))


def _entry(request: Request, asset: Asset, grant: Grant, number: int, entry: Entry) -> Node:
    facts = {**_of_request(request), **_of_entry(grant, entry), "asset": asset.id}
    nodes = []
    for rule in constraint.rules:
        said = tuple(rule.judge(request, asset, grant, entry))
        fact = said[0].finding() if said else _holding(rule.id, entry.where, facts)
        nodes.append(Node(rule.id, not said, rule.basis, fact, said))
    head = finding("RIGHTS-RULE-GRANT", entry.where, grant=grant.id, number=number)
    return Node("grant", all(node.holds for node in nodes), "", head, (), tuple(nodes))


def _holding(rule: str, where: Where | None, facts: dict[str, str]) -> Finding:
    return finding("RIGHTS-RULE-" + rule.upper().replace(".", "-"), where, **facts)


def _place(request: Request, rule: str) -> Where | None:
    """Where the fact stands of which a clause speaks."""
    family = rule.partition(".")[0]
    if family == "title" and request.work:
        return request.work.title.where
    if family == "layout" and request.design:
        return request.design.where
    if family in ("holder", "declared", "statement", "request", "passages"):
        return request.rights_at or request.register_at
    return request.register_at if request.work else Where(request.register.where.file, 1)


def _of_request(request: Request) -> dict[str, str]:
    published = request.work.first_published if request.work else None
    told = f"{published.journal} {published.date}" if published else "–"
    return {
        "work": request.work_id or "–",
        "holder": request.holder.id if request.holder else "–",
        "user": request.user or "–",
        "parts": _list(request.job.parts),
        "published": told,
        "layout": request.design_id or "–",
        "layout_holder": request.design.holder if request.design else "–",
        "as_of": str(request.job.as_of),
        "territory": request.territory,
        "channel": request.channel or "–",
        "lang": request.lang or "–",
    }


def _of_title(request: Request) -> dict[str, str]:
    title = request.work.title if request.work else None
    return {
        "basis_of_title": title.basis if title else "–",
        "title_from": str(title.term.from_) if title else "–",
        "title_until": str(title.term.until or "…") if title else "–",
        "title_territory": _list(title.territory if title else ()),
        "title_rights": _list(title.rights if title else ()),
    }


def _of_entry(grant: Grant, entry: Entry) -> dict[str, str]:
    bounds = {name: getattr(entry.limits, name) for name in ("chars", "share", "figures", "copies", "builds")}
    return {
        "kind": grant.kind,
        "grantor": grant.grantor,
        "grantee": grant.grantee.id,
        "action_of_entry": entry.action,
        "entry_works": _list((*entry.works, *entry.layouts)),
        "entry_parts": _list(entry.parts.include),
        "entry_from": str(entry.term.from_),
        "entry_until": str(entry.term.until or "…"),
        "entry_channel": _list(entry.channel),
        "entry_territory": _list(entry.territory),
        "entry_languages": _list(entry.languages),
        "entry_limits": _list(f"{name} {value}" for name, value in bounds.items() if value is not None),
        "entry_modifications": entry.modifications,
    }


def _list(values: Any) -> str:
    return ", ".join(map(str, values)) or "–"
