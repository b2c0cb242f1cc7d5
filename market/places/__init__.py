"""Sites, zones, stalls, amenities and parishes."""
