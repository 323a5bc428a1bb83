# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The fonts folder: build what is missing, check what is there, and say which characters have no font.

A build asks only `coverage` and `fontconfig`; both must cost milliseconds. So what a full look at the files has shown
is kept in `.cache/state.json` beside them, and holds as long as fonts.yaml and every file's size and time stay.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanyin.findings import Finding, ToolError, Where, finding
from kanyin.tools.files import write_whole
from kanyin.tools.fontconfig import document

if TYPE_CHECKING:  # reading the list takes pydantic, which a build with known fonts does not need
    from kanyin.config.fontlist import Face, FontList

LIST = "fonts.yaml"
HANZI = "hanzi-8105.txt"
# A face may lack what is never drawn: controls, format characters, and spaces, which are only an advance.
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


@dataclass(frozen=True)
class Coverage:
    """The characters that some face can draw, as ranges of code points: starts[i] … ends[i], both included."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sha256: str

    def has(self, character: str) -> bool:
        return self._drawn(ord(character)) or _is_invisible(character)

    def missing(self, text: str) -> list[str]:
        """The characters of the text that no face can draw, each once, in the order of their first appearance."""
        return [character for character in dict.fromkeys(text) if not self.has(character)]

    def _drawn(self, code: int) -> bool:
        i = bisect_right(self.starts, code) - 1
        return i >= 0 and code <= self.ends[i]


def _is_invisible(character: str) -> bool:
    if unicodedata.category(character) in _NEVER_DRAWN:
        return True
    return any(first <= ord(character) <= last for first, last in _SELECTORS)


def load_fonts(folder: Path) -> FontList:
    from kanyin.config.fontlist import load_fonts as load

    return load(folder)


def coverage(folder: Path) -> Coverage:
    """What the built fonts can draw. Raises ToolError when a font is missing or is not the one that fonts.yaml pins."""
    state = _state(folder)
    if state is None:
        fonts = load_fonts(folder)
        problems = _verify(folder, fonts)
        if problems:
            raise ToolError(*problems)
        state = _remember(folder, fonts)
    return Coverage(tuple(state["starts"]), tuple(state["ends"]), state["sha256"])


def missing_characters(files: Iterable[Path], folder: Path) -> list[Finding]:
    """One finding for each character of the text files that has no font, at the place where it stands first.

    Raises ToolError when the fonts themselves are missing. Bytes that are not UTF-8 are the reader's to report.
    """
    known = coverage(folder)
    first: dict[str, Where] = {}
    count: dict[str, int] = {}
    for file in files:
        text = file.read_text("utf-8", errors="ignore")
        lines = text.split("\n")
        for character in known.missing(text):
            line = next(i for i, content in enumerate(lines) if character in content)
            first.setdefault(character, Where(str(file), line + 1, lines[line].index(character) + 1))
            count[character] = count.get(character, 0) + text.count(character)
    return [
        finding("FONT-NO-GLYPH", where, character=character, point=f"U+{ord(character):04X}", count=count[character])
        for character, where in first.items()
    ]


def fontconfig(folder: Path) -> Path:
    """A fontconfig file that names this folder alone; written when it is missing or names another place."""
    path = folder.resolve() / ".cache" / "fonts.conf"
    text = document(folder.resolve(), load_families(folder)).encode()
    if not path.is_file() or path.read_bytes() != text:
        write_whole({path: text})
    return path


def load_families(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families for serif and sans-serif text in the order in which a character is looked for."""
    state = _state(folder)
    if state is None:
        fonts = load_fonts(folder)
        return fonts.serif, fonts.sans
    return tuple(state["serif"]), tuple(state["sans"])


def build_fonts(folder: Path, progress: Callable[[str], None] = lambda line: None) -> list[Finding]:
    """Make every face that is not there yet as fonts.yaml pins it. Faces appear whole or not at all.

    Raises ToolError when a package is not installed, or when its file is another one than the one pinned.
    """
    if _state(folder) is not None:
        return []
    fonts = load_fonts(folder)
    waiting = [face for face in fonts.faces if _sha256(folder / face.file) != face.sha256]
    absent = sorted({face.origin.package for face in waiting if not Path(face.origin.file).is_file()})
    if absent:
        raise ToolError(finding("FONT-ORIGIN-MISSING", fonts.where, packages=" ".join(absent)))
    changed = [face for face in waiting if _sha256(Path(face.origin.file)) != face.origin.sha256]
    if changed:
        raise ToolError(*(_origin_changed(face) for face in changed))
    problems = [problem for face in waiting if (problem := _build(folder, face, fonts, progress))]
    if not problems:
        _remember(folder, fonts)
    return problems


