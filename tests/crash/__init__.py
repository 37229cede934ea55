"""The hub killed again and again while a town lives on it: nothing lost, nothing doubled."""
