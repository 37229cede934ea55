"""A longer term, asked of the one responsible; what he decided (conversations.md §3.2)."""

from __future__ import annotations

from datetime import date
from html import escape

from bot.i18n import _
from bot.views import moments
from bot.views.cards import under
from bot.views.day_pages import day_data, page_of, until_word
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Rows
from services import decisions, extensions
from services import postponing_rules as rules
from services.button_data import data
from services.model import Answer, AnswerId, Appeal, Clock, Decision, Matter
from services.policies import ClockKind, version_of
from services.wire import cut
from storage.outbox import OutboxRow

WHY = 600


async def extension(frame: Frame, decision: Decision, appeal: Appeal) -> Rendered:
    """The wish with its reason and three answers, or what was decided."""
    if decision.verdict is not None:
        return Rendered(await _outcome(frame, decision, appeal))
    answer = await frame.uow.need(Answer, AnswerId(decision.data["answer"]))
    answers = await frame.uow.appeals.answers_of(appeal.id)
    policy = version_of(frame.town.policies, appeal.policy, appeal.policy_version)
    clock = await _clock(frame, appeal)
    wanted = _short(frame, answer)
    heads = {
        Matter.EXTENSION: _("<b>A longer term is asked for No. {number}</b>", number=appeal.id),
        Matter.POSTPONE_CRITICAL: _("<b>Postpone the critical No. {number}?</b>", number=appeal.id),
    }
    what = ", ".join(filter(None, (frame.essence(appeal), escape(appeal.place or ""))))
    term = _("asked until <b>{day}</b>", day=wanted)
    if clock is not None:
        due = until_word(clock.due_at, frame.town.calendar.zone)
        term = _("due {due} → asked until <b>{day}</b>", due=due, day=wanted)
    lines = [
        heads[decision.matter],
        f"{what} · {term}",
        _(
            "Why: {why} Postponed: {n} of {most}.",
            why=escape(_sentence(cut(answer.text, WHY))),
            n=rules.times(answers),
            most=rules.most(policy),
        ),
        _("The citizen will know as soon as the words are checked."),
    ]
    return Rendered("\n".join(lines), await _buttons(frame, decision, appeal, answer))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "…", "?")) else text + "."


async def _buttons(frame: Frame, decision: Decision, appeal: Appeal, answer: Answer) -> Rows:
    page = decision.data.get("page")
    if page is not None:
        return await _calendar(frame, decision, appeal, page)
    assert answer.until is not None
    day = answer.until.astimezone(frame.town.calendar.zone).date()
    until = _("Until {day}", day=moments.digits(day))
    other = Button(_("Another date"), data("d1", "extcal", decision.id, 1))
    no = {
        Matter.EXTENSION: _("Don't extend"),
        Matter.POSTPONE_CRITICAL: _("Don't postpone"),
    }[decision.matter]
    return (
        (Button(until, data("d1", "ext", decision.id, day_data(day))), other),
        (Button(no, data("d1", "extno", decision.id)), *_to_card(frame, appeal)),
    )


def _to_card(frame: Frame, appeal: Appeal) -> tuple[Button, ...]:
    """The card is read in private; in the duty chat it stands as it is."""
    if frame.reader is None:
        return ()
    return (Button(_("Card"), data("d1", "open", appeal.id)),)


async def _calendar(frame: Frame, decision: Decision, appeal: Appeal, page: int) -> Rows:
    """Pages of the days that may be given."""
    back = Button(_("Back"), data("d1", "extback", decision.id))
    found = await frame.uow.appeals.clocks_of(appeal.id)
    days = extensions.offered(frame.town, appeal, found, frame.now)
    if days is None:
        return ((back,),)
    _span, rows = page_of(
        frame.town.calendar,
        days.first,
        days.last,
        page,
        to_day=lambda day: data("d1", "ext", decision.id, day),
        to_page=lambda to: data("d1", "extcal", decision.id, to),
    )
    return (*rows, (back,))


async def _clock(frame: Frame, appeal: Appeal) -> Clock | None:
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    found = [c for c in await frame.uow.appeals.clocks_of(appeal.id) if c.kind in kinds]
    return found[-1] if found else None


def _short(frame: Frame, answer: Answer) -> str:
    """«пт 18.12»."""
    return until_word(answer.until, frame.town.calendar.zone) if answer.until else "—"


async def _outcome(frame: Frame, decision: Decision, appeal: Appeal) -> str:
    """«№ 1009 продлён до пт 18.12, вы, 09:14»."""
    if decision.verdict == decisions.MOOT:
        return _("No. {number}: nothing is left to decide.", number=appeal.id)
    who, critical = await frame.decided(decision), decision.matter is Matter.POSTPONE_CRITICAL
    if decision.verdict == extensions.REFUSED:
        text = (
            _("No. {number} is not postponed, {who}")
            if critical
            else _("No. {number} is not extended, {who}")
        )
        return text.format(number=appeal.id, who=who)
    day = moments.weekday_digits(date.fromisoformat(decision.data["day"]))
    text = (
        _("No. {number} is postponed until {day}, {who}")
        if critical
        else _("No. {number} is extended until {day}, {who}")
    )
    return text.format(number=appeal.id, day=day, who=who)


async def decided(frame: Frame, row: OutboxRow) -> Rendered:
    """To the holder, under the card: what was decided."""
    assert row.appeal_id is not None
    decision = await frame.uow.need(Decision, row.ref["decision"])
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    name = await frame.mention(row.ref["holder"], row.channel)
    who = await frame.name(decision.decided_by)
    text = _(
        "{name}, {who} did not allow a later day for No. {number}. The date is the same.",
        name=name,
        who=who,
        number=appeal.id,
    )
    if decision.verdict == extensions.GRANTED:
        text = _(
            "{name}, {who} allowed No. {number} until {day}. Your words went for checking.",
            name=name,
            who=who,
            number=appeal.id,
            day=moments.weekday_digits(date.fromisoformat(decision.data["day"])),
        )
    return Rendered(text, reply_to=await under(frame, f"card:{appeal.id}:{row.chat_id}"))


async def late(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Four working hours of silence, to those who were asked and to the head of МЦУ."""
    decision = await frame.uow.need(Decision, row.ref["decision"])
    if decision.verdict is not None:
        return None
    if row.ref["mine"]:
        return Rendered(
            _(
                "⏰ No. {number} has waited for you for 4 hours; next is the head of the centre.",
                number=row.appeal_id,
            )
        )
    answer = await frame.uow.need(Answer, AnswerId(decision.data["answer"]))
    return Rendered(
        _(
            "⏰ No. {number}: a decision on the term is 4 hours late. {block}, asked until {day}.",
            number=row.appeal_id,
            block=escape(frame.block(decision.block)),
            day=_short(frame, answer),
        )
    )
