"""Who sells at the market: vendors and what the office knows of them."""
