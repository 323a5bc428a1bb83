# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Attacks on the comparison, each shown to work once its defence is taken out."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from match_texts import HELD, foreign

from bench.rights.corpus import HOME
from bench.rights.launder import ALTERATIONS, DISGUISES, traced
from bench.rights.quality import paraphrases
from kanyin.findings import Where
from kanyin.model import (
    AbstractPart,
    Affiliation,
    Article,
    Bilingual,
    Cell,
    DisplayFormula,
    Figure,
    Footnote,
    Front,
    InlineFormula,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Reference,
    Section,
    Styled,
    TableWrap,
    Text,
)
from kanyin.rights.match import align, search
from kanyin.rights.match import index as index_module
from kanyin.rights.match.fold import Folded
from kanyin.rights.match.index import Index
from kanyin.rights.match.store import SqliteStore
from kanyin.rights.match.units import lay, protected, units

WORK = "c"


def filled(path: Path) -> Index:
    index = Index(SqliteStore(path), b"k" * 32)
    for work, text in HELD.items():
        index.add(work, text)
    index.save()
    return index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with filled(tmp_path / "x.index") as made:
        yield made


def share(index: Index, text: str) -> float:
    found = index.compare(text).of(WORK)
    return found.share if found else 0.0


def laundered(name: str) -> str:
    transform = (DISGUISES | ALTERATIONS)[name]
    return "".join(char for char, _ in transform(random.Random(name), traced(HELD[WORK])))


def unfolded(text: str) -> Folded:
    """What a comparison without folding sees: every character as it is written."""
    starts = np.arange(len(text), dtype=np.int32)
    return Folded(np.array([ord(char) for char in text], np.uint32), starts, starts + 1, ())


# ---- a copy disguised: zero width, look-alikes, width, forms of characters, radicals, marks


@pytest.mark.parametrize("name", [name for name in DISGUISES if name != "exact"])
def test_a_disguised_copy_is_found(index: Index, name: str) -> None:
    assert share(index, laundered(name)) >= 0.95


def runs_alone(patch: pytest.MonkeyPatch) -> None:
    """A comparison that knows unbroken runs and nothing else."""
    patch.setattr(align, "DENSE", 2.0)
    patch.setattr(align, "LINK", 0)
    patch.setattr(align, "ASIDE", 0)


@pytest.mark.parametrize("name", [name for name in DISGUISES if name not in ("exact", "fullwidth")])
def test_without_folding_the_disguise_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    runs_alone(monkeypatch)
    with filled(tmp_path / "folding.index") as folding:
        assert share(folding, laundered(name)) >= 0.95
    monkeypatch.setattr(index_module, "fold", unfolded)
    with filled(tmp_path / "naive.index") as naive:
        assert share(naive, HELD[WORK]) == 1.0
        assert share(naive, laundered(name)) < 0.3


LATIN = (
    "Patients whose blood pressure was measured at home and who spoke with a pharmacist every second week reached "
    "their goal more often than those who were seen in the clinic alone "
)


@pytest.mark.parametrize(("name", "sentence"), [("radicals", "高行人工长大立方米面食马车见风"), ("fullwidth", LATIN)])
def test_without_folding_it_splits_every_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    disguised = "".join(char for char, _ in DISGUISES[name](random.Random(1), traced(sentence)))
    assert disguised != sentence and unicodedata.normalize("NFC", disguised) != sentence
    text, copy = foreign(1, 90) + sentence * 2 + foreign(2, 90), foreign(3, 90) + disguised * 2 + foreign(4, 90)
    for fold, expected in ((index_module.fold, True), (unfolded, False)):
        monkeypatch.setattr(index_module, "fold", fold)
        with Index(SqliteStore(tmp_path / f"{expected}.index"), b"k" * 32) as one:
            one.add("w", text)
            one.save()
            assert bool(one.compare(copy).works) is expected


# ---- a copy altered: a few characters here and there, other order, foreign sentences in between


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_copy_is_found(index: Index, name: str) -> None:
    assert share(index, laundered(name)) >= 0.85


