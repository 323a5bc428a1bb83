# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Sheets that are folded come out as pages in order; each page stands where the plan says, with its notice."""

from __future__ import annotations

import functools
import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import A4, FONTS, ZONE, codes, edited, expected, laid_out, record
from PIL import Image, ImageChops
from press_samples import BLEED, intent

from kanyin.config.job import Scheme
from kanyin.config.press import Press
from kanyin.notice import canonical
from kanyin.pdf.impose import PAPER, Side, Slot, plan
from kanyin.pdf.impose_write import sheets
from kanyin.pdf.metadata import Claims
from kanyin.pdf.press import for_press
from kanyin.pdf.stamp import stamp
from kanyin.preflight.sheets import Place, lost
from kanyin.tools.files import sha256

MM = 72 / 25.4
SIZE = (210 * MM, 297 * MM)
EDGE = 3 * MM

Leaf = tuple[int, int]
"""The pages on both sides of a leaf; 0 is blank."""


def sides(pages: int, scheme: Scheme) -> list[Side]:
    return plan(pages, scheme, SIZE, EDGE)


def grid(side: Side, columns: int, rows: int) -> list[list[int]]:
    """Pages by place, the upper row first; 0 where nothing stands. Says nothing of how the plan was made."""
    found = [[0] * columns for _ in range(rows)]
    for slot in side.slots:
        x0, y0, x1, y1 = slot.trim
        across = int((x0 + x1) / 2 // (side.width / columns))
        up = int((y0 + y1) / 2 // (side.height / rows))
        found[rows - 1 - up][across] = slot.page
    return found


def folded_sixteen(front: list[list[int]], back: list[list[int]]) -> list[int]:
    """Fold paper: a pile of leaves at each place, upper ones first, each with what lies up and what lies down.

    The sheet lies with its inside up. The right half is laid over the left, then the upper half over the lower, then
    the right over the left again: three folds, each across the one before.
    """
    # the inside up; its other side is the front seen through the paper, left and right exchanged
    piles = [
        [[(up, down)] for up, down in zip(inner, outer[::-1], strict=True)]
        for inner, outer in zip(back, front, strict=True)
    ]

    def over(moved: list[Leaf], still: list[Leaf]) -> list[Leaf]:
        return [(down, up) for up, down in reversed(moved)] + still

    half = [[over(row[3 - i], row[i]) for i in (0, 1)] for row in piles]
    quarter = [over(half[0][i], half[1][i]) for i in (0, 1)]
    leaves = over(quarter[1], quarter[0])
    return [page for leaf in leaves for page in leaf]


def nested(scheme_sides: list[Side]) -> list[int]:
    """Booklet sheets laid into each other and folded: the left halves of the insides come first, from outside in."""
    fronts = [grid(side, 2, 1)[0] for side in scheme_sides[::2]]
    backs = [grid(side, 2, 1)[0] for side in scheme_sides[1::2]]
    first = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    last = [page for front, back in zip(fronts[::-1], backs[::-1], strict=True) for page in (back[1], front[0])]
    return first + last


@pytest.mark.parametrize("pages", [1, 4, 5, 8, 13, 16, 40])
def test_a_booklet_comes_out_in_order(pages: int) -> None:
    found = nested(sides(pages, "booklet"))
    assert len(found) == -(-pages // 4) * 4
    assert found == [*range(1, pages + 1), *[0] * (len(found) - pages)]


@pytest.mark.parametrize("pages", [1, 16, 17, 32, 45])
def test_a_section_folded_three_times_comes_out_in_order(pages: int) -> None:
    planned = sides(pages, "16")
    found: list[int] = []
    for front, back in zip(planned[::2], planned[1::2], strict=True):
        section = folded_sixteen(grid(front, 4, 2), grid(back, 4, 2))
        # one end of the pile is the first page; which, depends on the hand that turned it
        found += section if section[0] and section[0] < (section[-1] or 10**6) else section[::-1]
    assert found == [*range(1, pages + 1), *[0] * (len(found) - pages)]


def test_heads_meet_where_the_sheet_is_folded() -> None:
    for side in sides(16, "16"):
        middle = side.height / 2
        assert {slot.turned for slot in side.slots if slot.trim[1] > middle} == {True}
        assert {slot.turned for slot in side.slots if slot.trim[3] < middle} == {False}
    assert not any(slot.turned for side in sides(8, "booklet") for slot in side.slots)


@given(st.integers(1, 70), st.sampled_from(["booklet", "16"]))
def test_every_page_has_one_place_of_its_size_and_none_lie_on_another(pages: int, scheme: Scheme) -> None:
    planned = sides(pages, scheme)
    assert sorted(slot.page for side in planned for slot in side.slots) == list(range(1, pages + 1))
    assert [side.name for side in planned[:4]] == ["1A", "1B", "2A", "2B"][: len(planned)]
    for side in planned:
        for slot in side.slots:
            x0, y0, x1, y1 = slot.trim
            assert (x1 - x0, y1 - y0) == pytest.approx(SIZE)
            assert x0 >= EDGE and y0 >= EDGE and x1 <= side.width - EDGE and y1 <= side.height - EDGE
            for other in side.slots:
                a = other.trim
                apart = x1 <= a[0] + 1e-6 or a[2] <= x0 + 1e-6 or y1 <= a[1] + 1e-6 or a[3] <= y0 + 1e-6
                assert other is slot or apart


def test_both_sides_of_a_leaf_lie_on_each_other() -> None:
    """Odd pages lie on the front of the page that follows; the sheet is turned over its long way."""
    for scheme, pages in (("booklet", 12), ("16", 32)):
        planned = plan(pages, scheme, SIZE, EDGE)  # type: ignore[arg-type]
        place = {slot.page: (n, side, slot) for n, side in enumerate(planned) for slot in side.slots}
        for page in range(1, pages, 2):
            (n, side, slot), (m, _, other) = place[page], place[page + 1]
            assert n // 2 == m // 2 and n != m
            assert other.trim[0] == pytest.approx(side.width - slot.trim[2])
            assert other.trim[1] == pytest.approx(slot.trim[1])


def test_creep_grows_by_a_leaf_towards_the_middle() -> None:
    slots = {slot.page: slot for side in sides(16, "booklet") for slot in side.slots}
    assert [round(slots[page].shift / PAPER) for page in range(1, 17)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        3,
        3,
        2,
        2,
        1,
        1,
        0,
        0,
    ]
    assert {slots[page].back for page in (1, 3, 15)} == {"left"}
    assert {slots[page].back for page in (2, 4, 16)} == {"right"}


def test_blank_pages_are_cut_like_others() -> None:
    for scheme in ("booklet", "16"):
        full, sparse = (plan(n, scheme, SIZE, EDGE)[0] for n in (16, 1))  # type: ignore[arg-type]
        assert (full.columns, full.rows, full.width) == (sparse.columns, sparse.rows, sparse.width)
    side = sides(16, "16")[0]
    for slot in side.slots:
        back, cut_edge = (slot.trim[0], slot.trim[2]) if (slot.back == "left") != slot.turned else slot.trim[2::-2]
        assert any(abs(x - cut_edge) < 0.01 for x in side.columns)
        assert not any(abs(x - back) < 0.01 for x in side.columns)


def test_each_section_steps_down_on_its_back() -> None:
    planned = sides(40, "16")
    steps = [side.collating[1] for side in planned if side.collating]
    assert len(steps) == 3 == len([side for side in planned if side.name.endswith("A")])
    assert steps[0] - steps[1] == pytest.approx(steps[1] - steps[2]) == pytest.approx(6 * MM)


# ---------------------------------------------------------------- the sheets themselves


@functools.cache
def press_file(pages: int, css: str = A4 + BLEED) -> bytes:
    data = for_press(laid_out(css, pages, None), Press(), intent())
    return stamp(data, expected(), record("print"), fonts=FONTS, zone_mm=ZONE, claims=Claims(x="PDF/X-4"))


@functools.cache
def imposed(pages: int, scheme: Scheme) -> bytes:
    return sheets(press_file(pages), sides(pages, scheme), EDGE, title="work", fonts=FONTS)


def places(pages: int, scheme: Scheme) -> list[Place]:
    return [(n, s.page, s.trim, s.turned) for n, side in enumerate(sides(pages, scheme), 1) for s in side.slots]


def lost_codes(data: bytes, where: list[Place], pages: int) -> set[str]:
    return {one.code for one in lost(data, press_file(pages), "sheets.pdf", canonical(), fonts=FONTS, places=where)}


def cut(sheet: Image.Image, side: Side, slot: Slot, scale: float) -> Image.Image:
    """The page as it is cut out of the sheet and turned upright."""
    x0, y0, x1, y1 = slot.trim
    box = tuple(round(v * scale) for v in (x0, side.height - y1, x1, side.height - y0))
    page = sheet.crop(box)
    return page.rotate(180) if slot.turned else page


@pytest.mark.parametrize(("pages", "scheme"), [(6, "booklet"), (18, "16")])
def test_pages_are_on_the_sheets_as_they_were(pages: int, scheme: Scheme) -> None:
    scale = 1.0
    originals = []
    for page in pypdfium2.PdfDocument(press_file(pages)):
        page.set_cropbox(*page.get_trimbox())
        originals.append(page.render(scale=scale).to_pil().convert("L"))
    document = pypdfium2.PdfDocument(imposed(pages, scheme))
    for n, side in enumerate(sides(pages, scheme)):
        sheet = document[n].render(scale=scale).to_pil().convert("L")
        assert sheet.size == pytest.approx((side.width, side.height), abs=1.5)
        for slot in side.slots:
            shown = cut(sheet, side, slot, scale)
            whole = originals[slot.page - 1].resize(shown.size)
            # edges move by parts of a pixel; text that is missing or elsewhere leaves whole blocks
            inner = (5, 5, whole.width - 5, whole.height - 5)  # the bar for gathering lies on the back
            apart = ImageChops.difference(shown.crop(inner).reduce(8), whole.crop(inner).reduce(8))
            assert apart.getextrema()[1] < 70, (side.name, slot.page)
            assert whole.reduce(8).getextrema()[0] < 170, "there is something to compare"


@pytest.mark.parametrize(("pages", "scheme"), [(6, "booklet"), (18, "16")])
def test_every_notice_is_proven_in_its_place(pages: int, scheme: Scheme) -> None:
    where = places(pages, scheme)
    assert lost_codes(imposed(pages, scheme), where, pages) == set()
    assert lost_codes(imposed(pages, scheme), where[1:], pages) == {"SHEETS-PAGES"}
    first, second = where[0], where[1]
    swapped = [(first[0], second[1], *first[2:]), (second[0], first[1], *second[2:]), *where[2:]]
    assert lost_codes(imposed(pages, scheme), swapped, pages) == {"SHEETS-NOTICE"}


def test_a_notice_that_is_covered_on_the_sheet_is_missed() -> None:
    x0, y0, _, _ = places(6, "booklet")[0][2]

    def cover(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pikepdf.Array([page.Contents, pdf.make_stream(f"1 g {x0} {y0} 500 60 re f".encode())])

    data = edited(imposed(6, "booklet"), cover)
    assert lost_codes(data, places(6, "booklet"), 6) == {"SHEETS-NOTICE"}


def test_a_page_is_cut_at_its_back_where_its_neighbour_begins() -> None:
    """Of a page in colour beside a blank one, colour reaches over the cut edges by the bleed, and not over the back."""
    css = A4 + "@page { bleed: 3mm; background: #060 }"
    data = press_file(1, css)
    (side, _) = sides(1, "booklet")
    sheet = pypdfium2.PdfDocument(sheets(data, [side], EDGE, title="w", fonts=FONTS))[0].render(scale=2).to_pil()
    (slot,) = side.slots
    assert slot.back == "left"
    x0, y0, x1, y1 = slot.trim

    def dark(x: float, y: float) -> bool:
        return bool(sheet.convert("L").getpixel((round(x * 2), round((side.height - y) * 2))) < 128)

    middle = (y0 + y1) / 2
    assert dark(x0 + 1, middle) and not dark(x0 - 1, middle)
    assert dark(x1 + EDGE - 1, middle) and not dark(x1 + EDGE + 1, middle)
    assert dark(x0 + 50, y0 - EDGE + 1) and not dark(x0 + 50, y0 - EDGE - 1)


def test_sheets_claim_nothing_and_verify_names_the_press_file() -> None:
    with pikepdf.open(io.BytesIO(imposed(6, "booklet"))) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
    assert b"pdfxid:GTS_PDFXVersion>" not in packet
    assert sha256(press_file(6)).encode() in packet
    assert codes(imposed(6, "booklet")) == {"VERIFY-SHEETS"}
    assert codes(press_file(6)) == set()


def test_the_same_press_file_gives_the_same_sheets() -> None:
    again = sheets(press_file(6), sides(6, "booklet"), EDGE, title="work", fonts=FONTS)
    assert again == imposed(6, "booklet")
