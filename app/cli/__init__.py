"""Commands of the operator and the market's office: `flask VERB`."""

import os

from flask import Flask

from app.cli import (
    day_paper,
    filling,
    keeping,
    leaving,
    mail,
    own_paper,
    paper,
    people,
    photographs,
    planning,
    programme,
    proposals,
    serve,
    service,
    tables,
)
from app.languages import LATVIAN, languages, speak


def prepare_commands(app: Flask) -> None:
    """Give `flask` its verbs; they speak Latvian unless `LANG` names another of our languages."""
    wanted = os.environ.get("LANG", "")[:2]
    speak(wanted if wanted in languages() else LATVIAN)
    for subject in (
        service,
        serve,
        filling,
        tables,
        paper,
        own_paper,
        day_paper,
        programme,
        people,
        mail,
        photographs,
        planning,
        proposals,
        keeping,
        leaving,
    ):
        subject.add_commands(app)
