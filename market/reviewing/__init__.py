"""Reviewing applications for a festival: what the office asks while it decides about them."""
