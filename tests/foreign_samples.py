# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Small PDFs as other programs make them, put together object by object; and the work on them in this process."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pdf_samples import CREDIT, FONTS, permit, record

from kanyin.pdf.finished_cover import Cover
from kanyin.pipeline.finished_work import Reprinted, Wanted, reprinted

N = pikepdf.Name
COVER = Cover(
    "转载", (("作品", "院前急救"), ("被授权方", "示范出版社")), "https://doi.org/10.5555/x", "DOI 的二维码", "封面"
)


def foreign(
    pages: int = 1,
    content: bytes = b"0.5 g 100 400 200 100 re f 0 g 72 700 30 9 re f",
    edit: Callable[[pikepdf.Pdf], None] = lambda pdf: None,
    **saving: Any,
) -> bytes:
    """Pages of US Letter that share one content stream and their resources."""
    pdf = pikepdf.Pdf.new()
    resources = pdf.make_indirect(pikepdf.Dictionary())
    stream = pdf.make_stream(content)
    for _ in range(pages):
        page = pikepdf.Dictionary(
            Type=N.Page, MediaBox=[0, 0, 612, 792], Resources=resources, Contents=stream, CropBox=[0, 0, 612, 792]
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    edit(pdf)
    out = io.BytesIO()
    pdf.save(out, **({"deterministic_id": True} | saving))
    return out.getvalue()


def done(data: bytes, **wanted: Any) -> Reprinted:
    """Cleaned, stamped, proven and compared, as the child process does it."""
    return reprinted(data, "foreign.pdf", permit(credit=(CREDIT,)), record(""), Wanted(FONTS, **wanted))


def codes(found: Reprinted) -> set[str]:
    return {one.code for one in found.findings}


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))
