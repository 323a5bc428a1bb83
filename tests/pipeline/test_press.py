# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""`build --profile print` from the command line: a proven PDF/X-4, or nothing at all."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pipeline_project import Run, pdfs

from kanyin.preflight.pdfx import examine
from kanyin.tools import profiles

Call = Callable[..., Run]
PRINT = ("build", "source/research", "--profile", "print", "--format", "json")


def say(project: Path, press: str) -> None:
    layout = project / "layouts/journal/layout.yaml"
    layout.write_text(layout.read_text("utf-8") + f"press: {press}\n", "utf-8")


def test_a_press_file_claims_pdf_x_4_and_is_one(run: Call, project: Path) -> None:
    done = run(*PRINT)
    assert done.exit == 0, done.json["findings"]
    path = project / "build/research/print.pdf"
    assert examine(path.read_bytes(), path.name) == []
    assert run("verify", str(path), "--format", "json").exit == 0
    with pikepdf.open(path) as pdf:
        assert b">PDF/X-4<" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/Trapped"]) == "/False"


def test_verify_finds_what_became_of_it_later(run: Call, project: Path) -> None:
    run(*PRINT)
    path = project / "build/research/print.pdf"
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.pages[1].obj.Contents.insert(1, pdf.make_stream(b"q 1 0 0 rg 99 299 9 9 re f Q\n"))
        pdf.save(out)
    path.write_bytes(out.getvalue())
    done = run("verify", str(path), "--format", "json")
    assert done.exit == 7
    assert "X4-COLOUR" in done.codes


def test_the_layout_says_how_wide_the_bleed_is(run: Call, project: Path) -> None:
    say(project, "{bleed: 5, marks: false}")
    assert run(*PRINT).exit == 0
    with pikepdf.open(project / "build/research/print.pdf") as pdf:
        boxes = pdf.pages[0].obj
        edge = 5 * 72 / 25.4
        assert [float(v) for v in boxes.BleedBox][:2] == pytest.approx([-edge, -edge], abs=0.01)
        assert list(boxes.MediaBox) == list(boxes.BleedBox)


@pytest.mark.parametrize(
    "said", ["{bleed: 6}", "{bleed: -1}", "{ink: 500}", "{colour: rgb}", "{profile: {file: x.icc}}"]
)
def test_what_a_press_cannot_do_is_a_usage_error_with_its_line(run: Call, project: Path, said: str) -> None:
    say(project, said)
    done = run(*PRINT)
    assert done.exit == 2
    assert done.json["findings"][0]["where"]["line"] > 10
    assert not pdfs(project / "build")


def test_a_profile_of_the_journals_own_names_its_condition(run: Call, project: Path) -> None:
    own = project / "layouts/journal/press.icc"
    own.write_bytes(profiles.default_intent(project).data)
    say(project, "{profile: {file: press.icc, identifier: Our press, info: 某印刷厂 2026 年轻涂纸}}")
    assert run(*PRINT).exit == 0
    with pikepdf.open(project / "build/research/print.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "Our press"
        assert str(intent.Info) == "某印刷厂 2026 年轻涂纸"
        assert "/RegistryName" not in intent


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(None, id="absent"),
        pytest.param(b"not a profile", id="none"),
        pytest.param("mntrRGB ", id="of a screen"),
        pytest.param("prtrRGB ", id="of an RGB printer"),
        pytest.param("cut", id="cut short"),
    ],
)
def test_a_profile_of_no_press_is_refused(run: Call, project: Path, data: bytes | str | None) -> None:
    sound = profiles.default_intent(project).data
    if isinstance(data, str):
        data = sound[:-1] if data == "cut" else sound[:12] + data.encode() + sound[20:]
    if data is not None:
        (project / "layouts/journal/press.icc").write_bytes(data)
    say(project, "{profile: {file: press.icc, identifier: Our press, info: ours}}")
    done = run(*PRINT)
    assert (done.exit, done.codes & {"PRESS-PROFILE-KIND"}) == (2, {"PRESS-PROFILE-KIND"})
    assert not pdfs(project / "build")


def test_without_the_default_profile_exit_5_and_doctor_says_so(
    run: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "profiles").unlink()
    (project / "profiles").mkdir()
    (project / "profiles" / profiles.FILE).write_bytes(b"another profile")
    monkeypatch.setattr(profiles, "_DEBIAN", project / "nowhere")
    done = run(*PRINT)
    assert (done.exit, done.codes & {"PRESS-PROFILE-MISSING"}) == (5, {"PRESS-PROFILE-MISSING"})
    assert not pdfs(project / "build")
    doctor = run("doctor", "--format", "json")
    assert doctor.exit == 5
    assert run("build", "source/research", "--format", "json").exit == 0, "the screen needs no press"


