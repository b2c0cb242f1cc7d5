"""Keys: printed cards, links, one-time codes, known telephones, and the people of the office."""
