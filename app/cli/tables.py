"""`flask import` and `export`: lists as CSV and XLSX, and the whole market as text."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.database import database
from app.languages import gettext as _
from app.languages import ngettext
from app.tables.base import Outcome, Table
from app.tables.columns import Headings
from app.tables.complaints import Complaint, in_quotes, place_said, quoted, said
from app.tables.events import Events
from app.tables.exporting import export
from app.tables.files import FileError, Sheet, read_file
from app.tables.importing import TABLES, Page, Result, bring_in, read_page, tables_in
from app.tables.programme import (
    ProgrammeLine,
    answered_events,
    columns_not_read,
    programme_headings,
    read_programme,
)
from app.tables.programme_words import event_said, question_said, remark_said

KINDS = click.Choice(sorted(TABLES))


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(import_list)
    app.cli.add_command(export_list)


@dataclass(frozen=True)
class Wishes:
    """How the operator wants a list to be taken."""

    dry_run: bool
    skip_bad: bool
    yes: bool


@click.command("import")
@click.argument("kind", type=KINDS)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done and write nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave out bad lines and take the others.")
@click.option("--yes", is_flag=True, help="Take the proposals of all questions (events).")
@with_appcontext
def import_list(kind: str, file: Path, dry_run: bool, skip_bad: bool, yes: bool) -> None:
    """Bring a list (CSV or XLSX) into the market: all of it or nothing."""
    wishes = Wishes(dry_run, skip_bad, yes)
    try:
        read = read_file(file)
        click.echo(read.how)
        found = tables_in(kind, read)
        headings = programme_headings(found[0][1]) if kind == "events" else None
        if headings is not None:
            _import_programme(found[0][1], headings, wishes)
        else:
            _import_tables(found, wishes)
    except FileError as problem:
        raise click.ClickException(str(problem)) from problem
    except DBAPIError as problem:
        raise click.ClickException(_no_database()) from problem


def _no_database() -> str:
    return _(
        "The database cannot be used just now, or has no tables yet (flask init). "
        "Nothing was written."
    )


def _import_tables(found: Sequence[tuple[type[Table], Sheet]], wishes: Wishes) -> None:
    pages: list[Page] = []
    complaints: list[Complaint] = []
    for table, sheet in found:
        page, of_cells, not_read = read_page(table, sheet, sheet.name if len(found) > 1 else "")
        _tell_not_read(not_read)
        pages.append(page)
        complaints += of_cells
    today = now().date()
    result = bring_in(database(), pages, today, complaints, wishes.skip_bad, wishes.dry_run)
    _tell(result, wishes)


def _tell_not_read(headings: Sequence[str]) -> None:
    if headings:
        columns = ", ".join(map(in_quotes, headings))
        click.echo(_("These columns are not read: %(columns)s.", columns=columns))


# Published programmes.


def _import_programme(sheet: Sheet, headings: Headings, wishes: Wishes) -> None:
    """Say what was understood, put the questions, and bring the events in."""
    today = now().date()
    lines, complaints = read_programme(sheet, headings, today)
    _tell_not_read(columns_not_read(headings))
    may_ask = sys.stdin.isatty() and not complaints
    answers = Answers(wishes, may_ask)
    with database().reading() as session:
        entries = answered_events(lines, Events(session, today), answers.to)
    page = Page(Events, tuple(entries))
    rehearsed = wishes.dry_run or answers.left_open > 0
    result = bring_in(database(), [page], today, complaints, wishes.skip_bad, rehearsed)
    _tell(result, wishes, answers.left_open)


class Answers:
    """Says each line as it was understood, and finds the answers to its questions."""

    def __init__(self, wishes: Wishes, may_ask: bool) -> None:
        self._wishes = wishes
        self._may_ask = may_ask
        self.left_open = 0

    def to(self, line: ProgrammeLine, known: Sequence[bool] | None) -> Sequence[bool] | None:
        """The answers to a line's questions; None leaves the line out."""
        if line.understanding.meant is not None:
            click.echo(event_said(line.entry.line, line.understanding.meant))
        for remark in line.understanding.remarks:
            click.echo(f"  · {remark_said(remark)}")
        questions = [question_said(line, one) for one in line.understanding.questions]
        if known is not None or not questions:
            return known or ()
        if self._may_ask and not self._wishes.yes:
            return [click.confirm(f"  ? {one}", default=True) for one in questions]
        for question in questions:
            click.echo(f"  ? {question}")
        if self._wishes.yes:
            click.echo("  → " + _("Yes, as proposed."))
        elif self._wishes.skip_bad:
            click.echo("  → " + _("Left out."))
            return None
        else:
            self.left_open += len(questions)
        return [True] * len(questions)


