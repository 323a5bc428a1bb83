# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Lines of a copied page that name its source, date, author or editor, and lines that belong to the page alone.

A line is taken only when all of it is understood, piece by piece; else it is left in the text, because a field would
lose the rest. What the page alone needs (how often it was read, buttons, the way back) is left out. The caller reports
either with the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kanyin.model import Contributor

PAGE = "page"
"""What `take` returns for a line that belongs to the page and not to the article."""

_KINDS = {
    "来源": "author_notes", "文章来源": "author_notes", "稿件来源": "author_notes", "信息来源": "author_notes",
    "供稿": "author_notes", "摄影": "author_notes", "图片": "author_notes", "校对": "author_notes",
    "审核": "author_notes", "初审": "author_notes", "复审": "author_notes", "终审": "author_notes",
    "作者": "authors", "本文作者": "authors", "文": "authors", "记者": "authors", "通讯员": "authors",
    "编辑": "history.editor", "责任编辑": "history.editor", "本文编辑": "history.editor", "责编": "history.editor",
    "发布时间": "history.published", "发表时间": "history.published", "发布日期": "history.published",
    "发表日期": "history.published", "日期": "history.published", "时间": "history.published",
    "更新时间": PAGE, "浏览次数": PAGE, "浏览量": PAGE, "浏览": PAGE, "点击次数": PAGE, "点击数": PAGE, "点击": PAGE,
    "点击量": PAGE, "阅读次数": PAGE, "阅读量": PAGE, "阅读": PAGE, "访问量": PAGE, "访问次数": PAGE, "字号": PAGE,
    "字体": PAGE, "分享到": PAGE, "分享": PAGE, "上一篇": PAGE, "下一篇": PAGE, "当前位置": PAGE, "您的位置": PAGE,
    "您现在的位置": PAGE, "您当前的位置": PAGE, "所在位置": PAGE,
}  # fmt: skip
_ROLES = {"记者": "记者", "通讯员": "通讯员"}
_COUNTERS = "阅读量|阅读次数|阅读|浏览量|浏览次数|浏览|点击量|点击次数|点击数|点击|访问量|访问次数"
_LABEL = re.compile(
    rf"(?<![\u3400-\u9fff])(?:(?P<label>{'|'.join(sorted(_KINDS, key=len, reverse=True))})\s*[:：]\s*"
    rf"|(?P<counter>{_COUNTERS})\s*(?=\d))"
)
_OPENING, _CLOSING = "（(【[〔", "）)】]〕"
_SEPARATORS = " \t\u3000\xa0|｜·•/、，,;；"
_DATE = re.compile(
    r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?(?:\s*(\d{1,2}):(\d{2})(?::\d{2})?)?"
)
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}(?:·[\u3400-\u9fff]{1,8})?|[A-Z][a-z]+(?:[ -][A-Z][a-z]+)+")
_COUNT = re.compile(r"[\d,，.]+\s*[万亿+]*\s*次?|-+|加载中\.*")
_BUTTONS = (
    "打印本页", "打印", "关闭窗口", "关闭本页", "关闭", "收藏本页", "收藏", "返回顶部", "返回列表", "返回首页", "返回",
    "分享到", "分享", "点赞", "纠错", "我要评论", "微信", "微博", "朋友圈", "QQ空间", "QQ", "复制链接", "字号", "字体",
    "大", "中", "小", "扫一扫", "没有了", "首页",
)  # fmt: skip
_BUTTON_LINE = re.compile(rf"(?:[{re.escape(_OPENING + _CLOSING + _SEPARATORS)}:：]|A[+-]|{'|'.join(_BUTTONS)})+")
_TRAIL = re.compile(r"首页\s*(?:[>＞»›/]+\s*[^>＞»›/。，；]{1,20}\s*){1,6}")
_RESEMBLES = re.compile(
    r"(?:来源|作者|记者|通讯员|编辑(?!部|委)|发布|发表|更新|时间|日期|浏览|阅读|点击)[^。]{0,40}[:：]|记者|\d{4}(?:年|-|/)\d{1,2}(?:月|-|/)\d{1,2}"
)
_LONGEST_LINE = 160
_LONGEST_NOTE = 30


