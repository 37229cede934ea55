"""What an operator can mend."""

from __future__ import annotations


class BackupError(RuntimeError):
    """It can't be done, for the reason in the text, in the language of the command."""
