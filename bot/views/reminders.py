"""What a clock says: before its end, at its end, and to the deputy past it."""

from __future__ import annotations

from bot.i18n import _
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services.clocks import DUE
from services.model import Appeal, Clock
from services.policies import ClockKind
from storage.outbox import OutboxRow


async def reminder(frame: Frame, row: OutboxRow) -> Rendered | None:
    """A reply to the card; sounds at the end. Dropped when the clock has stopped since."""
    assert row.appeal_id is not None
    clock = await frame.uow.need(Clock, row.ref["clock"])
    if clock.stopped_at is not None:
        return None
    holder = row.ref.get("holder")
    name = f"{await frame.name(holder)}, " if holder else ""
    number = _("No. {number}", number=row.appeal_id)
    due = frame.short(clock.due_at)
    texts = {
        (ClockKind.REACTION, False): _("{number}: take it by {moment}.", number=number, moment=due),
        (ClockKind.REACTION, True): _(
            "⏰ {number}: nobody took it by {moment}.", number=number, moment=due
        ),
        (ClockKind.ANSWER, False): _("{number}: answer by {moment}.", number=number, moment=due),
        (ClockKind.ANSWER, True): _(
            "⏰ {number}: the time ran out at {moment}.", number=number, moment=due
        ),
    }
    late = row.ref["step"] == DUE
    kind = ClockKind.REACTION if clock.kind is ClockKind.REACTION else ClockKind.ANSWER
    return Rendered(
        name + texts[kind, late],
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
        silent=not late,
    )


async def deputy(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Past the deadline, to the deputy in private."""
    assert row.appeal_id is not None
    clock = await frame.uow.need(Clock, row.ref["clock"])
    if clock.stopped_at is not None:
        return None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    holder = (
        _("held by {name}", name=await frame.name(appeal.holder_id))
        if appeal.holder_id
        else _("nobody has taken it")
    )
    return Rendered(
        _(
            "⏰ Overdue: No. {number}, {what}, {holder}. Was due {moment}.",
            number=appeal.id,
            what=frame.essence(appeal),
            holder=holder,
            moment=frame.short(clock.due_at),
        )
    )
