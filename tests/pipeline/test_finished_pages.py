# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Finished PDFs of other people: every kind of page is stamped where it can be seen, or refused by one clear code."""

from __future__ import annotations

import io
import itertools
import os
from pathlib import Path

import pikepdf
import pytest
from foreign_samples import COVER, N, codes, done, foreign, opened
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_samples import CREDIT, FONTS, HOME, faults, laid_out, permit, record

from kanyin.findings import KanyinError, Severity, SourceError
from kanyin.pdf.finished_clean import clean
from kanyin.pdf.finished_stamp import Placing, needed, stamp_finished
from kanyin.preflight.same import changed
from kanyin.tools.confined import confined

REAL = HOME.parent / "shared" / "real" / "pdf"
ERRORS = Severity.ERROR


def errors(data: bytes, **wanted: object) -> set[str]:
    """The codes that keep a file from being delivered."""
    try:
        return {one.code for one in done(data, **wanted).findings if one.severity is ERRORS}
    except KanyinError as error:
        return {one.code for one in error.findings}


# ---------------------------------------------------------------- boxes

FULL = b"0.8 g 0 0 612 792 re f"
CORNERS = list(itertools.product((0, 90, 180, 270), (1, 1.5), (False, True), (b"", FULL)))


@pytest.mark.parametrize(("turn", "unit", "cropped", "content"), CORNERS)
def test_turned_scaled_cropped_full(turn: int, unit: float, cropped: bool, content: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Rotate, page.UserUnit = turn, unit
        if cropped:
            page.CropBox = [50, 60, 560, 700]

    found = done(foreign(content=content, edit=edit))
    assert not [one for one in found.findings if one.severity is ERRORS]
    assert ("REPRINT-STRIP" in codes(found)) == bool(content)


def test_a_strip_is_added_below_all_pages_and_shows_nothing_that_was_cropped_away() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.CropBox = [100, 300, 500, 700]
        pdf.pages[1].obj.Contents = pdf.make_stream(b"0 g 0 0 612 792 re f")

    found = done(foreign(2, edit=edit))
    assert not [one for one in found.findings if one.severity is ERRORS]
    pages = opened(found.data).pages
    heights = [float(page.obj.MediaBox[3] - page.obj.MediaBox[1]) for page in pages]
    assert heights[0] == heights[1] > 400
    assert all("/CropBox" not in page.obj for page in pages)
    import pypdfium2

    picture = pypdfium2.PdfDocument(found.data)[1].render(scale=1).to_pil().convert("L")
    strip = picture.crop((0, 401, picture.width, picture.height))
    assert sum(strip.histogram()[:128]) < 0.2 * strip.width * strip.height, "the black page is not continued there"


@pytest.mark.parametrize(
    ("box", "value", "code"),
    [
        ("/MediaBox", [0, 0, 0, 0], "STAMP-BOX"),
        ("/MediaBox", [0, 0, 1e5, 1e5], "STAMP-BOX"),
        ("/MediaBox", [0, 0, N.Odd, 5], ""),  # both libraries take it for US Letter
        ("/CropBox", [900, 900, 950, 950], ""),
        ("/TrimBox", [10, 10, 10, 10], ""),
        ("/ArtBox", [612, 792, 0, 0], ""),
        ("/Rotate", 45, "STAMP-BOX"),
        ("/UserUnit", 0, "STAMP-BOX"),
    ],
)
def test_odd_boxes(box: str, value: object, code: str) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[box] = value

    assert errors(foreign(edit=edit)) == ({code} if code else set())


# ---------------------------------------------------------------- content

UNBALANCED = [b"q 0.5 0 0 0.5 0 0 cm", b"Q Q 1 0 0 rg 9 600 9 9 re f", b"/P BMC BT", b"q q q", b"EMC /P <</A 1>> BDC"]


@pytest.mark.parametrize("content", UNBALANCED)
def test_what_a_page_leaves_open_does_not_reach_the_stamp(content: bytes) -> None:
    assert errors(foreign(content=content)) == set()


def test_pages_without_content_or_resources() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        for key in ("/Contents", "/Resources", "/CropBox"):
            del pdf.pages[0].obj[key]

    assert errors(foreign(2, edit=edit)) == set()


def helvetica(pdf: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(Type=N.Font, Subtype=N.Type1, BaseFont=N.Helvetica)
    pdf.pages[0].obj.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (Page) Tj ET")


def spot(pdf: pikepdf.Pdf) -> None:
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1)
    space = pdf.make_indirect(pikepdf.Array([N.Separation, N.Gold, N.DeviceGray, tint]))
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(Gold=space)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/Gold cs 1 scn 100 400 200 100 re f")


@pytest.mark.parametrize("edit", [helvetica, spot], ids=lambda value: value.__name__)
def test_what_each_viewer_draws_in_its_own_way_is_fenced_off(edit: object) -> None:
    """A font that is not in the file, an ink that a viewer lacks: the notice goes where nothing of it can be drawn."""
    found = done(foreign(2, edit=edit))  # type: ignore[arg-type]
    assert codes(found) == {"REPRINT-STRIP"}
    with opened(found.data) as pdf:
        for page in pdf.pages:
            assert page.obj.Contents[0].read_bytes() == b"q\n0 0 612 792 re W n\n/Page Do\n"


@pytest.mark.parametrize(
    "wrong", [b"q\n", b"q\n0 -99 612 891 re W n\n", b"q\n0 0 612 792 re W* n\n", b"q\n0 0 612 792 re W n Q q\n"]
)
def test_a_fence_that_does_not_hold_is_none(wrong: bytes) -> None:
    data = io.BytesIO()
    with opened(done(foreign(edit=helvetica)).data) as pdf:
        pdf.pages[0].obj.Contents[0].write(wrong + b"/Page Do\n")
        pdf.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert {one.code for one in faults(data.getvalue())} & {"VERIFY-ACTIVE", "VERIFY-CONTENT"}


R = b"0 g 0 0 900 60 re f "
LOOSE = {
    "operators run together": b"q 1 0 0 1 0 900 cm 0 g 0 0 900 60re f Q",
    "power of ten": b"q 1 0 0 1 0 900 cm 0 1e2 900 40 re f Q",
    "clip without end": b"q 0 500 900 -3000000000 re W n 1 g 0 0 900 60 re f Q",
}


@pytest.mark.parametrize("name", LOOSE)
def test_content_that_viewers_read_in_different_ways_cannot_leave_its_form(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = foreign(content=LOOSE[name])
    found = done(data)
    assert {one.code for one in found.findings if one.severity is Severity.ERROR} == set()
    with opened(found.data) as pdf:
        said = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
        assert said[:6] == ["q", "re", "W", "n", "Do", "Q"]
        assert "Do" not in said[6:] and said.count("Q") == 2
        assert list(pdf.pages[0].obj.Resources.XObject.keys()) == ["/Page"]
        assert pdf.pages[0].obj.Resources.XObject.Page.read_bytes().startswith(LOOSE[name])
    # Left on the page itself it is found; were it not read so closely, it would be delivered.
    monkeypatch.setattr("kanyin.pdf.finished_stamp.is_tagged", lambda pdf, page: True)
    assert "VERIFY-CONTENT" in codes(done(data))
    monkeypatch.setattr("kanyin.preflight.paint.odd_content", lambda streams: "")
    assert "VERIFY-CONTENT" not in codes(done(data))


TWO_ENDS = {
    "image of a kind that nobody knows": b"BI /W 1 /H 1 /BPC 8 /CS /G /F /Foo ID 00 (EI ) Q Q Q " + R + b"q q q EI",
    "image with a string behind it": b"BI /W 1 /H 1 /BPC 8 /CS /G ID \0 (EI ) Q Q Q " + R + b"q q q EI",
}


@pytest.mark.parametrize("name", TWO_ENDS)
def test_an_image_that_viewers_end_at_different_places_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some viewers let what stands behind the first end take back the clip of the page, out of a form too."""
    data = foreign(content=TWO_ENDS[name])
    assert "VERIFY-CONTENT" in codes(done(data))
    monkeypatch.setattr("kanyin.preflight.structure._inline_flaws", lambda pdf: [])
    assert "VERIFY-CONTENT" not in codes(done(data))


@pytest.mark.parametrize("content", [b"Q Q Q 0 g 0 0 900 60 re f q q q", b"q 1 w 60Q Q 0 g 0 0 900 60 re f"])
def test_a_form_that_takes_back_the_states_of_its_page_is_refused(content: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(content, Type=N.XObject, Subtype=N.Form, BBox=[0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary()
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(F=form)

    assert "VERIFY-CONTENT" in codes(done(foreign(content=b"q 1 0 0 1 99 600 cm /F Do Q", edit=edit)))


def test_an_image_between_operators_with_one_end_is_kept() -> None:
    content = b"q 90 0 0 90 99 500 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\xff\x80\x10 EI Q"
    assert errors(foreign(content=content)) == set()


def test_at_the_foot_of_a_page_too_what_is_there_is_fenced_off() -> None:
    with opened(done(foreign()).data) as pdf:
        clip = pikepdf.parse_content_stream(pdf.pages[0])[1].operands
        assert [float(v) for v in clip][0::2] == [0, 612] and 30 < clip[1] == 792 - clip[3] < 90


def test_loose_content_costs_a_file_its_tags_and_that_is_said() -> None:
    data = io.BytesIO()
    with opened(laid_out(pages=2)) as pdf:
        page = pdf.pages[1].obj
        held = page.Contents if isinstance(page.Contents, pikepdf.Stream) else page.Contents[0]
        held.write(held.read_bytes() + b"\n% a remark\n")
        pdf.save(data)
    found = done(data.getvalue())
    assert codes(found) == {"REPRINT-UNTAGGED", "REPRINT-CLAIM"}
    with opened(found.data) as pdf:
        assert "/StructTreeRoot" not in pdf.Root and not any("/StructParents" in page.obj for page in pdf.pages)


def test_tags_stay_as_they_were() -> None:
    found = done(laid_out(pages=2))
    before, after = opened(laid_out(pages=2)), opened(found.data)
    assert not codes(found)
    assert after.Root.MarkInfo.Marked and after.Root.Lang == before.Root.Lang
    assert len(after.Root.StructTreeRoot.ParentTree.Nums) == len(before.Root.StructTreeRoot.ParentTree.Nums)


# ---------------------------------------------------------------- what acts is taken out and reported


def script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=N.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.OpenAction = action
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("a"), action]))
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = b"something else"


def layer(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=N.OCG, Name=pikepdf.String("Layer")))
    state = pikepdf.Dictionary(ON=[group], OFF=[], Order=[group])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=state)
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=group)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/OC /L BDC 0 g 100 600 50 50 re f EMC")


def hidden_layer(pdf: pikepdf.Pdf) -> None:
    layer(pdf)
    state = pdf.Root.OCProperties.D
    state.ON, state.OFF = pikepdf.Array(), pdf.Root.OCProperties.OCGs


def field(pdf: pikepdf.Pdf) -> None:
    look = pdf.make_stream(b"0 g 0 0 60 20 re f", Type=N.XObject, Subtype=N.Form, BBox=[0, 0, 60, 20])
    widget = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=N.Annot, Subtype=N.Widget, FT=N.Tx, T=pikepdf.String("f"), F=4, Rect=[100, 500, 160, 520]
        )
    )
    widget.AP = pikepdf.Dictionary(N=look)
    pdf.pages[0].obj.Annots = pikepdf.Array([widget])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[widget])


def linked(pdf: pikepdf.Pdf) -> None:
    def link(**goes: object) -> pikepdf.Dictionary:
        return pikepdf.Dictionary(Type=N.Annot, Subtype=N.Link, Rect=[10, 600, 50, 620], **goes)

    launch = pikepdf.Dictionary(S=N.Launch, F=pikepdf.String("x.exe"))
    address = pikepdf.Dictionary(S=N.URI, URI=pikepdf.String("https://example.org/"))
    place = [pdf.pages[0].obj, N.Fit]
    pdf.pages[0].obj.Annots = pikepdf.Array([link(A=launch), link(A=address), link(Dest=place)])


@pytest.mark.parametrize(
    ("edit", "gone", "told"),
    [
        (script, "/JS", "REPRINT-REMOVED"),
        (attached, "/EF", "REPRINT-REMOVED"),
        (layer, "/OCG", "REPRINT-REMOVED"),
        (field, "/Widget", "REPRINT-FLATTENED"),
        (linked, "/Launch", "REPRINT-REMOVED"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_acts_is_taken_out(edit: object, gone: str, told: str) -> None:
    data = foreign(edit=edit)  # type: ignore[arg-type]
    assert gone.encode() in opened_plain(data)
    found = done(data)
    assert not [one for one in found.findings if one.severity is ERRORS]
    assert told in codes(found)
    assert gone.encode() not in opened_plain(found.data)


def opened_plain(data: bytes) -> bytes:
    """All objects of the file in the clear, and the data of its streams."""
    with opened(data) as pdf:
        held = [one for one in pdf.objects if not (hasattr(one, "get") and one.get("/Type") in (N.ObjStm, N.XRef))]
        streams = [one.read_bytes() for one in held if isinstance(one, pikepdf.Stream)]
        return b"\n".join([*(one.unparse(resolved=True) for one in held), *streams])


def test_links_that_go_somewhere_stay() -> None:
    pdf = opened(done(foreign(edit=linked)).data)
    assert [("/Dest" in one, "/A" in one) for one in pdf.pages[0].obj.Annots] == [(False, True), (True, False)]


def test_a_layer_that_was_hidden_is_not_shown_by_taking_layers_out() -> None:
    assert errors(foreign(edit=hidden_layer)) == {"REPRINT-CHANGED"}


def test_a_form_that_only_a_form_program_can_draw() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.NeedsRendering = True

    assert errors(foreign(edit=edit)) == {"REPRINT-XFA"}


# ---------------------------------------------------------------- locked, signed, damaged


def test_encrypted_without_a_password_opens_and_with_one_does_not() -> None:
    free = foreign(encryption=pikepdf.Encryption(owner="o", user=""), deterministic_id=False)
    locked = foreign(encryption=pikepdf.Encryption(owner="o", user="u"), deterministic_id=False)
    found = done(free)
    assert codes(found) == {"REPRINT-DECRYPTED"} and not opened(found.data).is_encrypted
    assert errors(locked) == {"STAMP-ENCRYPTED"}


def test_a_signed_file_only_when_that_is_asked_for() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        value = pikepdf.Dictionary(Type=N.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x"))
        signature = pikepdf.Dictionary(FT=N.Sig, T=pikepdf.String("s"), V=pdf.make_indirect(value))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(signature)], SigFlags=3)

    data = foreign(edit=edit)
    assert errors(data) == {"STAMP-SIGNED"}
    assert {"REPRINT-SIGNATURE-BROKEN", "REPRINT-REMOVED"} == codes(done(data, break_signature=True))


def test_a_broken_table_of_objects_is_repaired_and_said() -> None:
    data = foreign(3, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = data.rindex(b"startxref")
    found = done(data[:at] + b"startxref\n12345\n%%EOF\n")
    assert codes(found) == {"REPRINT-REPAIRED"} and found.pages == 3


def test_the_source_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(foreign())
    path.chmod(0o400)
    before = path.stat()
    done(path.read_bytes())
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)


# ---------------------------------------------------------------- size, sameness, order


@pytest.mark.parametrize("pages", [1, 150, 2000])
def test_growth_is_60_kb_and_120_bytes_a_page(pages: int) -> None:
    data = foreign(pages, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    cleaned = clean(data, "a.pdf", break_signature=False)
    allowed = permit(credit=(CREDIT,))
    zone = needed(cleaned.data, allowed, fonts=FONTS)
    for strip in (False, True):
        placing = Placing(zone, strip)
        out = stamp_finished(cleaned.data, allowed, record(""), placing, claims=cleaned.claims, fonts=FONTS)
        assert len(out) - len(data) <= 60_000 + 120 * pages


def test_every_page_is_counted_right_where_counts_are_shared() -> None:
    found = done(foreign(123))
    assert not codes(found) and found.pages == 123


def test_the_same_file_gives_the_same_bytes() -> None:
    assert done(foreign(2)).data == done(foreign(2)).data


def test_comparison_finds_a_page_that_lost_something() -> None:
    data = foreign()
    found = done(data)
    other = foreign(content=b"0.5 g 100 400 200 100 re f")
    args = {"pages": [1], "cover": False, "zone": 50.0, "strip": False}
    assert not changed(data, found.data, "a", **args)
    assert [one.code for one in changed(other, found.data, "a", **args)] == ["REPRINT-CHANGED"]


@pytest.mark.parametrize("data", [foreign(3), laid_out(pages=3)], ids=["untagged", "tagged"])
def test_a_cover_comes_first_and_the_labels_stay(data: bytes) -> None:
    found = done(data, cover=COVER)
    assert not [one for one in found.findings if one.severity is ERRORS]
    pdf = opened(found.data)
    assert found.pages == len(pdf.pages) == 4
    labels = dict(pikepdf.NumberTree(pdf.Root.PageLabels))
    assert str(labels[0].P) == "封面" and labels[1].S == N.D
    assert ("/StructParents" in pdf.pages[0].obj) == ("/StructTreeRoot" in pdf.Root)


def test_an_excerpt_holds_nothing_of_other_pages() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        secret = pdf.make_stream(b"0 g 0 0 9 9 re f /secret MP", Type=N.XObject, Subtype=N.Form, BBox=[0, 0, 9, 9])
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Other=secret)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/Other Do /secret MP")
        goes = pikepdf.Dictionary(Subtype=N.Link, Rect=[1, 1, 2, 2], Dest=[pdf.pages[0].obj, N.Fit])
        pdf.pages[2].obj.Annots = pikepdf.Array([goes])
        pdf.Root.Outlines = pikepdf.Dictionary(First=pikepdf.Dictionary(Dest=[pdf.pages[0].obj, N.Fit]))

    data = foreign(5, edit=edit)
    found = done(data, pages=((3, 4),))
    assert not [one for one in found.findings if one.severity is ERRORS]
    plain = opened_plain(found.data)
    assert b"secret" in opened_plain(data) and b"secret" not in plain
    assert plain.count(b"/Type /Page ") == found.pages == 2


def test_an_excerpt_takes_along_only_what_its_content_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages have one dictionary of resources; a form that is drawn has more in its own than it draws."""

    def edit(pdf: pikepdf.Pdf) -> None:
        def stream(content: bytes, **entries: object) -> pikepdf.Object:
            return pdf.make_stream(content, **({"BBox": [0, 0, 9, 9]} | entries))

        secret = stream(b"/secret MP", Type=N.XObject, Subtype=N.Form, Resources=pikepdf.Dictionary())
        tile = stream(b"/F Do", PatternType=1, PaintType=1, TilingType=1, XStep=9, YStep=9)
        tile.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=secret))
        mask = pikepdf.Dictionary(SMask=pikepdf.Dictionary(S=N.Alpha, G=secret))
        space = pikepdf.Array([N.Separation, N.secret, N.DeviceGray, pikepdf.Dictionary(FunctionType=2, N=1)])
        shading = pikepdf.Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 9, 9])
        others = {
            "/XObject": {"/F": secret},
            "/Pattern": {"/P": tile},
            "/ExtGState": {"/G": mask},
            "/ColorSpace": {"/C": space},
            "/Shading": {"/S": shading},
            "/Properties": {"/L": pikepdf.Dictionary(Text=pikepdf.String("secret"))},
        }
        drawn = stream(b"0 g 0 0 9 9 re f /T gs", Type=N.XObject, Subtype=N.Form)
        full = pikepdf.Dictionary(ca=1)
        drawn.Resources = pikepdf.Dictionary({key: pikepdf.Dictionary(held) for key, held in others.items()})
        drawn.Resources.ExtGState.T = full
        resources = pdf.pages[0].obj.Resources
        for key, held in others.items():
            resources[key] = pikepdf.Dictionary(held)
        resources.XObject.Drawn = drawn
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do /P scn /G gs /C cs /S sh /L /L BDC EMC")
        pdf.pages[2].obj.Contents = pdf.make_stream(b"q 1 0 0 1 99 600 cm /Drawn Do Q 0.5 g 100 400 200 100 re f")

    data = foreign(4, edit=edit)
    assert b"secret" in opened_plain(data)
    found = done(data, pages=((3, 4),))
    assert not [one for one in found.findings if one.severity is ERRORS]
    with opened(found.data) as pdf:
        of_page = pdf.pages[0].obj.Resources.XObject.Page.Resources
        of_form = of_page.XObject.Drawn.Resources
        assert [*of_page.keys()] == ["/XObject"] and [*of_page.XObject.keys()] == ["/Drawn"]
        assert [*of_form.keys()] == ["/ExtGState"] and [*of_form.ExtGState.keys()] == ["/T"]
        assert b"secret" not in opened_plain(found.data) + repr([*pdf.objects]).encode()
    # Fonts and drawings alone, as qpdf prunes them, are not all.
    monkeypatch.setattr("kanyin.pdf.finished_clean.prune", lambda pdf: pdf.remove_unreferenced_resources())
    assert b"secret" in opened_plain(done(data, pages=((3, 4),)).data)


