"""Fairness over time: what the database is asked; its rule is `market/planning/fairness.py`."""
