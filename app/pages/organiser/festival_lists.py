"""After deciding: permits and the gate check, places told by letter, lists to print."""

from datetime import date

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accepting import Desk, Meanwhile
from app.clock import now
from app.database import session
from app.festival_letters import Written, decision_letter, place_letter, send
from app.festival_permits import Permit, by_zone, permits_of, searched
from app.forms import is_ticked
from app.languages import LATVIAN, ngettext, short_day, speaking
from app.languages import gettext as _
from app.pages.organiser import blueprint, for_helpers, office_saving
from app.pages.organiser.applications import words_of_pages
from app.pages.organiser.arriving import note_arrival
from app.pages.organiser.deciding import as_seen, meanwhile, seen_of
from app.pages.organiser.festival_desk import desk_asked, places_said
from app.pages.organiser.ledgers import XLSX
from app.pages.organiser.paper import pdf
from app.taps import Late
from app.url_types import day_asked
from market.days.models import Festival
from market.festivals.deciding import ACCEPTED
from market.festivals.models import Application
from market.on_the_day.arrivals import ABSENT, EXPECTED, PRESENT
from market.reviewing.queries import application_of_call, applications_of_call, days_of
from vendors.registry.models import Vendor

DECIDED = ("accepted", "waiting", "refused")
LONGEST_TYPED = 80
NOON = 12


def _day_of(festival: Festival) -> date:
    """The day that is asked for, or today if it is one of the festival, or its first."""
    days = days_of(festival)
    today = now().date()
    found = day_asked(request.values.get("diena"), today if today in days else days[0])
    return found if found in days else days[0]


@blueprint.get("/svetki/<festival_slug>/atlaujas")
@for_helpers
def permits(festival_slug: str) -> ResponseReturnValue:
    """Who may drive in on a day: found by name, number or place; paid or not; has come or not."""
    return _page(festival_slug)


def _page(festival_slug: str, problem: str = "") -> str:
    desk = desk_asked(session(), festival_slug)
    day, typed = _day_of(desk.festival), request.args.get("q", "")[:LONGEST_TYPED]
    found = permits_of(desk, day)
    return render_template(
        "organiser/festival_permits.html",
        festival=desk.festival,
        day=day,
        days=days_of(desk.festival),
        typed=typed,
        permits=searched(found, typed),
        total=len(found),
        arrived=sum(_is_here(one) for one in found),
        is_here=_is_here,
        missing=[one for one in found if one.presence is None and one.vendor],
        is_over=_is_over(day),
        is_to_come=day > now().date(),
        problem=problem,
        **words_of_pages(),
    )


def _is_over(day: date) -> bool:
    """Whether whoever has not come by now did not come: from noon on."""
    return day < now().date() or (day == now().date() and now().hour >= NOON)


def _is_here(permit: Permit) -> bool:
    return permit.presence is not None and permit.presence.state == PRESENT


@blueprint.post(
    "/svetki/<festival_slug>/atlaujas/<int(max=2147483647):application_number>/ieradies"
)
@for_helpers
def tick_arrived(festival_slug: str, application_number: int) -> ResponseReturnValue:
    """At the gate: they have come. The market day knows it at once; undoing is one tap."""
    desk = desk_asked(session(), festival_slug)
    known = application_of_call(desk.session, desk.call_id, application_number) or abort(404)
    day = _day_of(desk.festival)
    if known.state != ACCEPTED or known.vendor_id is None:
        return _page(festival_slug, _("%(number)s is not accepted.", number=known.number)), 422
    if day > now().date():
        return _page(festival_slug, _("%(day)s has not come yet.", day=short_day(day))), 422
    try:
        with office_saving(about=known.vendor_id) as save:
            vendor = save.session.get_one(Vendor, known.vendor_id)
            note_arrival(save, vendor, day, PRESENT, request.form.get("was", EXPECTED))
            where = url_for(
                "office.permits", festival_slug=festival_slug, diena=day.isoformat(),
                _anchor=f"p-{application_number}",
            )  # fmt: skip
            return save.done(where, _("%(name)s has come.", name=known.name))
    except Late:
        said = _("%(name)s: somebody has noted something else meanwhile.", name=known.name)
        return _page(festival_slug, said), 409


