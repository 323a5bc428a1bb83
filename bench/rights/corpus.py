# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""The texts of the measurement, and as much more of their kind as is wanted.

Small texts are written by hand (texts/*.txt) or are the samples of the project. Background for the large measurements
comes from a character-bigram model of them: text that has their characters and their neighbours, and says nothing.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
SURPRISE = 0.12
"""How often the model takes any character instead of a neighbour, so that it does not walk in circles."""


@cache
def texts(split: str) -> dict[str, str]:
    """The texts of one split by name: tune, test, statutes or paraphrase."""
    found = {}
    source = Path(__file__).with_name("texts").joinpath(f"{split}.txt").read_text("utf-8")
    for part in re.split(r"^== ", source, flags=re.MULTILINE):
        if not part.startswith("#"):
            name, _, text = part.partition("\n")
            found[name] = text.strip()
    return found


def topic(name: str) -> str:
    return name.partition("-")[0]


@cache
def samples() -> dict[str, str]:
    """The samples of the project as plain text."""
    files = sorted(HOME.glob("source/*/article.md"))
    return {file.parent.name: _plain(file.read_text("utf-8")) for file in files}


def _plain(markdown: str) -> str:
    body = markdown.split("\n---\n", 1)[-1]
    return re.sub(r"[#*|`{}\[\]!]+|\([^)]*\.svg\)", "", body).strip()


@cache
def model() -> tuple[str, dict[str, str]]:
    """All characters as often as they occur, and of each those that were seen behind it."""
    known = "".join((*texts("tune").values(), *texts("test").values(), *samples().values()))
    known = re.sub(r"[^\u4e00-\u9fff，。；：、]", "", known)
    following: dict[str, list[str]] = defaultdict(list)
    for one, two in pairwise(known):
        following[one].append(two)
    return known, {char: "".join(after) for char, after in following.items()}


def background(rng: random.Random, length: int) -> str:
    """Text of the bigram model."""
    known, following = model()
    text = []
    char = rng.choice(known)
    for _ in range(length):
        text.append(char)
        after = following.get(char, "")
        char = rng.choice(known) if not after or rng.random() < SURPRISE else rng.choice(after)
    return "".join(text)
