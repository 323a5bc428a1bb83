# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Small PDFs for the tests of `pdf` and `preflight`: laid out by WeasyPrint, permitted, stamped. Each is made once."""

from __future__ import annotations

import functools
import io
import warnings
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pikepdf

from kanyin.composition import paint_seam
from kanyin.findings import Finding
from kanyin.model import Permit, mint
from kanyin.notice import canonical
from kanyin.pdf.metadata import CHINA, Record
from kanyin.pdf.paginate import engine
from kanyin.pdf.stamp import stamp
from kanyin.preflight.verify import verify
from kanyin.tools.fonts import fontconfig

HOME = Path(__file__).resolve().parents[1]
FONTS = HOME / "fonts"
ZONE = 20.0
WORK = "cma.j.cn100000-20240101-00001"
CREDIT = "经中华医学会授权转载，授权编号 G-2026-0007。"

TEXT = "急性心肌梗死患者的院前急救时间与预后有关，本文回顾分析两家医院的病例，比较不同转运方式的结果。" * 4
A4 = "@page { size: A4; margin: 20mm 20mm 25mm }"
A5 = "@page { size: A5; margin: 15mm 15mm 25mm }"


def permit(**changes: Any) -> Permit:
    values: dict[str, Any] = {
        "action": "publish",
        "work": WORK,
        "holder": "cma",
        "holder_name": "中华医学会",
        "notice": canonical(),
        "layout": "cma-house",
        "as_of": date(2026, 3, 1),
    }
    return mint(**(values | changes))


def record(profile: Any = "screen", **changes: Any) -> Record:
    values: dict[str, Any] = {
        "title": ("院前急救时间与预后", "Pre-hospital time and outcome"),
        "created": datetime(2024, 12, 10, 8, 30, tzinfo=CHINA),
        "profile": profile,
        "authors": ("王伟", "李娜"),
        "keywords": ("急救", "心肌梗死"),
        "doi": f"10.3760/{WORK}",
    }
    return Record(**(values | changes))


@functools.cache
def laid_out(css: str = A4, pages: int = 1, variant: str | None = "pdf/ua-1", extra: str = "") -> bytes:
    """A tagged PDF with a heading and some text on each page; `extra` is HTML at the end of the last one."""
    weasyprint = engine(fontconfig(FONTS))
    paint_seam.install()
    body = "".join(f"<section><h1>第{n}节</h1><p>{TEXT}</p></section>" for n in range(1, pages + 1))
    html = f"""<html lang="zh-Hans"><head><title>院前急救</title><style>
        section + section {{ break-before: page }}
        body {{ font: 10.5pt/1.7 "Kanyin Song"; margin: 0 }} {css}</style></head><body>{body}{extra}</body></html>"""
    with warnings.catch_warnings():
        # WeasyPrint leaves its colour profile open when it writes PDF/A.
        warnings.simplefilter("ignore", ResourceWarning)
        data: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant=variant, pdf_tags=True)
    return data


@functools.cache
def stamped(css: str = A4, pages: int = 1, profile: str = "screen", credit: bool = False, statement: str = "") -> bytes:
    variant = {"screen": "pdf/ua-1", "archive": "pdf/a-3a", "print": None}[profile]
    return put(laid_out(css, pages, variant), expected(credit, statement), record(profile))


def expected(credit: bool = False, statement: str = "") -> Permit:
    return permit(credit=(CREDIT,) if credit else (), statement=statement)


Permits = Permit | Sequence[Permit] | None


def put(data: bytes, allowed: Permits = None, about: Record | None = None, zone: float = ZONE) -> bytes:
    return stamp(data, allowed or permit(), about or record(), fonts=FONTS, zone_mm=zone)


def faults(data: bytes, allowed: Permits = None) -> list[Finding]:
    return verify(data, "sample.pdf", canonical(), fonts=FONTS, expected=allowed)


def codes(data: bytes, allowed: Permits = None) -> set[str]:
    return {found.code for found in faults(data, allowed)}


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], None], **saving: Any) -> bytes:
    """The PDF after somebody worked on it with another tool."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(out, **({"deterministic_id": True, "fix_metadata_version": False} | saving))
    return out.getvalue()
