"""«Почему такой срок»: every deadline of a case explains itself (conversations.md §1.14)."""

from __future__ import annotations

from bot.i18n import _
from bot.views.deadlines import explain
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services import deadlines
from services.model import Appeal, Clock
from services.policies import ClockKind, version_of
from storage.outbox import OutboxRow


async def why(frame: Frame, row: OutboxRow) -> Rendered:
    """One paragraph for each clock of the case."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    newest = {clock.kind: clock for clock in clocks}
    oldest = {clock.kind: clock for clock in reversed(clocks)}
    promised = {a.until for a in await frame.uow.appeals.answers_of(appeal.id)}
    parts = [
        "\n".join(
            _paragraph(
                frame,
                appeal,
                newest[kind],
                restarted=newest[kind] is not oldest[kind],
                promised=newest[kind].due_at in promised,
            )
        )
        for kind in (ClockKind.REACTION, ClockKind.ANSWER, ClockKind.FIX)
        if kind in newest
    ]
    rule = _("Rule {id}, version {version}.", id=appeal.policy, version=appeal.policy_version)
    return Rendered("\n\n".join([*parts, rule]), silent=True)


def _paragraph(
    frame: Frame, appeal: Appeal, clock: Clock, *, restarted: bool, promised: bool
) -> list[str]:
    policy = version_of(frame.town.policies, clock.policy, clock.policy_version)
    calendar = frame.town.calendar
    if clock.halved:
        found = deadlines.halved(policy, calendar, start=clock.started_at)
    elif restarted:
        every = deadlines.deadlines(policy, calendar, received=clock.started_at)
        found = next(d for d in every if d.kind is clock.kind)
    else:
        every = deadlines.deadlines(policy, calendar, received=appeal.received_at)
        found = next(d for d in every if d.kind is clock.kind)
    heads = {
        ClockKind.REACTION: _("<b>Why picked up by {moment}</b>"),
        ClockKind.ANSWER: _("<b>Why answered by {moment}</b>"),
        ClockKind.FIX: _("<b>Why fixed by {moment}</b>"),
    }
    lines = [heads[clock.kind].format(moment=frame.moment(clock.due_at))]
    lines += explain(found, policy, calendar.zone)
    if promised:
        lines.append(_("We moved it to the day we promised you."))
    elif found.due != clock.due_at:
        lines.append(_("We added the working time while we waited for you."))
    return lines
