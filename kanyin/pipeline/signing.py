# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Keys, signatures and revocations: the commands `rights keygen`, `rights sign` and `rights revoke`.

A change of the public keys is an entry of the log, signed by a key that was trusted before; the first key begins the
log. So nobody who can merely edit files makes a key that counts.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kanyin.config.job import KEY, Places
from kanyin.config.register import Register, load_register
from kanyin.config.trust import Role, TrustKey, TrustStore, load_trust, render
from kanyin.findings import Finding, RightsError, UsageError, Where, finding
from kanyin.pipeline.outcome import Outcome
from kanyin.rights import dsse
from kanyin.rights.keys import SigningKey, generate, load, save
from kanyin.rights.log import open_log
from kanyin.rights.prove import project_log, trust_store
from kanyin.rights.signed import ROLES, Signable, signables
from kanyin.tools.files import sha256, staged, write_whole

YEARS = 2
"""How long a new key counts unless something else is said."""


def keygen(
    places: Places,
    role: Role,
    holder: str,
    day: date,
    *,
    until: date | None = None,
    out: Path | None = None,
    name: str = "-",
    replaces: str = "",
) -> Outcome:
    """Make a key and make it trusted. `replaces` ends another key on that day. Raises UsageError, RightsError."""
    register = load_register(places.rights, arranging=True)
    if role != "build" and holder not in register.holders_by_id:
        raise UsageError(finding("KEY-HOLDER", Where(str(places.rights)), holder=holder))
    store = _store(register, places.root)
    default = KEY if role == "build" else f".keys/{role}-{holder.replace(':', '_').replace('/', '_')}.key"
    path = out or places.root / default
    if store.keys:
        by = load(places.signing_key)  # before anything is made
        _whole_log(register, places.root, store)
    elif role == "reviewer":
        raise UsageError(finding("KEY-FIRST", Where(str(places.rights))))
    key = generate()
    entry = TrustKey(
        keyid=key.keyid,
        public=base64.b64encode(key.public).decode(),
        role=role,
        holder=holder,
        since=day,
        until=until or _later(day),
        replaces=_known(store, replaces).keyid if replaces else "",
        name=name,
    )
    keys = tuple(replace(k, until=min(k.until, day)) if k.keyid == entry.replaces else k for k in store.keys)
    new = replace(store, keys=(*keys, entry))
    save(key, path)
    try:
        if store.keys:
            _announce(register, places.root, store, new, by, day)
        else:
            _begin(register, places.root, new, key, day)
    except BaseException:
        path.unlink()
        raise
    made = finding("KEY-MADE", Where(str(path)), keyid=key.keyid, role=role, holder=holder, until=entry.until)
    return Outcome((made,), source=str(path))


def _later(day: date) -> date:
    return date(day.year + YEARS, day.month, min(day.day, 28))


def _store(register: Register, root: Path) -> TrustStore:
    path = root / register.keys
    return load_trust(path) if path.exists() else TrustStore(schema="trust/1", keys=())


def _whole_log(register: Register, root: Path, store: TrustStore) -> None:
    """Raises RightsError when the log, or the keys as it knows them, are not as they were left."""
    if register.log:
        project_log(register, root, store)


def _begin(register: Register, root: Path, new: TrustStore, key: SigningKey, day: date) -> None:
    data = render(new)
    write_whole({root / register.keys: data})
    if register.log:
        with open_log(root / register.log, new, key, begin=True) as writer:
            writer.append("trust", day, {"keys": sha256(data), "by": key.keyid})


def _announce(register: Register, root: Path, old: TrustStore, new: TrustStore, by: SigningKey, day: date) -> None:
    """Change the file of keys and say so in the log, signed by a key that is trusted now."""
    data = render(new)
    known = old.find(by.keyid)
    if known is None or known.role == "reviewer" or not known.valid(day):
        raise RightsError(finding("LOG-KEY", Where(str(root / register.keys)), keyid=by.keyid[:16], as_of=day))
    with staged({root / register.keys: data}) as commit:
        if register.log:
            with open_log(root / register.log, old, by) as writer:
                writer.append("trust", day, {"keys": sha256(data), "by": by.keyid})
                commit()
        else:
            commit()


