"""Words of calls and applications: states, steps, units, what is still missing."""

from app.languages import N_

STEPS = {
    "kas": N_("Who you are"),
    "preces": N_("Your goods"),
    "vajadzibas": N_("Days and size"),
    "vietas": N_("Which place"),
    "dokumenti": N_("Documents and questions"),
    "parskats": N_("Look through and submit"),
}
"""The steps of applying, in their order."""

STATES = {
    "draft": N_("Draft: not submitted yet"),
    "submitted": N_("Received: being looked through"),
    "asked": N_("A question to you"),
    "accepted": N_("Accepted"),
    "waiting": N_("On the waiting list"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
}
REFUSALS = {
    "category_full": N_("The places for these goods were given to others by the criteria."),
    "no_suitable_place": N_("There was no place with what you need."),
    "not_own_made": N_("The call is for goods made or grown by the sellers."),
    "documents_missing": N_("A document is missing."),
    "outside_the_criteria": N_("The application does not fit the criteria."),
    "no_answer": N_("Our question was not answered in time."),
    "no_show_before": N_("You did not come to an earlier festival without telling us."),
    "other": N_("For another reason."),
}
LACKS = {
    "contact": N_("a telephone or an e-mail"),
    "place": N_("the parish or town you come from"),
    "goods": N_("what you sell"),
    "categories": N_("a group of goods"),
    "days": N_("a day"),
    "wishes": N_("a wished place, or that any place will do"),
    "document": N_("a document"),
    "question": N_("an answer"),
}
UNITS = {
    "place_day": N_("for a place and day"),
    "metre_day": N_("for a metre of front and day"),
    "kw_day": N_("for power, a place and day"),
    "vehicle_day": N_("for a vehicle and day"),
    "place_festival": N_("for a place, all days"),
}
TENTS_SAID = {
    "none": N_("No tent"),
    "own": N_("Own tent"),
    "rented": N_("We would like to rent a tent"),
}
NEEDS_SAID = {
    "water": N_("Water nearby"),
    "vehicle": N_("A vehicle stays at the place"),
    "fire": N_("Open fire, a grill or a smokehouse"),
}
MADE_SAID = {
    "own_made": N_("We make or grow the goods ourselves"),
    "social": N_("We have a social reduction (pensioner, disability, large or low-income family)"),
}
ODD = {
    "personal_code": N_("Please leave out the personal code; we must not keep it."),
    "not_a_reg_no": N_("A registration number has eleven digits and begins with 4 to 9."),
    "wrong_check": N_(
        "One of the eleven digits is not right. Please compare them with the document."
    ),
    "not_a_phone": N_(
        "Please give the eight digits of a Latvian number; it begins with 2, a landline with 6."
    ),
    "free_number": N_("A number that begins with 80 cannot be used. Please ask for another one."),
}
"""What is wrong with a number, by the reason of `Odd`."""
