"""Words of a closed list as part of a statement.

A planner chooses the index of the few rows in a state when it sees the state. As a parameter SQLite
sees it only by preparing the statement anew at every call, and PostgreSQL by planning it anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, literal_column


def fixed(word: str) -> ColumnElement[Any]:
    """A word of the program's own, never one from outside."""
    return literal_column(f"'{word}'")
