"""Parts of the receipt: where, what came with it, when somebody starts, the buttons.

conversations.md §1.2 and §1.6.
"""

from __future__ import annotations

from datetime import timedelta
from html import escape

from bot.i18n import _, pgettext
from bot.views import moments, points
from bot.views.frame import Frame
from bot.views.media import in_words
from bot.views.rendered import Button, Rows, shortened
from services.attachments import counts
from services.button_data import data
from services.calendar import is_working_time, local_day, next_working_moment
from services.corrections import ANY, may_be_wrong
from services.lifecycle import OPEN
from services.model import Appeal, Clock, State
from services.out_of_hours import Off, off_hours
from services.policies import Span, Unit

SUGGESTED = 2
"""Blocks offered after «Не тот отдел»."""
_TILL_MORNING = timedelta(hours=16)
"""From the end of one working day to the beginning of the next."""


def where(frame: Frame, appeal: Appeal) -> str:
    """The place, or the point on the map, or that it is not known."""
    if appeal.place:
        place = escape(appeal.place)
    elif appeal.latitude is not None:
        place = points.for_citizen(frame, appeal)
    else:
        place = _("we don't know yet")
    return _("Where: {place}", place=place)


async def attached(frame: Frame, appeal: Appeal) -> list[str]:
    """«Вложения: 2 фото, 1 видео»."""
    files = await frame.uow.appeals.files_of_author(appeal.id) if appeal.attachments else []
    return [_("Attached: {files}", files=in_words(counts(files)))] if files else []


def handled_by(frame: Frame, appeal: Appeal) -> str:
    """The block, or that it is being chosen: within an hour of working time."""
    if appeal.block is not None:
        return _("Handled by: {block}", block=escape(frame.block(appeal.block)))
    if is_working_time(frame.town.calendar, frame.now):
        return _("Handled by: we are choosing, and will say within an hour")
    return _("Handled by: we are choosing, and will say within a working hour")


def picked_up(frame: Frame, clock: Clock) -> str:
    """By when somebody starts; outside working time also why the clock waits."""
    by = frame.moment(clock.due_at)
    calendar = frame.town.calendar
    opens = next_working_moment(calendar, clock.started_at)
    off = off_hours(calendar, frame.now)
    waits = Span.parse(clock.span).unit is Unit.WH and frame.now < opens
    if off is None or not waits:
        return _("We'll pick it up by {moment}", moment=by)
    day = moments.day(local_day(calendar, opens))
    return _why_later(off, soon=opens - frame.now <= _TILL_MORNING).format(
        day=day, hour=frame.hour(opens), moment=by
    )


def _why_later(off: Off, *, soon: bool) -> str:
    if off is Off.DAY_OFF:
        return _("Today is a day off, the clock starts on {day}: we'll pick it up by {moment}")
    if off is Off.MORNING:
        return _(
            "The working day has not begun, the clock starts at {hour}: "
            "we'll pick it up by {moment}"
        )
    if off is Off.EVENING and soon:
        return _("It's evening, the clock starts in the morning: we'll pick it up by {moment}")
    if off is Off.EVENING:
        return _("It's evening, the clock starts on {day}: we'll pick it up by {moment}")
    if soon:
        return _("It's night, the clock starts in the morning: we'll pick it up by {moment}")
    return _("It's night, the clock starts on {day}: we'll pick it up by {moment}")


def buttons(appeal: Appeal) -> Rows:
    """What the citizen may do now; at least one button: MAX edits no message without one."""
    more = Button(_("Add more"), data("c1", "add", appeal.id))
    why = Button(_("Why this date"), data("c1", "why", appeal.id))
    if appeal.state in (State.CLOSED, State.REJECTED):
        return ((why,),)
    if appeal.state is State.ANSWERED or appeal.state not in OPEN:
        return ((more, why),)
    place = Button(_("Place"), data("c1", "place", appeal.id))
    wrong = Button(_("Wrong department"), data("c1", "dept", appeal.id))
    return ((more, place), (wrong, why) if may_be_wrong(appeal) else (why,))


def department(frame: Frame, appeal: Appeal) -> tuple[str, Rows]:
    """«Кто, по-вашему, этим занимается?»: the next best blocks, or «Не знаю»."""
    codes = dict.fromkeys(c["block"] for c in appeal.candidates if c["block"] != appeal.block)
    known = [code for code in codes if code in frame.town.blocks][:SUGGESTED]
    named = tuple(
        Button(shortened(frame.block(code), 20), data("c1", "deptset", appeal.id, code))
        for code in known
    )
    rest = (
        Button(_("I don't know"), data("c1", "deptset", appeal.id, ANY)),
        Button(pgettext("button", "Back"), data("c1", "back", appeal.id)),
    )
    return _("Who do you think does this?"), (named, rest) if named else (rest,)
