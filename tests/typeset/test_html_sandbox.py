# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""A hostile layout reads no file, reaches no Python and keeps no machine busy: it is refused, with place and reason."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kanyin.findings import RenderError
from kanyin.typeset import sandbox
from kanyin.typeset.inlines import Html
from kanyin.typeset.sandbox import render

VALUES = {
    "article": {"title": "<题名>", "body": Html("<p>x</p>"), "authors": [{"name": "甲"}, {"name": "乙"}], "none": ""},
    "options": {"kind": "auto"},
}


def run(folder: Path, text: str, **files: str) -> str:
    (folder / "main.j2").write_text(text, "utf-8")
    for name, content in files.items():
        (folder / f"{name}.j2").write_text(content, "utf-8")
    return render(folder, "main.j2", VALUES)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ article.title }}", "&lt;题名&gt;"),
        ("{{ article.body }}", "<p>x</p>"),
        ("{{ article['title'] }}", "&lt;题名&gt;"),
        (
            "{% for a in article.authors %}{{ loop.index }}{{ a.name }}{% if not loop.last %}，{% endif %}{% endfor %}",
            "1甲，2乙",
        ),
        ("{{ article.authors | length }}{{ (article.authors | first).name }}{{ article.authors[1].name }}", "2甲乙"),
        ("{{ ['<', article.body] | join('&') }}", "&lt;&amp;<p>x</p>"),
        ("{% macro m(a) %}[{{ a.name }}]{% endmacro %}{{ m(article.authors[0]) }}", "[甲]"),
        ("{% from 'other.j2' import m %}{{ m('x') }}", "(x)"),
        ("{% include 'part.j2' %}", "&lt;题名&gt;!"),
        ("{% if options.kind == 'auto' and not article.none %}ja{% endif %}", "ja"),
        ("{{ 'a' if article.none else 'b' }}", "b"),
    ],
)
def test_what_arranging_a_page_needs_works(tmp_path: Path, template: str, expected: str) -> None:
    assert (
        run(
            tmp_path,
            template,
            other="{% macro m(x) %}({{ x }}){% endmacro %}",
            part="{{ article.title }}!",
        )
        == expected
    )


HOSTILE = {
    "class": "{{ article.__class__ }}",
    "class of a text": "{{ ''.__class__.__mro__ }}",
    "class by item": "{{ article['__class__'] }}",
    "class by filter": "{{ article | attr('__class__') }}",
    "globals of a macro": "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "inside of a loop": "{% for a in article.authors %}{{ loop.__init__ }}{% endfor %}",
    "private of a loop": "{% for a in article.authors %}{{ loop._iterator }}{% endfor %}",
    "self": "{{ self.__init__ }}",
    "method of a dict": "{{ article.items() }}",
    "method of a text": "{{ article.title.upper() }}",
    "format": "{{ '{0.__class__}'.format(article) }}",
    "percent": "{{ '%s' % article }}",
    "global function": "{{ range(9) }}",
    "lipsum": "{{ lipsum.__globals__ }}",
    "cycler": "{{ cycler('a') }}",
    "namespace": "{% set n = namespace() %}",
    "set": "{% set a = 1 %}",
    "set block": "{% set a %}x{% endset %}",
    "concatenation": "{{ 'a' ~ 'b' }}",
    "addition": "{{ 'a' + 'b' }}",
    "multiplication": "{{ 'a' * 1000000000 }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "safe": "{{ article.title | safe }}",
    "map": "{{ article.authors | map(attribute='name') | list }}",
    "pprint": "{{ article | pprint }}",
    "center": "{{ 'a' | center(1000000000) }}",
    "join of a text": "{{ article.title | join(article.title) }}",
    "autoescape off": "{% autoescape false %}{{ article.title }}{% endautoescape %}",
    "do": "{% do article.update({}) %}",
    "call block": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "with": "{% with a = 1 %}{{ a }}{% endwith %}",
    "slice": "{{ article.title[:1] }}",
    "recursive loop": "{% for a in article.authors recursive %}{{ loop(article.authors) }}{% endfor %}",
    "counting filter by name": "{{ article.authors | _counted | first }}",
    "debug": "{% debug %}",
    "name that is not there": "{{ permit }}",
    "key that is not there": "{{ article.credit }}",
    "not closed": "{% if article %}",
    "divide by zero": "{{ 1 / 0 }}",
    "environment of a context": "{{ environment }}{{ context }}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_it_does_not_need_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(RenderError) as stopped:
        run(tmp_path, "第一行\n" + HOSTILE[name])
    (found,) = stopped.value.findings
    assert found.code in ("TYPESET-TEMPLATE-FORBIDDEN", "TYPESET-TEMPLATE-UNDEFINED", "TYPESET-TEMPLATE-SYNTAX")
    assert found.where.file == str(tmp_path / "main.j2") and found.where.line == 2
    assert found.message("zh") and found.hint("en")


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../outside.j2", "sub/../../outside.j2", "link.j2", "folder.j2", "plain.css", "none.j2", "\0.j2"],
)
def test_files_outside_the_layout_do_not_exist_for_a_template(tmp_path: Path, name: str) -> None:
    layout = tmp_path / "layout"
    (layout / "sub").mkdir(parents=True)
    (layout / "folder.j2").mkdir()
    (layout / "plain.css").write_text("secret", "utf-8")
    (tmp_path / "outside.j2").write_text("secret", "utf-8")
    (layout / "link.j2").symlink_to(tmp_path / "outside.j2")
    for way in (f"{{% include {name!r} %}}", f"{{% extends {name!r} %}}", f"{{% from {name!r} import x %}}"):
        with pytest.raises(RenderError) as stopped:
            run(layout, way)
        assert [f.code for f in stopped.value.findings] == ["TYPESET-TEMPLATE-MISSING"]


BUSY = {
    "loops in loops": "{% for a in x %}" * 9 + "{% endfor %}" * 9,
    "macro that calls itself": "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "macros that double": "{% macro m(a) %}{{ a }}{{ a }}{% endmacro %}"
    + "{{ "
    + "m(" * 60
    + "'xx'"
    + ")" * 60
    + " }}",
    "template that includes itself": "{% include 'main.j2' %}",
    "long output": "{% for a in x %}{% for b in x %}" + "长" * 9000 + "{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("name", BUSY)
def test_a_template_cannot_keep_the_machine_busy(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VALUES, "x", list(range(60)))
    started = time.process_time()
    with pytest.raises(RenderError) as stopped:
        run(tmp_path, BUSY[name])
    assert [f.code for f in stopped.value.findings] == ["TYPESET-TEMPLATE-LIMIT"]
    assert time.process_time() - started < 5


def test_a_template_that_is_not_text_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "main.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(RenderError) as stopped:
        render(tmp_path, "main.j2", VALUES)
    assert [f.code for f in stopped.value.findings] == ["TYPESET-TEMPLATE-SYNTAX"]


def test_a_huge_template_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_CHARACTERS", 10)
    with pytest.raises(RenderError) as stopped:
        run(tmp_path, "x" * 11)
    assert [f.code for f in stopped.value.findings] == ["TYPESET-TEMPLATE-LIMIT"]
