"""People: who sells at the market, what they sell, and the stories of their farms."""
