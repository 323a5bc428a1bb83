# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Several PDFs of ours become one, with one tag tree, one outline, one list of page labels.

The pages are taken as they are: what an article's own file shows is what the issue shows. Joining pages is what every
library can do, and each of them leaves the tags of all files but the first behind, or lets their numbers collide so
that a reader hears the first article in place of the second. So the trees are joined here: the keys of each file's
parent tree are moved up (ISO 32000-1, 14.7.4.4), and its elements go below one document element.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pikepdf import Pdf

LINK = "kanyin:"
"""What stands before the name of a destination in a link that leads from one part into another."""


@dataclass(frozen=True)
class Label:
    """What the pages of a part are called (ISO 32000-1, 12.4.2): `S12` is prefix `S` and number 12; a number of 0
    means that the prefix is the whole name. `style` is D for 1, 2, 3 and r for i, ii, iii."""

    prefix: str = ""
    number: int = 0
    style: Literal["D", "r"] = "D"


@dataclass(frozen=True)
class Part:
    """A tagged PDF of ours; without data, a blank page. `name` is the destination that its first page gets."""

    data: bytes
    label: Label
    name: str = ""


@dataclass(frozen=True)
class Mark:
    """An entry of the outline; `name` is that of a part."""

    title: str
    name: str
    below: tuple[Mark, ...] = field(default=())


def assemble(parts: Sequence[Part], outline: Sequence[Mark] = ()) -> bytes:
    """One file out of parts; the first one's language, colour profile and metadata hold. The same parts give the same
    bytes. A link to `LINK` and the name of a part leads there. Without an outline a single part keeps its own. Raises
    ValueError for two destinations of one name."""
    import pikepdf

    first = next(part for part in parts if part.data)
    with pikepdf.open(io.BytesIO(first.data)) as whole:
        own = _Joined(whole)
        for part in parts:
            own.add(part, own=part is first)
        own.order()
        own.finish([part.label for part in parts], outline)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


