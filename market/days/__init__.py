"""Market days, festivals, placements, presences and notices."""
