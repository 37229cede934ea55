"""Words that join an appeal or leave it: acknowledgements, «Это о другом», «Это всё о № …»."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Rows
from services import parting
from services.button_data import data
from services.model import Appeal, Utterance
from services.notices import Kind
from services.reopenings import may_return
from storage.outbox import OutboxRow


async def added(frame: Frame, row: OutboxRow) -> Rendered:
    """More words joined the case: one line for a whole series, and the way to take them apart."""
    assert row.appeal_id is not None
    first = await frame.uow.need(Utterance, row.ref["first"])
    if first.appeal_id != row.appeal_id:
        return Rendered(
            _("It is a case of its own now: No. {number}.", number=first.appeal_id), silent=True
        )
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    rows = ((other_matter(appeal, first),),)
    return Rendered(_("Added to No. {number}.", number=appeal.id), rows, silent=True)


async def two_problems(frame: Frame, row: OutboxRow) -> Rendered:
    """Two matters in one text: the second may get a number and a clock of its own."""
    assert row.appeal_id is not None
    new = row.ref.get("new")
    if new is not None:
        return Rendered(_("The second goes on apart: No. {number}.", number=new), silent=True)
    first, second = (_topic(frame, row.ref[key]) for key in ("first", "second"))
    text = _(
        "These seem to be two matters: {first} and {second}. Shall the second go on apart, "
        "with a deadline of its own?",
        first=first,
        second=second,
    )
    button = Button(_("Yes, apart"), data("c1", "two", row.appeal_id))
    return Rendered(text, ((button,),), silent=True)


def _topic(frame: Frame, code: str) -> str:
    return escape(frame.topic(code) or code)


def other_matter(appeal: Appeal, first: Utterance) -> Button:
    """«Это о другом» about the additions that begin with `first`."""
    return Button(_("It is something else"), data("c1", "split", appeal.id, first.id))


async def add_more(_frame: Frame, row: OutboxRow) -> Rendered:
    """After «Дополнить», until «Готово»."""
    assert row.appeal_id is not None
    if row.ref.get("done"):
        return Rendered(_("Done, it is all in No. {number}.", number=row.appeal_id), silent=True)
    text = _("Write or send photos: it will all join No. {number}.", number=row.appeal_id)
    done = Button(_("Done"), data("c1", "adddone", row.appeal_id))
    return Rendered(text, ((done,),), silent=True)


async def same_as(frame: Frame, appeal: Appeal) -> Rows:
    """The row that joins an appeal with the one it was said soon after, while that can be done."""
    if appeal.beside_id is None:
        return ()
    other = await frame.uow.get(Appeal, appeal.beside_id)
    if other is None or not parting.may_merge(appeal, other):
        return ()
    text = _("It is all about No. {number}", number=other.id)
    return ((Button(text, data("c1", "merge", appeal.id, other.id)),),)


async def parted(frame: Frame, row: OutboxRow) -> Rendered:
    """To staff: what was added is about something else."""
    return Rendered(
        _("The citizen says it is something else: No. {number}.", number=row.ref["new"]),
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
        silent=True,
    )


async def calm(frame: Frame, row: OutboxRow) -> Rendered:
    """To staff: the citizen says that the danger is over; the case goes on."""
    return Rendered(
        _(
            "No. {number}: the citizen writes that it is dangerous no more. "
            "Urgency stays until a person lowers it.",
            number=row.appeal_id,
        ),
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
    )


async def late_edit(frame: Frame, row: OutboxRow) -> Rendered:
    """An edit after the answer: seen, and the way back to work while there is one."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    if appeal.answered_at is None:
        return Rendered(_("We see your edit, but No. {number} is closed.", number=appeal.id))
    text = _("We see your edit, but the answer is already given.")
    if not may_return(appeal, frame.now):
        return Rendered(text)
    return Rendered(text, ((Button(_("Back to work"), data("c1", "reopen", appeal.id)),),))


RENDERERS = {
    Kind.ADDED: added,
    Kind.ADD_MORE: add_more,
    Kind.PARTED: parted,
    Kind.TWO_PROBLEMS: two_problems,
    Kind.CALM: calm,
    Kind.LATE_EDIT: late_edit,
}