class _Joined:
    """A file that grows: its pages, the destinations and the tags found so far."""

    def __init__(self, whole: Pdf) -> None:
        self.whole = whole
        self.starts: list[Any] = []
        self.names: dict[str, Any] = {}
        self.parents: list[tuple[int, Any]] = []
        self.tops: list[Any] = []
        self.next = 0
        self.own = [page.obj for page in whole.pages]
        self.links: list[Any] = []
        self.runs: list[list[Any]] = []

    def add(self, part: Part, *, own: bool) -> None:
        import pikepdf

        if not part.data:
            pages = [self._blank()]
            self._place(part, pages)
            return
        if own:
            self._place(part, self.own)
            self._take(self.whole, self.whole.Root, self.own)
            return
        with pikepdf.open(io.BytesIO(part.data)) as source:
            at = len(self.whole.pages)
            with warnings.catch_warnings():  # that destinations are not copied along: they are, below
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
                self.whole.pages.extend(source.pages)
            pages = [page.obj for page in self.whole.pages[at:]]
            self._place(part, pages)
            self._take(self.whole, self._copied(source), pages)

    def _copied(self, source: Pdf) -> Any:
        """What of a catalogue goes along. Its pages are there already, so that all that names them names the copies."""
        import pikepdf

        kept = pikepdf.Dictionary()
        if "/StructTreeRoot" in source.Root:
            kept["/StructTreeRoot"] = source.Root.StructTreeRoot
        if "/Names" in source.Root:
            kept["/Names"] = source.Root.Names
        return self.whole.copy_foreign(source.make_indirect(kept))

    def _blank(self) -> Any:
        import pikepdf

        like = self.whole.pages[0].obj
        boxes = {key: like[key] for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in like}
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary(), Tabs=pikepdf.Name.S)
        page["/Contents"] = self.whole.make_stream(b"")
        for key, box in boxes.items():
            page[key] = pikepdf.Array(list(box))
        self.whole.pages.append(pikepdf.Page(self.whole.make_indirect(page)))
        return self.whole.pages[-1].obj

    def _place(self, part: Part, pages: list[Any]) -> None:
        self.starts.append(pages[0])
        self.runs.append(pages)
        if part.name:
            self._name(part.name, _top(pages[0]))

    def _name(self, name: str, place: Any) -> None:
        if name in self.names:
            raise ValueError(f"two destinations are called {name}")
        self.names[name] = place

    def _take(self, whole: Pdf, root: Any, pages: list[Any]) -> None:
        """The destinations and tags of a part, whose objects are already in the file."""
        if "/Names" in root and "/Dests" in root.Names:
            held = list(root.Names.Dests.Names)
            for name, place in zip(held[::2], held[1::2], strict=True):
                self._name(str(name), place)
        self._lead(pages)
        if "/StructTreeRoot" not in root:
            return
        tree = root.StructTreeRoot
        most = -1
        for key, value in _numbers(tree.get("/ParentTree")):
            self.parents.append((key + self.next, value))
            most = max(most, key)
        for page in pages:
            for held in (page, *page.get("/Annots", ())):
                for entry in ("/StructParents", "/StructParent"):
                    if entry in held:
                        held[entry] = int(held[entry]) + self.next
        self.tops += list(tree.K)
        self.next += most + 1

    def _lead(self, pages: Sequence[Any]) -> None:
        """Make links into other parts what they are, and no addresses."""
        for page in pages:
            for link in page.get("/Annots", ()):
                address = str(link.A.get("/URI", "")) if "/A" in link else ""
                if address.startswith(LINK):
                    link["/Dest"] = address.removeprefix(LINK)
                    del link["/A"]
                    self.links.append(link)

    def order(self) -> None:
        """Put the pages into the order of the parts: those of the first file stood at the beginning."""
        import pikepdf

        wanted = [page for run in self.runs for page in run]
        while len(self.whole.pages):
            del self.whole.pages[-1]
        for page in wanted:
            self.whole.pages.append(pikepdf.Page(page))

    def finish(self, labels: Sequence[Label], outline: Sequence[Mark]) -> None:
        import pikepdf

        root = self.whole.Root
        names = [value for name in sorted(self.names, key=lambda n: n.encode()) for value in (name, self.names[name])]
        root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(names)))
        root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(list(self._labels(labels))))
        if outline:
            self._outline(outline)
        elif "/Outlines" in root and len(self.runs) > 1:
            del root["/Outlines"]
        titles = {mark.name: mark.title for mark in _all(outline)}
        for link in self.links:  # what a voice says of it (ISO 14289-1, 7.18.5)
            link["/Contents"] = pikepdf.String(titles.get(str(link.Dest), str(link.Dest)))
        if self.tops:
            self._tags()

    def _labels(self, labels: Sequence[Label]) -> Iterator[Any]:
        import pikepdf

        at = 0
        for label, run in zip(labels, self.runs, strict=True):
            yield at
            entry = pikepdf.Dictionary()
            if label.prefix:
                entry["/P"] = pikepdf.String(label.prefix)
            if label.number:
                entry["/S"] = pikepdf.Name(f"/{label.style}")
                entry["/St"] = label.number
            yield entry
            at += len(run)

    def _outline(self, marks: Sequence[Mark]) -> None:
        import pikepdf

        top = self.whole.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
        self._entries(top, marks)
        self.whole.Root.Outlines = top

    def _entries(self, parent: Any, marks: Sequence[Mark]) -> int:
        """Hang entries below a parent, all unfolded; give how many there are below it."""
        import pikepdf

        made = [self.whole.make_indirect(pikepdf.Dictionary(Parent=parent)) for _ in marks]
        count = 0
        for n, (entry, mark) in enumerate(zip(made, marks, strict=True)):
            entry["/Title"] = pikepdf.String(mark.title)
            entry["/Dest"] = self.names[mark.name]
            if n:
                entry["/Prev"] = made[n - 1]
            if n + 1 < len(made):
                entry["/Next"] = made[n + 1]
            count += 1 + (self._entries(entry, mark.below) if mark.below else 0)
        parent["/First"], parent["/Last"], parent["/Count"] = made[0], made[-1], count
        return count

    def _tags(self) -> None:
        """One tree: a document, below it an article or a part for each file."""
        import pikepdf

        root = self.whole.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        document = self.whole.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document))
        document["/P"], document["/K"] = root, pikepdf.Array(self.tops)
        for top in self.tops:
            top["/P"], top["/S"] = document, pikepdf.Name.Art
        nums = [value for pair in self.parents for value in pair]
        root["/K"] = pikepdf.Array([document])
        root["/ParentTree"] = self.whole.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(nums)))
        root["/ParentTreeNextKey"] = self.next
        self.whole.Root.StructTreeRoot = root


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """Keys and values of a number tree (ISO 32000-1, 7.9.7)."""
    if tree is None:
        return
    for kid in tree.get("/Kids", ()):
        yield from _numbers(kid)
    held = list(tree.get("/Nums", ()))
    for key, value in zip(held[::2], held[1::2], strict=True):
        yield int(key), value


def _all(marks: Sequence[Mark]) -> Iterator[Mark]:
    for mark in marks:
        yield mark
        yield from _all(mark.below)


def _top(page: Any) -> Any:
    import pikepdf

    return pikepdf.Array([page, pikepdf.Name.Fit])
