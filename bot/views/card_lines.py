"""Under the citizen's words on a card: source, the state's own lines, deadlines, why here."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import points, postponed_words, told_topics
from bot.views.asked import open_question
from bot.views.card_head import sent_back
from bot.views.frame import Frame, number, quote
from bot.views.media import under_card
from services.model import Appeal, Clock, Outcome, Person, Source, State
from services.policies import ClockKind, Regime
from services.understanding.personal import mask

_ANSWERING = (ClockKind.ANSWER, ClockKind.FIX)
_FREE = (State.NEW, State.ASSIGNED)
_OVER = (State.CLOSED, State.REJECTED)

SUREST = 0.99
"""More is never said: the hub guesses."""


def place(frame: Frame, appeal: Appeal) -> str:
    """Where it is: words, a point of the map, or that we don't know."""
    parts = [escape(appeal.place or ""), points.for_staff(frame, appeal)]
    return " · ".join(filter(None, parts)) or _("place unknown")


async def source(frame: Frame, appeal: Appeal) -> str:
    """«2 файла ниже · бот · 24.11 10:12 · Мария»."""
    person = await frame.uow.need(Person, appeal.person_id)
    parts = await under_card(frame, appeal)
    if await _is_split(frame, appeal):
        parts.append(_("from No. {number}", number=appeal.beside_id))
    if await frame.uow.people.contacts_of(appeal.person_id):
        parts.append(_("left a phone"))
    if appeal.parent_id is not None:
        parts.append(_("continues No. {number}", number=appeal.parent_id))
    told = source_word(appeal.source)
    parts += [told, frame.stamp(appeal.received_at), escape(person.first_name)]
    return " · ".join(parts)


async def _is_split(frame: Frame, appeal: Appeal) -> bool:
    """The duty officer found it in another case; one said soon after another is not from it."""
    if appeal.beside_id is None or appeal.outcome is Outcome.DUPLICATE:
        return False
    events = await frame.uow.appeals.events_of(appeal.id)
    return events[0].code == str(appeal.beside_id)


def source_word(source: Source) -> str:
    """How it came to us."""
    return {
        Source.BOT: _("bot"),
        Source.CALL: _("a call"),
        Source.WALK_IN: _("at the reception"),
        Source.PAPER: _("on paper"),
    }[source]


async def of_state(frame: Frame, appeal: Appeal) -> list[str]:
    """Lines that only some states have."""
    lines, public = [], frame.town.public_numbers
    match appeal.state:
        case State.WAITING_CITIZEN:
            asked = await open_question(frame, appeal)
            if asked:
                asked = mask(asked, public=public)
                lines += [_("Question:"), quote(asked, folded=True, limit=600)]
        case State.POSTPONED:
            lines += await postponed_words.lines(frame, appeal)
        case State.IN_PROGRESS:
            returned = await sent_back(frame, appeal)
            if returned is not None and returned.remark:
                remark = mask(returned.remark, public=public)
                lines.append(_("To mend: «{remark}»", remark=escape(remark)))
        case State.ASSIGNED if appeal.reopened:
            said = await _his_words(frame, appeal)
            lines += [_("The citizen about the answer:"), quote(said, limit=600)] if said else []
    if appeal.state not in _OVER and await _unreachable(frame, appeal):
        lines.append(
            _(
                "The citizen can't be reached: stopped the bot. "
                "The answer is kept until they come back."
            )
        )
    return lines


async def _his_words(frame: Frame, appeal: Appeal) -> str:
    rating = await frame.uow.appeals.rating_of(appeal.answer_id) if appeal.answer_id else None
    return mask(rating.comment or "", public=frame.town.public_numbers) if rating else ""


async def _unreachable(frame: Frame, appeal: Appeal) -> bool:
    account = await frame.uow.people.account(appeal.channel, appeal.chat_id)
    return account is not None and account.unreachable_at is not None


def deadlines(frame: Frame, appeal: Appeal, clocks: list[Clock]) -> str:
    """«Взять до … · ответить до …», or that the clock stands."""
    parts = []
    if appeal.state is State.WAITING_CITIZEN:
        if appeal.regime is not Regime.LAW59:
            return _capital(_("the clock is stopped"))
        parts.append(_("the clock runs on"))
    reaction = next((c for c in clocks if c.kind is ClockKind.REACTION), None)
    if reaction is not None and reaction.stopped_at is None and appeal.state in _FREE:
        parts.append(_("take by <b>{moment}</b>", moment=frame.short(reaction.due_at)))
    answer = next((c for c in reversed(clocks) if c.kind in _ANSWERING), None)
    if answer is not None and answer.stopped_at is None:
        fix = answer.kind is ClockKind.FIX
        word = _("fix by <b>{moment}</b>") if fix else _("answer by <b>{moment}</b>")
        half = " " + _("(half the time)") if answer.halved else ""
        parts.append(word.format(moment=frame.short(answer.due_at)) + half)
    return _capital(" · ".join(parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


async def about(frame: Frame, appeal: Appeal) -> str:
    """«Почему сюда: «колодец», «течёт» → водоснабжение, 0,91», or who told the topic."""
    topic = frame.town.topics.get(appeal.topic or "")
    if topic is None:
        return ""
    if not appeal.reason:
        events = await frame.uow.appeals.events_of(appeal.id)
        return await told_topics.line(frame, appeal, events)
    why = _(
        "Why here: {words} → {topic}, {score}",
        words=", ".join(f"«{escape(word)}»" for word in appeal.reason[:4]),
        topic=frame.essence(appeal),
        score=number(min(round(_sure(appeal), 2), SUREST)),
    )
    return f"<i>{why}</i>"


def _sure(appeal: Appeal) -> float:
    """How sure the hub was; where a person picked another of its options, how likely that was."""
    places = [option["topic"] for option in appeal.candidates]
    place = places.index(appeal.topic) if appeal.topic in places else 0
    return float(appeal.candidates[place]["score"]) if place else appeal.confidence
