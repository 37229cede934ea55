"""The events of a case in words, for its history (§2.7)."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.i18n import _
from bot.views.dead_letters import notice_word
from bot.views.drafts import outcome_word
from bot.views.frame import Frame, urgency_word
from bot.views.hands import REASONS
from bot.views.hidden import kind_words
from bot.views.quality import fault_word
from bot.views.return_words import reason_word
from bot.views.told_topics import change_words
from services import block_topics
from services.access import Deed
from services.corrections import ANY
from services.model import Event, Outcome
from services.policies import Urgency

STEPS: dict[str, Callable[[], str]] = {
    "register": lambda: _("received"),
    "route": lambda: _("given to a block"),
    "unroute": lambda: _("taken back from the block"),
    "accept": lambda: _("the duty officer has it"),
    "take": lambda: _("taken"),
    "give_up": lambda: _("given up"),
    "hand_over": lambda: _("handed over"),
    "assign": lambda: _("assigned from above"),
    "return": lambda: _("given back by the block"),
    "decide_return": lambda: _("decided finally whose it is"),
    "wrong_block": lambda: _("the citizen: the wrong department"),
    "repeat_proposed": lambda: _("taken for a repeat of another"),
    "ask": lambda: _("asked the citizen"),
    "reply": lambda: _("the citizen answered"),
    "unask": lambda: _("the question was withdrawn"),
    "postpone": lambda: _("put off to a date"),
    "resume": lambda: _("back in work"),
    "submit": lambda: _("answer sent for checking"),
    "recall": lambda: _("answer taken back"),
    "send_back": lambda: _("answer sent back to mend"),
    "pass": lambda: _("answer passed"),
    "pass_interim": lambda: _("interim answer passed, put off to its day"),
    "answer_unchecked": lambda: _("answered without a check"),
    "rate": lambda: _("the citizen judged the answer"),
    "silence": lambda: _("closed without a rating"),
    "reopen": lambda: _("returned by the citizen"),
    "reassign": lambda: _("back to the department"),
    "dispute": lambda: _("disputed"),
    "decide_back": lambda: _("decided: back to work"),
    "decide_keep": lambda: _("decided: it stands"),
    "decide_anew": lambda: _("decided: to be looked at anew"),
    "merge": lambda: _("joined to a problem"),
    "answer_follows": lambda: _("answered with its problem"),
    "cause": lambda: _("cause of the problem"),
    "news": lambda: _("news to everybody"),
    "split": lambda: _("parted from a problem"),
    "duplicate": lambda: _("the same as another, goes on there"),
    "joined": lambda: _("another of the same citizen goes on here"),
    "reject": lambda: _("closed as no report"),
    "close_rejected": lambda: _("the citizen was told"),
    "forward": lambda: _("passed to another service"),
    "withdraw": lambda: _("withdrawn by the citizen"),
    "restore": lambda: _("put back to work"),
    "terminate": lambda: _("ended by the head of the centre"),
    "two_seen": lambda: _("two matters are seen in it"),
    "split_off": lambda: _("the second matter became a case of its own"),
    "place": lambda: _("the citizen named the place"),
    "calm": lambda: _("the citizen: no longer dangerous"),
    "add": lambda: _("the citizen added"),
    "edit": lambda: _("the citizen changed his words"),
    "comment": lambda: _("the citizen about the answer"),
    "told": lambda: _("told to the citizen by phone"),
    "help": lambda: _("help asked from above"),
    "note": lambda: _("note"),
    "clear": lambda: _("the citizen: clear"),
    "unclear": lambda: _("the citizen: not clear"),
    "explain": lambda: _("explained to the citizen"),
    "topic": lambda: _("topic"),
    "weigh": lambda: _("urgency"),
    "view": lambda: _("history opened"),
    "reveal": lambda: _("contact shown"),
    "unmask": lambda: _("what is hidden was shown"),
    "erase": lambda: _("personal data erased"),
    "undelivered": lambda: _("left undelivered"),
}
"""Every event in words; tests/rules/test_history_words.py finds one that is not here."""


def words_of(action: str) -> str:
    """What happened, in words; an event of a version that is gone is shown by its code."""
    return STEPS.get(action, lambda: action)()


def details(frame: Frame, event: Event, text: str) -> tuple[str, str, str]:
    """What the event's code says, what its text says that is no speech, and the speech."""
    if event.action == Deed.TOPIC:
        return change_words(frame, event.word, text), "", ""
    say = CODES.get(event.action)
    about = say(frame, event.word) if say is not None and event.word else ""
    tell = TEXTS.get(event.action)
    return (about, tell(frame, text), "") if tell is not None and text else (about, "", text)


def _changed_topic(frame: Frame, text: str) -> str:
    before, since = block_topics.changed(text)
    return _("topic: {topics}", topics=change_words(frame, since, before))


def _department(frame: Frame, text: str) -> str:
    return _("whose, he does not know") if text == ANY else escape(frame.block(text))


def _returned(frame: Frame, code: str) -> str:
    reason, block = code.split(".")
    return f"{reason_word(reason)} → {escape(frame.block(block))}"


def _routed(frame: Frame, code: str) -> str:
    return escape(frame.block(code.split(".")[0]))


def _submitted(_frame: Frame, code: str) -> str:
    return outcome_word(Outcome(code)).lower() if code in set(Outcome) else ""


def _weighed(_frame: Frame, code: str) -> str:
    return " → ".join(urgency_word(Urgency(one)) for one in code.split(">"))


CODES: dict[str, Callable[[Frame, str], str]] = {
    "route": _routed,
    "help": lambda _frame, code: REASONS[code]().lower() if code in REASONS else "",
    "duplicate": lambda _frame, code: _("No. {number}", number=code),
    "joined": lambda _frame, code: _("No. {number}", number=code),
    "decide_return": _routed,
    "return": _returned,
    "forward": lambda frame, code: frame.service(code),
    "send_back": lambda _frame, code: ", ".join(fault_word(fault) for fault in code.split(",")),
    "undelivered": lambda _frame, code: notice_word(code, None),
    "submit": _submitted,
    "weigh": _weighed,
    "two_seen": lambda frame, code: ", ".join(escape(frame.block(b)) for b in code.split(".")),
    "split_off": lambda _frame, code: _("No. {number}", number=code),
    "unmask": lambda _frame, code: kind_words(code),
}
"""What the code of an event says, in words; others have none that people read."""

TEXTS: dict[str, Callable[[Frame, str], str]] = {
    "route": _changed_topic,
    "unroute": _changed_topic,
    "wrong_block": _department,
    "repeat_proposed": lambda _frame, text: _("No. {number}", number=escape(text)),
}
"""Texts that are no speech of anybody's, in words."""
