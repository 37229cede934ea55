"""The triage card: where does it belong (conversations.md §2.8)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views import alarms, asked, gist, halves, points, return_words, told_topics
from bot.views.frame import Frame, mark_of, number, quote
from bot.views.media import under_card
from bot.views.rendered import Button, Rendered, Rows, shortened
from services import triage as rules
from services.button_data import data
from services.lifecycle import Action
from services.model import Appeal, Event, Outcome, State
from services.policies import Urgency
from storage.outbox import OutboxRow

_ENDED = (State.REJECTED, State.CLOSED, State.DISPUTED)


async def card(frame: Frame, row: OutboxRow) -> Rendered:
    """The card in its present state: to be routed, asked about, or one line of what was done."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    events = await frame.uow.appeals.events_of(appeal.id)
    if appeal.state in rules.OURS:
        said, accept = await alarms.on_card(frame, appeal)
        text = await _open(frame, appeal, events)
        rows = await _options(frame, appeal, events, accept)
        rows = halves.with_split(frame, appeal, events, rows)
        return Rendered(f"{text}\n{said}" if said else text, rows)
    if appeal.state is State.WAITING_CITIZEN and appeal.came_from in rules.OURS:
        return await _waiting(frame, appeal, events)
    ended = appeal.block is None and appeal.state in _ENDED
    if ended or appeal.outcome is Outcome.DUPLICATE:
        return Rendered(await _ended(frame, appeal, events))
    return await _routed(frame, appeal, events)


async def _open(frame: Frame, appeal: Appeal, events: list[Event]) -> str:
    overlay = "🚨 " if appeal.urgency is Urgency.EMERGENCY else ""
    title = _("No. {number} · where to?", number=appeal.id)
    return "\n".join(
        (
            f"{overlay}🆕 <b>{title}</b> · {_('nobody holds it')}",
            quote(appeal.text, folded=True) if appeal.text else frame.essence(appeal),
            *gist.lines(appeal.text),
            *await return_words.triage_lines(frame, appeal),
            *_candidates(frame, appeal),
            *filter(None, [await told_topics.line(frame, appeal, events)]),
            *await _files(frame, appeal),
            " · ".join(
                filter(
                    None,
                    (
                        _("Place: {place}", place=await _place(frame, appeal)),
                        _("urgency: {urgency}", urgency=_urgency(appeal)),
                        _decide_by(frame, events),
                    ),
                )
            ),
        )
    )


def _candidates(frame: Frame, appeal: Appeal) -> list[str]:
    if not appeal.candidates:
        return [_("No words of any topic were recognised.")]
    lines = []
    for place, option in enumerate(appeal.candidates, 1):
        words = ", ".join(f"«{escape(w)}»" for w in option["words"][:3])
        score = number(round(option["score"], 2))
        said = f" — {words}" if words else ""
        lines.append(f"{place}. <b>{escape(frame.block(option['block']))}</b> {score}{said}")
    return lines


async def _files(frame: Frame, appeal: Appeal) -> list[str]:
    files = " · ".join(filter(None, await under_card(frame, appeal)))
    return [files[0].upper() + files[1:]] if files else []


async def _place(frame: Frame, appeal: Appeal) -> str:
    if appeal.place:
        return escape(appeal.place)
    if appeal.latitude is not None:
        return points.for_staff(frame, appeal)
    dialog = await frame.uow.people.dialog(appeal.person_id, appeal.chat_id)
    if dialog is not None and dialog.step == "place" and dialog.data.get("appeal") == appeal.id:
        return _("not found, the citizen was asked")
    return _("not found")


def urgency_words() -> dict[Urgency, str]:
    """Urgencies as one says «важность: …»."""
    return {
        Urgency.EMERGENCY: _("Emergency"),
        Urgency.CRITICAL: _("Critical"),
        Urgency.HIGH: _("High"),
        Urgency.NORMAL: _("Ordinary"),
        Urgency.QUESTION: _("A question"),
    }


def _urgency(appeal: Appeal) -> str:
    reason = appeal.urgency_reason
    word = urgency_words()[appeal.urgency].lower()
    return word + (f" («{escape(reason)}»)" if reason else "")


