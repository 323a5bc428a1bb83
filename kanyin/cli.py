# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""Arguments, and nothing else: what a command does stands in `pipeline`, what it says in `report`.

Start-up imports only the standard library, so that `--help` and a shell's completion answer at once.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from kanyin.config.job import Channel, Profile

if TYPE_CHECKING:
    from kanyin.findings import Lang

FORMATS = ("text", "json", "sarif", "junit", "github")
PROFILES = get_args(Profile)
CHANNELS = get_args(Channel)

HELP = {
    "zh": {
        "about": "刊印：把结构化的文章排成带权利声明的 PDF；未经授权的转载、摘编和版式使用一律不予付印。",
        "epilog": "退出码：0 完成；1 有问题；2 用法；3 权利被拒；4 读不了文章；5 缺工具或字体；"
        "6 排版失败；7 成品不合格。",
        "build": "权利人整篇付印",
        "excerpt": "摘编：为被授权方付印一部分",
        "reprint": "转载：为被授权方付印整篇",
        "check": "不付印，只检查文章、版式和权利（用于 CI）",
        "verify": "重读成品 PDF，证明每页都有声明；重读存档包",
        "archive": "为图书馆打存档包（BagIt）：存档 PDF、JATS、来稿、回执",
        "import": "把 txt、md、docx、JATS 变成结构化的文章",
        "rights": "为什么这样裁定；密钥、签名、撤回、日志；登记作品的文字索引",
        "rights explain": "逐条列出规则：是否满足，依据哪一事实、哪一条法律，怎样才会不同",
        "rights keygen": "制作密钥，并列入可信的公钥",
        "rights sign": "为登记册中的授权、特别声明、例外、豁免签名",
        "rights revoke": "撤回授权，或用 --keyid 撤销密钥",
        "rights index": "编制登记作品的文字索引，供比对摘编",
        "rights log": "核对日志；可附回执或所记的末条",
        "fonts": "制作和检查字体",
        "layouts": "列出和检查版式",
        "init": "新建一个项目",
        "report": "另写 build/NAME/report.html：页面、框、字体、图、裁定和提示",
        "diff": "两份 PDF 逐页对照，标出不同之处",
        "work": "作品在登记册中的编号；成品 PDF 必须写明",
        "pages": "成品 PDF 的页，从第一页数起",
        "cover": "成品 PDF：前加一页，写明作品、首发、许可、被授权方、册号和 DOI",
        "number": "成品 PDF：这一册的册号，不大于 --copies",
        "break": "成品 PDF：带数字签名也加印，签名因此失效",
        "doctor": "这台机器有什么、缺什么",
        "schema": "rights.yaml、layout.yaml 等的 JSON Schema",
    },
    "en": {
        "about": "kanyin: articles into PDFs that carry their rights notice; unauthorised reprints, excerpts and uses "
        "of a layout are refused.",
        "epilog": "Exit codes: 0 done; 1 findings; 2 usage; 3 rights refused; 4 source unreadable; 5 a tool or font is "
        "missing; 6 layout failed; 7 the output does not conform.",
        "build": "the holder publishes whole works",
        "excerpt": "a part, for a grantee: needs a grant",
        "reprint": "a whole work, for a grantee: needs a grant",
        "check": "check sources, layouts and rights without building (for CI)",
        "verify": "read finished PDFs again and prove the notice on every page; read packages again",
        "archive": "packages that a library keeps (BagIt): archive PDF, JATS, source, receipt",
        "import": "txt, md, docx or JATS into structured source",
        "rights": "why a verdict fell; keys, signatures, revocations, the log, the index of registered texts",
        "rights explain": "every rule: whether it holds, the fact, the law, and what would change it",
        "rights keygen": "make a key and list it among the trusted ones",
        "rights sign": "sign grants, statements, exceptions and waivers of the register",
        "rights revoke": "revoke a grant, or a key with --keyid",
        "rights index": "make the index of the registered works against which texts are compared",
        "rights log": "check the log, against receipts or a head that was noted down",
        "fonts": "make and check the fonts",
        "layouts": "list and check layouts",
        "init": "start a new project",
        "report": "write build/NAME/report.html too: pages, boxes, fonts, images, decision, findings",
        "diff": "two PDFs page by page, with changes marked",
        "work": "the work's id in the register; needed for a finished PDF",
        "pages": "pages of a finished PDF, counted from its first",
        "cover": "finished PDF: a page before it that names work, first publication, licence, licensee, copy and DOI",
        "number": "finished PDF: the number of this copy, up to --copies",
        "break": "finished PDF: stamp a signed one too, which breaks its signature",
        "doctor": "what this machine has and lacks",
        "schema": "the JSON Schema of rights.yaml, layout.yaml and others",
    },
}


