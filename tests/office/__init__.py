"""Tests of the market's office."""
