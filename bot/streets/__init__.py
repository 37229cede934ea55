"""Streets from the state address register or OpenStreetMap (`import streets FILE`)."""

from bot.streets.merge import Merged, merge
from bot.streets.rows import BadFileError, Found, Row
from bot.streets.source import read

__all__ = ["BadFileError", "Found", "Merged", "Row", "merge", "read"]
