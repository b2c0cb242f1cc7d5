"""Addresses without a language: the front door, a sign's code, and the operator's questions."""

from flask import Blueprint, Response, redirect, render_template, url_for

from app.database import database

blueprint = Blueprint("doors", __name__)


@blueprint.get("/")
def front_door() -> object:
    """Latvian is the language of the front door."""
    return redirect(url_for("visitor.today", language="lv"))


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> object:
    """The address of a file; WhiteNoise answers before a request gets here."""
    return Response(f"{name}: no such file", 404, mimetype="text/plain")


@blueprint.get("/S")
@blueprint.get("/<language:language>/S")
def sign_field() -> object:
    """A field for the code under a sign, or for a stall's number."""
    return render_template("visitor/sign_field.html")


@blueprint.get("/healthz")
def alive() -> object:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> object:
    """The database answers too."""
    if database().answers():
        return Response("ok\n", mimetype="text/plain")
    return Response("the database does not answer\n", 503, mimetype="text/plain")
