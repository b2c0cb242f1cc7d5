"""`flask print`: what the market puts on paper."""

from flask import Flask


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
