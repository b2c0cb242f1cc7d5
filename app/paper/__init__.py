"""What the market puts on paper: one module for each kind of sheet."""
