"""What is public, as data: each resource is declared once and answered, described and tabled so."""
