"""What every renderer is given, and the small words many of them share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from babel.numbers import format_decimal

from bot.i18n import _, current_locale
from bot.views import moments
from services.model import Appeal, Decision, Outcome, Person, PersonId, State
from services.municipality import Block, Municipality, Outside, Topic
from services.policies import Urgency
from services.wire import cut
from storage.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class Frame:
    """A reading transaction, the municipality, the bot's name, the present moment."""

    uow: UnitOfWork
    town: Municipality
    bot_name: str
    now: datetime
    reader: int | None = None
    """The person a decision is rendered for."""

    def moment(self, at: datetime) -> str:
        """«пт, 4 декабря, 17:00» in the municipality's zone."""
        return moments.moment(at, self.town.calendar.zone)

    def day(self, at: datetime) -> str:
        """«пт, 4 декабря»."""
        return moments.day(at.astimezone(self.town.calendar.zone).date())

    def short(self, at: datetime) -> str:
        """«пт 4.12 17:00»."""
        return moments.short(at, self.town.calendar.zone)

    def hour(self, at: datetime) -> str:
        """«17:00»."""
        return f"{at.astimezone(self.town.calendar.zone):%H:%M}"

    def stamp(self, at: datetime) -> str:
        """«24.11 10:12»."""
        return f"{at.astimezone(self.town.calendar.zone):%d.%m %H:%M}"

    def block(self, code: str | None) -> str:
        """The name of a block."""
        block = self.town.blocks.get(code or "")
        return _("no block yet") if block is None else named(block)

    def service(self, code: str) -> str:
        """The name of an outside service, escaped."""
        service = self.town.outside.get(code)
        return escape(code if service is None else named(service))

    def essence(self, appeal: Appeal) -> str:
        """What the appeal is about, one line, escaped."""
        return escape(self.plain_essence(appeal))

    def topic(self, code: str | None) -> str:
        """A topic's name, not escaped; empty when there is no such."""
        topic = self.town.topics.get(code or "")
        return "" if topic is None else named(topic)

    def plain_essence(self, appeal: Appeal) -> str:
        """The same for a button, which takes no markup."""
        if named := self.topic(appeal.topic):
            return named
        return appeal.essence or without_words(appeal.wordless)

    async def mention(self, person_id: int, channel: str) -> str:
        """A person's name that calls him where the messenger can (`user:` is the channel's)."""
        name = await self.name(person_id)
        for account in await self.uow.people.accounts_of(PersonId(person_id)):
            if account.channel == channel:
                return f'<a href="user:{account.external_id}">{name}</a>'
        return name

    async def decided(self, decision: Decision) -> str:
        """«вы, 09:14» to who decided, «Марина, 09:14» to the others.

        «Марина за Дениса, 09:14» when she stood in for him.
        """
        mine = decision.decided_by is not None and decision.decided_by == self.reader
        who = _("you") if mine else await self.name(decision.decided_by)
        if "for" in decision.data:
            absent = await self.name(decision.data["for"])
            stood_in = _("you for {absent}") if mine else _("{name} for {absent}")
            who = stood_in.format(name=who, absent=absent)
        return f"{who}, {self.hour(decision.decided_at or self.now)}"

    async def name(self, person_id: int | None) -> str:
        """A person's first name, escaped."""
        person = await self.uow.get(Person, person_id) if person_id is not None else None
        return escape(person.first_name) if person else "—"


def named(thing: Block | Outside | Topic) -> str:
    """The name of a thing of the municipality in the current locale."""
    return thing.name_en if current_locale() == "en" else thing.name


def without_words(group: str | None) -> str:
    """What a case is about that began with files alone (services.attachments.GROUPS)."""
    return {
        "video": _("a video without words"),
        "voice": _("a voice message without words"),
        "file": _("a file without words"),
    }.get(group or "", _("a photo without words"))


MARKS = {
    State.NEW: "🆕",
    State.ASSIGNED: "🆕",
    State.RETURNING: "🆕",
    State.IN_PROGRESS: "🔧",
    State.WAITING_CITIZEN: "💬",
    State.POSTPONED: "📅",
    State.REVIEW: "🔎",
    State.ANSWERED: "✅",
    State.REOPENED: "↩️",
    State.DISPUTED: "⚖️",
    State.MERGED: "👥",
    State.REJECTED: "▫️",
    State.CLOSED: "✅",
}
"""One set of marks, always beside the word (conversations.md §0.1)."""


_WITHOUT_DECISION = frozenset(
    {
        Outcome.REFUSED,
        Outcome.FORWARDED,
        Outcome.REJECTED,
        Outcome.WITHDRAWN,
        Outcome.TERMINATED,
        Outcome.DUPLICATE,
    }
)


def mark_of(appeal: Appeal) -> str:
    """The mark of a case: of its state, of a return, or of a closing without a decision."""
    if appeal.state is State.CLOSED and appeal.outcome in _WITHOUT_DECISION:
        return "▫️"
    if appeal.state is State.ASSIGNED and appeal.reopened:
        return MARKS[State.REOPENED]
    return MARKS[appeal.state]


def urgency_word(urgency: Urgency) -> str:
    """The urgency in a word."""
    return {
        Urgency.EMERGENCY: _("emergency"),
        Urgency.CRITICAL: _("critical"),
        Urgency.HIGH: _("high urgency"),
        Urgency.NORMAL: _("ordinary"),
        Urgency.QUESTION: _("question"),
    }[urgency]


def number(value: float) -> str:
    """A figure with the current locale's decimal mark: «3,9», "3.9"."""
    return format_decimal(value, locale=current_locale())


def point(latitude: float, longitude: float) -> str:
    """A place on the map, as maps take it."""
    return f"<code>{latitude:.5f}, {longitude:.5f}</code>"


def quote(text: str, *, folded: bool = False, limit: int = 3000) -> str:
    """Somebody's words, cut to `limit` units and escaped, as a block quotation."""
    return f"<blockquote{' expandable' if folded else ''}>{escape(cut(text, limit))}</blockquote>"
