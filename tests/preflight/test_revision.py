# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A file in which two readers could find two things is refused, though PDFium and qpdf agree on it today."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pdf_samples import codes, edited, permit, stamped

from kanyin.findings import SourceError
from kanyin.preflight.structure import read


def plain() -> bytes:
    """With every object by itself and a table of objects of the old kind."""
    return edited(stamped(), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def appended(objects: dict[int, bytes]) -> bytes:
    """An incremental update that replaces objects (ISO 32000-1, 7.5.6)."""
    data = plain()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        size, root = len(pdf.objects) + 1, pdf.Root.objgen[0]
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    table = b""
    for number, body in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer = b"trailer\n<</Size %d /Root %d 0 R /Prev %d>>\n" % (size, root, before)
    return (
        data + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (data.rindex(b"endobj\n") + len(b"endobj\n"))
    )


def last_content() -> tuple[int, bytes]:
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        stream = pdf.pages[0].obj.Contents[-1]
        data: bytes = stream.read_bytes()
        return stream.objgen[0], data


def stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)


def test_the_plain_file_is_sound() -> None:
    assert codes(plain(), permit()) == set()


def test_an_update_after_the_stamp_is_refused_even_when_it_changes_nothing() -> None:
    number, data = last_content()
    same = appended({number: stream(data)})
    with pikepdf.open(io.BytesIO(same)) as pdf:
        assert pdf.pages[0].obj.Contents[-1].read_bytes().strip() == data.strip()
    assert codes(same, permit()) == {"VERIFY-REVISION"}


@pytest.mark.parametrize(
    "more", [b"%PDF-1.7\n", b"\n%%EOF\n", b"startxref\n0\n%%EOF\n", b"5 0 obj\nnull\nendobj\n", b"junk"]
)
def test_bytes_after_the_end_are_refused(more: bytes) -> None:
    assert codes(plain() + more, permit()) == {"VERIFY-REVISION"}


def test_bytes_before_the_beginning_are_refused() -> None:
    assert codes(b"GIF89a\n" + plain(), permit()) & {"VERIFY-REVISION", "VERIFY-UNREADABLE"}


def test_an_object_that_is_there_twice_is_refused() -> None:
    """The table names the second one; a reader that rebuilds its table may take the first, or the last."""
    data = plain()
    number, _ = last_content()
    hidden = b"%d 0 obj\n%s\nendobj\n" % (number, stream(b"% nothing"))
    start = data.index(b"\nxref")
    changed = data[: start + 1] + hidden + data[start + 1 :]
    changed = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (start + 1 + len(hidden)), changed)
    assert codes(changed, permit()) == {"VERIFY-REVISION"}


def test_an_object_that_no_table_names_is_refused() -> None:
    data = plain()
    hidden = b"99999 0 obj\n<</Type /Catalog>>\nendobj\n"
    start = data.index(b"\nxref")
    changed = data[: start + 1] + hidden + data[start + 1 :]
    changed = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (start + 1 + len(hidden)), changed)
    assert codes(changed, permit()) == {"VERIFY-REVISION"}


def test_tables_that_overlap_are_refused() -> None:
    """Two sections that both say where one object is; readers differ in whether the first or the last counts."""
    data = plain()
    number, _ = last_content()
    entry = b"%d 1\n%010d 00000 n \n" % (number, data.index(b"\n%d 0 obj" % number) + 1)
    changed = data.replace(b"trailer", entry + b"trailer", 1)
    assert codes(changed, permit()) == {"VERIFY-REVISION"}


@pytest.mark.parametrize("key", ["Prev", "XRefStm"])
def test_a_trailer_that_names_another_table_is_refused(key: str) -> None:
    data = plain()
    start = re.findall(rb"startxref\s+(\d+)", data)[-1]
    changed = re.sub(rb"trailer\s*<<", rb"\g<0> /%s %s " % (key.encode(), start), data, count=1)
    assert codes(changed, permit()) & {"VERIFY-REVISION", "VERIFY-UNREADABLE"}


def test_what_a_reader_says_is_told_without_places_in_memory() -> None:
    """Two runs over a damaged file say the same."""
    start = plain().rindex(b"startxref")
    with pytest.raises(SourceError) as refused:
        read(plain()[:start] + b"startxref\n12345\n%%EOF\n", "a.pdf", stamped=False)
    assert refused.value.findings[0].message("en") == (
        "this PDF cannot be read, so nothing can be verified (file is damaged)"
    )
