"""What can be refused, as one exception with a code. handlers/errors.py turns codes into words."""

from __future__ import annotations


class DomainError(Exception):
    """A rule said no. The caller's savepoint is rolled back; the person is told in words.

    `code` names the message in handlers/errors.py, `values` fill its placeholders.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code


class Denied(DomainError):
    """The actor has no role that may do this (services/access)."""


class OutOfDate(DomainError):
    """The press was right once, but the case has moved on: show the fresh card."""
