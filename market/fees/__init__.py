"""What a day at the market costs, and what was paid."""
