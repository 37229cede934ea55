"""What a citizen can do, in neutral words: one table of commands, one of buttons, one way in."""
