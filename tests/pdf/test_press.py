# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Pages become a press file: inks for colours, black for gray, true boxes, marks outside, and nothing of the screen."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import A4, edited, faults, laid_out
from PIL import Image, ImageCms, ImageStat
from press_samples import BLEED, PICTURES, intent, pressed, stamped_press

from kanyin.config.press import Press
from kanyin.findings import ConformanceError
from kanyin.pdf.press import for_press
from kanyin.pdf.press_colour import Colours, limited, most_ink
from kanyin.pdf.press_content import rewritten, tokens
from kanyin.preflight.pdfx_facts import PageFacts
from kanyin.preflight.pdfx_read import read

MM = 72 / 25.4


def page_facts(data: bytes) -> PageFacts:
    return read(data, "press.pdf").pages[0]


def streams(data: bytes) -> Iterator[pikepdf.Stream]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from (held for held in pdf.objects if isinstance(held, pikepdf.Stream))


def picture_html(kind: str) -> str:
    return f'<p><img style="width: 60mm" alt="图" src="{PICTURES[kind]}"></p>'


def rendered(data: bytes, scale: float = 1) -> Image.Image:
    """The finished page as PDFium shows it."""
    page = pypdfium2.PdfDocument(data)[0]
    page.set_cropbox(*page.get_trimbox())
    return page.render(scale=scale).to_pil().convert("RGB")


# ---------------------------------------------------------------- colours


def test_no_colour_of_a_screen_is_left() -> None:
    """Looked for with a text search in what is written, which knows nothing of how it was made."""
    data = pressed()
    assert re.search(rb"\brg\b", b"".join(s.read_bytes() for s in streams(laid_out(A4 + BLEED, 1, None)))), "bait"
    for held in streams(data):
        if held.get("/Subtype") == "/Form" or "/PatternType" in held or set(held.keys()) <= {"/Filter", "/Length"}:
            assert not re.search(rb"(?<![\w/])(rg|RG|cs|CS)\s", held.read_bytes().replace(b"/Pattern cs", b""))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        text = "".join(repr(held) for held in pdf.objects)
    assert not re.search(r"DeviceRGB|/Lab|/CalRGB|ColorSpace\": \"/ICC", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0 0 0 rg", "0 0 0 1 k"),
        ("1 1 1 rg", "0 0 0 0 k"),
        ("0.5 0.5 0.5 RG", "0 0 0 0.5 K"),
        ("0.25 g", "0 0 0 0.75 k"),
        ("0 1 0 0 k", "0 1 0 0 k"),
        ("/Lab cs 0 0 0 sc", "0 0 0 1 k\n0 0 0 1 k"),
        ("/Pattern cs /p1 scn", "/Pattern cs\n/p1 scn"),
        ("0 0 0 rg (a\\)(b) % rg\n) Tj", "0 0 0 1 k\n/PressOver gs\n(a\\)(b) % rg\n) Tj"),
        ("0 0 0 rg <0a> Tj 1 0 0 1 re f", "0 0 0 1 k\n/PressOver gs\n<0a> Tj\n/PressKnock gs\n1 0 0 1 re\nf"),
        ("q 0 0 0 rg <0a> Tj Q 1 g <0a> Tj", "q\n0 0 0 1 k\n/PressOver gs\n<0a> Tj\nQ\n0 0 0 0 k\n<0a> Tj"),
    ],
)
def test_an_operator_becomes_that_of_inks(before: str, after: str) -> None:
    made = rewritten(before.encode(), colours(), "cmyk", str, page=False)
    assert made.decode() == after


def test_text_without_a_colour_of_its_own_is_black_ink_too() -> None:
    made = rewritten(b"BT <0a> Tj ET", colours(), "cmyk", str, page=True)
    assert made == b"0 0 0 1 k 0 0 0 1 K\nBT\n/PressOver gs\n<0a> Tj\nET"


def test_the_gray_of_a_soft_mask_stays_gray() -> None:
    assert rewritten(b"1 1 1 rg 0.5 g", colours(), "mask", str, page=False) == b"1 g\n0.5 g"


@given(st.lists(st.sampled_from([b"(a(b)\\()", b"<41 42>", b"/N#20", b"-.5", b"[", b"]", b"<<", b">>", b"T*", b"W"])))
def test_tokens_lose_nothing(parts: list[bytes]) -> None:
    assert list(tokens(b" ".join(parts))) == parts


def colours(**said: object) -> Colours:
    return Colours(intent().data, Press(**said))  # type: ignore[arg-type]


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_stays_within_the_ink_limit_and_a_gray_in_black(rgb: tuple[int, int, int]) -> None:
    tight = colours(ink=220)
    inks = tight.rgb(*(v / 255 for v in rgb))
    assert sum(inks) <= 2.2 + 1e-9
    assert all(0 <= v <= 1 for v in inks)
    gray = tight.rgb(rgb[0] / 255, rgb[0] / 255, rgb[0] / 255)
    assert gray[:3] == (0, 0, 0)
    assert gray[3] == pytest.approx(1 - rgb[0] / 255, abs=1e-3)


