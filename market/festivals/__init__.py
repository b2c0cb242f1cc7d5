"""A festival's call: what is offered, who applies, what is decided."""
