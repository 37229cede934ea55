"""Words in the recipient's language: the gettext domain `hub`, the current locale."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from services.languages import LOCALES

DEFAULT_LOCALE = "ru"
DOMAIN = "hub"
DIRECTORY = Path(__file__).resolve().parent.parent / "locales"

_current: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)


class CataloguesMissing(RuntimeError):
    """The compiled catalogues are not there: set-up was not run."""


@lru_cache
def _catalogue(locale: str) -> _gettext.NullTranslations:
    try:
        return _gettext.translation(DOMAIN, DIRECTORY, [locale])
    except FileNotFoundError:
        raise CataloguesMissing(
            f"no compiled catalogue for «{locale}» in {DIRECTORY}: run `make setup`"
        ) from None


def check_catalogues() -> None:
    """Load every catalogue. Raises CataloguesMissing."""
    for locale in LOCALES:
        _catalogue(locale)


def supported(code: str | None) -> str:
    """The locale of ours that fits a messenger's language code («en-GB» → «en»)."""
    base = (code or DEFAULT_LOCALE).split("-")[0].lower()
    return base if base in LOCALES else DEFAULT_LOCALE


def current_locale() -> str:
    """The locale set by the innermost `use_locale`."""
    return _current.get()


@contextmanager
def use_locale(locale: str) -> Iterator[None]:
    """Render everything inside in `locale`."""
    token = _current.set(locale)
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str, /, **values: object) -> str:
    """The current locale's text of `message`, with {named} values filled in."""
    text = _catalogue(_current.get()).gettext(message)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Like `_`, with the plural form for `n`; {n} is filled in."""
    return _catalogue(_current.get()).ngettext(one, many, n).format(n=n, **values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Like `_`, for a word whose translation depends on where it stands."""
    text = _catalogue(_current.get()).pgettext(context, message)
    return text.format(**values) if values else text