def test_black_point_compensation_is_a_choice() -> None:
    dark = (0.1, 0.02, 0.15)
    assert colours(black_point=True).rgb(*dark) != colours(black_point=False).rgb(*dark)
    assert colours(intent="perceptual").rgb(0, 0, 1) != colours(intent="relative", black_point=False).rgb(0, 0, 1)


def test_lab_is_read_as_it_is_meant() -> None:
    c, m, y, _ = colours().lab(50, 65, 45)
    assert m > 0.8 and y > 0.6 and c < 0.2, "a red"


# ---------------------------------------------------------------- pictures


SPACES = {
    "rgb-png": ("/DeviceCMYK", 8),
    "rgba-png": ("/DeviceCMYK", 8),
    "gray-png": ("/DeviceGray", 8),
    "neutral-png": ("/DeviceGray", 8),
    "bilevel-png": ("/DeviceGray", 1),
    "rgb-jpeg": ("/DeviceCMYK", 8),
    "gray-jpeg": ("/DeviceGray", 8),
    "cmyk-jpeg": ("/DeviceCMYK", 8),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_has_the_inks_it_needs_and_no_more(kind: str) -> None:
    (seen,) = page_facts(pressed(extra=picture_html(kind))).pictures
    assert (seen.space, seen.bits) == SPACES[kind]
    assert seen.ppi == pytest.approx(64 / (60 / 25.4), rel=0.01)


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_looks_as_it_did(kind: str) -> None:
    """Upside-down CMYK is off by half of all there is; a profile moves colours by less than a quarter of that."""
    html = picture_html(kind)
    before, after = rendered(laid_out(A4 + BLEED, 1, None, html)), rendered(pressed(Press(marks=False), html))
    area = (70, 230, 200, 330)
    assert ImageStat.Stat(before.crop(area)).stddev[0] > 20, "the picture is there"
    for x in range(area[0], area[2], 26):
        for y in range(area[1], area[3], 25):
            old, new = (ImageStat.Stat(one.crop((x, y, x + 26, y + 25))).mean for one in (before, after))
            assert max(abs(a - b) for a, b in zip(old, new, strict=True)) < 64, (x, y, old, new)


def swapped_profile() -> bytes:
    """sRGB with red and green changed for each other, as nobody's camera has it."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12)
    red, green = (next(at for at in tags if data[at : at + 4] == name) for name in (b"rXYZ", b"gXYZ"))
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


@pytest.mark.parametrize(
    ("profile", "plates"),
    [(b"", (1, 2)), (swapped_profile(), (0, 2)), (b"no profile at all", (1, 2)), (intent().data, (1, 2))],
    ids=["none", "red is green", "damaged", "of a press"],
)
def test_a_picture_is_read_by_its_own_profile(profile: bytes, plates: tuple[int, int]) -> None:
    """Red lies on magenta and yellow, green on cyan and yellow."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (230, 20, 20)).save(
        out, "JPEG", quality=95, **({"icc_profile": profile} if profile else {})
    )
    url = "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
    found = (s for s in streams(pressed(extra=f'<img alt="图" src="{url}">')) if s.get("/Subtype") == "/Image")
    inks = next(found).read_bytes()[:4]
    assert {n for n in range(3) if inks[n] > 120} == set(plates), list(inks)


def test_ink_in_a_jpeg_is_counted_as_a_viewer_sees_it() -> None:
    """Adobe writes CMYK upside down and says so in a segment; without that, the engine takes the values as they are."""
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 0, 0)).save(out, "JPEG", quality=95)
    adobe = out.getvalue()
    start = adobe.index(b"\xff\xee")
    bare = adobe[:start] + adobe[start + 2 + int.from_bytes(adobe[start + 2 : start + 4], "big") :]

    def inks(data: bytes, ink: int) -> tuple[float, bytes]:
        url = "data:image/jpeg;base64," + base64.b64encode(data).decode()
        made = pressed(Press(ink=ink), f'<img alt="图" src="{url}">')
        images = (s for s in streams(made) if s.get("/Subtype") == "/Image")
        held = next(images)
        return page_facts(made).pictures[0].ink, held.read_raw_bytes() if ink == 400 else held.read_bytes()[:4]

    assert inks(adobe, 400) == (pytest.approx(100, abs=2), adobe)
    assert inks(bare, 400) == (pytest.approx(300, abs=2), bare)
    reduced, first = inks(bare, 200)
    assert 190 < reduced <= 200
    assert first[3] > 250 and first[1] < 5 and abs(first[0] - first[2]) < 5, "black stays, magenta was not there"


