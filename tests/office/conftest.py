"""People of the office, each with a client that has come in."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.clock import moment
from app.database import database
from tests.careful_client import CarefulClient
from vendors.keys.models import Person

OFFICE = "@tirgus.example"


@pytest.fixture
def person_of_office(demo_app: Flask) -> Callable[..., CarefulClient]:
    """A person of the office by role, in the name of a vendor if there is a slug."""

    def come_in(role: str, slug: str = "") -> CarefulClient:
        email = f"{role}{OFFICE}"
        with demo_app.app_context(), database().writing() as session:
            session.add(Person(email=email, name=f"Ilze {role}", role=role, made_at=moment()))
            session.commit()
        return CarefulClient(demo_app).come_in(slug, person=email)

    return come_in


@pytest.fixture
def organiser(person_of_office: Callable[..., CarefulClient]) -> CarefulClient:
    """An organiser of the market."""
    return person_of_office("organiser")
