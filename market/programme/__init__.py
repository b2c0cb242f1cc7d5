"""Venues and events, and the calendars that carry them."""
