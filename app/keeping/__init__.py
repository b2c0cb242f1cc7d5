"""Keeping what people entrusted to the market: canonical text, backups, checks."""
