"""How a statement tells the planner of SQLite, which keeps no statistics, what is few.

A planner chooses the index of the few rows in a state when it sees the state. As a parameter SQLite
sees it only by preparing the statement anew at every call, and PostgreSQL by planning it anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, literal_column


def fixed(word: str) -> ColumnElement[Any]:
    """A word of the program's own, never one from outside."""
    return literal_column(f"'{word}'")


def afterwards(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A key to sort by what was found: else all rows there ever were are read in its order."""
    return column + literal_column("0")
