"""Planning a day: who gets which stalls, by written rules, with the reason of each decision."""
