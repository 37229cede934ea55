"""How the messages of a case fared, a line each."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views.dead_letters import error_words, notice_word
from bot.views.frame import Frame
from services.deliveries import Delivery, Fate, told
from services.model import Appeal


async def lines(frame: Frame, appeal: Appeal, *, until: datetime) -> list[tuple[datetime, str]]:
    """When each was written, and what became of it."""
    rows = await frame.uow.outbox.of_appeal(appeal.id)
    found = told(rows, appeal, now=frame.now, until=until)
    return [(one.at, await _line(frame, one)) for one in found]


async def _line(frame: Frame, one: Delivery) -> str:
    what = notice_word(one.kind, None)
    if one.to_citizen:
        text = _("to the citizen: {what} · {fate}", what=what, fate=_fate(frame, one))
    else:
        chat = await frame.uow.people.chat(one.channel, one.chat_id)
        where = escape(chat.title) if chat is not None else _("to a person")
        text = f"{where}: {what} · {_fate(frame, one)}"
    return f"<b>{frame.stamp(one.at)}</b> {text}"


def _fate(frame: Frame, one: Delivery) -> str:
    error = escape(error_words(one.error or ""))
    match one.fate:
        case Fate.ARRIVED:
            return _("delivered")
        case Fate.ON_ITS_WAY if one.error:
            return _("on its way again, «{error}»", error=error)
        case Fate.ON_ITS_WAY:
            return _("on its way")
        case Fate.LATER:
            return _("waits until {moment}", moment=frame.stamp(one.due))
        case Fate.LOST:
            return _("not delivered: {error}", error=error)
        case Fate.LEFT:
            return _("not delivered, left so: {error}", error=error)
