"""The staff card: one message per case, kept current by editing (conversations.md §2.1)."""

from __future__ import annotations

from html import escape

from bot.i18n import _, ngettext
from bot.views import postponed_words, return_words
from bot.views.buttons import data
from bot.views.frame import MARKS, Frame, number, point, quote, urgency_word
from bot.views.rendered import Button, Media, Rendered, Rows
from services.intake import CARD_TEXT
from services.model import Appeal, AppealId, Clock, ClockState, Outcome, Person, Purpose, State
from services.policies import ClockKind, Regime, Urgency
from services.wire import cut, units
from storage.outbox import OutboxRow

_ANSWERING = (ClockKind.ANSWER, ClockKind.FIX)
_FREE = (State.NEW, State.ASSIGNED)


async def card(frame: Frame, row: OutboxRow) -> Rendered:
    """The card in its present state; a short line where the case has left this chat."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    chat = await frame.uow.people.chat(row.channel, row.chat_id)
    if chat is not None and chat.block is not None and chat.block != appeal.block:
        block = escape(frame.block(appeal.block))
        return Rendered(_("🆕 No. {number} → {block}", number=appeal.id, block=block))
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    lines = [
        await _head(frame, appeal, clocks),
        f"<b>{frame.essence(appeal)}</b>",
        _place(appeal),
        quote(appeal.text, folded=True) if appeal.text else "",
        await _source(frame, appeal),
        _deadlines(frame, appeal, clocks),
        *(await postponed_words.lines(frame, appeal) if appeal.state is State.POSTPONED else []),
        _reason(frame, appeal),
    ]
    text = "\n".join(line for line in lines if line)
    # The duty chat watches an emergency; it is accepted in the block's own chat.
    elsewhere = chat is not None and chat.block is None and await _has_home(frame, appeal)
    return Rendered(text, () if elsewhere else _buttons(appeal))


async def _has_home(frame: Frame, appeal: Appeal) -> bool:
    return await frame.uow.people.chat_for(Purpose.BLOCK, appeal.block) is not None


def _place(appeal: Appeal) -> str:
    parts = [escape(appeal.place)] if appeal.place else []
    if appeal.latitude is not None and appeal.longitude is not None:
        parts.append(point(appeal.latitude, appeal.longitude))
    return " · ".join(parts) or _("place unknown")


async def _head(frame: Frame, appeal: Appeal, clocks: list[Clock]) -> str:
    overdue = _overdue(frame, appeal, clocks)
    overlay = "🚨 " if appeal.urgency is Urgency.EMERGENCY else ""
    overlay += "⏰ " if overdue else ""
    mark = MARKS[appeal.state]
    if appeal.state is State.ASSIGNED and appeal.reopened:
        mark = MARKS[State.REOPENED]
    title = _("No. {number}", number=appeal.id)
    head = f"{overlay}{mark} <b>{title} · {await _state(frame, appeal)}</b>"
    if overdue is not None:
        head += " · " + _("overdue since {moment}", moment=frame.short(overdue.due_at))
    return f"{head} · {urgency_word(appeal.urgency)}"


def _overdue(frame: Frame, appeal: Appeal, clocks: list[Clock]) -> Clock | None:
    settled = appeal.state in (State.ANSWERED, State.CLOSED, State.DISPUTED)
    running = (ClockState.RUNNING, ClockState.MISSED)
    late = (
        c for c in clocks if c.stopped_at is None and c.state in running and c.due_at <= frame.now
    )
    return None if settled else next(late, None)


async def _state(frame: Frame, appeal: Appeal) -> str:
    holder = await frame.name(appeal.holder_id)
    since = frame.stamp(appeal.taken_at) if appeal.taken_at else ""
    match appeal.state:
        case State.IN_PROGRESS if appeal.check_returns:
            return _("{name}, sent back to mend ({n})", name=holder, n=appeal.check_returns)
        case State.IN_PROGRESS:
            return _("{name}, since {moment}", name=holder, moment=since)
        case State.WAITING_CITIZEN:
            return _("waiting for the citizen, {name}", name=holder)
        case State.REVIEW:
            return _("answer being checked, {name}", name=holder)
        case State.ANSWERED:
            at = frame.stamp(appeal.answered_at) if appeal.answered_at else ""
            return _("answered {moment}, waiting for a rating", moment=at)
        case State.CLOSED:
            return await _closed(frame, appeal)
        case State.POSTPONED | State.RETURNING:
            return await _set_aside(frame, appeal, holder)
        case State.DISPUTED:
            return _("the head of the centre decides")
        case State.ASSIGNED if appeal.reopened:
            said = _("returned by the citizen ({n} of 2)", n=appeal.reopened)
            return ", ".join(filter(None, (said, await _why_returned(frame, appeal))))
        case _:
            return _("nobody has taken it")


async def _set_aside(frame: Frame, appeal: Appeal, holder: str) -> str:
    if appeal.state is State.RETURNING:
        return await return_words.state(frame, appeal)
    return await postponed_words.state(frame, appeal, holder)


async def _why_returned(frame: Frame, appeal: Appeal) -> str:
    rating = await frame.uow.appeals.rating_of(appeal.answer_id) if appeal.answer_id else None
    return {
        "none": _("nothing was done"),
        "bad": _("done badly"),
        "off": _("beside the point"),
        "again": _("broke again"),
    }.get(rating.reason or "" if rating else "", "")


async def _closed(frame: Frame, appeal: Appeal) -> str:
    if appeal.outcome is Outcome.WITHDRAWN:
        return _("withdrawn by the citizen")
    rating = await frame.uow.appeals.rating_of(appeal.answer_id) if appeal.answer_id else None
    if rating is None:
        return _("closed without a rating")
    word = {"y": _("solved"), "p": _("partly"), "n": _("not solved")}[rating.verdict]
    return f"{word}, {rating.mark}" if rating.mark else word


async def _source(frame: Frame, appeal: Appeal) -> str:
    person = await frame.uow.need(Person, appeal.person_id)
    parts = []
    if appeal.attachments:
        parts.append(ngettext("{n} file below", "{n} files below", appeal.attachments))
    if appeal.parent_id is not None:
        parts.append(_("continues No. {number}", number=appeal.parent_id))
    parts += [_("bot"), frame.stamp(appeal.received_at), escape(person.first_name)]
    return " · ".join(parts)


def _deadlines(frame: Frame, appeal: Appeal, clocks: list[Clock]) -> str:
    if appeal.state is State.WAITING_CITIZEN and appeal.regime is not Regime.LAW59:
        return _("the clock is stopped")
    parts = []
    reaction = next((c for c in clocks if c.kind is ClockKind.REACTION), None)
    if reaction is not None and reaction.stopped_at is None and appeal.state in _FREE:
        parts.append(_("take by <b>{moment}</b>", moment=frame.short(reaction.due_at)))
    answer = next((c for c in reversed(clocks) if c.kind in _ANSWERING), None)
    if answer is not None and answer.stopped_at is None:
        word = (
            _("fix by <b>{moment}</b>")
            if answer.kind is ClockKind.FIX
            else _("answer by <b>{moment}</b>")
        )
        half = " " + _("(half the time)") if answer.halved else ""
        parts.append(word.format(moment=frame.short(answer.due_at)) + half)
    return " · ".join(parts)


def _reason(frame: Frame, appeal: Appeal) -> str:
    topic = frame.town.topics.get(appeal.topic or "")
    if topic is None or not appeal.reason:
        return ""
    words = ", ".join(f"«{escape(word)}»" for word in appeal.reason[:4])
    score = number(round(appeal.confidence, 2))
    why = _(
        "Why here: {words} → {topic}, {score}",
        words=words,
        topic=frame.essence(appeal),
        score=score,
    )
    return f"<i>{why}</i>"


def _buttons(appeal: Appeal) -> Rows:
    if appeal.state is State.ASSIGNED:
        emergency = appeal.urgency is Urgency.EMERGENCY
        word = _("Accept") if emergency else _("Take")
        take = Button(word, data("s1", "take", appeal.id))
        return ((take,),) if emergency or appeal.reopened else ((take,), (_not_ours(appeal),))
    if appeal.state is State.IN_PROGRESS:
        answer = Button(_("Answer"), data("s1", "ans", appeal.id))
        free = Button(_("Give it up"), data("s1", "free", appeal.id))
        later = (Button(_("Postpone"), data("s1", "post", appeal.id)),)
        emergency = appeal.urgency is Urgency.EMERGENCY
        return ((answer, free), (*(() if emergency else later), _not_ours(appeal)))
    if appeal.state is State.POSTPONED:
        answer = Button(_("Answer"), data("s1", "ans", appeal.id))
        resume = Button(_("Back to work"), data("s1", "resume", appeal.id))
        return ((answer, resume), (Button(_("Change the date"), data("s1", "post", appeal.id)),))
    if appeal.state is State.WAITING_CITIZEN:
        return ((Button(_("Withdraw the question"), data("s1", "unask", appeal.id)),),)
    return ()


def _not_ours(appeal: Appeal) -> Button:
    return Button(_("Not ours"), data("s1", "return", appeal.id))


async def long_words(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The end of a text that the card has no room for, silent, under the card."""
    assert row.appeal_id is not None
    said = await frame.uow.appeals.utterances_of(AppealId(row.appeal_id))
    whole = said[0].masked if said else ""
    if units(whole) <= CARD_TEXT:
        return None
    rest = "…" + whole[len(cut(whole, CARD_TEXT)) - 1 :]
    text = _("No. {number}, the end of the text:", number=row.appeal_id)
    anchors = (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}")
    above = await _above(frame, row, *anchors)
    return Rendered(f"{text}\n{quote(rest, folded=True)}", reply_to=above, silent=True)


async def media(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Files after a text: the citizen's under the card, the executor's after the answer."""
    assert row.appeal_id is not None
    answer, utterance = row.ref.get("answer"), row.ref.get("utterance")
    files = await frame.uow.appeals.attachments_of(
        row.appeal_id, answer_id=answer, utterance_id=utterance
    )
    shown = tuple(Media(f.kind, f.file_id) for f in files if f.kind in ("photo", "document"))
    if not shown:
        return None
    if answer:
        anchors = (f"answer:{answer}", f"quality:{answer}")
    else:
        anchors = (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}")
    return Rendered(media=shown, reply_to=await _above(frame, row, *anchors), silent=True)


async def _above(frame: Frame, row: OutboxRow, *anchors: str) -> str | None:
    """The message of this chat that the files belong under."""
    for anchor in anchors:
        posted = await frame.uow.screens.anchored(anchor)
        if posted is not None and posted.chat_id == row.chat_id:
            return posted.external_id
    return None


async def under(frame: Frame, anchor: str) -> str | None:
    """The id of the message that stands for `anchor`, to reply to."""
    posted = await frame.uow.screens.anchored(anchor)
    return posted.external_id if posted else None
