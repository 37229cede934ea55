"""The metadata all tables share, and the columns many of them have."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

CHANNEL = String(16)
OUTSIDE_ID = String(64)


def key() -> Column[int]:
    """A primary key that the application hands out."""
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def of(target: str, *, nullable: bool = False, name: str | None = None) -> Column[int]:
    """A reference to a person, an appeal or an answer."""
    column = name or f"{target}_id"
    tables = {"person": "people", "appeal": "appeals", "answer": "answers"}
    return Column(column, BigInteger, ForeignKey(f"{tables[target]}.id"), nullable=nullable)
