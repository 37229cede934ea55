"""«Почему такой срок»: the reasons of a deadline as lines (conversations.md §1.14).

services/deadlines says what happened as codes with values; here each code has its words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.views import deadline_days, moments
from bot.views.spans import span_words
from services.calendar import DayKind
from services.deadlines import Deadline
from services.policies import ClockKind, Policy, Regime, Span, Unit, Urgency


def explain(
    deadline: Deadline, policy: Policy, zone: ZoneInfo, regime: Regime | None = None
) -> list[str]:
    """Why a deadline is what it is, in the current locale, without the rule's number.

    `regime` is the appeal's own kind where the policy serves several; by default the bot's.
    """
    if regime is None and Regime.BOT in policy.regimes:
        regime = Regime.BOT
    lines: list[str] = []
    halved = deadline.reasons[0].code == "halved"
    for reason in deadline.reasons:
        values = dict(reason.values)
        if reason.code == "span":
            lines += _span(deadline, policy, regime, values, halved)
        elif reason.code == "halved":
            lines.append(_halved(deadline.span, values))
        elif reason.code == "closing":
            lines[-1] += " " + _closing(values)  # it is about the day just named
        else:
            lines += _LINES[reason.code](values, zone)
    return lines + _law(deadline.kind, policy)


def _span(
    deadline: Deadline,
    policy: Policy,
    regime: Regime | None,
    values: dict[str, Any],
    halved: bool,
) -> list[str]:
    span = span_words(deadline.span)
    if deadline.span.unit is Unit.CD:
        day = moments.digits(values["first"], padded=True)
        if deadline.kind is ClockKind.REGISTRATION:
            return [_("Registration: {span} from {day}.", span=span, day=day)]
        return [_("{span} from {day}.", span=span, day=day)]
    if halved:
        return []  # the line before has just said it
    match deadline.kind:
        case ClockKind.REGISTRATION:
            return [_("We register it within {span}.", span=span)]
        case ClockKind.REACTION:
            return [_("We pick it up within {span}.", span=span)]
        case ClockKind.FIX:
            return [_("We fix it within {span}.", span=span)]
        case ClockKind.PROMISE:
            return []
        case ClockKind.ANSWER:
            return [_answer(policy, regime).format(span=span)]


def _answer(policy: Policy, regime: Regime | None) -> str:
    urgency = next(iter(policy.urgencies)) if len(policy.urgencies) == 1 else None
    match urgency:
        case Urgency.EMERGENCY:
            return _("An emergency gets {span}.")
        case Urgency.CRITICAL:
            return _("A critical report gets {span}.")
        case Urgency.HIGH:
            return _("A report of high urgency gets {span}.")
        case Urgency.NORMAL if regime is Regime.BOT:
            return _("An ordinary report to the bot gets {span}.")
        case Urgency.NORMAL:
            return _("An ordinary report gets {span}.")
        case Urgency.QUESTION:
            return _("A question or thanks gets {span}.")
        case None:
            return _("An answer takes {span}.")


def _halved(half: Span, values: dict[str, Any]) -> str:
    whole = Span(values["unit"], values["amount"])
    return _(
        "Half the usual time: it was {whole}, now it is {half}.",
        whole=span_words(whole),
        half=span_words(half),
    )


def _law(kind: ClockKind, policy: Policy) -> list[str]:
    if Regime.LAW59 not in policy.regimes:
        return []
    if kind is ClockKind.REGISTRATION:
        return [_("Federal law 59-FZ, article 8.")]
    return [_("Federal law 59-FZ, article 12.")]


def _around_the_clock(_values: dict[str, Any], _zone: ZoneInfo) -> list[str]:
    return [_("The hours run day and night, on days off too.")]


def _starts_later(values: dict[str, Any], zone: ZoneInfo) -> list[str]:
    at = values["at"]
    moment = f"{moments.weekday_digits(at.astimezone(zone).date())} {moments.hour(at, zone)}"
    return [_("It came outside working hours: we count from {moment}.", moment=moment)]


def _closing(values: dict[str, Any]) -> str:
    time = f"{values['at']:%H:%M}"
    if values["short"]:
        day = moments.digits(values["day"], padded=True)
        return _("{day} is a short day: we work until {time}.", day=day, time=time)
    words = (
        _("On Mondays we work until {time}."),
        _("On Tuesdays we work until {time}."),
        _("On Wednesdays we work until {time}."),
        _("On Thursdays we work until {time}."),
        _("On Fridays we work until {time}."),
        _("On Saturdays we work until {time}."),
        _("On Sundays we work until {time}."),
    )
    return words[values["day"].weekday()].format(time=time)


def _last_day(values: dict[str, Any], zone: ZoneInfo) -> list[str]:
    return [_("The last day is {due}.", due=_law_moment(values["due"], zone))]


def _moved_back(values: dict[str, Any], zone: ZoneInfo) -> list[str]:
    day, due = moments.digits(values["day"], padded=True), _law_moment(values["due"], zone)
    what = _what(values)
    return [_("{day} is {what}, so it is due earlier: by {due}.", day=day, what=what, due=due)]


def _moved_forward(values: dict[str, Any], zone: ZoneInfo) -> list[str]:
    day, due = moments.digits(values["day"], padded=True), _law_moment(values["due"], zone)
    what = _what(values)
    return [_("{day} is {what}, so the last day is {due}.", day=day, what=what, due=due)]


def _what(values: dict[str, Any]) -> str:
    weekday = moments.weekday(values["day"])
    if values["kind"] is DayKind.REGIONAL:
        return _("a regional day off")
    if values["kind"] is not DayKind.HOLIDAY:
        return _("a {weekday}", weekday=weekday)
    if values["weekend"]:
        return _("a public holiday and a {weekday}", weekday=weekday)
    return _("a day off for a public holiday")


def _year_unknown(values: dict[str, Any], _zone: ZoneInfo) -> list[str]:
    return [
        _(
            "The holidays of {year} are not decreed yet, we count by plain weekends.",
            year=values["year"],
        )
    ]


def _law_moment(at: datetime, zone: ZoneInfo) -> str:
    """«пт 08.05, 16:00»."""
    day = at.astimezone(zone).date()
    return f"{moments.weekday_digits(day, padded=True)}, {moments.hour(at, zone)}"


_LINES = {
    "around_the_clock": _around_the_clock,
    "starts_later": _starts_later,
    "by_day": deadline_days.by_day,
    "working_days": deadline_days.working_days,
    "days_off": deadline_days.days_off,
    "last_day": _last_day,
    "moved_back": _moved_back,
    "moved_forward": _moved_forward,
    "year_unknown": _year_unknown,
}
