"""`flask backup`, `restore` and `check`: keeping what people entrusted to the market."""

from flask import Flask


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