def test_a_heavy_picture_is_brought_below_the_limit() -> None:
    heavy = Image.merge("CMYK", [Image.linear_gradient("L")] * 4)
    assert most_ink(heavy) == 400
    light = limited(heavy, 280)
    assert 270 < most_ink(light) <= 280
    assert light.getchannel("K").tobytes() == heavy.getchannel("K").tobytes(), "black stays"
    assert limited(light, 280) is light
    html = picture_html("cmyk-jpeg")
    unlimited, tight = (page_facts(pressed(Press(ink=ink), html)).pictures[0].ink for ink in (400, 200))
    assert unlimited > 202 > 200 >= tight > 190


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("bleed", [0, 3, 5])
@pytest.mark.parametrize("marks", [True, False])
def test_the_boxes_are_true(bleed: float, marks: bool) -> None:
    data = pressed(Press(bleed=bleed, marks=marks), "", A4 + f"@page {{ bleed: {bleed}mm }}")
    boxes = page_facts(data).boxes
    trim, around, media = boxes["/TrimBox"], boxes["/BleedBox"], boxes["/MediaBox"]
    assert set(boxes) == {"/TrimBox", "/BleedBox", "/MediaBox"}
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((210 * MM, 297 * MM), abs=0.01)
    edge = [a - b for a, b in zip(trim[:2] + around[2:], around[:2] + trim[2:], strict=True)]
    assert edge == pytest.approx([bleed * MM] * 4, abs=0.01)
    assert (around[0] - media[0] > 6 * MM) == marks


def test_colour_reaches_the_edge_of_the_bleed_and_marks_stay_outside() -> None:
    css = A4 + "@page { bleed: 5mm; background: #c00 }"
    pages = []
    for marks in (True, False):
        page = pypdfium2.PdfDocument(pressed(Press(bleed=5, marks=marks), "", css))[0]
        page.set_cropbox(*page.get_bleedbox())
        pages.append(page.render(scale=1).to_pil().convert("RGB"))
    with_marks, without = pages
    assert with_marks.tobytes() == without.tobytes()
    width, height = without.size
    corner = without.getpixel((0, 0))
    assert corner[0] > 150 > 80 > corner[1]
    assert {without.getpixel(p) for p in ((width - 2, 0), (0, height - 2), (width - 2, height - 2))} == {corner}


def test_every_plate_has_the_marks() -> None:
    found = {p.inks for p in page_facts(pressed(extra="")).paints if sum(p.inks) == 4}
    assert found == {(1, 1, 1, 1)}
    assert not {p.inks for p in page_facts(pressed(Press(marks=False), "")).paints if sum(p.inks) == 4}


def test_nothing_of_the_screen_is_left() -> None:
    with pikepdf.open(io.BytesIO(laid_out(A4 + BLEED, 1, "pdf/ua-1", '<a href="https://example.org/">x</a>'))) as pdf:
        assert "/Annots" in pdf.pages[0].obj and "/StructTreeRoot" in pdf.Root, "bait"
    with pikepdf.open(io.BytesIO(stamped_press())) as pdf:
        assert not set(pdf.Root.keys()) & {"/StructTreeRoot", "/MarkInfo", "/Names", "/Dests", "/Outlines", "/AF"}
        assert "/Annots" not in pdf.pages[0].obj
        assert pdf.pdf_version == "1.6"


def test_the_output_intent_names_the_condition_and_holds_the_profile() -> None:
    with pikepdf.open(io.BytesIO(pressed())) as pdf:
        (found,) = pdf.Root.OutputIntents
        assert str(found.S) == "/GTS_PDFX"
        assert str(found.OutputConditionIdentifier) == "FOGRA39"
        assert str(found.RegistryName) == "http://www.color.org"
        assert "FOGRA39L" in str(found.Info)
        assert found.DestOutputProfile.read_bytes() == intent().data
        assert int(found.DestOutputProfile.N) == 4


def test_gray_mode_uses_black_ink_alone() -> None:
    every = "".join(picture_html(kind) for kind in PICTURES)
    for extra in (None, every):
        data = pressed(Press(colour="gray", marks=False), *([extra] if extra else []))
        for page in read(data, "gray.pdf").pages:
            assert all(not any(one.inks[:3]) for one in page.paints if one.inks)
            assert {one.space for one in page.pictures} <= {"/DeviceGray"}


def test_the_notice_on_a_press_file_is_proven_as_on_any_other() -> None:
    assert faults(stamped_press()) == []


def test_the_same_pages_give_the_same_bytes() -> None:
    data = laid_out(A4 + BLEED, 1, None, picture_html("rgb-png"))
    assert for_press(data, Press(), intent()) == for_press(data, Press(), intent())


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("inline image", b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI"),
        ("a spot colour", b"/Spot cs 1 scn"),
        ("an open string", b"(abc"),
    ],
)
def test_what_has_no_inks_is_refused_with_its_page(what: str, content: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        spot = pikepdf.Array(
            [pikepdf.Name.Separation, pikepdf.Name.Gold, pikepdf.Name.DeviceCMYK, pikepdf.Dictionary()]
        )
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(Spot=spot))

    with pytest.raises(ConformanceError) as raised:
        for_press(edited(laid_out(A4 + BLEED, 1, None), edit), Press(), intent())
    (found,) = raised.value.findings
    assert (found.code, found.where.page) == ("PRESS-UNKNOWN", 1)
