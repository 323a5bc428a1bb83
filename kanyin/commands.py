# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""From arguments to jobs, and from outcomes to the screen: the only place where errors become exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from kanyin.config.job import Command, Job, Places
from kanyin.findings import ExitCode, KanyinError, Lang, UsageError, Where, finding
from kanyin.pipeline.outcome import Outcome, worst
from kanyin.report import Report, render
from kanyin.tools.interrupts import interrupts

SHANGHAI = timezone(timedelta(hours=8))


def run(arguments: argparse.Namespace) -> int:
    command = arguments.command
    with interrupts() as interrupted:
        try:
            report = HANDLERS[command](arguments)
        except BrokenPipeError:
            return ExitCode.INTERRUPTED
        except (Exception, KeyboardInterrupt) as error:
            if interrupted or isinstance(error, KeyboardInterrupt):
                print("^C", file=sys.stderr)
                return ExitCode.INTERRUPTED
            if not isinstance(error, KanyinError):  # our bug: a report is written instead of a stack trace
                from kanyin.report.crash import write_crash_report

                return write_crash_report(error)
            report = Report(command, (Outcome(error.findings, exit=error.exit_code),), error.exit_code)
    return _say(report, arguments.format, arguments.lang, arguments.quiet, arguments.verbose)


def _say(report: Report, form: str, lang: Lang, quiet: bool = False, verbose: bool = False) -> int:
    out, err = render(report, form, lang, colour=_colour(sys.stderr), verbose=verbose)
    sys.stdout.write(out)
    if not (quiet and report.exit == 0):
        with suppress(OSError):  # who closed it does not want to hear; the exit code tells all the same
            sys.stderr.write(err)
            sys.stderr.flush()
    return int(report.exit)


def slipped(command: str, usage: str, message: str, words: Sequence[str], form: str, lang: Lang) -> int:
    """Report a command line that cannot be understood, like every other error: in the format asked for, exit 2.

    `message` is argparse's sentence, `words` are the options and fixed words that could have stood there.
    """
    from kanyin.report.usage import usage_finding

    if form == "text":
        sys.stderr.write(usage)
    found = usage_finding(message, words)
    return _say(Report(command, (Outcome((found,), exit=ExitCode.USAGE),), ExitCode.USAGE), form, lang)


