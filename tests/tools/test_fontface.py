# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The built faces, seen by fontTools and shaped by HarfBuzz: what they squeeze, how they are named, what they lack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import uharfbuzz as hb
from conftest import HOME
from fontTools.ttLib import TTFont

from kanyin.config.fontlist import Face, load_fonts
from kanyin.tools.fontface import characters

FONTS = HOME / "fonts"
FACES = load_fonts(FONTS).faces
HAN = [face for face in FACES if face.kind == "han"]
LIBERATION = [face for face in FACES if face.origin.package == "fonts-liberation2"]


@pytest.fixture(autouse=True)
def _built(fonts: Path) -> None:
    """These tests read the real fonts."""


@contextmanager
def opened(face: Face) -> Iterator[TTFont]:
    with TTFont(FONTS / face.file, lazy=True) as font:
        yield font


def each(faces: list[Face]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("face", faces, ids=lambda face: face.role)


@cache
def shaper(file: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(FONTS / file))))


def advances(face: Face, text: str, **features: bool) -> list[float]:
    """Advance widths in ems."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "zh-Hans"
    font = shaper(face.file)
    hb.shape(font, buffer, features)
    return [position.x_advance / font.face.upem for position in buffer.glyph_positions]


@each(HAN)
@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("）。", [0.5, 1]),
        ("（《", [1, 0.5]),
        ("」，", [0.5, 1]),
        ("、（", [0.5, 1]),
        ("国（", [1, 1]),
        ("。国", [1, 1]),
    ],
)
def test_marks_beside_marks_are_squeezed_by_chws(face: Face, text: str, squeezed: list[float]) -> None:
    assert advances(face, text) == [1, 1]
    assert advances(face, text, chws=True) == squeezed


@each([face for face in HAN if face.role != "kai"])
@pytest.mark.parametrize(("text", "squeezed"), [("，“", [0.5, 1]), ("。”", [0.5, 1]), ("”（", [0.5, 1])])
def test_quotes_are_full_width_and_squeeze(face: Face, text: str, squeezed: list[float]) -> None:
    assert advances(face, text) == [1, 1]
    assert advances(face, text, chws=True) == squeezed


@each(HAN)
@pytest.mark.parametrize("mark", "，。、；：（）《》【】")
def test_marks_are_half_width_by_halt(face: Face, mark: str) -> None:
    assert advances(face, mark, halt=True) == [0.5]


@each(list(FACES))
def test_names_weights_and_metrics(face: Face) -> None:
    with opened(face) as font:
        names, system, head, horizontal = font["name"], font["OS/2"], font["head"], font["hhea"]
    bold, italic = face.weight == 700, face.italic
    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "Bold Italic"}
    assert names.getDebugName(1) == face.family
    assert names.getDebugName(2) == style[bold, italic]
    assert names.getDebugName(0), "the copyright line of the origin stays"
    assert face.origin.package in names.getDebugName(10)
    assert system.usWeightClass == face.weight
    assert (bool(system.fsSelection & 1 << 5), bool(system.fsSelection & 1)) == (bold, italic)
    assert head.macStyle == bold + 2 * italic
    assert system.fsType == 0, "may be embedded"
    em = head.unitsPerEm
    assert (horizontal.ascent / em, horizontal.descent / em) == pytest.approx((0.88, -0.12), abs=0.001)
    assert head.created == head.modified == 3850070400, "no clock"


RESERVED = ("Noto", "Source", "LXGW", "霞鹜", "Liberation", "HanaMin", "Hanazono", "花园", "DejaVu", "Vera")


@each(list(FACES))
def test_no_reserved_name_is_kept(face: Face) -> None:
    with opened(face) as font:
        shown = [str(record) for record in font["name"].names if record.nameID in (1, 2, 3, 4, 6, 16, 17)]
    assert not [name for name in shown for word in RESERVED if word in name]


@each(list(FACES))
def test_no_face_has_hangul_or_private_use(face: Face) -> None:
    with opened(face) as font:
        codes, tables = set(font.getBestCmap()), set(font.keys())
    assert codes == characters(FONTS / face.file)
    assert not codes & {*range(0xAC00, 0xD7A4), *range(0xE000, 0xF900)}
    assert not {"vmtx", "vhea", "VORG", "BASE", "DSIG"} & tables


@each(LIBERATION)
def test_latin_beside_han_leaves_the_wide_marks_to_han(face: Face) -> None:
    shared = characters(FONTS / face.file) & set(map(ord, "—―‘’“”…·"))
    assert shared == (set(map(ord, "—―‘’“”…·")) if face.family == "Kanyin English" else set())


def test_rare_faces_repeat_nothing() -> None:
    files = {face.role: face.file for face in FACES}
    song, rare = characters(FONTS / files["song"]), characters(FONTS / files["rare-b"])
    assert song & rare <= {0x20, 0xA0}, "but a space, which stays in the run it stands in"
    assert len(rare) > 50_000


def test_forms_differ_by_language() -> None:
    def glyph(language: str) -> int:
        buffer = hb.Buffer()
        buffer.add_str("骨")
        buffer.guess_segment_properties()
        buffer.language = language
        hb.shape(shaper("kanyin-song.otf"), buffer)
        return int(buffer.glyph_infos[0].codepoint)

    assert len({glyph("zh-Hans"), glyph("zh-Hant"), glyph("ja")}) == 3


@each([face for face in HAN if face.file.endswith(".otf")])
def test_glyph_numbers_are_character_identifiers(face: Face) -> None:
    """Else a PDF shows another glyph than the one laid out, in viewers that follow ISO 32000-1, 9.7.4."""
    with opened(face) as font:
        charset = font["CFF "].cff[0].charset
    assert charset == [".notdef", *(f"cid{number:05d}" for number in range(1, len(charset)))]


SAMPLES = {
    "han": "国际，。（）Abc１２",
    "latin": "ABC abc 123 é",
    "rare": "𠀁𪜈",
}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:unclosed file.*icc:ResourceWarning")  # WeasyPrint leaves its colour profile open
def test_every_face_can_be_embedded_in_pdf_a() -> None:
    """One file a face: widths, glyphs and encodings agree, by veraPDF."""
    from verapdf import failures

    from kanyin.pdf.paginate import engine
    from kanyin.tools.fonts import fontconfig

    weasyprint = engine(fontconfig(FONTS))
    files = {}
    for face in FACES:
        text = "⁻⁴" if face.role == "symbols" else "".join(map(chr, sorted(characters(FONTS / face.file))[-9:]))
        style = f"font:{'italic' if face.italic else 'normal'} {face.weight} 12pt '{face.family}'"
        html = f'<html lang="zh-Hans"><title>{face.role}</title><p style="{style}">{SAMPLES[face.kind]} {text}</p>'
        files[face.role] = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3u")
    assert {role: rules for role, rules in failures(files, "PDFA-3U").items() if rules} == {}