def test_what_does_not_conform_is_not_delivered(run: Call, project: Path) -> None:
    """Without any date in the source the file could not say when it was made, which PDF/X-4 asks."""
    article = project / "source/news/article.md"
    text = re.sub(r"(?m)^(history: |  year: ).*\n", "", article.read_text("utf-8"))
    article.write_text(text, "utf-8")
    done = run("build", "source/news", "--profile", "print", "--format", "json")
    assert (done.exit, done.codes & {"X4-DATES"}) == (7, {"X4-DATES"})
    assert not pdfs(project / "build")


def test_a_figure_that_has_no_inks_stops_the_build(run: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The converter is made to leave colours alone: the pre-check sees it before any claim is written."""
    from kanyin.pdf.press_objects import Converter

    monkeypatch.setattr(Converter, "content", lambda self, data, resources, mode, page=False: data)
    done = run(*PRINT)
    assert done.exit == 7
    assert "X4-COLOUR" in done.codes and "X4-VERSION" not in done.codes
    assert not pdfs(project / "build")


@pytest.mark.parametrize(("scheme", "sheet_sides"), [("booklet", 4), ("16", 2)])
def test_sheets_are_made_beside_the_press_file(run: Call, project: Path, scheme: str, sheet_sides: int) -> None:
    done = run(*PRINT, "--impose", scheme)
    assert done.exit == 0, done.json["findings"]
    assert [(Path(o["path"]).name, o["pages"]) for o in done.json["outputs"]] == [
        ("print.pdf", 5),
        (f"print-{scheme}.pdf", sheet_sides),
    ]
    press, sheets = (project / "build/research" / name for name in ("print.pdf", f"print-{scheme}.pdf"))
    assert run("verify", str(press), "--format", "json").exit == 0
    told = run("verify", str(sheets), "--format", "json")
    assert (told.exit, "VERIFY-SHEETS" in told.codes) == (7, True)
    assert done.json["outputs"][0]["sha256"] in told.out, "they say which press file they were made of"


def test_sheets_of_an_earlier_file_do_not_lie_beside_a_later_one(run: Call, project: Path) -> None:
    assert run(*PRINT, "--impose", "booklet").exit == 0
    assert run(*PRINT, "--impose", "16").exit == 0
    names = {path.name for path in pdfs(project / "build")}
    assert names == {"print.pdf", "print-booklet.pdf", "print-16.pdf"}, "all of one press file"
    say(project, "{bleed: 5}")
    done = run(*PRINT)
    assert done.exit == 0, done.json["findings"]
    assert {path.name for path in pdfs(project / "build")} == {"print.pdf"}


def test_sheets_that_lose_a_notice_are_not_delivered(run: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kanyin.pdf import impose_write

    monkeypatch.setattr(impose_write, "_placed", lambda slot, name, trim, bleed: f"q 0.5 0 0 0.5 90 90 cm {name} Do Q")
    done = run(*PRINT, "--impose", "booklet")
    assert (done.exit, done.codes & {"SHEETS-NOTICE"}) == (7, {"SHEETS-NOTICE"})
    assert not pdfs(project / "build")


def test_sheets_are_made_of_press_files_alone(run: Call, project: Path) -> None:
    done = run("build", "source/news", "--impose", "16", "--format", "json")
    assert (done.exit, done.codes) == (2, {"CLI-IMPOSE"})


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("gs"), reason="SKIP: separations are not looked at: Ghostscript is not installed")
def test_text_is_on_the_black_plate_alone(run: Call, project: Path, tmp_path: Path) -> None:
    """The plates as Ghostscript makes them: within the trim, the others hold what is coloured and nothing else."""
    assert run(*PRINT).exit == 0
    path = project / "build/research/print.pdf"
    plates = tmp_path / "p%d.tif"
    command = ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r100", f"-sOutputFile={plates}"]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    with pikepdf.open(path) as pdf:
        media, trim = ([float(v) for v in pdf.pages[2].obj[key]] for key in ("/MediaBox", "/TrimBox"))
    edge = round((trim[0] - media[0]) / 72 * 100)

    def dark(page: int, plate: str) -> int:
        with Image.open(tmp_path / f"p{page}({plate}).tif") as whole:
            inside = whole.crop((edge, edge, whole.width - edge, whole.height - edge))
        return sum(inside.histogram()[:250])

    for plate in ("Cyan", "Magenta", "Yellow"):
        assert dark(3, plate) == 0, "a page of text and tables"
    assert dark(3, "Black") > 20_000
    assert dark(1, "Magenta") > 500, "the coloured heads of the first page"
    assert dark(1, "Black") > 20_000
