"""A topic that has grown, in the duty chat (services/spikes.py)."""

from __future__ import annotations

from html import escape

from bot.i18n import _, ngettext
from bot.views.frame import Frame, number
from bot.views.rendered import Rendered
from storage.outbox import OutboxRow


async def spike(frame: Frame, row: OutboxRow) -> Rendered | None:
    """One line; nothing of a topic that is no more."""
    topic = frame.topic(row.ref["topic"])
    if not topic:
        return None
    cases = ngettext("{n} report", "{n} reports", int(row.ref["n"]))
    text = _(
        "📈 <b>More than usual</b> · {topic}: {cases} in 7 days, usually {usual} a week. "
        "Perhaps it is one cause.",
        topic=escape(topic),
        cases=cases,
        usual=number(round(float(row.ref["usual"]), 1)),
    )
    return Rendered(text, silent=True)
