# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A grant is what was signed: whatever is changed in the register, in the signature or around it, is refused.

Each attack is also shown to succeed where the defence is off, that is in a register that says `trust: none`.
"""

from __future__ import annotations

import copy
import json
import shutil
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from rights_project import DAY, STATEMENT, TRUST, Project, flipped, put, scalars, signed_register
from securesystemslib.dsse import Envelope as ReferenceEnvelope

from kanyin.config.register import Entry, Limits, PartsList
from kanyin.findings import RightsError, UsageError
from kanyin.pipeline.logs import log_outcome
from kanyin.pipeline.signing import keygen, revoke, revoke_key, sign
from kanyin.rights import dsse
from kanyin.rights import prove as proving
from kanyin.rights.canonical import canonical
from kanyin.rights.evidence import Used
from kanyin.rights.keys import generate, load
from kanyin.rights.prove import proof, prove
from kanyin.rights.signed import signables

BASE = signed_register()
GRANT = [(path, value) for path, value in scalars(BASE) if path[:2] == ("grants", 0)]
FILE = "grants/G1.dsse.json"


def why(project: Project, grant: str = "G1") -> str:
    return project.evidence().grants[grant].code


def test_as_it_was_signed_it_holds(project: Project) -> None:
    evidence = project.evidence()
    assert {**evidence.grants, **evidence.statements, **evidence.exceptions, **evidence.waivers}.keys() >= {"G1", "W1"}
    for table in (evidence.grants, evidence.statements, evidence.exceptions, evidence.waivers):
        assert all(not proof.code for proof in table.values())
    decision = project.decide()
    assert decision.permit and not decision.permit.unsigned


@pytest.mark.parametrize(("path", "value"), GRANT, ids=lambda x: ".".join(map(str, x)) if isinstance(x, tuple) else x)
def test_every_scalar_of_a_grant_that_is_changed_is_refused(
    project: Project, path: tuple[str | int, ...], value: str
) -> None:
    project.write(put(BASE, path, flipped(value)))
    assert not project.allowed()
    try:
        register = project.register()
    except RightsError:
        return
    grant = register.grants[0].id
    assert prove(register, project.root, DAY).grants[grant].code in (
        "RIGHTS-PROOF-DIFFERS",
        "RIGHTS-PROOF-MISSING",  # a grant of that name was never signed
        "RIGHTS-PROOF-KEY",  # signed, but not by the holder it names now
    )


EVERY_FIELD: dict[str, Any] = {
    "id": "G5",
    "kind": "agreement",
    "grantor": "cma",
    "grantee": {"id": "org:a", "name": "甲出版社"},
    "permit": [
        {
            "action": "excerpt",
            "works": ["W1"],
            "parts": {"include": ["s1"], "exclude": ["fig1"]},
            "limits": {"chars": "3000", "share": "0.1", "figures": "2", "copies": "5000", "builds": "1"},
            "channel": ["web"],
            "territory": ["CN"],
            "languages": ["zh-Hans"],
            "modifications": "textual",
            "term": {"from": "2026-01-01", "until": "2026-12-31"},
            "duties": ["attribute.author", {"pay": {"fen": "30000", "due": "P2M"}}],
        },
        {
            "action": "layout.style",
            "layouts": ["house"],
            "channel": ["web"],
            "territory": ["CN"],
            "term": {"from": "2026-01-01"},
        },
    ],
}
OF_ITS_KIND = {"layouts": "open", "share": "0.11", "languages": "en", "modifications": "content", "due": "P3M"}


def test_every_scalar_of_a_grant_that_says_all_it_can_say(project: Project) -> None:
    """No field of a grant is left out of what is signed: each is there, and each that is changed is refused."""
    text, design = EVERY_FIELD["permit"]
    for kind, said in ((Entry, text | design), (Limits, text["limits"]), (PartsList, text["parts"])):
        assert {field.name for field in fields(kind)} - {"where"} == set(said)
    whole = {**BASE, "grants": [*BASE["grants"], EVERY_FIELD]}
    project.write(whole)
    sign(project.with_key("grantor-cma.key"), ["G5"], DAY)
    assert why(project, "G5") == ""
    found = [(path, value) for path, value in scalars(whole) if path[:2] == ("grants", len(BASE["grants"]))]
    assert len(found) == 28
    for path, value in found:
        names = [step for step in path if isinstance(step, str)]
        project.write(put(whole, path, OF_ITS_KIND.get(names[-1], flipped(value))))
        try:
            register = project.register()
        except RightsError:
            continue
        proven = prove(register, project.root, DAY).grants
        assert all(proof.code for id_, proof in proven.items() if id_ not in ("G1", "G2")), path


@pytest.mark.parametrize(
    ("change", "job"),
    [
        ({"grants.0.permit.0.limits.copies": "9999"}, {"copies": 9999}),
        ({"grants.0.permit.0.term.until": "2030-12-31"}, {"as_of": DAY.replace(year=2028)}),
        ({"grants.0.permit.0.channel": ["web"]}, {"channel": "web"}),
        ({"grants.0.grantee.id": "org:b", "grants.0.grantee.name": "乙"}, {"grantee": "org:b"}),
        (
            {"grants.0.permit.0.action": "excerpt", "grants.0.permit.0.parts": {"include": ["s2", "tab1"]}},
            {"command": "excerpt", "parts": ("s2",)},
        ),
    ],
    ids=["copies", "term", "channel", "grantee", "action"],
)  # fmt: skip
def test_without_the_defence_the_register_grants_whatever_it_says(
    project: Project, change: dict[str, Any], job: dict[str, Any]
) -> None:
    project.write(signed_register(**change))
    assert not project.allowed(**job)
    project.write(signed_register(**change, **{"policy.trust": "none"}))
    assert not project.allowed(**job)
    for trace in ("trust", "grants", "statements", "exceptions"):
        shutil.rmtree(project.root / trace)
    project.log_file.unlink()
    assert project.allowed(**job)


class TestTrustTakenOut:
    """`trust: none` does not turn a project with signed grants into one without."""

    @pytest.fixture(autouse=True)
    def dropped(self, project: Project) -> None:
        project.write(signed_register(**{"policy.trust": "none"}))

    @staticmethod
    def shown_by(project: Project) -> set[str]:
        with pytest.raises(RightsError) as refused:
            project.register()
        assert {found.code for found in refused.value.findings} == {"REGISTER-TRUST-DROPPED"}
        return {str(dict(found.args)["path"]) for found in refused.value.findings}

    def test_every_trace_of_signatures_refuses_it(self, project: Project) -> None:
        assert {"trust/keys.json", "grants/G1.dsse.json", "statements/W1.dsse.json"} <= self.shown_by(project)

    def test_keys_alone_do(self, project: Project) -> None:
        for trace in ("grants", "statements", "exceptions"):
            shutil.rmtree(project.root / trace)
        assert self.shown_by(project) == {"trust/keys.json"}

    def test_keys_under_another_name_do(self, project: Project) -> None:
        (project.root / "trust/keys.json").rename(project.root / "trust/others.json")
        assert "trust/others.json" in self.shown_by(project)

    def test_traces_that_were_moved_do(self, project: Project) -> None:
        """As deep as one likes, under names of other kinds, and with a log in a place of its own."""
        deep = project.root / "trust/x/y"
        deep.mkdir(parents=True)
        (project.root / "trust/keys.json").rename(deep / "notes.txt")
        (project.root / "grants/G1.dsse.json").rename(deep / "picture.png")
        (project.root / "audit").mkdir()
        project.log_file.rename(project.root / "audit/list")
        for trace in ("grants", "statements", "exceptions"):
            shutil.rmtree(project.root / trace)
        assert self.shown_by(project) == {"trust/x/y/notes.txt", "trust/x/y/picture.png", "audit/list"}
        shutil.rmtree(deep)
        assert self.shown_by(project) == {"audit/list"}

    def test_more_files_than_can_be_looked_at_do(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        for trace in ("trust", "grants", "statements", "exceptions"):
            shutil.rmtree(project.root / trace)
        project.log_file.unlink()
        project.register()
        monkeypatch.setattr("kanyin.config.dropped.FILES", 0)
        with pytest.raises(RightsError) as refused:
            project.register()
        assert [found.code for found in refused.value.findings] == ["REGISTER-TRUST-FILES"]

    def test_envelopes_alone_do(self, project: Project) -> None:
        shutil.rmtree(project.root / "trust")
        project.log_file.unlink()
        assert "grants/G1.dsse.json" in self.shown_by(project)

    def test_a_log_that_knows_other_keys_does(self, project: Project) -> None:
        for trace in ("grants", "statements", "exceptions"):
            shutil.rmtree(project.root / trace)
        path = project.root / "trust/keys.json"
        held = json.loads(path.read_text("utf-8"))
        held["keys"] = [key for key in held["keys"] if key["role"] == "build"]
        path.write_text(json.dumps(held), "utf-8")
        assert self.shown_by(project) == {"rights.log.jsonl"}
        path.unlink()
        assert self.shown_by(project) == {"rights.log.jsonl"}

    def test_with_every_trace_gone_it_is_believed_and_only_a_head_that_was_noted_finds_it(
        self, project: Project
    ) -> None:
        """A limit, and said so in the guide: nothing that lies in the project can tell of what was taken out of it."""
        head = project.log.head
        for trace in ("trust", "grants", "statements", "exceptions"):
            shutil.rmtree(project.root / trace)
        project.log_file.unlink()
        decision = project.decide()
        assert decision.permit and decision.permit.unsigned
        assert "未签名授权" in "".join(decision.permit.credit)
        with pytest.raises(UsageError, match="LOG-NONE"):
            log_outcome(project.places)
        with pytest.raises(RightsError, match="LOG-HEAD"):
            log_outcome(project.places, head=head)

    def test_a_build_key_alone_signs_receipts_and_no_grants(self, project: Project) -> None:
        for trace in ("trust", "grants", "statements", "exceptions", ".keys"):
            shutil.rmtree(project.root / trace)
        project.log_file.unlink()
        project.checkpoint.unlink()
        keygen(project.places, "build", "kanyin", DAY)
        assert project.register().policy.trust == "none"


def test_an_envelope_that_no_grant_refers_to_is_nobody_s_grant(project: Project) -> None:
    shutil.copy(project.root / FILE, project.root / "grants/G9.dsse.json")
    assert project.allowed()


def test_every_scalar_of_what_was_signed_that_is_changed_breaks_the_signature(project: Project) -> None:
    path = project.root / FILE
    envelope = dsse.read(path.read_bytes(), "application/vnd.kanyin.grant+json")
    found = scalars(envelope.value)
    assert len(found) > 15
    for place, value in found:
        other = value + 1 if isinstance(value, int) else flipped(value)
        payload = canonical(put(envelope.value, place, other))
        path.write_bytes(dsse.write(dsse.Envelope(envelope.type, payload, envelope.signatures)))
        assert why(project) == "RIGHTS-PROOF-SIGNATURE", place


def test_every_byte_of_the_envelope_that_is_changed_is_found(project: Project) -> None:
    path = project.root / FILE
    data = path.read_bytes()
    entry = next(entry for entry in signables(project.register()) if entry.id == "G1")
    store = project.store
    assert not proof(entry, project.root, store, 1, DAY).code
    for number in range(len(data)):
        for bit in (1, 32):
            path.write_bytes(data[:number] + bytes([data[number] ^ bit]) + data[number + 1 :])
            assert proof(entry, project.root, store, 1, DAY).code, number
    for shorter in (b"", data[:-1], data + b"\n", b" " + data):
        path.write_bytes(shorter)
        assert why(project) == "RIGHTS-PROOF-UNREADABLE"


@pytest.mark.parametrize(
    "change",
    [
        {"works.0.holder": "soc"},
        {"works.0.doi": "10.5555/other"},
        {"works.0.title.term.until": "2044-12-31"},
        {"works.0.title.sublicensable": "false"},
        {"works.0.title.territory": ["CN", "JP"]},
        {"works.0.parts.0.holder": "ext:photo"},
        {"works.0.first_published.date": "2024-12-11"},
        {"works.0.authors.0.name": "张四"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_work_that_a_grant_speaks_of_is_signed_with_it(project: Project, change: dict[str, Any]) -> None:
    project.write(signed_register(**change))
    assert why(project) == "RIGHTS-PROOF-DIFFERS"


def test_a_note_is_nobodys_grant(project: Project) -> None:
    """What says nothing about rights may be written at any time."""
    project.write(signed_register(**{"works.0.note": "改过的备注"}))
    assert why(project) == ""


class TestReplay:
    def test_the_signature_of_another_grant(self, project: Project) -> None:
        (project.root / FILE).write_bytes((project.root / "grants/G2.dsse.json").read_bytes())
        assert why(project) == "RIGHTS-PROOF-DIFFERS"

    def test_the_same_grant_under_another_id(self, project: Project) -> None:
        second = {**copy.deepcopy(BASE["grants"][0]), "id": "G3", "signature": FILE}
        project.write({**BASE, "grants": [*BASE["grants"], second]})
        assert why(project, "G3") == "RIGHTS-PROOF-DIFFERS"

    def test_a_signature_of_another_kind(self, project: Project) -> None:
        """The same key, the same payload, but signed as a waiver."""
        envelope = dsse.read((project.root / FILE).read_bytes(), "application/vnd.kanyin.grant+json")
        kind = "application/vnd.kanyin.waiver+json"
        forged = dsse.seal(kind, envelope.value, [load(project.root / ".keys/grantor-cma.key")])
        other = dsse.read(forged, kind)
        (project.root / FILE).write_bytes(dsse.write(dsse.Envelope(envelope.type, other.payload, other.signatures)))
        assert why(project) == "RIGHTS-PROOF-SIGNATURE"

    def test_another_work_another_grantee_another_day(self, project: Project) -> None:
        assert project.allowed()
        assert not project.allowed(grantee="org:b")
        assert not project.allowed(as_of=DAY.replace(year=2027))
        assert not project.allowed(channel="web")
        assert not project.allowed(command="excerpt", parts=("s2",))

    def test_used_up(self, project: Project) -> None:
        project.used(4999)
        assert project.allowed(copies=1) and not project.allowed(copies=2)
        project.used(1)
        assert not project.allowed(copies=1)

    def test_a_day_before_the_last_use(self, project: Project) -> None:
        project.used(1, DAY + timedelta(days=1))
        assert not project.allowed() and project.allowed(as_of=DAY + timedelta(days=1))


class TestReplayWithTheDefenceOut:
    """What stopped each replay was the comparison of what was signed, the type within the signature, the counter."""

    def test_another_grant_s_signature_would_do(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        (project.root / FILE).write_bytes((project.root / "grants/G2.dsse.json").read_bytes())
        assert not project.allowed()
        monkeypatch.setattr(
            proving, "signables", lambda of: (replace(entry, payload=Same()) for entry in signables(of))
        )
        assert project.allowed()

    def test_a_waiver_s_signature_would_do(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        real = dsse.pae
        envelope = dsse.read((project.root / FILE).read_bytes(), "application/vnd.kanyin.grant+json")
        kind = "application/vnd.kanyin.waiver+json"
        key = load(project.root / ".keys/grantor-cma.key")

        def of_another_kind() -> bytes:
            other = dsse.read(dsse.seal(kind, envelope.value, [key]), kind)
            return dsse.write(dsse.Envelope(envelope.type, other.payload, other.signatures))

        (project.root / FILE).write_bytes(of_another_kind())
        assert not project.allowed()
        typed = ("checkpoint+json",)
        monkeypatch.setattr(dsse, "pae", lambda type_, data: real(type_ if type_.endswith(typed) else "", data))
        (project.root / FILE).write_bytes(of_another_kind())
        assert why(project) == ""

    def test_what_is_used_up_would_be_there_again(self, project: Project) -> None:
        project.used(5000)
        evidence = project.evidence()
        assert not project.allowed(copies=1)
        assert project.decide(copies=1, evidence=replace(evidence, used={"G1": Used(0, 0)})).permit

    def test_an_older_day_would_do(self, project: Project) -> None:
        project.used(1, DAY + timedelta(days=1))
        evidence = project.evidence()
        assert not project.decide(evidence=evidence).permit
        assert project.decide(evidence=replace(evidence, latest=None)).permit


class Same:
    """Like whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class TestKeys:
    def test_a_key_that_nobody_trusts(self, project: Project) -> None:
        (project.root / FILE).write_bytes(resealed(project, generate()))
        assert why(project) == "RIGHTS-PROOF-KEY"

    @pytest.mark.parametrize("key", ["build.key", "reviewer-cma.key"])
    def test_a_key_that_is_trusted_for_something_else(self, project: Project, key: str) -> None:
        (project.root / FILE).write_bytes(resealed(project, load(project.root / ".keys" / key)))
        assert why(project) == "RIGHTS-PROOF-KEY"
        with pytest.raises(RightsError, match="SIGN-KEY"):
            sign(project.with_key(key), ["G1"], DAY)

    def test_a_key_of_another_holder(self, project: Project) -> None:
        keygen(project.places, "grantor", "soc", DAY)
        (project.root / FILE).write_bytes(resealed(project, load(project.root / ".keys/grantor-soc.key")))
        assert why(project) == "RIGHTS-PROOF-KEY"

    def test_a_key_that_has_run_out_and_its_successor(self, project: Project) -> None:
        old = next(key for key in project.store.keys if key.role == "grantor")
        last = old.until
        assert project.evidence(last).grants["G1"].code == ""
        after = last + timedelta(days=1)
        assert project.evidence(after).grants["G1"].code == "RIGHTS-PROOF-LAPSED"
        new = project.root / ".keys/new.key"
        keygen(project.places, "grantor", "cma", DAY, replaces=old.keyid[:12], out=new)
        assert why(project) == ""  # both its days belong to a term
        assert project.evidence(DAY + timedelta(days=1)).grants["G1"].code == "RIGHTS-PROOF-LAPSED"
        sign(project.with_key("new.key"), ["G1"], DAY)
        assert project.evidence(DAY + timedelta(days=1)).grants["G1"].code == ""

    def test_a_key_that_was_lost(self, project: Project) -> None:
        keyid = next(key.keyid for key in project.store.keys if key.role == "grantor")
        revoke_key(project.places, keyid, DAY)
        assert why(project) == "RIGHTS-PROOF-LAPSED"
        assert project.evidence(DAY - timedelta(days=9)).grants["G1"].code == "RIGHTS-PROOF-LAPSED"
        with pytest.raises(RightsError, match="SIGN-KEY"):
            sign(project.with_key("grantor-cma.key"), ["G1"], DAY)

    def test_two_have_to_sign(self, project: Project) -> None:
        project.write(signed_register(**{"policy.trust": {**TRUST, "threshold": "2"}}))
        assert why(project) == "RIGHTS-PROOF-THRESHOLD"
        keygen(project.places, "grantor", "cma", DAY, out=project.root / ".keys/second.key")
        sign(project.with_key("second.key"), ["G1"], DAY)
        assert why(project) == ""
        sign(project.with_key("second.key"), ["G1"], DAY)  # again: the same two
        envelope = dsse.read((project.root / FILE).read_bytes(), "application/vnd.kanyin.grant+json")
        assert len(envelope.signatures) == 2

    def test_one_bad_signature_among_good_ones(self, project: Project) -> None:
        keygen(project.places, "grantor", "cma", DAY, out=project.root / ".keys/second.key")
        sign(project.with_key("second.key"), ["G1"], DAY)
        envelope = dsse.read((project.root / FILE).read_bytes(), "application/vnd.kanyin.grant+json")
        (first, _), second = envelope.signatures
        broken = dsse.Envelope(envelope.type, envelope.payload, ((first, b"\0" * 64), second))
        (project.root / FILE).write_bytes(dsse.write(broken))
        assert why(project) == "RIGHTS-PROOF-SIGNATURE"

    def test_keys_put_in_by_hand_are_not_believed(self, project: Project) -> None:
        """The log knows the file of keys as it was last changed by somebody who could sign."""
        path = project.root / "trust/keys.json"
        kept, logged = path.read_bytes(), project.log_file.read_bytes()
        checkpoint = project.checkpoint.read_bytes()
        keygen(project.places, "grantor", "soc", DAY)
        added = path.read_bytes()
        project.log_file.write_bytes(logged)
        project.checkpoint.write_bytes(checkpoint)
        assert path.read_bytes() == added != kept
        assert why(project) == "RIGHTS-PROOF-BROKEN" and not project.allowed()
        path.write_bytes(kept)
        assert project.allowed()

    @pytest.mark.parametrize(
        "old, new", [('"until": "2028', '"until": "2038'), ('"grantor"', '"build"'), ("cma", "soc")]
    )
    def test_an_edited_file_of_keys(self, project: Project, old: str, new: str) -> None:
        path = project.root / "trust/keys.json"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        assert why(project) == "RIGHTS-PROOF-BROKEN" and not project.allowed()

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666])
    def test_a_private_key_that_others_can_read_is_not_used(self, project: Project, mode: int) -> None:
        (project.root / ".keys/grantor-cma.key").chmod(mode)
        with pytest.raises(RightsError, match="KEY-PERMISSIONS"):
            sign(project.with_key("grantor-cma.key"), ["G1"], DAY)

    def test_private_keys_are_made_for_their_owner_alone(self, project: Project) -> None:
        for path in (project.root / ".keys").iterdir():
            assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(UsageError, match="KEY-EXISTS"):
            keygen(project.places, "build", "build", DAY)

    def test_a_key_that_cannot_be_announced_is_not_made(self, project: Project) -> None:
        before = project.store
        project.log_file.write_bytes(project.log_file.read_bytes() + b"x")
        with pytest.raises(RightsError, match="LOG-UNATTESTED"):
            keygen(project.places, "grantor", "soc", DAY)
        assert project.store == before and not (project.root / ".keys/grantor-soc.key").exists()

    def test_nobody_makes_a_key_without_a_key(self, project: Project) -> None:
        (project.root / ".keys/build.key").unlink()
        with pytest.raises(RightsError, match="KEY-UNREADABLE"):
            keygen(project.places, "grantor", "soc", DAY)


