"""Places and time: where the stalls are, when the market is, who stands where, what happens."""
