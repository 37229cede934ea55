"""Watching the running hub: what happened is counted, and whether all is well is decided."""
