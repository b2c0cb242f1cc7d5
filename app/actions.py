"""What people did, in words: every change in the log has one of these actions."""

from app.languages import N_

OFFICE_ACTIONS = {
    "place": N_("Put on a stall"),
    "release": N_("Stall made free"),
}
"""What the office did at its desk."""

ACTIONS = {
    "shown": N_("Shown to visitors"),
    "hidden": N_("Hidden from visitors"),
    "details": N_("Name and how to reach changed"),
    "year": N_("Year changed"),
    "day": N_("A market day: coming or not"),
    "weekdays": N_("On which weekdays you come"),
    "absence": N_("Long absence"),
    "reminders": N_("Reminders by e-mail"),
    "good": N_("Goods changed"),
    "new_good": N_("Goods added"),
    "good_order": N_("Order of the goods changed"),
    "good_archived": N_("Goods no longer sold"),
    "good_back": N_("Goods sold again"),
    "goods_confirmed": N_("Goods confirmed"),
    "presence": N_("Here, late or not coming"),
    "state": N_("How much is left"),
    "price": N_("Price changed"),
    "as_before": N_("All as on the last market day"),
    "photograph": N_("Photograph added"),
    "photograph_away": N_("Photograph taken away"),
    "photograph_order": N_("Order of photographs changed"),
    "photograph_words": N_("Photograph described"),
    "recording": N_("Spoken story recorded"),
    "recording_away": N_("Spoken story taken away"),
    "recording_words": N_("Spoken story published or changed"),
    "story": N_("Story published"),
    "story_away": N_("Story taken off the page"),
    "story_draft": N_("Draft of the story kept"),
    "story_return": N_("Earlier story published again"),
    **OFFICE_ACTIONS,
}
"""What people did, as the list of changes calls it."""