def resealed(project: Project, key: Any) -> bytes:
    envelope = dsse.read((project.root / FILE).read_bytes(), "application/vnd.kanyin.grant+json")
    return dsse.seal(envelope.type, envelope.value, [key])


class TestRevocation:
    def test_it_holds_whatever_the_register_says_later(self, project: Project) -> None:
        revoke(project.with_key("grantor-cma.key"), "G1", DAY, DAY)
        assert not project.allowed()
        assert "revocations" not in BASE  # and nobody wrote it into the register
        assert project.allowed(as_of=DAY - timedelta(days=1))

    def test_without_the_log_it_would_be_forgotten(self, project: Project) -> None:
        revoke(project.with_key("grantor-cma.key"), "G1", DAY, DAY)
        evidence = project.evidence()
        forgotten = replace(evidence, revoked={})
        assert evidence.revoked and project.decide(evidence=forgotten).permit

    def test_the_register_cannot_do_without_the_log(self, project: Project) -> None:
        revoke(project.with_key("grantor-cma.key"), "G1", DAY, DAY)
        project.write(signed_register(**{"policy.trust": {**TRUST, "log": ""}}))
        with pytest.raises(RightsError):
            project.register()
        assert not project.allowed()

    def test_only_the_grantor_revokes(self, project: Project) -> None:
        for key in ("build.key", "reviewer-cma.key"):
            with pytest.raises(RightsError, match="SIGN-KEY"):
                revoke(project.with_key(key), "G1", DAY, DAY)


