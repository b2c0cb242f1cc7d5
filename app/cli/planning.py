"""`flask plan`: a proposal for a day from the database; `flask planner-run`: the planner itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlmodel import Session, SQLModel

from app.languages import gettext as _
from app.languages import ngettext

if TYPE_CHECKING:
    from app.planning import People
    from market.planning.answer import Answer
    from market.planning.from_rows import Built
    from market.planning.models import PlanVersion

SECONDS = 60


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(plan)
    app.cli.add_command(planner_run)


@dataclass
class Command:
    """What a draft is begun with when a command begins it."""

    session: Session
    at: datetime

    def add(self, row: SQLModel, *, action: str) -> None:
        """Add a row."""
        self.session.add(row)
        self.session.flush()


@click.command()
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--write", is_flag=True, help="keep the proposal as a draft in the office")
@click.option("--seconds", type=click.IntRange(1, 600), default=SECONDS, show_default=True)
@with_appcontext
def plan(day: datetime, write: bool, seconds: int) -> None:
    """Propose who gets which stall on DAY: of its festival with all days, else of the market."""
    from app.clock import moment
    from app.database import database
    from app.planner_process import fill
    from app.planning import people_of
    from app.planning_problems import build
    from market.planning.from_rows import festival_of
    from market.planning.proposal import BadProblem, propose_festival

    with database().writing() as session:
        draft = _draft(Command(session, moment()), day.date())
        built = build(session, draft, whom=("accepted", "submitted", "asked"))
        people = people_of(session, draft)
        number = draft.id
        if write:
            session.commit()
    try:
        answers = propose_festival(festival_of(built), seconds=seconds)
    except BadProblem as bad:
        raise click.ClickException(_("This cannot be planned: %(why)s", why=str(bad))) from bad
    _say(built, answers, people)
    if write:
        with database().writing() as session:
            from market.planning.queries import plan_with_number

            kept = plan_with_number(session, number or 0, locked=True)
            if kept is not None and kept.state == "draft":
                fill(session, kept, built, answers)
                session.commit()
        click.echo(_("Kept as a draft: /lv/parvalde/plani/%(number)s", number=number))


def _draft(command: Command, day: date) -> "PlanVersion":
    from app.planning import begin_day, begin_festival
    from market.days.hours import Open, hours_on
    from market.days.queries import exceptions, weekly_hours
    from market.places.queries import sites
    from market.planning.queries import festivals_with_call
    from vendors.fields import identity

    for festival, _call in festivals_with_call(command.session):
        if festival.first_day <= day <= festival.last_day:
            return begin_festival(command, festival, f"flask plan {day.isoformat()}")
    places = sites(command.session)
    if not places:
        raise click.ClickException(_("There is no site yet."))
    site_id = identity(places[0])
    special = exceptions(command.session, site_id, day)
    if not isinstance(hours_on(day, weekly_hours(command.session, site_id), special), Open):
        raise click.ClickException(_("The market is closed on that day."))
    return begin_day(command, places[0], day, f"flask plan {day.isoformat()}")


def _say(built: Sequence["Built"], answers: Sequence["Answer"], people: "People") -> None:
    from app.aims_said import aims_said
    from app.planning_words import sentences_of
    from market.planning.versions import in_order_of_numbers

    names = {key: one.name for key, one in people.by_id.items()}
    for one, answer in zip(built, answers, strict=True):
        click.echo(one.problem.day)
        for placed in sorted(answer.placements, key=lambda one: in_order_of_numbers(one.stalls[0])):
            click.echo(f"  {', '.join(placed.stalls)}\t{people.name(placed.vendor)}")
        for refused in answer.refused:
            said = " ".join(sentences_of(refused, names)[:1])
            click.echo(f"  –\t{people.name(refused.vendor)}: {said}")
        free = len(answer.open)
        click.echo("  " + ngettext("%(num)s stall is free", "%(num)s stalls are free", free))
        for aim in aims_said(answer.aims):
            click.echo(f"  {aim.words}: {aim.value} ({aim.sentence})")


@click.command("planner-run", hidden=True)
@click.argument("number", type=int)
@with_appcontext
def planner_run(number: int) -> None:
    """Work on a run of the planner that the office has asked for."""
    from app.planner_process import work

    work(number)