class Slip(Exception):
    """The command line cannot be understood; `parser` is the one that tried."""

    def __init__(self, parser: Parser, message: str) -> None:
        super().__init__(message)
        self.parser = parser


class Parser(argparse.ArgumentParser):
    """argparse that reports a slip in the format and language that were asked for."""

    def __init__(self, **given: Any) -> None:
        super().__init__(allow_abbrev=False, **given)

    def error(self, message: str) -> NoReturn:
        raise Slip(self, message)

    def words(self) -> list[str]:
        """Every option and every fixed word that may stand here."""
        return [w for a in self._actions for w in (*a.option_strings, *(map(str, a.choices) if a.choices else ()))]


def language(environment: Any = os.environ) -> Lang:
    """zh when the locale is Chinese, or when it says nothing (C, POSIX); else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.startswith(("zh", "C", "POSIX")) else "en"
    return "zh"


def everywhere() -> Parser:
    """Options that may stand before or after the command; without defaults, so that neither place undoes the other."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("everywhere")
    group.add_argument("--rights", type=Path, metavar="FILE")
    group.add_argument("--as-of", metavar="DATE", help="YYYY-MM-DD, Asia/Shanghai")
    group.add_argument("--key", type=Path, metavar="FILE", help="the private key that signs")
    group.add_argument("--format", choices=FORMATS)
    group.add_argument("--lang", choices=("zh", "en"))
    group.add_argument("-q", "--quiet", action="store_true")
    return common


def parser(lang: Lang) -> Parser:
    words = HELP[lang]
    top = Parser(prog="make_pdf.py", description=words["about"], epilog=words["epilog"], parents=[everywhere()])
    top.set_defaults(rights=Path("rights.yaml"), as_of="", key=None, format="text", lang=lang, quiet=False)
    top.add_argument("--version", action="store_true")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    def command(name: str) -> Parser:
        made: Parser = commands.add_parser(name, help=words[name], description=words[name], parents=[everywhere()])
        made.set_defaults(parser=made)
        return made

    def making(sub: Parser) -> None:
        sub.add_argument("--profile", choices=PROFILES, default="screen")
        sub.add_argument("--layout", default="", metavar="NAME")
        sub.add_argument("--out", type=Path, default=Path("build"), metavar="DIR")
        sub.add_argument("--certify", type=Path, metavar="FILE.pem", help="certificate and key; needs the extra `sign`")
        sub.add_argument("--impose", choices=("booklet", "16"), help="printer's sheets too, with --profile print")

    build = command("build")
    build.add_argument("sources", nargs="*", type=Path, metavar="SOURCE")
    making(build)
    build.add_argument("--report", action="store_true", help=words["report"])
    build.add_argument("--jobs", type=int, default=0, metavar="N", help="0: one for each core")

    for name in ("excerpt", "reprint"):
        sub = command(name)
        sub.add_argument("source", type=Path, metavar="SOURCE|FILE.pdf")
        sub.add_argument("--grantee", required=True, metavar="ID")
        if name == "excerpt":
            which = sub.add_mutually_exclusive_group(required=True)
            which.add_argument("--parts", default="", metavar="ID[,ID]")
            which.add_argument("--pages", default="", metavar="3-5[,8]", help=words["pages"])
        sub.add_argument("--work", default="", metavar="ID", help=words["work"])
        sub.add_argument("--cover", action="store_true", help=words["cover"])
        sub.add_argument("--number", type=int, default=0, metavar="N", help=words["number"])
        sub.add_argument("--break-signature", action="store_true", help=words["break"])
        sub.add_argument("--copies", type=int, default=0, metavar="N")
        sub.add_argument("--channel", default="", choices=CHANNELS, metavar="C")
        sub.add_argument("--territory", default="", metavar="T")
        making(sub)

    check = command("check")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    check.add_argument("--layout", default="", metavar="NAME")
    check.add_argument("--jobs", type=int, default=0, metavar="N", help="0: one for each core")

    kept = command("archive")
    kept.add_argument("sources", nargs="+", type=Path, metavar="SOURCE")
    kept.add_argument("--out", type=Path, default=Path("build/archive"), metavar="DIR")
    kept.add_argument("--layout", default="", metavar="NAME")
    kept.add_argument("--keep-going", action="store_true", help="leave out what is refused, and name it")
    kept.add_argument("--jobs", type=int, default=0, metavar="N", help="0: one for each core")

    command("verify").add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")

    diff = command("diff")
    for name in ("first", "second"):
        diff.add_argument(name, type=Path, metavar="FILE.pdf")
    diff.add_argument("--out", type=Path, default=Path("build/diff"), metavar="DIR")

    imported = command("import")
    imported.add_argument("file", type=Path, metavar="FILE")
    imported.add_argument("--to", type=Path, required=True, metavar="source/NAME")
    imported.add_argument("--id", default="", metavar="ID", help="the work's id in the register")

    rights_topics(command("rights"), making, words)

    for name, topics in (("fonts", ("build", "check")), ("layouts", ("list", "check"))):
        command(name).add_argument("topic", choices=topics)
    command("init").add_argument("folder", type=Path, metavar="DIR")
    command("doctor")
    command("schema").add_argument("kind", choices=("rights", "layout", "issue", "article"))
    return top


