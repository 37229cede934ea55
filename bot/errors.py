"""What the operator can mend himself."""

from __future__ import annotations


class StartError(RuntimeError):
    """The bot can't start, for a reason the operator can mend; the text says which."""
