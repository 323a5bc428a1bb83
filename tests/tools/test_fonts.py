# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The fonts folder: what is built, how it is trusted, and which characters it can draw."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from conftest import HOME
from hypothesis import given
from hypothesis import strategies as st

from kanyin.findings import ExitCode, ToolError
from kanyin.tools import fonts as room
from kanyin.tools.fontface import characters


def small_list(folder: Path, *roles: str) -> Path:
    """A fonts folder that lists only these roles, with nothing built."""
    full = yaml.safe_load((HOME / "fonts" / room.LIST).read_text("utf-8"))
    full["faces"] = [face for face in full["faces"] if face["role"] in roles]
    folder.mkdir(exist_ok=True)
    (folder / room.LIST).write_text(yaml.safe_dump(full, allow_unicode=True), "utf-8")
    return folder


@pytest.fixture
def latin(tmp_path: Path) -> Path:
    """Two small faces, built."""
    folder = small_list(tmp_path / "fonts", "latin", "english")
    assert room.build_fonts(folder) == []
    return folder


def codes(stopped: pytest.ExceptionInfo[ToolError]) -> list[str]:
    return [finding.code for finding in stopped.value.findings]


class TestBuilding:
    def test_makes_every_listed_face_and_says_so(self, tmp_path: Path) -> None:
        folder = small_list(tmp_path / "fonts", "latin", "english")
        said: list[str] = []
        assert room.build_fonts(folder, said.append) == []
        assert said == ["Kanyin Latin 400 ← fonts-liberation2", "Kanyin English 400 ← fonts-liberation2"]
        assert sorted(p.name for p in folder.glob("*.ttf")) == ["kanyin-english.ttf", "kanyin-latin.ttf"]
        assert not list(folder.glob(".*.part"))

    def test_a_second_build_makes_nothing(self, latin: Path) -> None:
        before = {p: p.stat().st_mtime_ns for p in latin.glob("*.ttf")}
        said: list[str] = []
        assert room.build_fonts(latin, said.append) == []
        assert said == []
        assert {p: p.stat().st_mtime_ns for p in latin.glob("*.ttf")} == before

    def test_only_the_damaged_face_is_made_again(self, latin: Path) -> None:
        (latin / "kanyin-english.ttf").write_bytes(b"not a font")
        said: list[str] = []
        assert room.build_fonts(latin, said.append) == []
        assert said == ["Kanyin English 400 ← fonts-liberation2"]

    def test_a_package_that_is_not_installed_is_named_with_the_line_to_run(self, tmp_path: Path) -> None:
        folder = small_list(tmp_path / "fonts", "latin")
        text = (folder / room.LIST).read_text("utf-8")
        (folder / room.LIST).write_text(text.replace("LiberationSerif-Regular", "Nothing-Regular"), "utf-8")
        with pytest.raises(ToolError) as stopped:
            room.build_fonts(folder)
        assert codes(stopped) == ["FONT-ORIGIN-MISSING"]
        assert stopped.value.exit_code == ExitCode.TOOL
        assert stopped.value.findings[0].hint("en") == "Run: sudo apt-get install -y fonts-liberation2"

    def test_another_version_of_a_package_is_refused(self, tmp_path: Path) -> None:
        folder = small_list(tmp_path / "fonts", "latin")
        text = (folder / room.LIST).read_text("utf-8")
        (folder / room.LIST).write_text(text.replace("LiberationSerif-Regular", "LiberationSerif-Bold"), "utf-8")
        with pytest.raises(ToolError) as stopped:
            room.build_fonts(folder)
        assert codes(stopped) == ["FONT-ORIGIN-CHANGED"]

    def test_a_face_that_comes_out_otherwise_than_pinned_is_not_installed(self, tmp_path: Path) -> None:
        folder = small_list(tmp_path / "fonts", "latin")
        text = (folder / room.LIST).read_text("utf-8")
        (folder / room.LIST).write_text(text.replace("drop: —", "drop: a—"), "utf-8")
        assert [finding.code for finding in room.build_fonts(folder)] == ["FONT-HASH"]
        assert not list(folder.glob("*.ttf"))

    @pytest.mark.slow
    def test_bytes_are_the_same_in_another_process_zone_and_hash_seed(self, tmp_path: Path) -> None:
        """Every face of the real list: the pins were made elsewhere and earlier, so agreement is reproduction."""
        folder = tmp_path / "fonts"
        folder.mkdir()
        shutil.copy(HOME / "fonts" / room.LIST, folder)
        code = "import pathlib, sys, kanyin.tools.fonts as room; print(room.build_fonts(pathlib.Path(sys.argv[1])))"
        environment = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", code, folder], cwd=HOME, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "[]"


