"""What is to mend, in words: one line for each finding of services/findings and bot/preflight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.i18n import _, ngettext
from bot.views.frame import number
from bot.views.plain import role_word
from services.findings import Finding, Level
from services.model import OUT, Role

MARKS = {Level.BROKEN: "✗", Level.WARNING: "!", Level.NOTE: "·"}
NEVER = 1.0
"""A threshold above this is out of reach."""
SHOWN = 12
"""Names in one line; the others are counted."""


def _names(names: tuple[str, ...]) -> str:
    text = ", ".join(names[:SHOWN])
    rest = len(names) - SHOWN
    return text if rest <= 0 else text + " " + _("and {n} more", n=rest)


def _rights(values: dict[str, Any]) -> str:
    words = {
        "send": _("write messages"),
        "photos": _("send photos"),
        "topics": _("manage topics"),
        "delete": _("delete its menus"),
        OUT: _("be there, it was removed"),
    }
    rights = ", ".join(words[right] for right in values["rights"])
    return _("Chat «{title}»: the bot may not {rights}", title=values["title"], rights=rights)


def _model(values: dict[str, Any]) -> str:
    version, threshold = values["version"], values["threshold"]
    name = _("the vocabulary alone") if version == "cold" else version
    if threshold >= NEVER:
        return _("Model: {name}, a person confirms everything", name=name)
    return _(
        "Model: {name}, without a person from {threshold}",
        name=name,
        threshold=number(round(threshold, 2)),
    )


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "no_triage_chat": lambda _v: _("No duty chat: write /bind TRIAGE in it"),
    "no_quality_chat": lambda _v: _(
        "No quality chat: answers are checked in the duty chat. /bind QUALITY"
    ),
    "rights_missing": _rights,
    "blocks_without_chat": lambda v: _(
        "Blocks without a chat, their cards go to the duty chat: {names}",
        names=_names(v["blocks"]),
    ),
    "blocks_without_executor": lambda v: _(
        "Nobody can take a card: no executor in {names}", names=_names(v["blocks"])
    ),
    "blocks_without_deputy": lambda v: _(
        "Nobody reads the digest or decides: no deputy for {names}", names=_names(v["blocks"])
    ),
    "no_role_holder": lambda v: _("Nobody holds the role: {role}", role=role_word(Role(v["role"]))),
    "not_started": lambda v: _(
        "Have not pressed Start or stopped the bot, nothing reaches them: {names}",
        names=_names(v["names"]),
    ),
    "dead_letters": lambda v: ngettext(
        "{n} message was not delivered", "{n} messages were not delivered", v["n"]
    ),
    "parked": lambda v: ngettext(
        "{n} update could not be applied and is put aside",
        "{n} updates could not be applied and are put aside",
        v["n"],
    ),
    "year_unknown": lambda v: _(
        "The production calendar of {year} is not listed: days off are guessed from the week",
        year=v["year"],
    ),
    "unconfirmed": lambda v: ngettext(
        "{n} rule of deadlines (★) is not confirmed by the customer",
        "{n} rules of deadlines (★) are not confirmed by the customer",
        v["n"],
    ),
    "token": lambda v: _("{server} does not know this token (OTKLIK_BOT_TOKEN)", **v),
    "network": lambda v: _("{server} can't be reached: {error}", **v),
    "bot": lambda v: _("The bot is @{name}", **v),
    "webhook_taken": lambda v: _(
        "A webhook is set ({url}), but this installation polls: another one may be at work", **v
    ),
    "webhook_other": lambda v: _("The webhook is set to {url}, not to OTKLIK_WEBHOOK_URL", **v),
    "webhook_error": lambda v: _("The messenger could not reach our webhook: {error}", **v),
    "no_database": lambda v: _("There is no database yet at {address}: `migrate` or `run`", **v),
    "migrations": lambda v: _("The database waits for migrations: {names}. `migrate`", **v),
    "no_municipality": lambda _v: _("The database has no municipality yet: `run` takes the file"),
    "differs": lambda v: _("The file and the database differ, the database wins: {what}", **v),
    "model": _model,
    "model_refused": lambda v: _("The model in use is of no use: {error}", **v),
    "starred": lambda v: _("★ to be confirmed by the customer: {names}", names=_names(v["names"])),
    "unseen": lambda v: _("Chat «{title}» could not be looked at: {error}", **v),
    "sent": lambda v: _("Chat «{title}»: the trial line arrived", **v),
    "not_sent": lambda v: _("Chat «{title}»: the trial line did not arrive: {error}", **v),
}


def say(finding: Finding) -> str:
    """The finding with its mark: «✗ …», «! …», «· …»."""
    return f"{MARKS[finding.level]} {WORDS[finding.code](finding.values)}"
