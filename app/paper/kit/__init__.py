"""The paper of one market day: each sheet by itself, and the kit that holds all of them."""
