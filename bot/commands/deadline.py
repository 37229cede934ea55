"""`python -m bot deadline`: when an appeal would be due and why, from the shipped rules alone.

Works without a token, a network, a database or settings, so that anybody can check a date.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.i18n import DEFAULT_LOCALE, LOCALES, CataloguesMissing, _, supported, use_locale
from bot.municipality import MunicipalityError, load_municipality
from bot.views import moments
from bot.views.deadlines import explain
from services.deadlines import Deadline, choose, deadlines
from services.policies import ClockKind, Policy, Regime, Urgency

REGIMES = (Regime.BOT, Regime.LAW59)
BAD_INPUT = 2

Word = TypeVar("Word", bound=str)


class BadInputError(ValueError):
    """What was typed can't be used; the text says why, in the reader's language."""


def deadline(
    regime: Annotated[str, typer.Option(help="bot or 59fz")] = "",
    received: Annotated[
        str, typer.Option(help="2026-11-24 10:12 in the municipality's zone, or with an offset")
    ] = "",
    registered: Annotated[
        str, typer.Option(help="2026-11-24; by default the day of --received")
    ] = "",
    urgency: Annotated[
        str, typer.Option(help="emergency, critical, high, normal or question")
    ] = "normal",
    as_json: Annotated[bool, typer.Option("--json", help="machine-readable")] = False,
    lang: Annotated[str, typer.Option(help="ru or en")] = DEFAULT_LOCALE,
) -> None:
    """Say when an appeal is due and why."""
    locale = supported(lang)
    try:
        with use_locale(locale):
            _one_of("--lang", lang, LOCALES)
            typer.echo(_answer(regime, received, registered, urgency, as_json))
    except BadInputError as error:
        _fail(str(error), BAD_INPUT)
    except (CataloguesMissing, MunicipalityError) as error:
        _fail(str(error), 1)


def _fail(words: str, code: int) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(code)


def _answer(regime: str, received: str, registered: str, urgency: str, as_json: bool) -> str:
    town = load_municipality()
    zone = town.calendar.zone
    policy = choose(
        town.policies,
        regime=_one_of("--regime", regime, REGIMES),
        urgency=_one_of("--urgency", urgency, tuple(Urgency)),
    )
    moment, day = _moment(received, zone), _day(registered)
    try:
        if day is not None and day < moment.astimezone(zone).date():
            raise BadInputError(
                _("--registered: expected a day not before --received, got «{got}»", got=registered)
            )
        clocks = deadlines(policy, town.calendar, received=moment, registered=day)
        return (_json if as_json else _text)(policy, clocks, zone)
    except OverflowError:
        raise BadInputError(
            _("--received: expected a year that people live in, got «{got}»", got=received)
        ) from None


def _one_of(option: str, got: str, allowed: Sequence[Word]) -> Word:
    for word in allowed:
        if got == word:
            return word
    words = ", ".join(allowed)
    raise BadInputError(
        _("{option}: expected one of {words}, got «{got}»", option=option, words=words, got=got)
    )


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        # A bare date would be read as midnight: the time matters, so it is asked for.
        if ":" not in text:
            raise ValueError
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInputError(
            _("--received: expected a time like 2026-11-24 10:12, got «{got}»", got=text)
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInputError(
            _("--registered: expected a date like 2026-11-24, got «{got}»", got=text)
        ) from None


def _json(policy: Policy, clocks: Sequence[Deadline], zone: ZoneInfo) -> str:
    found = [
        {
            "kind": str(clock.kind),
            "due": clock.due.astimezone(zone).isoformat(timespec="seconds"),
            "explanation": explain(clock, policy, zone),
        }
        for clock in clocks
    ]
    return json.dumps({"policy": policy.id, "clocks": found}, ensure_ascii=False)


def _text(policy: Policy, clocks: Sequence[Deadline], zone: ZoneInfo) -> str:
    heads = {
        ClockKind.REGISTRATION: _("Register by {moment}"),
        ClockKind.REACTION: _("Pick up by {moment}"),
        ClockKind.ANSWER: _("Answer by {moment}"),
        ClockKind.FIX: _("Fix by {moment}"),
    }
    lines = []
    for clock in clocks:
        due = clock.due.astimezone(zone)
        day = moments.day(due.date(), year=True)
        lines.append(heads[clock.kind].format(moment=f"{day}, {moments.hour(due, zone)}"))
        lines += [f"  {line}" for line in explain(clock, policy, zone)]
    rule = _("Rule {id}, version {version}.", id=policy.id, version=policy.version)
    return "\n".join([*lines, rule])
