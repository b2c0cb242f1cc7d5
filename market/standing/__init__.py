"""Who stands where: rights to stalls, the roll of a day, what an organiser should see."""