@blueprint.post("/svetki/<festival_slug>/atlaujas/neieradas")
def note_missing(festival_slug: str) -> ResponseReturnValue:
    """When a day is over: whoever is ticked did not come, which stays in their history."""
    desk = desk_asked(session(), festival_slug)
    day, wanted = _day_of(desk.festival), set(request.form.getlist("vendor"))
    if not wanted:
        return _page(festival_slug, _("Please tick the applications that are meant.")), 422
    if not _is_over(day):
        said = _("Who did not come is noted from noon on %(day)s on.", day=short_day(day))
        return _page(festival_slug, said), 422
    try:
        with office_saving() as save:
            missing = [
                one
                for one in permits_of(desk_asked(save.session, festival_slug, save), day)
                if one.vendor and one.presence is None and one.vendor.slug in wanted
            ]
            for one in missing:
                if one.vendor:
                    note_arrival(save, one.vendor, day, ABSENT, EXPECTED)
            where = url_for("office.permits", festival_slug=festival_slug, diena=day.isoformat())
            said = ngettext(
                "%(num)s who did not come is noted.",
                "%(num)s who did not come are noted.",
                len(missing),
            )
            return save.done(where, said)
    except Late:
        return _page(festival_slug, _("Somebody else has noted something meanwhile.")), 409


@blueprint.get("/svetki/<festival_slug>/dokumenti")
def festival_papers(festival_slug: str) -> ResponseReturnValue:
    """Letters and lists: what can be printed or taken along, permits handed out, places told."""
    return _papers(festival_slug)


def _papers(festival_slug: str, problem: str = "") -> str:
    desk = desk_asked(session(), festival_slug)
    found = permits_of(desk)
    rows = applications_of_call(desk.session, desk.call_id)
    return render_template(
        "organiser/festival_papers.html",
        festival=desk.festival,
        permits=found,
        placed=[one for one in found if one.places],
        by_post=sum(not row.email for row in rows if row.state in DECIDED),
        decided=sum(row.state in DECIDED for row in rows),
        problem=problem,
        **words_of_pages(),
    )


@blueprint.post("/svetki/<festival_slug>/dokumenti/izsniegtas")
def hand_out_permits(festival_slug: str) -> ResponseReturnValue:
    """Note for everybody who is ticked that the permit was handed out today; or take it back."""
    desk_asked(session(), festival_slug)
    seen, back = seen_of(request.form.getlist("application")), request.form.get("what") == "back"
    if not seen:
        return _papers(festival_slug, _("Please tick the applications that are meant.")), 422
    try:
        with office_saving() as save:
            desk = desk_asked(save.session, festival_slug, save)
            rows = [row for row in as_seen(desk, seen) if row.state == ACCEPTED]
            for row in rows:
                save.vendor_id = row.vendor_id
                values = {"permit_on": None if back else now().date()}
                save.change(row, values, action="permit", version=row.version)
            said = ngettext("%(num)s permit is noted.", "%(num)s permits are noted.", len(rows))
            where = url_for("office.festival_papers", festival_slug=festival_slug)
            return save.done(where, said)
    except Meanwhile as other:
        return _papers(festival_slug, meanwhile(other)), 409


@blueprint.post("/svetki/<festival_slug>/dokumenti/vietas")
def tell_places(festival_slug: str) -> ResponseReturnValue:
    """Letters with the place and the facts of arrival; nobody gets the same one twice."""
    desk_asked(session(), festival_slug)
    if not is_ticked("sure"):
        return _papers(festival_slug, _("Please tick that the letters may go.")), 422
    with office_saving() as save:
        desk = desk_asked(save.session, festival_slug, save)
        count = 0
        for row, letter, once in _place_letters(desk):
            count += send(save.session, row, letter, once)
        told = {"letters": count}
        save.tell("decisions_sent", None, told, action="places_told")
        said = ngettext("%(num)s letter is sent.", "%(num)s letters are sent.", count)
        return save.done(url_for("office.festival_papers", festival_slug=festival_slug), said)


