"""The thread of a case by time, in pages, for one reader in private (§2.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views import fates
from bot.views.dead_letters import notice_word
from bot.views.drafts import outcome_word
from bot.views.frame import Frame, number, quote, urgency_word
from bot.views.hidden import kind_words
from bot.views.plain import role_word
from bot.views.quality import fault_word
from bot.views.rendered import Button, Rendered, Rows
from bot.views.return_words import reason_word
from bot.views.told_topics import change_words
from services import block_topics
from services.access import Deed
from services.button_data import data
from services.model import Appeal, Contact, Event, EventText, Outcome
from services.policies import Urgency
from services.understanding import personal
from services.understanding.guess import COLD
from services.wire import units
from storage.outbox import OutboxRow

PAGE = 3500
"""UTF-16 units of one page (conversations.md §2.7)."""
_QUOTE = 1500
_FIRST = "register"

STEPS: dict[str, Callable[[], str]] = {
    _FIRST: lambda: _("received"),
    "route": lambda: _("given to a block"),
    "take": lambda: _("taken"),
    "give_up": lambda: _("given up"),
    "hand_over": lambda: _("handed over"),
    "assign": lambda: _("assigned from above"),
    "return": lambda: _("given back by the block"),
    "decide_return": lambda: _("decided finally whose it is"),
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
    "split": lambda: _("parted from a problem"),
    "reject": lambda: _("closed as no report"),
    "close_rejected": lambda: _("the citizen was told"),
    "forward": lambda: _("passed to another service"),
    "withdraw": lambda: _("withdrawn by the citizen"),
    "restore": lambda: _("put back to work"),
    "terminate": lambda: _("ended by the head of the centre"),
    "two_seen": lambda: _("two matters are seen in it"),
    "split_off": lambda: _("the second matter became a case of its own"),
    "add": lambda: _("the citizen added"),
    "edit": lambda: _("the citizen changed his words"),
    "comment": lambda: _("the citizen about the answer"),
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
"""Every event in words; one that is not here is shown by its code."""


async def history(frame: Frame, row: OutboxRow) -> Rendered:
    """One page of the thread with ‹ › and, for the holder, the contact."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    pages = packed(await _entries(frame, appeal, row))
    page = min(max(int(row.ref["page"]), 1), len(pages))
    head = _(
        "<b>No. {number}, history</b> · {page} of {pages}",
        number=appeal.id,
        page=page,
        pages=len(pages),
    )
    lines = [head, f"{frame.essence(appeal)} · {escape(frame.block(appeal.block))}"]
    lines += [*_read_by(appeal), ""]
    text = "\n".join(lines) + "\n" + pages[page - 1]
    return Rendered(text, _buttons(appeal, row, page, len(pages)), data=row.ref)


def _read_by(appeal: Appeal) -> list[str]:
    """Which classifier read the words, and how sure it was."""
    if appeal.read_by is None:
        return []
    who = _("the vocabulary") if appeal.read_by == COLD else escape(appeal.read_by)
    sure = number(round(appeal.confidence, 2))
    return [_("Read by: {model}, {sure}", model=who, sure=sure)]


def packed(entries: list[str]) -> list[str]:
    """Entries on pages of at most PAGE units; an entry is never cut in two."""
    pages: list[str] = []
    for entry in entries:
        if pages and units(pages[-1]) + units(entry) + 1 <= PAGE:
            pages[-1] += "\n" + entry
        else:
            pages.append(entry)
    return pages or [""]


def _buttons(appeal: Appeal, row: OutboxRow, page: int, pages: int) -> Rows:
    seq = row.ref["until"]
    turns = tuple(
        Button(sign, data("s1", "hpage", appeal.id, seq, to))
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= pages
    )
    rows: list[tuple[Button, ...]] = [turns] if turns else []
    if row.ref.get("hidden"):
        rows.append((Button(_("Show what is hidden"), data("s1", "hidden", appeal.id, seq)),))
    if row.ref["contact"]:
        rows.append((Button(_("Show the contact"), data("s1", "contact", appeal.id, seq)),))
    return tuple(rows)


async def _entries(frame: Frame, appeal: Appeal, row: OutboxRow) -> list[str]:
    events = [e for e in await frame.uow.appeals.events_of(appeal.id) if e.seq <= row.ref["until"]]
    texts = await frame.uow.appeals.texts_of([e.id for e in events])
    said = await frame.uow.appeals.utterances_of(appeal.id)
    words = {t.id: t for t in texts}
    found: list[tuple[datetime, str]] = []
    for event in events:
        text = _text(event, words)
        if event.action == _FIRST and said:
            text = said[0].text
        line = await _entry(frame, appeal, event, text, masked=row.ref["masked"])
        found.append((event.at, line))
    if events:
        found += await fates.lines(frame, appeal, until=events[-1].at)
    # What was said at a step comes after it.
    return [line for _at, line in sorted(found, key=lambda one: one[0])]


def _text(event: Event, words: dict[int, EventText]) -> str:
    found = words.get(event.id)
    return found.text if found is not None else ""


async def _entry(frame: Frame, appeal: Appeal, event: Event, text: str, *, masked: bool) -> str:
    step = STEPS.get(event.action, lambda: event.action)()
    parts = [f"<b>{frame.stamp(event.at)}</b> {step}"]
    about = _about(frame, event)
    if event.action == Deed.TOPIC:
        about, text = change_words(frame, event.word, text), ""
    if about:
        parts[0] += f": {about}"
    if event.action in block_topics.MOVES and text:
        before, since = block_topics.changed(text)
        parts.append(_("topic: {topics}", topics=change_words(frame, since, before)))
        text = ""
    if event.actor_id is not None and event.actor_id != appeal.person_id:
        who = role_word(event.role)
        parts.append(who if masked else f"{await frame.name(event.actor_id)}, {who}")
    line = " · ".join(parts)
    # Phones and documents in anybody's words are masked here as on the card.
    return f"{line}\n{quote(personal.mask(text), folded=True, limit=_QUOTE)}" if text else line


def _about(frame: Frame, event: Event) -> str:
    """What the event's code says, in words."""
    say = CODES.get(event.action)
    return say(frame, event.word) if say is not None and event.word else ""


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


async def contact(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The telephone, to the holder; nothing when it has been erased since."""
    found = await frame.uow.get(Contact, row.ref["contact"])
    if found is None:
        return None
    return Rendered(_("Telephone: {phone}. The look was logged.", phone=escape(found.value)))
