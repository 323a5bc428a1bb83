# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Templates that arrange and cannot do anything else: the only import of Jinja2.

A layout may come from anywhere, and rights are decided before it runs; so it must not be able to read a file, reach
Python, or keep a machine busy. Jinja2's sandbox stops the first two; on top of it a template may use only a short list
of constructs (no assignment, no arithmetic, no methods), steps of loops and calls of macros are counted, and sizes are
bounded. Values are plain dicts, lists and strings; a name that does not exist stops the work instead of printing
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kanyin.findings import Finding, RenderError, Where, finding
from kanyin.seen import noted

MAX_STEPS = 200_000  # loop steps and macro calls of one article
MAX_CHARACTERS = 16_000_000  # of one template file, one macro's result, or the whole page
SUFFIX = ".j2"

# Names of jinja2.nodes classes. What is missing is missing on purpose: Assign, Concat, Add, Mul, Pow and their kin can
# build strings of any length in a few lines, and CallBlock, FilterBlock, Import are not needed to arrange a page.
_ALLOWED = """
    Template Output TemplateData Name Const List Getattr Getitem If CondExpr For Filter Test Not And Or Compare Operand
    Include Macro Call Keyword Block Extends FromImport
"""
_FILTERS = ("length", "first", "last", "join", "default")
_TESTS = ("defined", "undefined", "none", "string", "mapping", "sequence", "sameas", "eq", "ne", "in")


def render(folder: Path, name: str, values: Mapping[str, Any]) -> str:
    """The text that the template `name` of `folder` makes of `values`. Raises RenderError with a finding."""
    import jinja2
    from jinja2.exceptions import SecurityError

    environment = _environment(folder)
    try:
        out: list[str] = []
        size = 0
        for chunk in environment.get_template(name).generate(**values):
            size += len(chunk)
            if size > MAX_CHARACTERS:
                raise _Refused(finding("TYPESET-TEMPLATE-LIMIT", Where(str(folder / name)), limit=MAX_CHARACTERS))
            out.append(chunk)
        return "".join(out)
    except _Refused as error:
        raise RenderError(error.finding) from None
    except jinja2.TemplateNotFound as error:
        raise RenderError(finding("TYPESET-TEMPLATE-MISSING", Where(str(folder)), name=error.message)) from None
    except jinja2.TemplateSyntaxError as error:
        place = Where(str(error.filename or folder / name), error.lineno)
        raise RenderError(finding("TYPESET-TEMPLATE-SYNTAX", place, problem=error.message)) from None
    except SecurityError as error:
        place = _place(error, folder, name)
        raise RenderError(finding("TYPESET-TEMPLATE-FORBIDDEN", place, what=error.message)) from None
    except jinja2.UndefinedError as error:
        place = _place(error, folder, name)
        raise RenderError(finding("TYPESET-TEMPLATE-UNDEFINED", place, problem=error.message)) from None
    except RecursionError:
        raise RenderError(finding("TYPESET-TEMPLATE-LIMIT", Where(str(folder / name)), limit=MAX_STEPS)) from None
    except (TypeError, ValueError, ArithmeticError) as error:
        place = _place(error, folder, name)
        raise RenderError(finding("TYPESET-TEMPLATE-SYNTAX", place, problem=str(error))) from None


class _Refused(Exception):
    """Carries a finding through Jinja2's machinery, which knows only its own errors."""

    def __init__(self, why: Finding) -> None:
        super().__init__(why.code)
        self.finding = why


def _place(error: BaseException, folder: Path, name: str) -> Where:
    """The line of the template in which an error arose: Jinja2 rewrites tracebacks to name template files."""
    line, file = 0, str(folder / name)
    trace = error.__traceback__
    while trace is not None:
        shown = trace.tb_frame.f_code.co_filename
        if shown.endswith(SUFFIX):
            line, file = trace.tb_lineno, shown
        trace = trace.tb_next
    return Where(file, line)


