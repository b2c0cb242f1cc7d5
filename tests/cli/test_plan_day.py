"""`flask plan` for a day on which there is no market."""

from flask import Flask

from tests.cli.lists import refused, run


def test_a_day_without_a_market_is_not_planned(demo_app: Flask) -> None:
    assert "The market is closed on that day." in refused(run(demo_app, "plan", "2026-11-25"))