# What happened.


def _tell(result: Result, wishes: Wishes, left_open: int = 0) -> None:
    """Say what was or would be done; ends with status 1 where nothing could be written."""
    for complaint in result.complaints:
        click.echo(said(complaint))
    for note in result.notes:
        click.echo(note)
    if wishes.dry_run:
        for outcome in result.outcomes:
            _tell_outcome(outcome)
    counts = {done: result.count(done) for done in ("new", "changed", "unchanged")}
    if result.written:
        click.echo(
            _(
                "Written. New: %(new)s. Changed: %(changed)s. Unchanged: %(unchanged)s.",
                **counts,
            )
        )
        return
    if not result.complaints and not left_open and not counts["new"] + counts["changed"]:
        click.echo(_("The market has all of this already: %(unchanged)s.", **counts))
        return
    if left_open:
        click.echo(_open_questions(left_open))
    click.echo(
        _(
            "Nothing was written. What could be: new: %(new)s, changed: %(changed)s, "
            "unchanged: %(unchanged)s.",
            **counts,
        )
    )
    if result.complaints and not wishes.skip_bad:
        click.echo(_("Please correct these lines, or leave them out with --skip-bad."))
    if result.complaints or (left_open and not wishes.dry_run):
        sys.exit(1)


def _tell_outcome(outcome: Outcome) -> None:
    blanks = {"place": place_said(outcome.line, outcome.sheet), "what": quoted(outcome.what)}
    if outcome.done == "new":
        click.echo(_("%(place)s: new: %(what)s", **blanks))
    if outcome.done == "changed":
        columns = ", ".join(outcome.changes)
        click.echo(_("%(place)s: changed: %(what)s (%(columns)s)", **blanks, columns=columns))


def _open_questions(number: int) -> str:
    return ngettext(
        "%(num)s question is open. Answer it in a terminal, take the proposal with --yes, "
        "or leave the line out with --skip-bad.",
        "%(num)s questions are open. Answer them in a terminal, take the proposals with --yes, "
        "or leave the lines out with --skip-bad.",
        number,
    )


# Giving lists out.


@click.command("export")
@click.argument("kind", type=KINDS, required=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--canonical",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the whole market into a folder, as sorted text.",
)
@with_appcontext
def export_list(kind: str | None, file: Path | None, canonical: Path | None) -> None:
    """Write a list as CSV or XLSX, in columns that import reads again."""
    if (canonical is None) == (kind is None or file is None):
        raise click.UsageError(_("Please name a list and a file, or a folder with --canonical."))
    try:
        with database().reading() as session:
            if canonical is not None:
                from app.keeping.canonical import write_canonical

                write_canonical(session, canonical)
                click.echo(_("Written."))
            elif kind is not None and file is not None:
                lines = export(session, kind, file, now().date())
                click.echo(ngettext("%(num)s line.", "%(num)s lines.", lines))
    except OSError as problem:
        blanks = {"file": canonical or file, "why": problem.strerror}
        raise click.ClickException(_("%(file)s cannot be written: %(why)s", **blanks)) from problem
    except DBAPIError as problem:
        raise click.ClickException(_no_database()) from problem
