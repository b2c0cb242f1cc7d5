"""What vendors sell: goods, prices, seasons, freshness."""
