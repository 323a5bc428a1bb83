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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from kanyin.config.job import Channel, Profile
from kanyin.helpwords import help_words

if TYPE_CHECKING:
    from kanyin.findings import Lang

FORMATS = ("text", "json", "sarif", "junit", "github")
PROFILES = get_args(Profile)
CHANNELS = get_args(Channel)


class Slip(Exception):
    """The command line cannot be understood; `parser` is the one that tried."""

    def __init__(self, parser: Parser, message: str) -> None:
        super().__init__(message)
        self.parser = parser


class Formatter(argparse.HelpFormatter):
    """argparse's own, with the word before the usage in the language asked for."""

    def __init__(self, usage: str, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._usage = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self._usage if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse that reports a slip in the format and language that were asked for."""

    def __init__(self, said: dict[str, str], *, add_help: bool = True, **given: Any) -> None:
        """`said` holds the words of the help, by name of an argument."""
        formatter = partial(Formatter, said["usage"])
        super().__init__(allow_abbrev=False, add_help=False, formatter_class=formatter, **given)
        self._positionals.title, self._optionals.title = said["arguments"], said["options"]
        if add_help:
            self.add_argument("-h", "--help", action="help")

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


def everywhere(said: dict[str, str]) -> Parser:
    """Options that may stand before or after the command; without defaults, so that neither place undoes the other."""
    common = Parser(said, add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group(said["everywhere"])
    group.add_argument("--rights", type=Path, metavar="FILE")
    group.add_argument("--as-of", metavar="DATE")
    group.add_argument("--key", type=Path, metavar="FILE")
    group.add_argument("--format", choices=FORMATS)
    group.add_argument("--lang", choices=("zh", "en"))
    group.add_argument("-q", "--quiet", action="store_true")
    group.add_argument("-v", "--verbose", action="store_true")
    return common


def parser(lang: Lang) -> Parser:
    words = help_words(lang)
    about, end = words["about"], words["epilog"]
    top = Parser(words, prog="make_pdf.py", description=about, epilog=end, parents=[everywhere(words)])
    top.set_defaults(rights=Path("rights.yaml"), as_of="", key=None, format="text", lang=lang)
    top.set_defaults(quiet=False, verbose=False)
    top.add_argument("--version", action="store_true")
    commands = top.add_subparsers(title=words["commands"], dest="command", metavar="COMMAND", parser_class=Parser)

    def command(name: str) -> Parser:
        about = words[name]
        made: Parser = commands.add_parser(name, said=words, help=about, description=about, parents=[everywhere(words)])
        made.set_defaults(parser=made)
        return made

    def making(sub: Parser) -> None:
        sub.add_argument("--profile", choices=PROFILES, default="screen")
        sub.add_argument("--layout", default="", metavar="NAME")
        sub.add_argument("--out", type=Path, default=Path("build"), metavar="DIR")
        sub.add_argument("--certify", type=Path, metavar="FILE.pem")
        sub.add_argument("--impose", choices=("booklet", "16"))

    build = command("build")
    build.add_argument("sources", nargs="*", type=Path, metavar="SOURCE")
    making(build)
    for flag in ("--report", "--articles"):
        build.add_argument(flag, action="store_true")
    build.add_argument("--jobs", type=int, default=0, metavar="N")

    for name in ("excerpt", "reprint"):
        sub = command(name)
        sub.add_argument("source", type=Path, metavar="SOURCE|FILE.pdf", help=words["given"])
        sub.add_argument("--grantee", required=True, metavar="ID")
        if name == "excerpt":
            which = sub.add_mutually_exclusive_group(required=True)
            which.add_argument("--parts", default="", metavar="ID[,ID]")
            which.add_argument("--pages", default="", metavar="3-5[,8]")
        sub.add_argument("--work", default="", metavar="ID")
        for flag in ("--cover", "--break-signature"):
            sub.add_argument(flag, action="store_true")
        for number in ("--number", "--copies"):
            sub.add_argument(number, type=int, default=0, metavar="N")
        sub.add_argument("--channel", default="", choices=CHANNELS, metavar="C")
        sub.add_argument("--territory", default="", metavar="T")
        making(sub)

    check = command("check")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=words["sources"])
    kept = command("archive")
    kept.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help=words["archived"])
    kept.add_argument("--out", type=Path, default=Path("build/archive"), metavar="DIR")
    kept.add_argument("--keep-going", action="store_true")
    for sub in (check, kept):
        sub.add_argument("--layout", default="", metavar="NAME")
        sub.add_argument("--jobs", type=int, default=0, metavar="N")

    command("verify").add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")

    diff = command("diff")
    for name in ("first", "second"):
        diff.add_argument(name, type=Path, metavar="FILE.pdf")
    diff.add_argument("--out", type=Path, default=Path("build/diff"), metavar="DIR")

    imported = command("import")
    imported.add_argument("file", type=Path, metavar="FILE")
    imported.add_argument("--to", type=Path, required=True, metavar="source/NAME")
    imported.add_argument("--id", default="", metavar="ID")

    rights_topics(command("rights"), making, words)

    for name, topics in (("fonts", ("build", "check")), ("layouts", ("list", "check"))):
        command(name).add_argument("topic", choices=topics, metavar="|".join(topics), help=words[f"{name} topic"])
    command("init").add_argument("folder", type=Path, metavar="DIR")
    command("doctor")
    previewed(command("preview"), words)
    kinds = ("rights", "layout", "issue", "article")
    command("schema").add_argument("kind", choices=kinds, metavar="|".join(kinds), help=words["schema kind"])
    explained(top, words)
    return top


def previewed(preview: Parser, words: dict[str, str]) -> None:
    preview.add_argument("source", type=Path, metavar="SOURCE", help=words["previewed"])
    preview.add_argument("--layout", default="", metavar="NAME")
    preview.add_argument("--port", type=int, default=0, metavar="N")


def explained(top: argparse.ArgumentParser, words: dict[str, str]) -> None:
    """Give each argument its sentence, by the name it has where it has no other."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                explained(sub, words)
        elif action.help is None:
            action.help = words[action.option_strings[-1] if action.option_strings else action.dest]


def rights_topics(rights: Parser, making: Callable[[Parser], None], words: dict[str, str]) -> None:
    """`rights TOPIC …`, each topic with arguments of its own."""
    topics = rights.add_subparsers(
        title=words["topics"],
        dest="topic",
        metavar="explain|keygen|sign|revoke|index|log",
        required=True,
        parser_class=Parser,
    )

    def topic(name: str) -> Parser:
        about = words[f"rights {name}"]
        made: Parser = topics.add_parser(name, said=words, help=about, description=about, parents=[everywhere(words)])
        made.set_defaults(parser=made)
        return made

    explain = topic("explain")
    explain.add_argument("source", type=Path, metavar="SOURCE|FILE.pdf", help=words["given"])
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
    keygen.add_argument("--out", type=Path, default=None, metavar="FILE", help=words["key file"])
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
    """Run a command. Returns the exit code; a report that nobody can be given is an error, and no stack trace."""
    try:
        try:
            return command_line(argv)
        finally:
            sys.stdout.flush()
    except OSError as error:
        return _unheard(error)


def _unheard(error: OSError) -> int:
    """The exit code when standard output cannot take what was said; what is left of it goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 130
    try:
        print(f"make_pdf.py: {error.strerror}", file=sys.stderr, flush=True)
    except OSError:
        os.dup2(nowhere, sys.stderr.fileno())
    return 5


def command_line(argv: Sequence[str] | None) -> int:
    """Run a command. Returns the exit code, or raises SystemExit for `--help`."""
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
    gc.set_threshold(500_000, 20, 50)
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
        if word.partition("=")[0] not in (*valued, "-q", "--quiet", "-v", "--verbose"):
            break
        at += 2 if word in valued else 1
    return [*given[:at], "build", *given[at:]]
