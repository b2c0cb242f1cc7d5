"""Statements about the market, each of which must hold."""