def _place_letters(desk: Desk) -> list[tuple[Application, Written, str]]:
    """Letters to everybody accepted who has a place, each with what it is once about."""
    rows = [
        row for row in applications_of_call(desk.session, desk.call_id) if row.state == ACCEPTED
    ]
    found = []
    for row in rows:
        with speaking(row.language):
            places = places_said(desk, [row])[row.id or 0]
        if places:
            letter = place_letter(row, desk.festival, desk.call, places)
            once = "places:" + ",".join(f"{day:%m%d}{stall}" for day, stall, _zone in places)
            found.append((row, letter, once[:90]))
    return found


@blueprint.get("/svetki/<festival_slug>/atlaujas.pdf")
def permits_pdf(festival_slug: str) -> ResponseReturnValue:
    """The permit list on paper, by zone or by name."""
    from app.paper.festival_permits import permit_list_pdf

    desk = desk_asked(session(), festival_slug)
    with speaking(LATVIAN):
        found = permits_of(desk)
        by_name = request.args.get("seciba") == "vards"
        groups = {"": found} if by_name else by_zone(found)
        return pdf(permit_list_pdf(desk.festival, groups), f"atlaujas-{festival_slug}")


@blueprint.get("/svetki/<festival_slug>/atlaujas.xlsx")
def permits_xlsx(festival_slug: str) -> ResponseReturnValue:
    """The permit list as a table without formulas."""
    from app.tables.festival import permits_table

    desk = desk_asked(session(), festival_slug)
    with speaking(LATVIAN):
        data = permits_table(permits_of(desk), days_of(desk.festival))
    return table(data, f"atlaujas-{festival_slug}")


@blueprint.get("/svetki/<festival_slug>/lemumi.xlsx")
def decisions_xlsx(festival_slug: str) -> ResponseReturnValue:
    """All applications with what was decided, as a table without formulas."""
    from app.tables.festival import decisions_table

    desk = desk_asked(session(), festival_slug)
    rows = applications_of_call(desk.session, desk.call_id)
    return table(decisions_table(rows, desk.facts(rows)), f"lemumi-{festival_slug}")


def table(data: bytes, name: str) -> Response:
    """A table for a spreadsheet, to be kept."""
    response = make_response(data)
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@blueprint.get("/svetki/<festival_slug>/zvani.pdf")
def festival_calls_pdf(festival_slug: str) -> ResponseReturnValue:
    """The sheet of calls to those without an e-mail, about what was decided."""
    from app.paper.festival_calls import calls_pdf

    desk = desk_asked(session(), festival_slug)
    rows = applications_of_call(desk.session, desk.call_id)
    found = [row for row in rows if row.state in DECIDED and not row.email]
    return pdf(calls_pdf(desk.festival, found), f"zvani-{festival_slug}")


@blueprint.get("/svetki/<festival_slug>/vestules.pdf")
def festival_letters_pdf(festival_slug: str) -> ResponseReturnValue:
    """Letters about decisions, or about places, to print: to all, or to those without e-mail."""
    from app.paper.festival_letters import letters_pdf

    desk = desk_asked(session(), festival_slug)
    only_paper = request.args.get("kam") != "visiem"
    if request.args.get("par") == "vietas":
        found = [(row, letter) for row, letter, _once in _place_letters(desk)]
    else:
        rows = applications_of_call(desk.session, desk.call_id)
        found = [
            (row, decision_letter(row, desk.festival, row.state))
            for row in rows
            if row.state in DECIDED
        ]
    wanted = [one for one in found if not (only_paper and one[0].email)]
    return pdf(letters_pdf(desk.festival, wanted), f"vestules-{festival_slug}")
