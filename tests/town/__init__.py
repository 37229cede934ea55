"""The town in a browser: what it renders, what it accepts, and whole conversations by hand."""