# ---------------------------------------------------------------- damage and limits


SMALL = foreign(2, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
FLIPS = st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=12)


@settings(max_examples=60)
@given(FLIPS)
def test_flipped_bytes_give_a_proven_file_or_one_of_our_errors(flips: list[tuple[int, int]]) -> None:
    data = bytearray(SMALL)
    for at, value in flips:
        data[at] = value
    try:
        found = done(bytes(data))
    except KanyinError as error:
        assert error.findings
        return
    if not [one for one in found.findings if one.severity is ERRORS]:
        assert faults(found.data, permit(credit=(CREDIT,))) == []


@pytest.mark.parametrize("cut", [0, 10, 100, 400, -30])
def test_a_file_that_was_cut_off(cut: int) -> None:
    try:
        done(SMALL[:cut])
    except KanyinError as error:
        assert error.findings


def spin() -> None:
    while True:
        pass


def grow() -> int:
    return len(bytes(4 << 30))


def crash() -> None:
    os.abort()


def fail() -> None:
    raise KeyError("x")


@pytest.mark.parametrize(
    ("work", "code"),
    [(spin, "REPRINT-TIME"), (grow, "REPRINT-MEMORY"), (crash, "REPRINT-CRASH"), (fail, "REPRINT-FAILED")],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_limits_hold(work: object, code: str) -> None:
    with pytest.raises(SourceError) as error:
        confined(work, name="a.pdf", seconds=3 if work is spin else 30, megabytes=2000)  # type: ignore[arg-type]
    assert [one.code for one in error.value.findings] == [code]


def real_files() -> list[Path]:
    return sorted(REAL.glob("*.pdf"))


@pytest.mark.skipif(not real_files(), reason="NOT CHECKED: no ../shared/real/pdf with files of other people")
@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.stem)
def test_files_of_other_people_are_proven_or_refused(path: Path) -> None:
    data = path.read_bytes()
    try:
        found = done(data)
    except KanyinError as error:
        assert error.findings
        return
    assert len(found.data) - len(data) <= 60_000 + 120 * found.pages