def _known(store: TrustStore, keyid: str) -> TrustKey:
    """The key whose id begins so; at least eight digits, and only one."""
    found = [key for key in store.keys if len(keyid) >= 8 and key.keyid.startswith(keyid)]
    if len(found) != 1:
        raise UsageError(finding("KEY-UNKNOWN", Where(), keyid=keyid))
    return found[0]


def sign(places: Places, ids: Sequence[str], day: date) -> Outcome:
    """Sign entries of the register as they stand: all that `ids` name.

    An envelope that says the same gains a signature.

    Raises RightsError when the key is not one of the holder's, UsageError for an id that is not there.
    """
    register = load_register(places.rights, arranging=True)
    store = trust_store(register, places.root)
    key = load(places.signing_key)
    wanted = [entry for entry in signables(register) if entry.id in ids]
    if missing := set(ids) - {entry.id for entry in wanted}:
        raise UsageError(finding("SIGN-UNKNOWN", Where(str(places.rights)), ids=", ".join(sorted(missing))))
    files: dict[Path, bytes] = {}
    said: list[Finding] = []
    for entry in wanted:
        known = store.find(key.keyid) if store else None
        if known is None or not known.valid(day) or (known.role, known.holder) != (ROLES[entry.kind], entry.holder):
            args = {"keyid": key.keyid[:16], "id": entry.id, "role": ROLES[entry.kind], "holder": entry.holder}
            raise RightsError(finding("SIGN-KEY", entry.where, **args))
        path = places.root / entry.file
        files[path] = _signed(entry, path, key)
        said.append(
            finding("SIGN-DONE", entry.where, kind=entry.kind, id=entry.id, file=entry.file, keyid=key.keyid[:16])
        )
    write_whole(files)
    return Outcome(tuple(said), source=str(places.rights))


def _signed(entry: Signable, path: Path, key: SigningKey) -> bytes:
    new = dsse.read(dsse.seal(entry.type, entry.payload, [key]), entry.type)
    try:
        old = dsse.read(path.read_bytes(), entry.type)
    except (OSError, dsse.EnvelopeError):
        return dsse.write(new)
    if old.payload != new.payload:
        return dsse.write(new)
    others = tuple(item for item in old.signatures if item[0] != key.keyid)
    return dsse.write(replace(new, signatures=(*others, *new.signatures)))


def revoke(places: Places, grant: str, first: date, day: date) -> Outcome:
    """Write the revocation of a grant into the log, from where it holds whatever the register says."""
    register = load_register(places.rights, arranging=True)
    found = next((g for g in register.grants if g.id == grant), None)
    if found is None:
        raise UsageError(finding("SIGN-UNKNOWN", Where(str(places.rights)), ids=grant))
    key, store = load(places.signing_key), _store(register, places.root)
    known = store.find(key.keyid)
    if known is None or not known.valid(day) or (known.role, known.holder) != ("grantor", found.grantor):
        where, holder = found.where, found.grantor
        raise RightsError(finding("SIGN-KEY", where, keyid=key.keyid[:16], id=grant, role="grantor", holder=holder))
    if not register.log:
        raise UsageError(finding("REVOKE-NO-LOG", register.policy.where))
    _whole_log(register, places.root, store)
    with open_log(places.root / register.log, store, key) as writer:
        writer.append("revoke", day, {"grant": grant, "from": first.isoformat(), "by": key.keyid})
    line = f"{{grant: {grant}, from: {first}}}"
    return Outcome((finding("REVOKE-DONE", found.where, grant=grant, day=first, line=line),), source=str(places.rights))


def revoke_key(places: Places, keyid: str, day: date) -> Outcome:
    """Take a public key out of use at once; another trusted key has to sign that."""
    register = load_register(places.rights, arranging=True)
    store = _store(register, places.root)
    lost = _known(store, keyid)
    by = load(places.signing_key)
    if by.keyid == lost.keyid:
        raise UsageError(finding("KEY-OWN", lost.where, keyid=lost.keyid[:16]))
    _whole_log(register, places.root, store)
    keys = tuple(replace(k, revoked=day) if k.keyid == lost.keyid else k for k in store.keys)
    _announce(register, places.root, store, replace(store, keys=keys), by, day)
    return Outcome((finding("KEY-REVOKED", lost.where, keyid=lost.keyid, day=day),), source=str(places.rights))
