# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Every rule of PDF/X-4 finds the file that breaks it, and only that rule does; files of others are judged, not tripped
over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pdf_samples import HOME, codes, edited, stamped
from pikepdf import Array, Dictionary, Name, Pdf, String
from press_samples import PICTURES, intent, pressed, stamped_press

from kanyin.findings import Severity
from kanyin.preflight.pdfx import examine, rules

REAL = HOME.parent / "shared" / "real" / "pdf"
Edit = Callable[[Pdf], None]


def found(data: bytes) -> set[str]:
    return {one.code for one in examine(data, "press.pdf")}


def xmp(old: str, new: str) -> Edit:
    """Change the words of the XMP packet."""

    def edit(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert re.search(old, packet)
        pdf.Root.Metadata = pdf.make_stream(re.sub(old, new, packet, flags=re.DOTALL).encode())

    return edit


def page(edit: Callable[[Pdf, pikepdf.Object], None]) -> Edit:
    return lambda pdf: edit(pdf, pdf.pages[0].obj)


def painted(content: str, **resources: pikepdf.Object) -> Edit:
    """More content before the notice, with what it draws by."""

    def edit(pdf: Pdf) -> None:
        held = pdf.pages[0].obj
        for kind, entries in resources.items():
            held.Resources[f"/{kind}"] = Dictionary({**dict(held.Resources.get(f"/{kind}", {}).items()), **entries})
        new = pdf.make_stream(b"q " + content.encode() + b" Q\n")
        held.Contents = Array([held.Contents[0], new, *list(held.Contents)[1:]])

    return edit


def form(pdf: Pdf, content: bytes, **entries: object) -> pikepdf.Object:
    return pdf.make_indirect(
        pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], **entries)
    )


def image(space: pikepdf.Object, bits: int, data: bytes, side: int = 8) -> Edit:
    """A picture of `side` pixels an edge, on a square of 1.9 pt, which is 303 ppi for 8 of them."""

    def edit(pdf: Pdf) -> None:
        held = pdf.make_indirect(
            pdf.make_stream(
                data,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=side,
                Height=side,
                ColorSpace=space,
                BitsPerComponent=bits,
            )
        )
        painted("1.9 0 0 1.9 99 199 cm /Pic Do", XObject={"/Pic": held})(pdf)

    return edit


def set_box(key: str, by: float) -> Edit:
    def edit(pdf: Pdf) -> None:
        box = [float(v) for v in pdf.pages[0].obj[key]]
        pdf.pages[0].obj[key] = [box[0] - by, box[1] - by, box[2] + by, box[3] + by]

    return edit


def icc(change: Callable[[bytes], bytes], parts: int = 4) -> Edit:
    def edit(pdf: Pdf) -> None:
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(change(intent().data), N=parts)

    return edit


def no_font(pdf: Pdf) -> None:
    for held in pdf.objects:
        if isinstance(held, Dictionary) and "/FontFile3" in held:
            del held["/FontFile3"]


def acting(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))


def with_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("a")))]))


