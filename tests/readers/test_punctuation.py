# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""ASCII marks in Chinese text: which become Chinese (GB/T 15834), which stay."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanyin.readers.punctuation import restore


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("中国,美国;日本:好!真的?是.", "中国，美国；日本：好！真的？是。"),
        ("患者, 男, 45岁", "患者，男，45岁"),
        ("占40%~60%，2015年~2019年，5 mg~ 10 mg，−3~−1", "占40%～60%，2015年～2019年，5 mg～10 mg，−3～−1"),
        ("用PCR,结果为5,差异", "用PCR，结果为5，差异"),
        ("丙氨酸转氨酶(ALT)升高(P<0.05).", "丙氨酸转氨酶（ALT）升高（P<0.05）。"),
        ("PCR(聚合酶链反应)法", "PCR（聚合酶链反应）法"),
        ("甲(乙（丙)丁）戊", "甲（乙（丙）丁）戊"),
        ("(1)纳入标准", "（1）纳入标准"),
        ('他说:"你好".', "他说：“你好”。"),
        ("他说:\"甲说'乙'了\".", "他说：“甲说‘乙’了”。"),
        ('“中文",好', "“中文”，好"),
        ('"Hello"是英文', "“Hello”是英文"),
        ("等等...然后…好", "等等……然后……好"),
        ("甲--乙", "甲——乙"),
        ("总有效率为95%.", "总有效率为95%。"),
        ("使用SPSS 20.0.", "使用SPSS 20.0。"),
        ("结束.The end", "结束。The end"),
        ("见https://a.b/c?x=1,y,然后", "见https://a.b/c?x=1,y，然后"),
        # in a Chinese sentence, between what is no Han
        ("收缩压≥140 mmHg;80岁以上放宽", "收缩压≥140 mmHg；80岁以上放宽"),
        ("世界心脏联盟(World Heart Federation,WHF)提出", "世界心脏联盟（World Heart Federation，WHF）提出"),
        ("世界心脏联盟（World Heart Federation, WHF）提出", "世界心脏联盟（World Heart Federation，WHF）提出"),
        ("差异有统计学意义(t=2.31, P<0.05)", "差异有统计学意义（t=2.31，P<0.05）"),
        ("两组比较,t=2.31,P<0.05,差异", "两组比较，t=2.31，P<0.05，差异"),
        ("血压为120 mmHg, P<0.05", "血压为120 mmHg，P<0.05"),
        ("PCR, 结果", "PCR，结果"),
        ("应转诊:(1)尿酸≥540 μmol/L;(2)合并感染", "应转诊：（1）尿酸≥540 μmol/L；（2）合并感染"),
        ("滤过率<30 mL/(min·1.73 m2);(3)反复", "滤过率<30 mL/(min·1.73 m2)；（3）反复"),
        ("缺失值达11.5%.若采用其他方法", "缺失值达11.5%。若采用其他方法"),
        ("师从Peter Hallgren.他主编", "师从Peter Hallgren。他主编"),
        ("选项[A]与[C]相同,不选", "选项[A]与[C]相同，不选"),
        # units and formulas keep their brackets, whatever follows
        ("肾小球滤过率<60 mL/(min·1.73 m2)的患者,慎用", "肾小球滤过率<60 mL/(min·1.73 m2)的患者，慎用"),
        ("肾功能(<60 mL/(min·1.73 m2)者)减量", "肾功能（<60 mL/(min·1.73 m2)者）减量"),
        ("剂量10 mg/(kg·d),分2次", "剂量10 mg/(kg·d)，分2次"),
        ("按(A+B)/C计算,得", "按(A+B)/C计算，得"),
        ("邮箱a.b@c.com,电话010-1.", "邮箱a.b@c.com，电话010-1。"),
    ],
)
def test_changed(before: str, after: str) -> None:
    assert restore(before).text == after


@pytest.mark.parametrize(
    "text",
    [
        "时间10:30开始",
        "长~5 mm，见https://example.org/a1~2，H~2~O和~~删去~~",
        "值为3.14和1,000例",
        "比例1:2，日期2024.1.31发布",
        "共45(23.5%)例",
        "函数f(x)是",
        "文件a.txt和说明.pdf",
        "He said, “yes”, and left.",
        "The patient (male) was treated at 北京协和医院, and then discharged.",
        "Smith's说don't",
        "3'端和5'端",
        "甲&nbsp;乙",
        "使用GraphPad Prism, Stata和R软件",
        "题为Heart failure, present and future的报告",
        "作者说Hello world, again",
        "溶于N,N-二甲基甲酰胺",
        "函数f(x,y)为",
        "3,4-二羟基",
        "[1] 王伟,李强. 血压管理[J]. 某杂志,2024,104(3):12-15.",
        "国家卫生委员会. 某指南[EB/OL]. (2024-01-02)[2024-03-04].",
        "5!=120",
        "1.纳入标准",
        "分为：1.轻度；2.中度",
        "甲项A.乙",
        "已是中文，标点。（好）“是”……——",
    ],
)
def test_left_alone(text: str) -> None:
    assert restore(text).text == text


def test_a_change_shows_where_it_was() -> None:
    (change,) = restore("一二三四五,六七八九十").changes
    assert (change.offset, change.before, change.after) == (5, "二三四五,六七八九", "二三四五，六七八九")


def test_a_straight_quote_without_partner_is_reported() -> None:
    restored = restore('他说"好')
    assert (restored.text, restored.unpaired) == ('他说"好', (2,))


def folded(text: str) -> str:
    """The text with every mark in one form and without white space: what restoring may not change."""
    marks = {"。": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "…": "."}
    plain = "".join(marks.get(c, unicodedata.normalize("NFKC", c)) for c in text)
    return re.sub(r"-{2,}", "--", re.sub(r"\.{2,}|\.", ".", re.sub(" ", "", plain)))


TEXTS = st.text("中文甲一aB1 0,.:;?!()\"'“”‘’（），。…-—&/@%《》", max_size=40)


@given(TEXTS)
def test_nothing_but_marks_and_their_spaces_changes(text: str) -> None:
    assert folded(restore(text).text) == folded(text)


@given(TEXTS)
def test_restoring_twice_changes_nothing_more(text: str) -> None:
    once = restore(text).text
    assert restore(once).text == once
    assert not restore(once).changes


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    restored = restore(text)
    assert bool(restored.changes) == (restored.text != text)
