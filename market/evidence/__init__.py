"""Counts of openings: numbers only, never people."""