def _source(folder: Path, name: str) -> tuple[str, str]:
    """The text of a template file. Anything but a plain file below the folder, links resolved, does not exist."""
    import jinja2

    root = folder.resolve()
    try:
        path = (root / name).resolve()
        known = name.endswith(SUFFIX) and path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a loop of links
        known = False
    if not known:
        raise jinja2.TemplateNotFound(name)
    if path.stat().st_size > MAX_CHARACTERS:
        raise _Refused(finding("TYPESET-TEMPLATE-LIMIT", Where(str(path)), limit=MAX_CHARACTERS))
    try:
        return noted(path, path.read_bytes()).decode("utf-8"), str(folder / name)
    except (OSError, UnicodeDecodeError) as error:
        raise jinja2.TemplateSyntaxError(str(error), 1, name, str(folder / name)) from None


def _environment(folder: Path) -> Any:
    """A fresh environment; its budget of steps is that of one article."""
    import jinja2
    from jinja2 import nodes, runtime
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    steps = MAX_STEPS

    def count() -> None:
        nonlocal steps
        steps -= 1
        if steps < 0:
            raise _Refused(finding("TYPESET-TEMPLATE-LIMIT", Where(str(folder)), limit=MAX_STEPS))

    def counted(values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            count()
            yield value

    class Environment(ImmutableSandboxedEnvironment):
        def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **more: Any) -> Any:
            if isinstance(source, str):
                source = _checked(self.parse(source, name, filename), str(filename or folder), nodes)
            return super().compile(source, name, filename, *rest, **more)

        def getattr(self, obj: Any, attribute: str) -> Any:
            """Keys of mappings, and the counters of a loop; no other attribute of anything."""
            if isinstance(obj, runtime.LoopContext) and not attribute.startswith("_"):
                return super().getattr(obj, attribute)
            return self.getitem(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            if isinstance(obj, dict) and argument in obj:
                return obj[argument]
            if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
                return obj[argument]
            if isinstance(obj, dict | list) and not str(argument).startswith("_"):
                return self.undefined(obj=obj, name=argument)
            raise SecurityError(f".{argument}")

        def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
            count()
            if not isinstance(obj, runtime.Macro | runtime.BlockReference):
                raise SecurityError(f"{getattr(obj, '__name__', type(obj).__name__)}()")
            result = super().call(context, obj, *args, **kwargs)
            if len(result) > MAX_CHARACTERS:
                raise _Refused(finding("TYPESET-TEMPLATE-LIMIT", Where(str(folder)), limit=MAX_CHARACTERS))
            return result

        def is_safe_callable(self, obj: Any) -> bool:
            return isinstance(obj, runtime.Macro | runtime.BlockReference)

    def load(name: str) -> tuple[str, str, Any]:
        text, file = _source(folder, name)
        return text, file, None

    environment = Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters |= {"_counted": counted, "join": _joined}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


def _joined(values: Any, separator: str = "") -> Any:
    """Jinja2's own filter would take a string apart, and two long strings make one of the square of their length."""
    from markupsafe import Markup, escape

    if not isinstance(values, list):
        raise TypeError("join: a list is needed")
    shown = [escape(value) for value in values]
    if sum(len(s) + len(separator) for s in shown) > MAX_CHARACTERS:
        raise _Refused(finding("TYPESET-TEMPLATE-LIMIT", limit=MAX_CHARACTERS))
    return Markup(escape(separator)).join(shown)


def _checked(tree: Any, file: str, nodes: Any) -> Any:
    """Refuse constructs that are not on the list, and make every loop count its steps."""
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        # a node without a line of its own (autoescape, with) has one in what it holds
        line = node.lineno or next((inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno), 0)
        if kind not in _ALLOWED.split():
            raise _Refused(finding("TYPESET-TEMPLATE-FORBIDDEN", Where(file, line), what=kind))
        if kind == "Filter" and node.name not in _FILTERS:
            raise _Refused(finding("TYPESET-TEMPLATE-FORBIDDEN", Where(file, line), what=f"|{node.name}"))
    for loop in list(tree.find_all(nodes.For)):
        if loop.recursive:
            raise _Refused(finding("TYPESET-TEMPLATE-FORBIDDEN", Where(file, loop.lineno), what="recursive"))
        loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
    return tree
