"""Short answers to presses (≤ 90 characters)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import _, ngettext, use_locale
from bot.views import moments
from bot.views.frame import named
from bot.views.refusal_words import REFUSALS
from services.model import Appeal, Clock
from services.municipality import Municipality
from services.policies import ClockKind

LIMIT = 90
_ANSWERING = (ClockKind.ANSWER, ClockKind.FIX)


@dataclass(frozen=True, slots=True)
class Visit:
    """A press that opens the bot's private chat with this start parameter, instead of words."""

    start: str


def refusal(code: str, values: dict[str, object], locale: str) -> str:
    """A refusal as a toast."""
    with use_locale(locale):
        return _cut(REFUSALS[code]().format(**values))


def _cut(text: str) -> str:
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "…"


def taken(clocks: Sequence[Clock], zone: ZoneInfo, locale: str) -> str:
    """«Взять» done: by when."""
    clock = next((c for c in reversed(clocks) if c.kind in _ANSWERING), None)
    with use_locale(locale):
        if clock is None or clock.stopped_at is not None:
            return _("Taken: it is yours now")
        due = moments.short(clock.due_at, zone)
        if clock.kind is ClockKind.FIX:
            return _("Taken. Fix by {moment}", moment=due)
        return _("Taken. Answer by {moment}", moment=due)


def given_up(locale: str) -> str:
    """«Снять с себя» done."""
    with use_locale(locale):
        return _("Given up, the case is free again")


def assigned(name: str, locale: str) -> str:
    """Somebody of the block has it, by word from above."""
    with use_locale(locale):
        return _cut(_("Assigned: {name}", name=name))


def handed_over(name: str, locale: str) -> str:
    """A colleague has it."""
    with use_locale(locale):
        return _cut(_("Handed over: {name}", name=name))


def topic_told(town: Municipality, appeal: Appeal, locale: str) -> str:
    """The case is about something else now."""
    topic = town.topics[appeal.topic or ""]
    with use_locale(locale):
        return _cut(_("Topic: {topic}", topic=named(topic)))


def undone(locale: str) -> str:
    """All is as it was."""
    with use_locale(locale):
        return _("Undone, all is as it was")


def cancelled(locale: str) -> str:
    """A prompt was taken back by a second press."""
    with use_locale(locale):
        return _("Cancelled, nothing is asked")


def asked(locale: str) -> str:
    """A quick question."""
    with use_locale(locale):
        return _("It goes out in a minute. Changed your mind: «Withdraw question»")


def recalled(locale: str) -> str:
    """«Отозвать ответ» done."""
    with use_locale(locale):
        return _("Taken back, the draft is below")


def below(locale: str) -> str:
    """What was asked for stands under the card."""
    with use_locale(locale):
        return _("It is under the card")


def help_called(names: Sequence[str], locale: str) -> str:
    """«Нужна помощь» done."""
    with use_locale(locale):
        return _cut(_("Passed on: {names}", names=", ".join(names)))


def take_and_ask(locale: str) -> str:
    """«Мало данных» on a case that nobody holds."""
    with use_locale(locale):
        return _("Take it and press «Clarify»: the citizen will be asked")


def take_first(locale: str) -> str:
    """«Сделать нельзя» on a case that nobody holds."""
    with use_locale(locale):
        return _("Take it first: a refusal is an answer to the citizen")


def submitted(locale: str) -> str:
    """«Отправить» done."""
    with use_locale(locale):
        return _("Sent for checking")


def passed(locale: str) -> str:
    """«Пропустить» done."""
    with use_locale(locale):
        return _("The answer goes to the citizen")


def routed(town: Municipality, appeal: Appeal, locale: str) -> str:
    """A block was chosen."""
    with use_locale(locale):
        block = named(town.blocks[appeal.block or ""])
        return _cut(_("No. {number} → {block}", number=appeal.id, block=block))


def accepted(locale: str) -> str:
    """«Принял» done."""
    with use_locale(locale):
        return _("Accepted, the citizen is told. Call the emergency service")


def told(locale: str) -> str:
    """«Сообщили» done."""
    with use_locale(locale):
        return _("Written down: the citizen knows")


def done(locale: str) -> str:
    """A dead letter was seen to."""
    with use_locale(locale):
        return _("Done")


def forwarded(locale: str) -> str:
    """«Передать службе» done."""
    with use_locale(locale):
        return _("Passed on, the citizen is told")


def halved(twin: Appeal, locale: str) -> str:
    """«Разделить: яма / мусор» done."""
    with use_locale(locale):
        return _("Split: the second is No. {number} now", number=twin.id)


def weighed(locale: str) -> str:
    """«Важность» set."""
    with use_locale(locale):
        return _("Set. The dates are counted anew from the receipt")


def asked_from_triage(locale: str) -> str:
    """«Спросить» done."""
    with use_locale(locale):
        return _("The citizen was asked, the clock waits for him")


def taken_back(locale: str) -> str:
    """«Вернуть себе» done."""
    with use_locale(locale):
        return _("It is back with you")


def decided(locale: str) -> str:
    """A dispute was decided."""


def nudged(n: int, locale: str) -> str:
    """«Напомнить всем» done."""
    with use_locale(locale):
        if not n:
            return _("Nobody holds any of them")
        return ngettext("Reminded of {n} case", "Reminded of {n} cases", n)


def snoozed(town: Municipality, until: datetime, locale: str) -> str:
    """«До завтра» done."""
    with use_locale(locale):
        moment = moments.short(until, town.calendar.zone)
        return _("Quiet until {moment}. No deadline moves", moment=moment)


def outdated(locale: str) -> str:
    """A button nobody answers for any more."""
    with use_locale(locale):
        return _("This is out of date")


def looking(locale: str) -> str:
    """«Проверить снова»: the answer comes a moment later, in the message."""
    with use_locale(locale):
        return _("Looking, the list above will change")
