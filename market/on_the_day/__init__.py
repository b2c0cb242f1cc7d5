"""The market day as it happens: who has come, whose place is released, who waits for one."""