class TestTrust:
    @pytest.mark.parametrize("ask", [room.coverage, lambda folder: room.missing_characters([], folder)])
    def test_fonts_that_are_not_built_stop_a_build(self, ask: object, tmp_path: Path) -> None:
        folder = small_list(tmp_path / "fonts", "latin")
        with pytest.raises(ToolError) as stopped:
            ask(folder)  # type: ignore[operator]
        assert codes(stopped) == ["FONT-NOT-BUILT"]
        assert "fonts build" in stopped.value.findings[0].hint("zh")

    def test_a_font_changed_after_the_check_is_seen(self, latin: Path) -> None:
        room.coverage(latin)
        with (latin / "kanyin-latin.ttf").open("ab") as stream:
            stream.write(b"\0")
        with pytest.raises(ToolError) as stopped:
            room.coverage(latin)
        assert codes(stopped) == ["FONT-HASH"]

    def test_a_font_replaced_by_one_of_the_same_size_is_seen(self, latin: Path) -> None:
        room.coverage(latin)
        data = bytearray((latin / "kanyin-latin.ttf").read_bytes())
        data[-1] ^= 1
        (latin / "kanyin-latin.ttf").write_bytes(data)
        with pytest.raises(ToolError) as stopped:
            room.coverage(latin)
        assert codes(stopped) == ["FONT-HASH"]

    def test_a_changed_list_is_seen(self, latin: Path) -> None:
        room.coverage(latin)
        text = (latin / room.LIST).read_text("utf-8")
        pin = text.split("sha256: ")[-1][:64]
        (latin / room.LIST).write_text(text.replace(pin, "0" * 64), "utf-8")
        with pytest.raises(ToolError) as stopped:
            room.coverage(latin)
        assert codes(stopped) == ["FONT-HASH"]

    @pytest.mark.parametrize("text", ["", "{}", "[]", '{"list": 1}', "\x00"])
    def test_a_damaged_memory_is_made_again(self, text: str, latin: Path) -> None:
        before = room.coverage(latin)
        (latin / ".cache" / "state.json").write_text(text, "utf-8")
        assert room.coverage(latin) == before
        assert json.loads((latin / ".cache" / "state.json").read_text("utf-8"))["starts"]

    def test_a_list_with_a_slip_is_refused_with_its_place(self, latin: Path) -> None:
        text = (latin / room.LIST).read_text("utf-8")
        (latin / room.LIST).write_text(text.replace("kind: latin", "kind: latn", 1), "utf-8")
        with pytest.raises(ToolError) as stopped:
            room.coverage(latin)
        assert codes(stopped) == ["CONFIG-VALUE"]
        assert stopped.value.findings[0].where.line