def _colour(stream: object) -> bool:
    """On a terminal that knows them, unless NO_COLOR holds anything (no-color.org)."""
    isatty = getattr(stream, "isatty", lambda: False)
    return bool(isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def places(a: argparse.Namespace) -> Places:
    """The project is where its register lies."""
    rights = a.rights.absolute()
    root = rights.parent
    out = getattr(a, "out", Path("build"))
    key = a.key.absolute() if a.key else None
    certificate = getattr(a, "certify", None)
    certificate = certificate.absolute() if certificate else None
    return Places(root / "layouts", root / "fonts", rights, (out or Path("build")).absolute(), key, certificate)


def day(text: str) -> date:
    """Raises UsageError for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(finding("CLI-DATE", value=text)) from None


def as_of(a: argparse.Namespace) -> date:
    """`--as-of`, else today; a day in Asia/Shanghai. The environment has no say in what is lawful."""
    return day(a.as_of) if a.as_of else today()


def today() -> date:
    return datetime.now(SHANGHAI).date()


def job(a: argparse.Namespace, source: Path, command: Command) -> Job:
    parts = tuple(p.strip() for p in getattr(a, "parts", "").split(",") if p.strip())
    if getattr(a, "impose", None) and a.profile != "print":
        raise UsageError(finding("CLI-IMPOSE", None, profile=a.profile))
    if source.suffix.lower() != ".pdf":
        _only_finished(a, source)
    if getattr(a, "pages", ""):
        from kanyin.pipeline.finished import parts_of

        parts = parts_of(a.pages)
    return Job(
        command=command,
        source=source.absolute(),
        places=places(a),
        as_of=as_of(a),
        profile=getattr(a, "profile", "screen"),
        layout=getattr(a, "layout", ""),
        grantee=getattr(a, "grantee", ""),
        work=getattr(a, "work", ""),
        parts=parts,
        copies=getattr(a, "copies", 0),
        channel=getattr(a, "channel", ""),
        territory=getattr(a, "territory", ""),
        impose=getattr(a, "impose", None),
        today=None if a.command in ("check", "rights") else today(),
        cover=getattr(a, "cover", False),
        number=getattr(a, "number", 0),
        break_signature=getattr(a, "break_signature", False),
        articles=getattr(a, "articles", False),
    )


def _only_finished(a: argparse.Namespace, source: Path) -> None:
    """Options that a source has no use for. Raises UsageError."""
    for option in ("pages", "cover", "number", "break_signature"):
        if getattr(a, option, None):
            raise UsageError(finding("REPRINT-OPTION", Where(str(source)), option="--" + option.replace("_", "-")))


def _report(a: argparse.Namespace, outcomes: list[Outcome]) -> Report:
    return Report(a.command, tuple(outcomes), worst(o.exit for o in outcomes))


def build(a: argparse.Namespace) -> Report:
    from kanyin.pipeline import build as build_job
    from kanyin.pipeline.many import each
    from kanyin.pipeline.sources import find_sources, same_ids

    sources = find_sources(a.sources or [places(a).rights.parent / "source"])
    jobs = list(dict.fromkeys(job(a, s, "build") for s in sources))
    _apart(jobs)
    if doubled := same_ids(sources):
        raise UsageError(*doubled)
    # the articles of one issue are shown one by one, and laid out on all cores
    alone = len(jobs) == 1 and jobs[0].source.name == "issue.yaml"
    if alone:
        jobs = [replace(jobs[0], processes=a.jobs, progress=not a.quiet)]
    outcomes = each(build_job, jobs, a.jobs, quiet=a.quiet or alone)
    if getattr(a, "report", False):
        _write_reports(jobs, outcomes, a.lang)
    return _report(a, outcomes)


def _write_reports(jobs: list[Job], outcomes: list[Outcome], lang: Lang) -> None:
    """A page for each job beside its PDF; of a build that was refused, or failed, no picture."""
    from kanyin.pipeline.deliver import target
    from kanyin.preflight.portrait import portrait
    from kanyin.report.pages import page_report
    from kanyin.tools.files import write_whole

    for one_job, outcome in zip(jobs, outcomes, strict=True):
        made = outcome.outputs[0].path if outcome.outputs else None
        seen = portrait(made.read_bytes(), str(made)) if made else None
        page = page_report(outcome, seen, lang)
        write_whole({target(one_job).parent / "report.html": page.encode()})


def _apart(jobs: list[Job]) -> None:
    """Two jobs never write to one file. Raises UsageError."""
    from kanyin.pipeline.deliver import target

    first: dict[Path, Path] = {}
    for one_job in jobs:
        path = target(one_job)
        if path in first:
            raise UsageError(finding("CLI-SAME-OUTPUT", None, first=first[path], second=one_job.source, path=path))
        first[path] = one_job.source


def one(a: argparse.Namespace) -> Report:
    from kanyin.pipeline import build as build_job
    from kanyin.pipeline.sources import find_sources

    return _report(a, [build_job(job(a, find_sources([a.source])[0], a.command))])


def check(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.check import check_job
    from kanyin.pipeline.known import known_once
    from kanyin.pipeline.many import each
    from kanyin.pipeline.sources import find_sources, same_ids

    known_once.cache_clear()  # a process that lives long sees the register as it is
    sources = find_sources(a.paths or [places(a).rights.parent / "source"])
    outcomes = each(check_job, [job(a, s, "build") for s in sources], a.jobs, quiet=a.quiet)
    doubled = [Outcome((f,), exit=ExitCode.FINDINGS, source=f.where.file) for f in same_ids(sources)]
    return _report(a, [*outcomes, *doubled])


def verify(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.proof import verify_file

    return _report(a, [_bag(path) if path.is_dir() else verify_file(path, places(a)) for path in a.files])


def _bag(folder: Path) -> Outcome:
    from kanyin.pipeline.archive import verify_bag

    return verify_bag(folder)


def archive(a: argparse.Namespace) -> Report:
    """Every article is decided upon before the first is packed; one that is refused stops all, or is left out."""
    from kanyin.pipeline.archive import archive as archive_job
    from kanyin.pipeline.check import check_job
    from kanyin.pipeline.many import each
    from kanyin.pipeline.sources import find_sources

    a.profile = "archive"
    jobs = [job(a, source, "build") for source in find_sources(a.sources)]
    _apart(jobs)
    checked = each(check_job, jobs, a.jobs, quiet=True)
    refused = [outcome for outcome in checked if outcome.exit]
    if refused and not a.keep_going:
        return _report(a, refused)
    kept = [one for one, outcome in zip(jobs, checked, strict=True) if not outcome.exit]
    return _report(a, [*refused, *each(archive_job, kept, a.jobs, quiet=a.quiet)])


def diff(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.differ import differences
    from kanyin.report.side_by_side import side_by_side
    from kanyin.tools.files import write_whole

    pairs, outcome = differences(a.first, a.second)
    page = side_by_side(pairs, a.first.name, a.second.name, a.lang)
    path = a.out.absolute() / f"{a.first.stem}-{a.second.stem}.html"
    write_whole({path: page.encode()})
    data = {"file": str(path), "same": outcome.exit == ExitCode.OK, "pages": len(pairs)}
    return Report("diff", (outcome,), outcome.exit, (("diff", data),))


def import_(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.imports import import_file

    return _report(a, [import_file(a.file, a.to, a.id)])


def explain(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.check import explain_job
    from kanyin.pipeline.known import known_once
    from kanyin.pipeline.sources import articles_of, find_sources

    known_once.cache_clear()
    articles = dict.fromkeys(path.resolve() for s in find_sources([a.source]) for path in articles_of(s))
    explained = [explain_job(job(a, s, a.action), a.lang) for s in articles]
    report = _report(a, [outcome for outcome, _ in explained])
    return replace(report, data=(("explanations", [told for _, told in explained if told]),))


def index(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.helpers import index_outcome
    from kanyin.pipeline.sources import find_sources

    sources = find_sources(a.sources or [places(a).rights.parent / "source"])
    return _report(a, [index_outcome(sources, places(a), as_of(a))])


def keygen(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.signing import keygen as make

    until = day(a.until) if a.until else None
    outcome = make(places(a), a.role, a.holder, as_of(a), until=until, out=a.out, name=a.name, replaces=a.replaces)
    return _report(a, [outcome])


def sign(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.signing import sign as sign_entries

    return _report(a, [sign_entries(places(a), a.ids, as_of(a))])


def revoke(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.signing import revoke as revoke_grant
    from kanyin.pipeline.signing import revoke_key

    if bool(a.grant) == bool(a.keyid):
        raise UsageError(finding("REVOKE-WHAT"))
    if a.keyid:
        return _report(a, [revoke_key(places(a), a.keyid, as_of(a))])
    first = day(a.first) if a.first else as_of(a)
    return _report(a, [revoke_grant(places(a), a.grant, first, as_of(a))])


def log(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.logs import log_outcome

    outcome, data = log_outcome(places(a), a.witnesses, head=a.head, mend=a.repair)
    return Report("rights", (outcome,), outcome.exit, (("log", data),))


def rights(a: argparse.Namespace) -> Report:
    topics = {"explain": explain, "keygen": keygen, "sign": sign, "revoke": revoke, "index": index, "log": log}
    return topics[a.topic](a)


def preview(a: argparse.Namespace) -> Report:
    """Until Ctrl-C; an issue is shown article by article."""
    from kanyin.pipeline.sources import articles_of, find_sources
    from kanyin.preview import preview as show

    a.profile = "screen"
    articles = dict.fromkeys(path for source in find_sources([a.source]) for path in articles_of(source))
    jobs = [replace(job(a, path, "build"), layout=a.layout) for path in articles]
    show(jobs, a.lang, a.port, lambda address: print(address, flush=True))
    return Report("preview", (), ExitCode.OK)


def fonts(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.helpers import fonts_outcome

    return _report(a, [fonts_outcome(a.topic, places(a))])


def layouts(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.helpers import check_layouts, list_layouts

    if a.topic == "list":
        return Report("layouts", (), ExitCode.OK, (("layouts", list_layouts(places(a))),))
    return _report(a, check_layouts(places(a), as_of(a), today()))


def doctor(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.helpers import doctor_report

    data, outcome = doctor_report(places(a))
    if a.quiet:  # what is there goes without saying
        outcome = replace(outcome, findings=tuple(f for f in outcome.findings if f.code != "DOCTOR-FOUND"))
    return Report("doctor", (outcome,), outcome.exit, (("probes", data),))


def init(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.helpers import init_project

    return _report(a, [init_project(a.folder, places(a))])


def schema(a: argparse.Namespace) -> Report:
    from kanyin.pipeline.helpers import json_schema

    return Report("schema", (), ExitCode.OK, (("schema", json_schema(a.kind)),))


HANDLERS: dict[str, Callable[[argparse.Namespace], Report]] = {
    "build": build,
    "excerpt": one,
    "reprint": one,
    "check": check,
    "verify": verify,
    "archive": archive,
    "preview": preview,
    "diff": diff,
    "import": import_,
    "rights": rights,
    "fonts": fonts,
    "layouts": layouts,
    "doctor": doctor,
    "init": init,
    "schema": schema,
}
