"""The municipality's file: its shape, its checks, and the way from it to values."""

from bot.municipality.loader import (
    DEFAULT_FILE,
    MunicipalityError,
    load_municipality,
    parse_municipality,
    read_document,
    unconfirmed,
)

__all__ = [
    "DEFAULT_FILE",
    "MunicipalityError",
    "load_municipality",
    "parse_municipality",
    "read_document",
    "unconfirmed",
]
