"""The signs on the stalls: their codes, their answers, their drawing."""