def _origin_changed(face: Face) -> Finding:
    return finding("FONT-ORIGIN-CHANGED", face.where, file=face.origin.file, package=face.origin.package)


def _build(folder: Path, face: Face, fonts: FontList, progress: Callable[[str], None]) -> Finding | None:
    from kanyin.tools.fontface import characters, make

    progress(f"{face.family} {face.weight}{' italic' if face.italic else ''} ← {face.origin.package}")
    files = {other.role: folder / other.file for other in fonts.faces}
    unwanted = {code for role in face.without for code in characters(files[role])}
    beside = folder / f".{face.file}.part"
    try:
        make(face, beside, unwanted)
        made = _sha256(beside)
        if made != face.sha256:
            return finding("FONT-HASH", face.where, file=face.file, found=made, pinned=face.sha256)
        beside.replace(folder / face.file)
    finally:
        beside.unlink(missing_ok=True)
    return None


def check_fonts(folder: Path) -> list[Finding]:
    """Look at every byte: each file is the pinned one, and each role for Han text has the 8105 characters of the list.

    The list is 通用规范汉字表 (2013).
    """
    from kanyin.tools.fontface import characters

    fonts = load_fonts(folder)
    problems = _verify(folder, fonts)
    if problems:
        return problems
    _remember(folder, fonts)
    wanted = common_characters(folder)
    rare = {c for face in fonts.faces if face.kind == "rare" for c in characters(folder / face.file)}
    for face in fonts.faces:
        if face.kind == "han" and (gap := wanted - rare - characters(folder / face.file)):
            some = "".join(chr(code) for code in sorted(gap)[:20])
            problems.append(finding("FONT-COVERAGE", face.where, file=face.file, count=len(gap), some=some))
    return problems


def common_characters(folder: Path) -> set[int]:
    """The code points of 通用规范汉字表, from the ranges in `hanzi-8105.txt`."""
    found: set[int] = set()
    for line in (folder / HANZI).read_text("utf-8").splitlines():
        for word in line.partition("#")[0].split():
            first, _, last = word.partition("-")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _verify(folder: Path, fonts: FontList) -> list[Finding]:
    missing = [face.file for face in fonts.faces if not (folder / face.file).is_file()]
    if missing:
        return [finding("FONT-NOT-BUILT", Where(str(folder)), count=len(missing), files=", ".join(missing[:3]))]
    found = {face: _sha256(folder / face.file) for face in fonts.faces}
    return [
        finding("FONT-HASH", face.where, file=face.file, found=sha256, pinned=face.sha256)
        for face, sha256 in found.items()
        if sha256 != face.sha256
    ]


# ---------------------------------------------------------------- what a full look has shown


def _state(folder: Path) -> dict[str, Any] | None:
    """What the last full look has shown, or None if anything may have changed since."""
    state = _read_state(folder / ".cache" / "state.json")
    if state is None or state["list"] != _sha256(folder / LIST):
        return None
    same = all(_stamp(folder / file) == stamp for file, stamp in state["files"].items())
    return state if same else None


def _read_state(path: Path) -> dict[str, Any] | None:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    return _parse_state(text)


@lru_cache(maxsize=2)
def _parse_state(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    keys = {"list", "files", "serif", "sans", "starts", "ends", "sha256"}
    return value if isinstance(value, dict) and value.keys() == keys else None


def _stamp(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _remember(folder: Path, fonts: FontList) -> dict[str, Any]:
    from kanyin.tools.fontface import characters

    codes = sorted({code for face in fonts.faces for code in characters(folder / face.file)})
    starts = [code for code, before in zip(codes, [-2, *codes], strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], -2], strict=False) if code != after - 1]
    pins = "\n".join(sorted(f"{face.file} {face.sha256}" for face in fonts.faces))
    state = {
        "list": _sha256(folder / LIST),
        "files": {face.file: _stamp(folder / face.file) for face in fonts.faces},
        "serif": list(fonts.serif),
        "sans": list(fonts.sans),
        "starts": starts,
        "ends": ends,
        "sha256": hashlib.sha256(pins.encode()).hexdigest(),
    }
    write_whole({folder / ".cache" / "state.json": json.dumps(state).encode()})
    return state


def _sha256(path: Path) -> str:
    """The hash of a file; empty when there is none."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
