"""One module, one row."""
