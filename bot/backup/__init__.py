"""Copies of the whole state, database and files, and bringing one back."""