def _decide_by(frame: Frame, events: list[Event]) -> str:
    due = rules.decide_by(frame.town.calendar, events)
    return "" if due is None else _("decide by {moment}", moment=_near(frame, due))


def _near(frame: Frame, at: datetime) -> str:
    """«11:26» today, «ср 25.11 09:40» on another day."""
    zone = frame.town.calendar.zone
    today = at.astimezone(zone).date() == frame.now.astimezone(zone).date()
    return frame.hour(at) if today else frame.short(at)


async def _options(frame: Frame, appeal: Appeal, events: list[Event], accept: Rows) -> Rows:
    """The block a return names, then the best by the words; the refusing block is among them."""
    if return_words.is_final(appeal):
        return accept
    named = await return_words.suggested(frame, appeal)
    named += told_topics.block_told(frame, events)
    named += [*filter(None, (appeal.block,)), *(option["block"] for option in appeal.candidates)]
    blocks = list(dict.fromkeys(named))[:3]
    ask = Button(_("Ask about it"), data("t1", "ask", appeal.id))
    # While an emergency calls, the first thing is that somebody has it.
    first = accept[0][0] if accept else ask
    more = Button(_("What else"), data("t1", "more", appeal.id))
    return (*block_options(frame, appeal, blocks), (first, more))


def block_options(frame: Frame, appeal: Appeal, blocks: list[str]) -> Rows:
    """Blocks in the order of their likelihood, then «Другой блок»."""
    buttons = [
        Button(shortened(f"{n}. {frame.block(code)}", 20), data("t1", "to", appeal.id, code))
        for n, code in enumerate(blocks, 1)
    ]
    buttons.append(Button(_("Another block"), data("t1", "all", appeal.id)))
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


async def _waiting(frame: Frame, appeal: Appeal, events: list[Event]) -> Rendered:
    event = _last(events, Action.ASK)
    name = await frame.name(event.actor_id if event else None)
    question = await asked.words(frame, event) if event else ""
    lines = [
        _(
            "💬 <b>No. {number} · waiting for the citizen</b> since {moment}, {name}",
            number=appeal.id,
            moment=frame.stamp(event.at) if event else "—",
            name=name,
        ),
        quote(appeal.text, folded=True) if appeal.text else frame.essence(appeal),
        _("Asked: {question}", question=escape(question)) if question else "",
    ]
    button = Button(_("Withdraw question"), data("t1", "unask", appeal.id))
    return Rendered("\n".join(line for line in lines if line), ((button,),))


async def _ended(frame: Frame, appeal: Appeal, events: list[Event]) -> str:
    """What became of a case that stands before nobody here, and by whom."""
    word = {
        Outcome.DUPLICATE: _("the same as No. {number}", number=appeal.beside_id),
        Outcome.REJECTED: _("closed as no report"),
        Outcome.FORWARDED: _("passed to another service"),
        Outcome.WITHDRAWN: _("withdrawn by the citizen"),
        Outcome.TERMINATED: _("closed"),
    }.get(appeal.outcome or Outcome.SOLVED, _("the head of the centre decides"))
    text = _("{mark} No. {number} · {what}", mark=mark_of(appeal), number=appeal.id, what=word)
    ended = next((e for e in reversed(events) if e.target is appeal.state), None)
    if ended is None or ended.actor_id is None or ended.actor_id == appeal.person_id:
        return text
    return f"{text}, {await frame.name(ended.actor_id)}, {_near(frame, ended.at)}"


async def _routed(frame: Frame, appeal: Appeal, events: list[Event]) -> Rendered:
    routed = _last(events, Action.ROUTE)
    block = escape(frame.block(appeal.block))
    if routed is None or routed.actor_id is None:
        return Rendered(_("🆕 No. {number} → {block}", number=appeal.id, block=block))
    text = _(
        "🆕 No. {number} → {block}, {name}, {moment}",
        number=appeal.id,
        block=block,
        name=await frame.name(routed.actor_id),
        moment=_near(frame, routed.at),
    )
    if not rules.may_undo(appeal):
        return Rendered(text)
    return Rendered(text, ((Button(_("Back to me"), data("t1", "undo", appeal.id)),),))


def _last(events: list[Event], action: Action) -> Event | None:
    return next((e for e in reversed(events) if e.action == action), None)
