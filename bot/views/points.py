"""A point of the map in words: which settlement it is by."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame, number, point
from services.areas import near
from services.model import Appeal

CLOSE = 5.0
"""Kilometres from the middle of a settlement up to which a citizen's point is called after it."""


def for_citizen(frame: Frame, appeal: Appeal) -> str:
    """«точка на карте, Кабардинка»; without a name where none is close."""
    text = _("a point on the map")
    if appeal.latitude is None or appeal.longitude is None:
        return text
    found = near(frame.town, (appeal.latitude, appeal.longitude))
    if found is None or found.km > CLOSE:
        return text
    return f"{text}, {escape(found.settlement.name)}"


def for_staff(frame: Frame, appeal: Appeal) -> str:
    """The point as maps take it, and how far it is from the middle of which settlement."""
    if appeal.latitude is None or appeal.longitude is None:
        return ""
    at = (appeal.latitude, appeal.longitude)
    found = near(frame.town, at)
    if found is None:
        return point(*at)
    far = _(
        "{settlement}, {km} km from the middle",
        settlement=escape(found.settlement.name),
        km=number(round(found.km, 1)),
    )
    return f"{point(*at)} ({far})"
