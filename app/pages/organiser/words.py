"""The words of the office: states of vendors, and the columns of tables as people call them."""

from app.languages import N_
from app.names_of_incidents import INCIDENT_KINDS

STATES = {
    "applied": N_("has applied"),
    "approved": N_("at the market"),
    "paused": N_("paused"),
    "archived": N_("has left"),
}

ACTS = {
    "approved": N_("Approve"),
    "paused": N_("Pause"),
    "archived": N_("Archive: the vendor leaves"),
}
"""The buttons that lead to a state."""

BACK = N_("Back to the market")
"""The button for those who sold here before."""

MEANS = {
    "approved": N_("Visitors see the vendor, the goods and the story at once."),
    "paused": N_(
        "Visitors no longer see the vendor, and the stalls from tomorrow on become free. The "
        "vendor still comes in and keeps everything."
    ),
    "archived": N_(
        "The vendor has left: visitors see nothing, the stalls become free, the telephones go "
        "out. Nothing is deleted."
    ),
}

BECAME = {
    "approved": N_("The vendor is at the market; visitors see the page."),
    "paused": N_("The vendor is paused."),
    "archived": N_("The vendor has left."),
}

NEEDS = {
    "needs_water": N_("water"),
    "needs_cooling": N_("cooling"),
    "needs_vehicle": N_("a car or trailer on the spot"),
}
"""What a stall must have, by column."""

HINT_WORDS = {
    "pvd_missing": N_(
        "The PVD number is missing. Food of animal origin or processed food needs one."
    ),
    "pvd_odd": N_("The PVD number looks odd. Please compare it with the document."),
    "bio_expired": N_("The organic certificate is no longer valid; the mark is not shown."),
    "no_contact": N_("The contact person is missing."),
    "unreachable": N_("There is neither a phone number nor an e-mail."),
    "reg_no_missing": N_("The registration number is missing."),
    "no_card": N_("No card was issued yet."),
}
"""What the office should see to about a vendor."""

ALIKE_BY = {
    "reg_no": N_("the same registration number"),
    "phone": N_("the same phone number"),
    "name": N_("the same name"),
}

CONSENTS = {
    "paper": N_("from the paper form"),
    "spoken": N_("as the vendor said it"),
    "office": N_("by the office itself"),
}

ROLES = {
    "head": N_("head of the office"),
    "organiser": N_("organiser"),
    "helper": N_("helper on the market day"),
    "reader": N_("reader"),
}
ROLES_SAY = {
    "head": N_("does everything, also invites people and lets them go"),
    "organiser": N_("does all the work of the office"),
    "helper": N_("uses only the page of the market day and the round of the signs"),
    "reader": N_("looks at everything and changes nothing"),
}
"""Roles of people of the office, and what each may do."""

PERSON_STATES = {
    "active": N_("may come in"),
    "disabled": N_("comes in no more"),
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
    "payment": N_("Payment"),
    "price": N_("Price"),
    "market_day": N_("Market day"),
    "weekly_hours": N_("Weekly market day"),
    "special_day": N_("Special day"),
    "event": N_("Event of the programme"),
    "event_performer": N_("Performer"),
    "street_closure": N_("Closed street"),
    "person": N_("Person of the office"),
    "market_setting": N_("Settings"),
    "notice": N_("Notice"),
    "placement": N_("Stall"),
    "stall_holding": N_("Right to a stall"),
    "site": N_("Site"),
    "zone": N_("Zone"),
    "stall": N_("Stall"),
    "stall_on_plan": N_("Stall on the plan"),
    "amenity": N_("Beside the stalls on the plan"),
    "plan_picture": N_("Picture under the plan"),
    "waiting": N_("Waits for a place"),
    "zone_count": N_("Visitors counted"),
    "incident": N_("Incident"),
}