class TestCoverage:
    @pytest.mark.parametrize(
        ("text", "missing"),
        [
            ("国际“引号”……——·", []),
            ("𠮷𠀀𪜀𫝀𫠠𬺰", []),
            ("P<0.05 χ² x̄±s 10⁻³ ①㎡㎏℃‰Ⅻ", []),
            ("\t\n \u00a0\u2009\u202f\u3000\u200b\u2060\ufeff葛\U000e0100", []),
            ("한글", ["한", "글"]),
            ("\ue000造字\ue000", ["\ue000"]),
            ("𰻝", []),
            ("\U00031350", ["\U00031350"]),
            ("🦠", ["🦠"]),
        ],
        ids=["marks", "rare", "medicine", "invisible", "hangul", "private", "biang", "extension-H", "emoji"],
    )
    def test_which_characters_have_no_font(self, text: str, missing: list[str], fonts: Path) -> None:
        assert room.coverage(fonts).missing(text) == missing

    @given(st.text())
    def test_agrees_with_the_faces_themselves(self, text: str) -> None:
        folder = HOME / "fonts"
        drawn = all_characters()
        missing = room.coverage(folder).missing(text)
        assert all(ord(c) not in drawn for c in missing)
        assert all(ord(c) in drawn or unicodedata.category(c)[0] in "CZM" for c in set(text) - set(missing))

    def test_every_face_for_han_has_the_8105_characters(self, fonts: Path) -> None:
        assert len(room.common_characters(fonts)) == 8105
        assert room.check_fonts(fonts) == []

    def test_a_face_that_lacks_some_of_them_is_named(self, tmp_path: Path, fonts: Path) -> None:
        folder = small_list(tmp_path / "fonts", "kai")
        shutil.copy(fonts / "kanyin-kai.ttf", folder)
        (folder / room.HANZI).write_text("4E00-4E02 3400-3402\n", "utf-8")
        wanted = {0x4E00, 0x4E01, 0x4E02, 0x3400, 0x3401, 0x3402}
        gap = "".join(map(chr, sorted(wanted - characters(folder / "kanyin-kai.ttf"))))
        (finding,) = room.check_fonts(folder)
        assert (finding.code, dict(finding.args)["some"]) == ("FONT-COVERAGE", gap)

    def test_a_missing_character_is_found_where_it_first_stands(self, tmp_path: Path, fonts: Path) -> None:
        one, two = tmp_path / "a.md", tmp_path / "b.md"
        one.write_text("好\n第二行 한 有\n한\n", "utf-8")
        two.write_text("🦠한\n", "utf-8")
        found = room.missing_characters([one, two], fonts)
        assert [(f.code, f.where.file, f.where.line, f.where.column, dict(f.args)) for f in found] == [
            ("FONT-NO-GLYPH", str(one), 2, 5, {"character": "한", "point": "U+D55C", "count": "3"}),
            ("FONT-NO-GLYPH", str(two), 1, 1, {"character": "🦠", "point": "U+1F9A0", "count": "1"}),
        ]

    def test_costs_milliseconds(self, tmp_path: Path, fonts: Path) -> None:
        article = tmp_path / "article.md"
        article.write_text("".join(map(chr, range(0x4E00, 0x5200))) * 30, "utf-8")
        room.missing_characters([article], fonts)
        start = time.process_time()
        room.missing_characters([article], fonts)
        assert time.process_time() - start < 0.05


def all_characters() -> set[int]:
    if not _ALL:
        for file in (HOME / "fonts").glob("kanyin-*.[ot]tf"):
            _ALL.update(characters(file))
    return _ALL


_ALL: set[int] = set()


class TestFontconfig:
    def test_names_one_folder_and_the_orders(self, fonts: Path) -> None:
        tree = ElementTree.parse(room.fontconfig(fonts)).getroot()
        assert [element.text for element in tree.iter("dir")] == [str(fonts)]
        orders = {
            alias.findtext("family"): [family.text for family in alias.find("prefer") or ()]
            for alias in tree.iter("alias")
        }
        assert orders["serif"][:2] == ["Kanyin Latin", "Kanyin Song"]
        assert orders["sans-serif"][:2] == ["Kanyin Latin Sans", "Kanyin Hei"]
        assert orders["serif"][-1] == "Kanyin Rare B"

    def test_is_written_once_and_again_when_the_folder_moves(self, latin: Path) -> None:
        path = room.fontconfig(latin)
        before = path.stat().st_mtime_ns
        assert room.fontconfig(latin).stat().st_mtime_ns == before
        moved = latin.with_name("字体 & <fonts>")
        latin.rename(moved)
        tree = ElementTree.parse(room.fontconfig(moved)).getroot()
        assert tree.findtext("dir") == str(moved)