@pytest.mark.parametrize("name", [name for name in ALTERATIONS if name not in ("reordered", "interleaved")])
def test_with_unbroken_runs_alone_the_alteration_works(
    index: Index, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    defended = share(index, laundered(name))
    runs_alone(monkeypatch)
    assert share(index, laundered(name)) < 0.5 * defended


@pytest.mark.parametrize("name", ["reordered", "interleaved"])
def test_looking_for_the_passage_as_a_whole_order_and_foreign_sentences_hide_it(
    index: Index, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    runs_alone(monkeypatch)
    found = index.compare(laundered(name), min_run=len(HELD[WORK]) // 2).of(WORK)
    assert found is None


# ---- text in another channel than the body

PASSAGE = HELD[WORK][20:120]


def plain(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def with_body(*blocks: object) -> Article:
    return Article(Front("x", "题名"), (Paragraph(plain("正文。")), *blocks))  # type: ignore[arg-type]


def reference(**fields: object) -> Article:
    return Article(Front("x", "题名"), (), refs=(Reference("r1", fields),))


def figure(**fields: object) -> Article:
    return with_body(Figure("fig1", "图1", fields.pop("caption", Bilingual()), "fig1.svg", **fields))  # type: ignore[arg-type]


def front(**fields: object) -> Article:
    return Article(Front("x", "题名", **fields), ())  # type: ignore[arg-type]


HALF = len(PASSAGE) // 2
CHANNELS: dict[str, Article] = {
    "paragraph": with_body(Paragraph(plain(PASSAGE))),
    "split over styles": with_body(
        Paragraph((Text(PASSAGE[:30]), Styled("bold", plain(PASSAGE[30:60])), Link("x", plain(PASSAGE[60:]))))
    ),
    "split over paragraphs": with_body(Paragraph(plain(PASSAGE[:HALF])), Paragraph(plain(PASSAGE[HALF:]))),
    "list": with_body(ListBlock(False, tuple((Paragraph(plain(PASSAGE[i : i + 25])),) for i in range(0, 100, 25)))),
    "quote": with_body(Quote((Paragraph(plain(PASSAGE)),))),
    "heading": with_body(Section("s1", plain(PASSAGE), ())),
    "alternative text": figure(alt=PASSAGE),
    "caption": figure(caption=Bilingual(plain(PASSAGE))),
    "English caption": figure(caption=Bilingual((), plain(PASSAGE))),
    "figure notes": figure(notes=plain(PASSAGE)),
    "table cells": with_body(
        TableWrap("t", "表1", Bilingual(), (), tuple((Cell(plain(PASSAGE[i : i + 10])),) for i in range(0, 100, 10)))
    ),
    "table notes": with_body(TableWrap("t", "表1", Bilingual(), (), (), (plain(PASSAGE),))),
    "formula in a line": with_body(Paragraph((InlineFormula(rf"\text{{{PASSAGE}}}"),))),
    "displayed formula": with_body(DisplayFormula("e", rf"\text{{{PASSAGE}}}")),
    "alternative text of a formula": with_body(DisplayFormula("e", "x", PASSAGE)),
    "footnote": Article(Front("x", "题名"), (), footnotes=(Footnote("n", plain(PASSAGE)),)),
    "abstract": front(abstract=(AbstractPart("目的", plain(PASSAGE)),)),
    "English abstract": front(abstract_en=(AbstractPart("", plain(PASSAGE)),)),
    "title": Article(Front("x", PASSAGE), ()),
    "keywords": front(kwds=tuple(PASSAGE[i : i + 10] for i in range(0, 100, 10))),
    "affiliation": front(affs=(Affiliation("a", PASSAGE),)),
    "funding": front(funding=(PASSAGE,)),
    "title of a reference": reference(title=PASSAGE),
    "odd field of a reference": reference(title="甲", note={"annote": [PASSAGE]}),
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_text_is_found_in_every_channel(index: Index, channel: str) -> None:
    assert share(index, lay(units(CHANNELS[channel])).text) > 0.2


@pytest.mark.parametrize("channel", ["alternative text", "footnote", "odd field of a reference", "displayed formula"])
def test_a_comparison_of_paragraphs_alone_misses_it(index: Index, channel: str) -> None:
    body = [unit for unit in units(CHANNELS[channel]) if unit.kind == "text"]
    assert share(index, lay(body).text) == 0.0


# ---- mislabelled: body text as references, a whitelist that is asked for

WHITELIST = ("references", "affiliations", "statute_text")


def body_as_references() -> Article:
    """A whole work cut into entries of sixty characters, each no longer than an honest one."""
    text = HELD[WORK]
    entries = [Reference(f"r{i}", {"type": "book", "title": text[i : i + 60]}) for i in range(0, len(text), 60)]
    return Article(Front("x", "题名"), (), refs=tuple(entries))


def test_body_text_passed_off_as_references_is_found(index: Index) -> None:
    assert share(index, lay(units(body_as_references())).text) > 0.9


def test_a_whitelist_on_this_side_would_let_it_through(index: Index) -> None:
    assert share(index, lay(protected(units(body_as_references()), WHITELIST)).text) == 0.0


def test_a_reference_that_two_articles_share_is_no_passage(tmp_path: Path) -> None:
    entry = Reference(
        "r1", {"author": [{"family": "林", "given": "知远"}], "title": HELD["a"][:40], "DOI": "10.5555/x"}
    )
    article = Article(Front("w", "题名"), (Paragraph(plain(HELD["b"])),), refs=(entry,))
    with Index(SqliteStore(tmp_path / "x.index"), b"k" * 32) as one:
        one.add("w", lay(protected(units(article), WHITELIST)).text)
        one.save()
        assert one.compare(lay(units(Article(Front("x", "甲"), (), refs=(entry,)))).text).works == ()


def test_what_is_too_long_for_a_reference_is_indexed_as_text() -> None:
    long = Article(Front("w", "题名"), (), refs=(Reference("r1", {"title": HELD["a"]}),))
    assert HELD["a"] in lay(protected(units(long), WHITELIST)).text


def test_a_statute_is_left_out_where_the_policy_says_so() -> None:
    law = "《中华人民共和国著作权法》第三十七条规定：出版者有权许可或者禁止他人使用其出版的图书、期刊的版式设计。"
    article = with_body(Paragraph(plain(law), Where("a.md", 3)))
    assert law not in lay(protected(units(article), WHITELIST)).text
    assert law in lay(protected(units(article), ())).text


def test_the_guide_says_how_many_paraphrases_are_missed() -> None:
    """A limit, not a defence: what is measured here is what the guide has to say."""
    told = (HOME / "docs" / "rights.md").read_text("utf-8")
    (light, lights), (free, frees) = (paraphrases()[manner] for manner in ("light", "free"))
    assert f"逐词改写 {lights} 段漏 {light} 段，自由改写 {frees} 段漏 {free} 段" in told


def again_and_again(times: int) -> str:
    return "".join(foreign(n, 60) + HELD["a"][100:260] for n in range(times))


@pytest.mark.parametrize("times", [5, 60])
def test_a_passage_that_is_said_again_and_again_is_found(index: Index, times: int) -> None:
    """Many hits on the same places of a work, one for each time, do not hide that they belong together."""
    share = index.compare(again_and_again(times)).of("a")
    assert share is not None and len(share.passages) == times and share.chars <= 165


def neighbours(found: search.Hits) -> np.ndarray:
    """Looked for among the next ones in the work, whatever their diagonal."""
    along, across = np.diff(found.place), np.diff(found.text)
    near = (along > 0) & (across > 0) & (np.abs(across - along) <= search.DRIFT)
    return np.append(near, False) | np.append(False, near)


def test_without_the_bands_of_diagonals_saying_it_often_hides_it(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_supported", neighbours)
    assert index.compare(again_and_again(1)).of("a") is not None
    assert index.compare(again_and_again(60)).of("a") is None