COLUMNS = {
    "stall_id": N_("stall"),
    "weekdays": N_("weekdays"),
    "basis": N_("basis"),
    "pays": N_("payment"),
    "source": N_("how it came about"),
    "name": N_("name"),
    "category": N_("kind of goods"),
    "price_cents": N_("price"),
    "cents": N_("amount in cents"),
    "social_cents": N_("reduced price in cents"),
    "stall_kind": N_("kind of place"),
    "what": N_("what is priced"),
    "period": N_("for how long"),
    "way": N_("way of payment"),
    "valid_from": N_("counts from"),
    "valid_to": N_("counts until"),
    "opens": N_("opens"),
    "closes": N_("closes"),
    "cancelled": N_("cancelled"),
    "weather": N_("weather"),
    "advice": N_("what the market does then"),
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
    "needs_depth_m": N_("depth of the stall in metres"),
    "needs_water": N_("water is needed"),
    "needs_cooling": N_("cooling is needed"),
    "needs_vehicle": N_("a car or trailer on the spot"),
    "tent": N_("tent"),
    "is_social": N_("social reduction"),
    "standing": N_("class"),
    "seniority": N_("number in the order"),
    "legal_name": N_("legal name"),
    "reg_no": N_("registration number"),
    "vat_no": N_("VAT number"),
    "contact_person": N_("contact person"),
    "farm_address": N_("address of the farm"),
    "postcode": N_("postcode"),
    "pvd_no": N_("PVD number"),
    "office_note": N_("note of the office"),
    "answer": N_("answer of the office"),
    "title": N_("title"),
    "text": N_("description"),
    "starts": N_("start"),
    "ends": N_("end"),
    "place": N_("part of the place"),
    "organiser": N_("organiser"),
    "price": N_("entry"),
    "state_words": N_("what changed"),
    "set_up_min": N_("minutes of setting up"),
    "clearing_min": N_("minutes of clearing"),
    "crosses": N_("rows it goes through"),
    "loud": N_("loud"),
    "venue_id": N_("venue"),
    "event_id": N_("event"),
    "rows": N_("rows"),
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
    "role": N_("role"),
    "vendor_id": N_("vendor"),
    "zone_id": N_("zone"),
    "no_show": N_("did not come without saying so"),
    "link": N_("link"),
    "absence_cutoff": N_("absences are said until"),
    "reminder_hour": N_("reminders from"),
    "release_hour": N_("places of no-shows are given to others from"),
    "texts_looked_at": N_("texts are looked at"),
    "framed_by": N_("hosts that show our widgets"),
    "counts_visitors": N_("visitors are counted"),
    "number": N_("number"),
    "row": N_("row"),
    "x_m": N_("metres from the left"),
    "y_m": N_("metres from the top"),
    "width_m": N_("width in metres"),
    "depth_m": N_("depth in metres"),
    "height_m": N_("length in metres"),
    "angle_deg": N_("turned by degrees"),
    "bearing_deg": N_("where the top looks, in degrees"),
    "power_kw": N_("power in kW"),
    "water": N_("water"),
    "roof": N_("roof"),
    "cooling": N_("cooling"),
    "vehicle": N_("room for a vehicle"),
    "reserved_for": N_("goods that come first"),
    "points": N_("points in metres"),
    "code": N_("code"),
    "address": N_("address"),
    "lat": N_("latitude"),
    "lon": N_("longitude"),
    "metres_per_pixel": N_("metres per pixel"),
    "opacity": N_("how strong it is shown"),
    "digest": N_("file"),
    "people": N_("people counted"),
    "hour": N_("hour"),
    "settled_at": N_("settled"),
    "settled_note": N_("how it was settled"),
}

VALUES = {
    **INCIDENT_KINDS,
    "confirmed": N_("takes place"),
    "cancelled": N_("cancelled"),
    "postponed": N_("postponed"),
    "free": N_("free of charge"),
    "paid": N_("with tickets"),
    "exact": N_("at an exact hour"),
    "cash": N_("in cash"),
    "transfer": N_("by transfer"),
    "contract": N_("by contract"),
    "ordinary": N_("ordinary day"),
    "fair": N_("fair"),
    "festival": N_("festival"),
    "closed": N_("closed"),
    "shorter": N_("shorter hours"),
    "as_usual": N_("as usual"),
    "available": N_("available"),
    "last": N_("the last ones"),
    "sold_out": N_("sold out"),
    "present": N_("comes"),
    "late": N_("is late"),
    "absent": N_("does not come"),
    **STATES,
    "before": N_("before they are published"),
    "after": N_("after they are published"),
    "yes": N_("yes"),
    "no": N_("no"),
    **ROLES,
    **PERSON_STATES,
}
