# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Characters that look like another one and that NFKC keeps apart.

Radicals of the supplement block (U+2E80) come out of PDFs in place of the characters they look like; letters of other
alphabets and kana strokes are typed on purpose. Both sides of a comparison are folded, so a pair that is too generous
costs nothing in a text that is really Russian or Japanese.
"""

from __future__ import annotations

RADICALS = dict(
    zip(
        "⺁⺇⺊⺒⺓⺕⺙⺜⺝⺠⺢⺤⺥⺦⺧⺨⺩⺪⺬⺭⺯⺰⺱⺲⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂几卜巳幺彐攵日月民氺爫爫丬牛犭王疋示礻糸纟罓罒罓羊羊羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)
"""Radical → the character that looks the same. Those that look like no character of running text are left out."""

LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινϲⅼ",
        "abesijkmhopctyxaesijopcyxhdqwabezhikmnoptyxoivcl",
        strict=True,
    )
)
"""Cyrillic and Greek letters → the Latin letter (lower case) that looks the same."""

KANA = dict(zip("ロニハカタエトチミー", "口二八力夕工卜千三一", strict=True))
"""Katakana → the Han character that looks the same."""