def attached(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"text"


def annotated(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[100, 100, 120, 120], Contents=String("a"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def second_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def drop(key: str) -> Edit:
    return page(lambda _, held: held.__delitem__(key))


def entry(key: str, value: object, kind: str = "/ExtGState") -> Edit:
    """A resource of the page that nothing uses: what may not be in the file may not be there unused either."""

    def edit(pdf: Pdf) -> None:
        held = pdf.pages[0].obj.Resources
        if kind not in held:
            held[kind] = Dictionary()
        held[kind]["/Bad"] = pdf.make_indirect(Dictionary({key: value}))

    return edit


def blended(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    painted("/Grp Do", XObject={"/Grp": form(pdf, b"", Group=group)})(pdf)


def in_a_form(pdf: Pdf) -> None:
    inner = form(pdf, b"1 0 0 rg 0 0 5 5 re f")
    outer = form(pdf, b"/In Do", Resources=Dictionary(XObject=Dictionary(In=inner)))
    painted("/Out Do", XObject={"/Out": outer})(pdf)


def in_a_pattern(pdf: Pdf) -> None:
    tile = pdf.make_indirect(
        pdf.make_stream(
            b"1 0 0 rg 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9,
            Resources=Dictionary(),
        )
    )  # fmt: skip
    painted("/Pattern cs /Tile scn 0 0 9 9 re f", Pattern={"/Tile": tile})(pdf)


def in_a_shading(pdf: Pdf) -> None:
    run = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=run)
    painted("/Shade sh", Shading={"/Shade": pdf.make_indirect(shade)})(pdf)


def in_a_glyph(pdf: Pdf) -> None:
    drawn = pdf.make_stream(b"500 0 d0 1 0 0 rg 0 0 5 5 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[0.1, 0, 0, 0.1, 0, 0], FirstChar=65,
        LastChar=65, Widths=[5], CharProcs=Dictionary(A=drawn),
        Encoding=Dictionary(Type=Name.Encoding, Differences=[65, Name.A]), Resources=Dictionary(),
    )  # fmt: skip
    painted("BT /T3 9 Tf 3 Tr (A) Tj ET", Font={"/T3": pdf.make_indirect(font)})(pdf)


def in_a_soft_mask(pdf: Pdf) -> None:
    mask = form(pdf, b"1 0 0 rg 0 0 5 5 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    state = Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask))
    painted("/Masked gs 0 0 0 1 k 0 0 9 9 re f", ExtGState={"/Masked": state})(pdf)


def spot(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 0, 0], N=1)
    space = Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint])
    painted("/Spot cs 1 scn 0 0 9 9 re f", ColorSpace={"/Spot": space})(pdf)


OVER = {"/Over": Dictionary(OP=True, op=True, OPM=1)}

BREAKS: dict[str, tuple[str, Edit]] = {
    "a transparent page blends in RGB": (
        "X4-GROUP",
        page(lambda _, held: held.__setitem__("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    ),
    "a form blends in RGB": ("X4-GROUP", blended),
    "no version": ("X4-VERSION", xmp("<pdfxid:.*</pdfxid:GTS_PDFXVersion>", "")),
    "another version": ("X4-VERSION", xmp(">PDF/X-4<", ">PDF/X-4p<")),
    "no document id": ("X4-XMP-MM", xmp("<xmpMM:DocumentID>.*</xmpMM:DocumentID>", "")),
    "no version id": ("X4-XMP-MM", xmp("<xmpMM:VersionID>.*</xmpMM:VersionID>", "")),
    "no rendition": ("X4-XMP-MM", xmp("<xmpMM:RenditionClass>.*</xmpMM:RenditionClass>", "")),
    "no date": ("X4-DATES", xmp("<xmp:CreateDate>.*</xmp:CreateDate>", "")),
    "no title": ("X4-DATES", xmp("<dc:title>.*</dc:title>", "")),
    "trapped is not said": ("X4-TRAPPED", lambda pdf: pdf.docinfo.__delitem__("/Trapped")),
    "trapped is unknown": ("X4-TRAPPED", lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.Unknown)),
    "trapped in two ways": ("X4-TRAPPED", xmp("<pdf:Trapped>False", "<pdf:Trapped>True")),
    "a script on opening": ("X4-ACTION", acting),
    "a link": (
        "X4-ACTION",
        lambda pdf: pdf.Root.__setitem__("/Odd", Dictionary(A=Dictionary(S=Name.URI, URI=String("https://e.org")))),
    ),
    "fields": ("X4-FORM", with_form),
    "a PostScript object": (
        "X4-POSTSCRIPT",
        lambda pdf: pdf.Root.__setitem__("/Odd", pdf.make_indirect(pdf.make_stream(b"", Subtype=Name.PS))),
    ),
    "OPI": ("X4-OPI", entry("/OPI", Dictionary())),
    "alternate images": ("X4-ALTERNATE", entry("/Alternates", Array([]))),
    "an attachment": ("X4-EMBEDDED", attached),
    "a transfer curve": (
        "X4-TRANSFER",
        entry("/TR", Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)),
    ),
    "LZW": (
        "X4-FILTER",
        # the empty file in LZW: clear, end
        lambda pdf: pdf.Root.__setitem__("/Odd", pdf.make_stream(b"\x80\x40\x40", Filter=Name.LZWDecode)),
    ),
    "no output intent": ("X4-INTENT", lambda pdf: pdf.Root.OutputIntents.__delitem__(0)),
    "two output intents": ("X4-INTENT", second_intent),
    "one of another kind": (
        "X4-INTENT",
        lambda pdf: pdf.Root.OutputIntents[0].__setitem__("/S", Name.GTS_PDFA1),
    ),
    "a profile of a scanner": ("X4-INTENT-PROFILE", icc(lambda data: data[:12] + b"scnr" + data[16:])),
    "a profile that is none": ("X4-INTENT-PROFILE", icc(lambda data: b"no profile" * 20)),
    "a profile with fewer parts": ("X4-INTENT-PROFILE", icc(lambda data: data, parts=3)),
    "a condition without a name": (
        "X4-INTENT-NAME",
        lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/OutputConditionIdentifier"),
    ),
    "no trim box": ("X4-TRIM", drop("/TrimBox")),
    "trim box and art box": (
        "X4-TRIM",
        page(lambda _, held: held.__setitem__("/ArtBox", held.TrimBox)),
    ),
    "a bleed box beyond the media": ("X4-BOXES", set_box("/MediaBox", -25)),
    "a trim box beyond the bleed": ("X4-BOXES", set_box("/TrimBox", 10)),
    "a crop box beyond the media": (
        "X4-BOXES",
        page(lambda _, held: held.__setitem__("/CropBox", Array([-100, -100, 900, 900]))),
    ),
    "a font that is not embedded": ("X4-FONT", no_font),
    "an annotation": ("X4-ANNOTATION", annotated),
    "a fill in RGB": ("X4-COLOUR", painted("1 0 0 rg 9 9 9 9 re f")),
    "a stroke in RGB": ("X4-COLOUR", painted("1 0 0 RG 9 9 9 9 re S")),
    "a fill in Lab": (
        "X4-COLOUR",
        painted(
            "/L cs 50 60 20 sc 9 9 9 9 re f",
            ColorSpace={"/L": Array([Name.Lab, Dictionary(WhitePoint=[0.9505, 1, 1.089])])},
        ),
    ),
    "RGB in a form in a form": ("X4-COLOUR", in_a_form),
    "RGB in a pattern": ("X4-COLOUR", in_a_pattern),
    "RGB in a shading": ("X4-COLOUR", in_a_shading),
    "RGB in a drawn glyph": ("X4-COLOUR", in_a_glyph),
    "RGB in a soft mask": ("X4-COLOUR", in_a_soft_mask),
    "RGB behind a spot colour": ("X4-COLOUR", spot),
    "a picture in RGB": ("X4-COLOUR", image(Name.DeviceRGB, 8, bytes(192))),
    "an inline image in RGB": (
        "X4-COLOUR",
        painted("1 0 0 1 99 199 cm BI /W 9 /H 9 /CS /RGB /BPC 8 ID " + "a" * 243 + " EI"),
    ),
    "a palette of RGB": ("X4-COLOUR", image(Array([Name.Indexed, Name.DeviceRGB, 1, String("abcdef")]), 8, bytes(64))),
    "a heavy fill": ("X4-INK", painted("1 1 1 1 k 99 99 9 9 re f")),
    "a heavy picture": ("X4-INK", image(Name.DeviceCMYK, 8, b"\xf0" * 256)),
    "text in four inks": ("X4-BLACK", painted("0.6 0.5 0.5 0.9 k BT (a) Tj ET")),
    "black text that knocks out": ("X4-OVERPRINT", painted("0 0 0 1 k BT (a) Tj ET")),
    "white that overprints": ("X4-OVERPRINT", painted("/Over gs 0 0 0 0 k 9 9 9 9 re f", ExtGState=OVER)),
    "a thin line": ("X4-HAIRLINE", painted("0 0 0 1 K 0.1 w 99 99 m 199 99 l S")),
    "a line scaled down": ("X4-HAIRLINE", painted("0.1 0 0 0.1 99 99 cm 0 0 0 1 K 1 w 9 9 m 99 9 l S")),
    "a thin box": ("X4-HAIRLINE", painted("0 0 0 1 k 99 99 100 0.1 re f")),
    "a coarse picture": ("X4-RESOLUTION", image(Name.DeviceGray, 8, bytes(36), side=6)),
    "coarse line art": ("X4-RESOLUTION", image(Name.DeviceGray, 1, bytes(8))),
}


def test_a_press_file_of_ours_has_no_flaw() -> None:
    assert found(stamped_press()) == set()


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_file_breaks_that_rule_and_no_other(name: str) -> None:
    code, edit = BREAKS[name]
    # not packed again, or the filter under test would be replaced
    assert found(edited(stamped_press(), edit, compress_streams=False)) == {code}


def test_a_later_header() -> None:
    assert found(edited(stamped_press(), lambda pdf: None, force_version="1.7")) == {"X4-HEADER"}


def test_a_file_without_an_id() -> None:
    data = stamped_press()
    plain = edited(data, lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert found(plain) == set()
    assert found(re.sub(rb"/ID ?\[[^\]]*\]", lambda m: b" " * len(m[0]), plain)) == {"X4-ID"}


def test_an_encrypted_file() -> None:
    locked = edited(
        stamped_press(),
        lambda pdf: None,
        encryption=pikepdf.Encryption(owner="a", user="", R=4),
        deterministic_id=False,
    )
    assert found(locked) == {"X4-ENCRYPTED"}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    elsewhere = {"X4-HEADER", "X4-ID", "X4-ENCRYPTED"}
    assert {code for code, _ in BREAKS.values()} | elsewhere == set(rules())


def test_forms_without_an_end_are_not_accepted() -> None:
    def edit(pdf: Pdf) -> None:
        endless = form(pdf, b"0.9 0 0 0.9 0 0 cm /Again Do")
        endless.Resources = Dictionary(XObject=Dictionary(Again=endless))
        painted("/Again Do", XObject={"/Again": endless})(pdf)

    assert found(edited(stamped_press(), edit)) == {"VERIFY-UNREADABLE"}


def test_what_lies_outside_the_bleed_is_the_printers() -> None:
    """Marks lay on more ink than a page may, and are thin; a note beside the page bothers nobody."""

    def edit(pdf: Pdf) -> None:
        painted("1 1 1 1 k -25 -25 5 5 re f 0.1 w -25 9 m -20 9 l S")(pdf)
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[-25, 100, -15, 120])
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    assert found(edited(stamped_press(), edit)) == set()


def test_a_coarse_picture_is_advice_and_says_how_coarse() -> None:
    html = f'<img alt="图" style="width: 60mm" src="{PICTURES["rgb-png"]}">'
    (said,) = examine(pressed(extra=html), "press.pdf", claimed=False)
    assert (said.code, said.severity, dict(said.args)["found"]) == ("X4-RESOLUTION", Severity.WARNING, "27")


def test_only_a_file_that_claims_it_is_held_to_it() -> None:
    def redden(pdf: Pdf) -> None:
        painted("1 0 0 rg 99 299 9 9 re f")(pdf)

    assert "X4-COLOUR" in codes(edited(stamped_press(), redden))
    assert not {code for code in codes(edited(stamped(), redden)) if code.startswith("X4-")}


@pytest.mark.skipif(not REAL.is_dir(), reason=f"SKIP: PDFs of other producers are not at {REAL.name}")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.pdf")), ids=lambda path: path.stem)
def test_files_of_others_are_judged_without_a_crash(path: Path) -> None:
    """None of them is PDF/X-4; each is told so by findings, and what cannot be read is said to be unreadable."""
    data = path.read_bytes()
    codes_found = {one.code for one in examine(data, path.name)}
    assert codes_found
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            readable = len(pdf.pages) > 0
    except (pikepdf.PdfError, pikepdf.PasswordError):
        readable = False
    if readable:
        assert codes_found >= {"X4-VERSION", "X4-INTENT"} or codes_found == {"VERIFY-UNREADABLE"}
    else:
        assert codes_found <= {"VERIFY-UNREADABLE", "VERIFY-ENCRYPTED"}
