# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Names of persons and bodies, in the order and the abbreviation that a reference style asks for."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kanyin.typeset.fields import Fields
from kanyin.typeset.types import Style

Lang = Literal["zh", "en"]

HAN = re.compile(r"[\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_SHOWN = 3  # GB/T 7714—2025 7.1.2, 2015 8.1.2; the medical journals keep the same number

ROLES: Mapping[str, Mapping[Lang, tuple[str, str]]] = {
    "translator": {"zh": ("译", "译"), "en": ("trans.", "trans.")},
    "editor": {"zh": ("编", "编"), "en": ("ed.", "eds.")},
}


def names(fields: Fields, field: str, lang: Lang, style: Style) -> str:
    """The persons of a field as one text, empty if there are none."""
    return _listed([one for one in (_one(n, fields, field, style) for n in _people(fields, field)) if one], lang, style)


def with_role(fields: Fields, field: str, lang: Lang, style: Style) -> str:
    """The persons of a field with the word for what they did (译, 编, trans., eds.)."""
    people = [one for one in (_one(n, fields, field, style) for n in _people(fields, field)) if one]
    if not people:
        return ""
    word = ROLES[field][lang][len(people) > 1]
    tight = lang == "zh" and len(people) > _SHOWN and not style.comma_after_etal
    return _listed(people, lang, style) + ("" if tight else style.comma) + word


def _listed(people: Sequence[str], lang: Lang, style: Style) -> str:
    if len(people) <= _SHOWN:
        return style.comma.join(people)
    return style.comma.join([*people[:_SHOWN], "等" if lang == "zh" else "et al."])


def _people(fields: Fields, field: str) -> Sequence[Any]:
    value = fields.raw(field)
    if value in (None, "", [], {}):
        return ()
    if isinstance(value, str | Mapping):
        return (value,)
    if isinstance(value, Sequence):
        return value
    fields.report("REF-SHAPE", field=field)
    return ()


def _one(name: Any, fields: Fields, field: str, style: Style) -> str:
    if isinstance(name, str):
        name = _parsed(name)
    if not isinstance(name, Mapping):
        fields.report("REF-SHAPE", field=field)
        return ""
    get = functools.partial(_word, name)
    if literal := get("literal"):
        return literal
    family, given = get("family"), get("given")
    if not family:
        if not given:
            fields.report("REF-SHAPE", field=field)
        return given
    if HAN.search(family + given):
        # 昂温 G S: a transliterated family name with Latin initials keeps its space
        return family + given if not given or HAN.search(given) else f"{family} {initials(given, style)}"
    family = " ".join(part for part in (get("non-dropping-particle"), family) if part)
    if style.capitals:
        family = family.upper()
    short = _pinyin_given(family, given, style) if is_pinyin(family, given) else initials(given, style)
    return " ".join(part for part in (family, short, get("dropping-particle"), get("suffix").rstrip(".")) if part)


def _word(name: Mapping[str, Any], key: str) -> str:
    return " ".join(str(name.get(key) or "").split())


def _parsed(name: str) -> Mapping[str, str]:
    """ "Smith, John A" has a family and a given name; any other string is taken as it is."""
    family, comma, given = name.partition(",")
    if comma and family.strip() and given.strip() and not HAN.search(name) and "," not in given:
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": name.strip()}


def initials(given: str, style: Style) -> str:
    """John A. → J A (2015), J A (2025), JA (medical); Jean-Luc → J L, J-L, JL. Stops fall away."""
    words: list[str] = []
    for word in given.replace(".", " ").replace("\u2010", "-").replace("\u2011", "-").split():
        if word.isupper() and len(word) <= 3 and word.isalpha():
            words.extend(word)  # JA: initials already
            continue
        parts = [part[0].upper() for part in word.split("-") if part]
        words.extend(["-".join(parts)] if style.hyphen_in_initials else parts)
    return (" " if style.space_between_initials else "").join(words)


def _pinyin_given(family: str, given: str, style: Style) -> str:
    """Given names in pinyin: whole in 2025 (7.1.1), an initial a syllable in 2015 (8.1.1), a word in medicine."""
    if style.whole_pinyin:
        return given
    if style.capitals:
        return " ".join(syllable[0].upper() for word in re.split(r"[\s-]+", given) for syllable in syllables(word))
    return initials(given, style)


def is_pinyin(family: str, given: str) -> bool:
    """Whether a Latin name is a Chinese one in pinyin: a common surname and a given name of one or two syllables."""
    words = [word for word in re.split(r"[\s-]+", given) if word]
    if family.casefold() not in _SURNAMES or not words or given.casefold() in _WESTERN:
        return False
    parts = [syllables(word) for word in words]
    return all(parts) and sum(map(len, parts)) <= 2 and not all(len(word) == 1 for word in words)


@functools.cache
def syllables(word: str) -> tuple[str, ...]:
    """Split a word into at most two pinyin syllables, the first as long as it can be; empty if that cannot be done."""
    text = word.casefold().replace("'", "").replace("’", "")
    if text in _SYLLABLES:
        return (word,)
    for cut in range(min(6, len(text) - 1), 0, -1):
        if text[:cut] in _SYLLABLES and text[cut:] in _SYLLABLES:
            return text[:cut], text[cut:]
    return ()


_FINALS = {
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve ü üe",
    "l": "a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve ü üe yu",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "i a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "i a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "i a e ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "i e ao ou an en ang eng ong u uo ui uan un",
    "z": "i a e ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "i a e ai ao ou an en ang eng ong u uo ui uan un",
    "s": "i a e ai ao ou an en ang eng ong u uo ui uan un",
    "y": "a ao ou an ang e i in ing ong u ue uan un",
    "w": "a o ai ei an en ang eng u",
    "": "a o e ai ei ao ou an en ang er",
}
_SYLLABLES = frozenset(start + end for start, ends in _FINALS.items() for end in ends.split())
_COMMON = (
    "bai cai cao chang chen cheng cui dai deng ding dong du duan fan fang feng fu gao ge geng gong gu guan guo han hao "
    "he hong hou hu hua huang ji jia jiang jiao jin kang kong lai lei li liang liao lin ling liu long lu luo lv lyu lü "
    "ma mao meng mi miao mo mu ni ning niu ou ouyang pan pang pei peng pu qi qian qiao qin qiu qu ren rong ruan shao "
    "shen sheng shi shu si song su sun tan tang tao tian tong tu wan wang wei wen wu xia xiang xiao xie xin xing xiong "
    "xu xue yan yang yao ye yi yin ying you yu yuan yue zeng zhan zhang zhao zheng zhong zhou zhu zhuang zhuge zong "
    "zou zuo situ sima shangguan"
)
_SURNAMES = frozenset(_COMMON.split())
# Western given names that read as pinyin by accident.
_MISLEADING = (
    "ada aida alan ana anan anna ben bo dan dana diana eileen gina hana lena leo lina linda lulu luna mina ming-na nan "
    "nina pan rena ron susan tina wade warren dean jean sean ian juan"
)
_WESTERN = frozenset(_MISLEADING.split())
