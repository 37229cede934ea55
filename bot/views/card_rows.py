"""The buttons of a card, state by state: the table of conversations.md §2.1.

A row is a tuple of actions; each action has its words in WORDS and its handler under `s1.<action>`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from bot.i18n import _
from bot.views.rendered import Button, Rows
from services.button_data import data
from services.model import Appeal, State
from services.policies import Urgency


class Face(StrEnum):
    """What a card looks like: a state, or a state seen with its overlay."""

    FREE = "free"
    EMERGENCY = "emergency"
    REOPENED = "reopened"
    HELD = "held"
    HELD_EMERGENCY = "held_emergency"
    """An emergency is never postponed."""
    OVERDUE = "overdue"
    WAITING = "waiting"
    POSTPONED = "postponed"
    REVIEW = "review"
    SETTLED = "settled"


WORDS: dict[str, Callable[[], str]] = {
    "take": lambda: _("Take"),
    "accept": lambda: _("Accept"),
    "move": lambda: _("Hand over"),
    "ans": lambda: _("Answer"),
    "ask": lambda: _("Clarify"),
    "unask": lambda: _("Withdraw question"),
    "recall": lambda: _("Take the answer back"),
    "last": lambda: _("Last answer"),
    "return": lambda: _("Not ours"),
    "post": lambda: _("Postpone"),
    "repost": lambda: _("Change the date"),
    "resume": lambda: _("Back to work"),
    "help": lambda: _("Need help"),
    "hist": lambda: _("History"),
}

SAME = {"accept": "take", "repost": "post"}
"""Other words for an action that has its handler already."""

ROWS: dict[Face, tuple[tuple[str, ...], ...]] = {
    Face.FREE: (("take", "move"), ("return", "hist")),
    Face.EMERGENCY: (("accept", "move"), ("hist",)),
    Face.REOPENED: (("take", "move"), ("last", "hist")),
    Face.HELD: (("ans", "ask"), ("move", "post"), ("return", "hist")),
    Face.HELD_EMERGENCY: (("ans", "ask"), ("move", "return"), ("hist",)),
    Face.OVERDUE: (("ans", "ask"), ("move", "help"), ("hist",)),
    Face.WAITING: (("ans", "unask"), ("move", "hist")),
    Face.POSTPONED: (("ans", "resume"), ("repost", "hist")),
    Face.REVIEW: (("recall", "hist"),),
    Face.SETTLED: (("hist",),),
}


def face(appeal: Appeal, *, overdue: bool) -> Face:
    """How the card of an appeal looks now."""
    match appeal.state:
        case State.ASSIGNED if appeal.urgency is Urgency.EMERGENCY:
            return Face.EMERGENCY
        case State.ASSIGNED:
            return Face.REOPENED if appeal.reopened else Face.FREE
        case State.IN_PROGRESS if overdue:
            return Face.OVERDUE
        case State.IN_PROGRESS:
            return Face.HELD_EMERGENCY if appeal.urgency is Urgency.EMERGENCY else Face.HELD
        case State.WAITING_CITIZEN:
            return Face.WAITING
        case State.POSTPONED:
            return Face.POSTPONED
        case State.REVIEW:
            return Face.REVIEW
        case _:
            return Face.SETTLED


def history(appeal: Appeal) -> Rows:
    """The only button where the case is worked on in another chat."""
    return ((Button(WORDS["hist"](), data("s1", "hist", appeal.id)),),)


def rows(appeal: Appeal, *, overdue: bool) -> Rows:
    """The card's keyboard."""
    shown = ROWS[face(appeal, overdue=overdue)]
    return tuple(
        tuple(Button(WORDS[a](), data("s1", SAME.get(a, a), appeal.id)) for a in row)
        for row in shown
    )