@dataclass
class Fields:
    """What was found. `notes` are printed among the author notes."""

    authors: list[Contributor] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    editor: str = ""
    published: date | None = None

    def take(self, line: str) -> str:
        """Take a line that is understood as a whole.

        Returns the keys that it went into, `page` for a line that is left out, or nothing.
        """
        if len(line) > _LONGEST_LINE:
            return ""
        if _is_buttons(line) or _TRAIL.fullmatch(line):
            return PAGE
        before = Fields(list(self.authors), list(self.notes), self.editor, self.published)
        keys: list[str] = []
        pieces = list(_pieces(line))
        for label, value, shown in pieces:
            # a day by itself may be that of the event which is announced
            lone = label in ("时间", "日期") and len(pieces) == 1
            key = "" if lone else self._take(label, value, shown)
            if not key:
                self.authors, self.notes = before.authors, before.notes
                self.editor, self.published = before.editor, before.published
                return ""
            keys.append(key)
        named = list(dict.fromkeys(key for key in keys if key != PAGE))
        return ", ".join(named) or (PAGE if keys else "")

    def _take(self, label: str, value: str, shown: str) -> str:
        """Take one piece; returns its key, or nothing when it is not understood or there is one already."""
        key = _KINDS.get(label, "")
        if not label:  # a date may lead a line, and buttons may end it
            if _is_buttons(value):
                return PAGE
            key = "history.published" if _DATE.fullmatch(value) else ""
        if key == PAGE:
            return key if _is_of_the_page(label, value) else ""
        if not value:
            return ""
        if key == "author_notes" and len(value) <= _LONGEST_NOTE and not re.search("[:：。]", value):
            self.notes.append(shown)
            return key
        if key == "authors":
            people = [name for name in re.split(r"[、，,;；/\s]+", value) if name]
            role = _ROLES.get(label, "author")
            if (
                people
                and all(_PERSON.fullmatch(name) for name in people)
                and role not in {a.role for a in self.authors}
            ):
                self.authors += [Contributor(name, role=role) for name in people]
                return key
        if key == "history.editor" and not self.editor and _PERSON.fullmatch(value):
            self.editor = value
            return key
        if key == "history.published" and self.published is None and (found := _DATE.fullmatch(value)):
            try:
                self.published = date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return ""
            return key
        return ""

    def resembles(self, line: str) -> bool:
        """Whether a short line may be one of these without being understood."""
        return len(line) <= 60 and not line.endswith("。") and bool(_RESEMBLES.search(line))


def _pieces(line: str) -> Iterator[tuple[str, str, str]]:
    """(label, value, the piece as it stood) of a line; the label is empty before the first one and behind a gap."""
    labels = list(_LABEL.finditer(line))
    if not labels:
        return
    lead = _trimmed(line[: labels[0].start()])
    if lead:
        yield "", lead, lead
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(line)
        value = _trimmed(line[label.end() : end])
        buttons = re.search(r"[\s\u3000|｜]+(?P<rest>\S.*)\Z", value)
        if buttons and _is_buttons(buttons["rest"]):
            yield "", buttons["rest"], buttons["rest"]
            value = _trimmed(value[: buttons.start()])
        name = label["label"] or label["counter"]
        yield name, value, f"{name}：{value}"


def _trimmed(value: str) -> str:
    """Without white space and separators at the ends, and without brackets that hold all of it or have no partner."""
    value = value.strip(_SEPARATORS)
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if value.startswith(opening) and (closing not in value or value.endswith(closing)):
            value = value.removeprefix(opening).removesuffix(closing).strip(_SEPARATORS)
        elif value.endswith((opening, closing)) and value.count(opening) != value.count(closing):
            value = value[:-1].strip(_SEPARATORS)
    return value


def _is_buttons(value: str) -> bool:
    """Whether a line holds nothing but buttons: 大, 中 and 小 are some together, or behind a word for type sizes."""
    sizes = "".join(found for found in re.findall("|".join(_BUTTONS), value) if len(found) == 1)
    named = sizes in ("", "大中小", "小中大") or "字号" in value or "字体" in value
    return named and bool(_BUTTON_LINE.fullmatch(value)) and bool(sizes or re.search("[\u3400-\u9fff]{2}", value))


def _is_of_the_page(label: str, value: str) -> bool:
    """Whether the value behind a label of the page is what stands there: a number, buttons, a title, a trail."""
    if label in ("上一篇", "下一篇") or label.endswith("位置"):
        return len(value) <= 80 and "。" not in value
    if label == "更新时间":
        return bool(_DATE.fullmatch(value))
    return not value or bool(_COUNT.fullmatch(value)) or bool(_BUTTON_LINE.fullmatch(value))
