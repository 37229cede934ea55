"""Under a card: what the citizen said, that he is silent, that he returned the answer."""

from __future__ import annotations

from html import escape
from itertools import chain

from bot.i18n import _
from bot.views import assigning, gist
from bot.views.cards import under
from bot.views.frame import Frame, point, quote
from bot.views.rendered import Button, Rendered, Rows
from services.answer_prompts import his_words
from services.button_data import data
from services.model import Appeal, AppealId, State
from services.policies import ClockKind
from storage.outbox import OutboxRow


async def citizen_asks(frame: Frame, row: OutboxRow) -> Rendered | None:
    """What an answer must answer, before who is about to write it."""
    assert row.appeal_id is not None
    said = await frame.uow.appeals.utterances_of(row.appeal_id)
    asked = gist.question_list(his_words(said))
    if not asked:
        return None
    head = _("No. {number}, the citizen asks:", number=row.appeal_id)
    return Rendered(
        "\n".join((head, *map(escape, asked))),
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
        silent=True,
    )


async def citizen_replied(frame: Frame, row: OutboxRow) -> Rendered:
    """The citizen's further words under the card: answers and danger sound.

    Where the card is not his own case's, his number stands before them.
    """
    answer, danger = row.ref["answer"], row.ref.get("danger", False)
    reply = await under(frame, row.ref.get("below") or f"card:{row.appeal_id}:{row.chat_id}")
    of = row.ref.get("of") or (row.appeal_id if reply is None else None)
    if row.ref.get("joined"):
        head = _("From No. {number}, of the same citizen:", number=row.ref["joined"])
    elif row.ref.get("comment"):
        head = _("The citizen about the answer:")
    elif row.ref.get("unclear"):
        head = _("💬 The citizen does not understand the answer:")
    elif danger and not answer:
        head = _("🚨 The citizen writes of the danger again:")
    else:
        head = _("💬 The citizen answered:") if answer else _("The citizen added:")
    words = quote(row.ref["text"]) if row.ref["text"] else ""
    if row.ref.get("not_known"):
        head, words = _("💬 The citizen answered: doesn't know."), ""
    place, files = row.ref.get("place"), row.ref.get("files")
    lines = [
        f"{_('No. {number}', number=of)} · {head}" if of else head,
        words,
        gist.tone_line(row.ref["text"] or ""),
        _("Point on the map: {point}", point=point(*place)) if place else "",
        _("Files: {n}", n=files) if files else "",
        _("left a phone") if row.ref.get("contact") else "",
        await _new_date(frame, row) if answer else "",
    ]
    return Rendered(
        "\n".join(line for line in lines if line),
        reply_to=reply,
        silent=not (answer or danger),
    )


async def _new_date(frame: Frame, row: OutboxRow) -> str:
    """The deadline as it stands after the wait."""
    clocks = await frame.uow.appeals.clocks_of(AppealId(row.appeal_id or 0))
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    clock = next((c for c in reversed(clocks) if c.kind in kinds), None)
    if clock is None or clock.stopped_at is not None:
        return ""
    return _("Deadline: {moment}", moment=frame.short(clock.due_at))


async def citizen_silent(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Five days without an answer to a question."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    if appeal.state is not State.WAITING_CITIZEN:
        return None
    return Rendered(
        _(
            "💬 No. {number}: no answer to the question for five days. Can it be done without? "
            "Withdraw the question and answer.",
            number=appeal.id,
        ),
        reply_to=await _card_or_triage(frame, row),
    )


async def _card_or_triage(frame: Frame, row: OutboxRow) -> str | None:
    for anchor in (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}"):
        posted = await frame.uow.screens.anchored(anchor)
        if posted is not None and posted.chat_id == row.chat_id:
            return posted.external_id
    return None


async def citizen_returned(frame: Frame, row: OutboxRow) -> Rendered:
    """Not solved, says the citizen: under the card, and to the deputy."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    due = frame.short(clocks[-1].due_at)
    text = _(
        "↩️ No. {number} was returned by the citizen: {what}. New date {moment}.",
        number=appeal.id,
        what=frame.essence(appeal),
        moment=due,
    )
    reply = await under(frame, f"card:{row.appeal_id}:{row.chat_id}")
    private = row.person_id is not None
    buttons: Rows = ()
    if private:
        assign = await assigning.button(frame, appeal, row.person_id)
        buttons = ((Button(_("Card"), data("d1", "open", appeal.id)), *chain(*assign)),)
    return Rendered(text, buttons, reply_to=reply)