class TestOtherEntries:
    def test_a_statement_in_other_words(self, project: Project) -> None:
        project.write(signed_register(**{"works.0.statement": STATEMENT + "。"}))
        assert project.evidence().statements["W1"].code == "RIGHTS-PROOF-DIFFERS"
        assert not project.allowed()

    def test_a_claim_that_a_reviewer_signed(self, project: Project) -> None:
        decision = project.decide(grantee="org:c")
        assert decision.permit and decision.permit.grantee == "org:c" and not decision.permit.grants
        assert decision.permit.credit[0].startswith("转载自：张三")

    @pytest.mark.parametrize("field", ["article", "work", "claimant", "purpose", "parts", "term"])
    def test_a_claim_that_was_changed_after_the_review(self, project: Project, field: str) -> None:
        other = {
            "article": "24(2)",
            "work": "W3",
            "claimant": "org:d",
            "purpose": "出售",
            "parts": ["body"],
            "term": {"from": "2026-01-01"},
        }
        project.write(signed_register(**{f"exceptions.0.{field}": other[field]}))
        assert project.evidence().exceptions["E1"].code
        assert not project.allowed(grantee="org:c") and not project.allowed(grantee="org:d")

    def test_a_claim_is_not_reviewed_by_the_grantor(self, project: Project) -> None:
        with pytest.raises(RightsError, match="SIGN-KEY"):
            sign(project.with_key("grantor-cma.key"), ["E1"], DAY)


def test_the_reference_implementation_reads_our_envelopes(project: Project) -> None:
    shape = json.loads((project.root / FILE).read_bytes())
    envelope = ReferenceEnvelope.from_dict(shape | {"signatures": []})
    ours = dsse.read((project.root / FILE).read_bytes(), "application/vnd.kanyin.grant+json")
    assert envelope.pae() == dsse.pae(ours.type, ours.payload)


@pytest.mark.parametrize("damage", ["rights.log.jsonl", "rights.log.jsonl.checkpoint", "trust/keys.json"])
def test_what_is_missing_refuses_everything_that_needs_a_signature(project: Project, damage: str) -> None:
    (project.root / damage).unlink()
    assert not project.allowed()
    assert project.decide().verdict == "indeterminate"
