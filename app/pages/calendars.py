"""Calendar files to subscribe to: the programme, one event, the market days."""

from flask import Blueprint

blueprint = Blueprint("calendars", __name__)
