"""`flask import` and `export`: lists as CSV and XLSX, and the whole market as text."""

from flask import Flask


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
