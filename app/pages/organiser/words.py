"""The words of the office: states of vendors, and the columns of tables as people call them."""

from app.languages import N_

STATES = {
    "applied": N_("has applied"),
    "approved": N_("at the market"),
    "paused": N_("paused"),
    "archived": N_("has left"),
}

CONSENTS = {
    "paper": N_("from the paper form"),
    "spoken": N_("as the vendor said it"),
    "office": N_("by the office itself"),
}

THINGS = {
    "vendor": N_("Details"),
    "good": N_("Good"),
    "story": N_("Story"),
    "story_draft": N_("Story in progress"),
    "photograph": N_("Photograph"),
    "recording": N_("Spoken telling"),
    "presence": N_("Day at the market"),
    "absence": N_("Long absence"),
    "vendor_weekday": N_("Usual weekday"),
    "open_day": N_("Open day"),
}

COLUMNS = {
    "name": N_("name"),
    "category": N_("kind of goods"),
    "price_cents": N_("price"),
    "amount": N_("amount"),
    "unit": N_("unit"),
    "net_amount": N_("net content"),
    "months": N_("months"),
    "origin": N_("origin"),
    "allergens": N_("allergens"),
    "state": N_("state"),
    "position": N_("place in the list"),
    "season_shift": N_("season earlier or later"),
    "archived_on": N_("no longer sold since"),
    "confirmed_on": N_("confirmed on"),
    "kind": N_("kind"),
    "parish_code": N_("parish"),
    "other_place": N_("place"),
    "since": N_("since the year"),
    "phone": N_("phone number"),
    "show_phone": N_("phone number is shown"),
    "email": N_("e-mail"),
    "show_email": N_("e-mail is shown"),
    "show_farm_place": N_("exact place of the farm is shown"),
    "farm_lat": N_("latitude of the farm"),
    "farm_lon": N_("longitude of the farm"),
    "wants_reminders": N_("reminders by e-mail"),
    "bio_cert_no": N_("organic certificate"),
    "bio_valid_to": N_("organic certificate valid to"),
    "needs_power_kw": N_("power in kW"),
    "needs_width_m": N_("width of the stall in metres"),
    "day": N_("day"),
    "weekday": N_("weekday"),
    "first_day": N_("first day"),
    "last_day": N_("last day"),
    "language": N_("language"),
    "short": N_("short telling"),
    "question": N_("question to ask"),
    "longer": N_("longer telling"),
    "whole": N_("whole telling"),
    "words": N_("description"),
    "shown": N_("shown to visitors"),
    "transcript": N_("words of the spoken telling"),
    "published": N_("published"),
}

VALUES = {
    "available": N_("available"),
    "last": N_("the last ones"),
    "sold_out": N_("sold out"),
    "present": N_("comes"),
    "late": N_("is late"),
    "absent": N_("does not come"),
    **STATES,
}