def rights_topics(rights: Parser, making: Callable[[Parser], None], words: dict[str, str]) -> None:
    """`rights TOPIC …`, each topic with arguments of its own."""
    topics = rights.add_subparsers(dest="topic", metavar="TOPIC", required=True, parser_class=Parser)

    def topic(name: str) -> Parser:
        about = words[f"rights {name}"]
        made: Parser = topics.add_parser(name, help=about, description=about, parents=[everywhere()])
        made.set_defaults(parser=made)
        return made

    explain = topic("explain")
    explain.add_argument("source", type=Path, metavar="SOURCE")
    explain.add_argument("--action", choices=("build", "excerpt", "reprint"), default="build")
    explain.add_argument("--grantee", default="", metavar="ID")
    explain.add_argument("--parts", default="", metavar="ID[,ID]")
    explain.add_argument("--work", default="", metavar="ID")
    explain.add_argument("--copies", type=int, default=0, metavar="N")
    explain.add_argument("--channel", default="", choices=CHANNELS, metavar="C")
    explain.add_argument("--territory", default="", metavar="T")
    making(explain)

    keygen = topic("keygen")
    keygen.add_argument("--role", choices=("build", "grantor", "reviewer"), default="build")
    keygen.add_argument("--holder", default="build", metavar="ID")
    keygen.add_argument("--until", default="", metavar="DATE")
    keygen.add_argument("--out", type=Path, default=None, metavar="FILE")
    keygen.add_argument("--name", default="-", metavar="TEXT")
    keygen.add_argument("--replaces", default="", metavar="KEYID")

    topic("sign").add_argument("ids", nargs="+", metavar="ID")

    revoke = topic("revoke")
    revoke.add_argument("grant", nargs="?", default="", metavar="GRANT")
    revoke.add_argument("--from", dest="first", default="", metavar="DATE")
    revoke.add_argument("--keyid", default="", metavar="KEYID")

    topic("index").add_argument("sources", nargs="*", type=Path, metavar="SOURCE")

    log = topic("log")
    log.add_argument("witnesses", nargs="*", type=Path, metavar="RECEIPT")
    log.add_argument("--head", default="", metavar="HASH")
    log.add_argument("--repair", action="store_true")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Returns the exit code; this is the only place where an exception becomes one."""
    given = list(sys.argv[1:] if argv is None else argv)
    lang = asked(given, "--lang", ("zh", "en"), language())
    top = parser(lang)
    try:
        arguments, unknown = top.parse_known_args(with_command(given))
        if unknown:
            getattr(arguments, "parser", top).error(f"unrecognized arguments: {' '.join(unknown)}")
    except Slip as slip:
        from kanyin.commands import slipped

        command, form = slip.parser.prog.partition(" ")[2], asked(given, "--format", FORMATS, "text")
        return slipped(command, slip.parser.format_usage(), str(slip), slip.parser.words(), form, lang)
    if arguments.version:
        from kanyin import __version__

        print(__version__)
        return 0
    # a layout makes many small things that live to its end: looking for lost ones among them takes a tenth of the time
    gc.set_threshold(50_000, 20, 50)
    from kanyin import commands

    return commands.run(arguments)


def asked(given: Sequence[str], option: str, choices: Sequence[Any], default: Any) -> Any:
    """The value of an option in a command line that may not be well formed otherwise."""
    for word, following in itertools.zip_longest(given, given[1:], fillvalue=""):
        name, equals, value = word.partition("=")
        if name == option and (value if equals else following) in choices:
            return value if equals else following
    return default


def with_command(given: Sequence[str]) -> list[str]:
    """The words with `build` where there is no command: behind what may stand before one."""
    valued = ("--rights", "--as-of", "--format", "--lang")
    at = 0
    while at < len(given):
        word = given[at]
        if word in ("-h", "--help", "--version") or not word.startswith("-"):
            return list(given)
        if word.partition("=")[0] not in (*valued, "-q", "--quiet"):
            break
        at += 2 if word in valued else 1
    return [*given[:at], "build", *given[at:]]
