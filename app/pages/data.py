"""What is public as data: JSON under `/api/v1/` with its description, CSV under `/dati/`."""

from flask import Blueprint

blueprint = Blueprint("data", __name__)
