"""/health: the state in a few lines, and what is wrong (conversations.md §4)."""

from __future__ import annotations

from datetime import timedelta
from html import escape

from bot.i18n import _, ngettext
from bot.views.findings import say
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.findings import Level, gather, of_facts
from services.health import Health, collect
from storage.outbox import OutboxRow

LINES = 15


async def health(frame: Frame, _row: OutboxRow) -> Rendered:
    """Queues, chats, calendar, rules."""
    found = await collect(frame.uow, frame.town, frame.now)
    kind = "SQLite" if frame.uow.is_sqlite else "PostgreSQL"
    lines = [
        "<b>{}</b>".format(_("State · {moment}", moment=frame.stamp(frame.now))),
        _("Database: {kind}, in order", kind=kind),
        _queues(found),
        _messenger(found),
        _chats(found),
        _rules(found),
        _("Not delivered: {n}", n=found.dead),
    ]
    if found.parked:
        lines.append(_("Put aside: {n}", n=found.parked))
    buttons: Rows = (
        (
            Button(_("What is wrong"), data("a1", "hfix", 0)),
            Button(_("Look again"), data("a1", "health", 0)),
        ),
    )
    return Rendered("\n".join(lines), buttons, silent=True)


def _queues(found: Health) -> str:
    came = ngettext("Incoming: {n} waits", "Incoming: {n} wait", found.incoming)
    goes = _("outgoing: {n}", n=found.outgoing)
    if found.oldest is not None:
        goes += ", " + _("the oldest {age}", age=age_word(found.oldest))
    return f"{came} · {goes}"


def age_word(age: timedelta) -> str:
    """«3 min»."""
    seconds = max(int(age.total_seconds()), 0)
    if seconds < 60:
        return _("{n} s", n=seconds)
    if seconds < 3600:
        return _("{n} min", n=seconds // 60)
    return _("{n} h", n=seconds // 3600)


def _messenger(found: Health) -> str:
    if not found.retried:
        return _("Telegram: in order")
    return _("Telegram: {n} are tried again", n=found.retried)


def _chats(found: Health) -> str:
    text = _("Chats: {n} of {total}", n=found.bound, total=found.blocks)
    if found.lacking:
        text += ", " + _("rights lacking in {n}", n=found.lacking)
    if not found.triage:
        text += ", " + _("no duty chat")
    if not found.quality:
        text += ", " + _("no quality chat")
    return text


def _rules(found: Health) -> str:
    if found.calendar_until is None:
        text = _("Calendar: this year is unknown")
    else:
        text = _("Calendar: until {year}", year=found.calendar_until)
    return f"{text} · " + _("rules not confirmed ★: {n}", n=found.unconfirmed)


async def findings(frame: Frame, _row: OutboxRow) -> Rendered:
    """«Что не так»: a line each, the worst first."""
    facts = await gather(frame.uow, frame.town, frame.now)
    found = [f for f in of_facts(facts) if f.level > Level.NOTE]
    if not found:
        return Rendered(_("Everything is in order."), silent=True)
    lines = [escape(say(finding)) for finding in found[:LINES]]
    if len(found) > LINES:
        lines.append(_("and {n} more", n=len(found) - LINES))
    return Rendered("\n".join(lines), silent=True)
