"""«Где это?» and what follows from the answer (conversations.md §1.3)."""

from __future__ import annotations

from html import escape

from bot.i18n import _, current_locale
from bot.views import points
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, ReplyButton, shortened
from services.button_data import data
from services.model import Appeal
from storage.outbox import OutboxRow

HOMES = 5
"""Settlements offered: with «Другое место» three rows of two."""


async def asked(frame: Frame, row: OutboxRow) -> Rendered:
    """The question and its keyboard: «here», or «no place»."""
    lines = (
        _("Where is it? A street and house, or a landmark."),
        _("If you are there now, tap the button. Another spot: paperclip, Location."),
        _("Don't know? That's fine, we already have your report."),
    )
    keys = ((ReplyButton(_("📍 I'm here"), location=True),), (ReplyButton(_("Skip")),))
    return Rendered(
        "\n".join(lines),
        reply_to=await under(frame, f"receipt:{row.appeal_id}"),
        silent=True,
        placeholder=_("Street and house, or a landmark"),
        reply_buttons=keys,
    )


async def noted(frame: Frame, row: OutboxRow) -> Rendered:
    """The place is written down, or goes without; the keyboard goes."""
    if not row.ref["noted"]:
        text = _("All right. If it is needed, the executor will ask.")
    else:
        place = row.ref["place"]
        text = _noted(escape(place) if place else await _point_of(frame, row))
    return Rendered(text, silent=True, drop_keyboard=True)


async def _point_of(frame: Frame, row: OutboxRow) -> str:
    assert row.appeal_id is not None
    return points.for_citizen(frame, await frame.uow.need(Appeal, row.appeal_id))


def _noted(place: str) -> str:
    return _("Written down: {place}.", place=place)


async def streets(frame: Frame, row: OutboxRow) -> Rendered:
    """Two streets of one name; once the choice is made, what was written down."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    homes = row.ref["homes"]
    if appeal.territory is not None:
        return Rendered(_noted(escape(appeal.place or "")), silent=True)
    names = list(frame.town.settlements)
    options = [
        Button(shortened(name, 20), data("c1", "terr", appeal.id, names.index(name)))
        for name in homes[:HOMES]
        if name in names
    ]
    options.append(Button(_("Another place"), data("c1", "place", appeal.id)))
    text = (
        _("There are two streets of this name. Which is yours?")
        if len(homes) == 2
        else _("There are several streets of this name. Which is yours?")
    )
    rows = tuple(tuple(options[i : i + 2]) for i in range(0, len(options), 2))
    return Rendered(text, rows, silent=True)


async def point(frame: Frame, row: OutboxRow) -> Rendered:
    """A point outside of the municipality is written down if the citizen means it."""
    town = frame.town.name_en if current_locale() == "en" else frame.town.name_of
    kept = {"point": row.ref["point"]}
    if row.ref.get("kept"):
        text = _("The point is outside {town}, we have written it down.", town=escape(town))
        return Rendered(text, silent=True, data=kept)
    assert row.appeal_id is not None
    buttons = (
        Button(_("Write it down"), data("c1", "geook", row.appeal_id)),
        Button(_("Another point"), data("c1", "place", row.appeal_id)),
    )
    text = _("The point is outside {town}. Write it down all the same?", town=escape(town))
    return Rendered(text, (buttons,), silent=True, data=kept)
