"""The form of /new in private, and what must be told by phone."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.card_lines import source_word
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered
from bot.views.triage import urgency_words
from services.button_data import data
from services.model import Answer, Appeal, Source
from services.notices import Kind
from services.policies import Urgency
from storage.outbox import OutboxRow


async def form(frame: Frame, row: OutboxRow) -> Rendered:
    """One question of the form, or what will be registered."""
    stop = Button(_("Cancel"), data("t1", "new", 0, "stop"))
    match row.ref["at"]:
        case "source":
            ways = tuple(
                Button(word, data("t1", "new", 0, "src", source))
                for source, word in (
                    (Source.CALL, _("A call")),
                    (Source.WALK_IN, _("A walk-in")),
                    (Source.PAPER, _("Paper")),
                )
            )
            return Rendered(_("How did the citizen come to us?"), (ways, (stop,)))
        case "words":
            return Rendered(_("What happened? In the citizen's own words."), ((stop,),))
        case "place":
            skip = Button(_("No place"), data("t1", "new", 0, "skip"))
            return Rendered(_("Where is it? A street and house, or a landmark."), ((skip, stop),))
        case "who":
            skip = Button(_("No name"), data("t1", "new", 0, "skip"))
            text = _("The citizen's name and telephone, in one message: the answer goes by phone.")
            return Rendered(text, ((skip, stop),))
        case "check":
            return _check(frame, row, stop)
        case _:
            return _done(frame, row)


def _check(frame: Frame, row: OutboxRow, stop: Button) -> Rendered:
    ref = row.ref
    what = escape(frame.topic(ref["topic"])) or _("the topic is not clear")
    to = escape(frame.block(ref["block"])) if ref["block"] else _("the duty officer will choose")
    lines = [
        _("<b>Is everything right?</b>"),
        quote(ref["text"], limit=1200),
        _("We understood: {what}", what=what),
        _("Where: {place}", place=escape(ref["place"] or _("we don't know yet"))),
        _("Handled by: {block}", block=to),
        _("urgency: {urgency}", urgency=urgency_words()[Urgency(ref["urgency"])].lower()),
        _(
            "From: {source}, {name}, telephone: {phone}",
            source=source_word(Source(ref["source"])),
            name=escape(ref["name"] or _("no name")),
            phone=f"···{escape(ref['phone'])}" if ref["phone"] else _("none"),
        ),
    ]
    return Rendered("\n".join(lines), ((Button(_("Register"), data("t1", "new", 0, "reg")), stop),))


def _done(frame: Frame, row: OutboxRow) -> Rendered:
    block = row.ref.get("block")
    where = escape(frame.block(block)) if block else _("the duty chat")
    text = _("🆕 Registered, No. {number} → {where}", number=row.ref["number"], where=where)
    return Rendered(text)


async def tell(frame: Frame, row: OutboxRow, words: str) -> Rendered:
    """A task of the duty chat: call and tell; the answer to a question comes as a reply to it."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    task = row.ref["task"]
    events = await frame.uow.appeals.events_of(appeal.id)
    done = next((e for e in events if e.action == "told" and e.code == str(task)), None)
    if done is not None:
        text = _(
            "No. {number}: told by phone, {name}, {moment}",
            number=appeal.id,
            name=await frame.name(done.actor_id),
            moment=frame.stamp(done.at),
        )
        return Rendered(text)
    question = row.ref["kind"] == Kind.QUESTION
    head = (
        _("<b>No. {number}: call and ask</b>", number=appeal.id)
        if question
        else _("<b>No. {number}: call and tell</b>", number=appeal.id)
    )
    lines = [
        f"{head} · {source_word(appeal.source)}, {await frame.name(appeal.person_id)}",
        quote(await _answer(frame, row) or words),
        _("Write what the citizen says as a reply to this message.") if question else "",
    ]
    buttons = (
        Button(_("Told"), data("t1", "told", appeal.id, task)),
        Button(_("Telephone"), data("t1", "phone", appeal.id)),
    )
    return Rendered("\n".join(line for line in lines if line), (buttons,))


async def _answer(frame: Frame, row: OutboxRow) -> str:
    """The words of an answer or a question alone, without the messenger's buttons about them."""
    if "answer" in row.ref:
        answer = await frame.uow.get(Answer, row.ref["answer"])
        return answer.text if answer is not None else ""
    return str(row.ref.get("text") or "")
