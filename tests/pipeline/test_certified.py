# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A certified PDF: signed whole, no change permitted, and the receipt says by whom."""

from __future__ import annotations

import io
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from signed_project import EXCERPT, Signed, make_signed

from kanyin.tools.certify import certify, fingerprint, flaw


def certificate(path: Path) -> Path:
    """A key with a certificate of its own, in one PEM file for its owner alone."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import NameOID

    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Press")])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    start = datetime(2026, 1, 1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 7, start, start + timedelta(days=36500))
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    path.chmod(0o600)
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    project = make_signed(tmp_path_factory.mktemp("certified") / "project")
    pem = certificate(project.root / ".keys/press.pem")
    project.must(*EXCERPT, "--certify", str(pem))
    project.must("build", "source/news", "--profile", "archive", "--certify", str(pem))
    return project


pytestmark = pytest.mark.slow

FILES = ("news/excerpt-org-demo-press-s2.pdf", "news/archive.pdf")


@pytest.fixture(params=FILES, ids=["beside", "inside"])
def pdf(request: pytest.FixtureRequest, built: Signed, tmp_path: Path) -> tuple[Signed, Path]:
    project = built.copied(tmp_path / "project")
    return project, project.pdf(request.param)


def codes(project: Signed, path: Path) -> list[str]:
    return [found.code for found in project.verified(path)]


def test_it_is_one_signature_over_the_whole_file_that_permits_nothing(pdf: tuple[Signed, Path]) -> None:
    project, path = pdf
    data = path.read_bytes()
    assert flaw(data, fingerprint(project.root / ".keys/press.pem")) == ""
    with pikepdf.open(path) as opened:
        (reference,) = opened.Root.Perms.DocMDP.Reference
        assert reference.TransformMethod == "/DocMDP" and reference.TransformParams.P == 1
        start, first, second, length = map(int, opened.Root.Perms.DocMDP.ByteRange)
        assert start == 0 and second + length == len(data) and first < second


def test_verify_takes_it(pdf: tuple[Signed, Path]) -> None:
    project, path = pdf
    done = project.run("verify", str(path))
    assert done.returncode == 0, done.stderr


def test_a_certificate_that_was_taken_off_is_missed(pdf: tuple[Signed, Path]) -> None:
    project, path = pdf
    data = path.read_bytes()
    end = data.rindex(b"%%EOF", 0, data.rindex(b"%%EOF")) + len(b"%%EOF")
    path.write_bytes(data[:end] + b"\n")
    assert "VERIFY-CERTIFIED" in codes(project, path)


def test_somebody_elses_certificate_does_not_stand_in(pdf: tuple[Signed, Path], tmp_path: Path) -> None:
    project, path = pdf
    from kanyin.rights import dsse

    size = dsse.read(path.with_suffix(".receipt.json").read_bytes(), "application/vnd.kanyin.receipt+json").value
    below = path.read_bytes()[: size["pdf"]["size"]]
    path.write_bytes(certify(below, certificate(tmp_path / "other.pem")))
    assert codes(project, path) == ["VERIFY-CERTIFIED"]


def annotated(data: bytes) -> bytes:
    """A note on the first page, as a later revision."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, FloatObject, NameObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Square"),
            NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (0, 0, 600, 90)]),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


LATER = {"bytes": lambda data: data + b"\n%\n", "a note": annotated}


@pytest.mark.parametrize("later", LATER)
def test_a_revision_after_it_is_found(pdf: tuple[Signed, Path], later: str) -> None:
    project, path = pdf
    path.write_bytes(LATER[later](path.read_bytes()))
    assert "VERIFY-CERTIFIED" in codes(project, path)
    done = project.run("verify", str(path), "--format", "json")
    assert done.returncode == 7 and "VERIFY-CERTIFIED" in {f["code"] for f in json.loads(done.stdout)["findings"]}


def test_a_changed_byte_anywhere_is_found(pdf: tuple[Signed, Path]) -> None:
    project, path = pdf
    data = path.read_bytes()
    for place in range(20, len(data), len(data) // 12):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert codes(project, path), place


def test_a_key_that_others_can_read_certifies_nothing(built: Signed, tmp_path: Path) -> None:
    pem = tmp_path / "open.pem"
    shutil.copy(built.root / ".keys/press.pem", pem)
    pem.chmod(0o644)
    done = built.run(*EXCERPT, "--certify", str(pem), "--out", "late")
    assert done.returncode == 3 and "KEY-PERMISSIONS" in done.stderr
    assert not (built.root / "late").exists()
