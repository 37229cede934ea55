"""Lists of cases and questions, five rows a page (conversations.md §3.1, §3.3)."""

from __future__ import annotations

from html import escape
from typing import Never, TypeVar

from bot.i18n import _, ngettext
from bot.views import assigning
from bot.views.cards import card, under
from bot.views.frame import Frame
from bot.views.paging import turns
from bot.views.questions import line_of
from bot.views.rendered import Button, Rendered, Rows
from bot.views.spans import duration
from services import cases, oversight
from services.button_data import data
from services.calendar import DAY, is_working_day, local_day, working_minutes_between
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, PersonId
from services.oversight import Line
from services.wire import cut
from storage.outbox import OutboxRow

PAGE = 5
T = TypeVar("T")


def _nothing_to_understand(_text: str) -> Never:
    raise AssertionError("a list understands no texts")


def reading_desk(frame: Frame) -> Desk:
    """For questions to the services while a message is rendered."""
    return Desk(frame.uow, frame.now, frame.town, _nothing_to_understand, _nothing_to_understand)


async def listing(frame: Frame, row: OutboxRow) -> Rendered:
    """One page, as things stand now."""
    name, group = row.ref["name"], bool(row.ref.get("group"))
    desk = reading_desk(frame)
    if name == "todo":
        return await _todo(frame, desk, PersonId(row.person_id or 0), row.ref["page"])
    lines = await oversight.found(desk, name, row.ref["blocks"])
    if not lines:
        return Rendered(_nothing(name), silent=True)
    page, shown = _page(lines, row.ref["page"])
    texts = [_head(frame, name, lines, row.ref["blocks"])]
    texts += [await _line(frame, name, line) for line in shown]
    rows: Rows = () if group else _numbers([line.appeal.id for line in shown])
    rows += _turning(name, page, len(lines), group=group)
    if name == "late":
        rows += ((Button(_("Remind everyone"), data("d1", "nudge", 0)),),)
    return Rendered("\n".join(texts), rows, silent=True)


async def _todo(frame: Frame, desk: Desk, person_id: PersonId, page: int) -> Rendered:
    waiting = await oversight.waiting_for(desk, person_id)
    if not waiting:
        return Rendered(_("We are not waiting for anything from you."), silent=True)
    page, shown = _page(waiting, page)
    lines = [
        ngettext(
            "<b>Waiting for you: {n} decision</b>",
            "<b>Waiting for you: {n} decisions</b>",
            len(waiting),
        )
    ]
    lines += ["• " + await line_of(frame, decision) for decision in shown]
    numbers = tuple(Button(str(d.appeal_id), data("d1", "show", d.id)) for d in shown)
    rows = tuple(numbers[i : i + 3] for i in range(0, len(numbers), 3))
    return Rendered("\n".join(lines), rows + _turning("todo", page, len(waiting)), silent=True)


def _page(items: list[T], page: int) -> tuple[int, list[T]]:
    page = min(max(page, 0), (len(items) - 1) // PAGE)
    return page, items[page * PAGE : (page + 1) * PAGE]


def _nothing(name: str) -> str:
    return {
        "late": _("Nothing is overdue."),
        "today": _("Nothing is due today."),
        "crit": _("Nothing critical is open."),
        "due": _("Nothing is overdue or due today."),
    }[name]


def _head(frame: Frame, name: str, lines: list[Line], blocks: list[str]) -> str:
    n = len(lines)
    if name == "due":
        late = sum(x.due_at is not None and x.due_at <= frame.now for x in lines)
        return _("<b>Overdue {late}, due today {today}</b>", late=late, today=n - late)
    whole = len(blocks) == len(frame.town.blocks)
    where = _("the whole centre") if whole else _("your blocks")
    head = {
        "late": _("<b>Overdue: {n}</b>", n=n),
        "today": _("<b>Due today: {n}</b>", n=n),
        "crit": _("<b>Critical now: {n}</b>", n=n),
    }[name]
    return f"{head} · {where}"


def what(frame: Frame, appeal: Appeal) -> str:
    """«контейнеры, Дивноморское», short enough for a row."""
    place = f", {escape(cut(appeal.place, 40))}" if appeal.place else ""
    return cut(frame.essence(appeal), 60) + place


async def _line(frame: Frame, name: str, line: Line) -> str:
    appeal = line.appeal
    who = await frame.name(appeal.holder_id) if appeal.holder_id else _("nobody has taken it")
    number = _("No. {number}", number=appeal.id)
    if name == "crit":
        since = _("since {moment}", moment=frame.stamp(appeal.received_at))
        return f"🚨 {number} {what(frame, appeal)} · {since} · {who}"
    assert line.due_at is not None
    if line.due_at <= frame.now:
        return f"⏰ {number} {what(frame, appeal)} · {_past(frame, line)} · {who}"
    until = _("until {hour}", hour=frame.hour(line.due_at))
    return f"{number} {what(frame, appeal)} · {until} · {who}"


def _past(frame: Frame, line: Line) -> str:
    """«+2 дня»: working days since the deadline; on the first one, working time."""
    assert line.due_at is not None
    days = days_late(frame, line)
    if days:
        return "+" + ngettext("{n} day", "{n} days", days)
    minutes = working_minutes_between(frame.town.calendar, line.due_at, frame.now)
    return "+" + duration(minutes)


def days_late(frame: Frame, line: Line) -> int:
    """Working days that have begun since the deadline's day."""
    assert line.due_at is not None
    calendar = frame.town.calendar
    first, today = local_day(calendar, line.due_at), local_day(calendar, frame.now)
    days = (first + n * DAY for n in range(1, (today - first).days + 1))
    return sum(is_working_day(calendar, day) for day in days)


def _numbers(ids: list[int]) -> Rows:
    buttons = tuple(Button(str(n), data("d1", "open", n)) for n in ids)
    return tuple(buttons[i : i + 3] for i in range(0, len(buttons), 3))


def _turning(name: str, page: int, total: int, *, group: bool = False) -> Rows:
    last = (total - 1) // PAGE

    def to(n: int) -> str:
        return data("s1", "due", 0, n) if group else data("d1", "page", 0, name, n)

    row = turns(page, last, to, first=0)
    return (row,) if row else ()


async def case_text(frame: Frame, row: OutboxRow) -> Rendered:
    """A card to be read in private: the same words, and what its reader decides from above."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    found = await card(frame, row)
    reader = await assigning.actor_of(frame, row.person_id)
    rows = await assigning.button(frame, appeal, row.person_id)
    if cases.may(reader, Action.TERMINATE, appeal):
        rows += ((Button(_("End it"), data("d1", "end", appeal.id)),),)
    return Rendered(found.text, rows, silent=True)


async def nudge(frame: Frame, row: OutboxRow) -> Rendered:
    """«Напомнить всем», under the card, with a mention of the holder."""
    name = await frame.mention(row.ref["holder"], row.channel)
    text = _(
        "{name}, No. {number} is overdue. Please answer it today.", name=name, number=row.appeal_id
    )
    return Rendered(text, reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"))
