"""Lengths of time in words: «8 рабочих дней», «8 ч 10 мин»."""

from __future__ import annotations

from bot.i18n import _, ngettext
from services.policies import Span, Unit


def span_words(span: Span) -> str:
    """A span of a policy, in whole hours where it has them."""
    n = span.amount
    match span.unit:
        case Unit.WD:
            return ngettext("{n} working day", "{n} working days", n)
        case Unit.CD:
            return ngettext("{n} day", "{n} days", n)
        case Unit.WH if n % 60 == 0:
            return ngettext("{n} working hour", "{n} working hours", n // 60)
        case Unit.WH:
            return ngettext("{n} working minute", "{n} working minutes", n)
        case Unit.CH if n % 60 == 0:
            return ngettext("{n} hour", "{n} hours", n // 60)
        case Unit.CH:
            return ngettext("{n} minute", "{n} minutes", n)


def duration(minutes: int) -> str:
    """«8 ч 10 мин», «50 мин», «9 ч»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{m} min", m=rest)
    if not rest:
        return _("{h} h", h=hours)
    return _("{h} h {m} min", h=hours, m=rest)
