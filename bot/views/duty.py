"""What the duty officer reads: triage cards, the menu of blocks, alarms, what did not arrive."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import cards, return_words
from bot.views.buttons import data
from bot.views.cards import under
from bot.views.frame import Frame, mark_of, number, point, quote, urgency_word
from bot.views.media import under_card
from bot.views.rendered import Button, Rendered, Rows, shortened
from services.model import Appeal, Outcome, State
from services.policies import ClockKind
from storage.outbox import OutboxRow

PAGE = 8
"""Blocks on one page of the menu, two in a row."""


async def triage(frame: Frame, row: OutboxRow) -> Rendered:
    """Where does it belong? The three best, in the order of confidence."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    if appeal.outcome is Outcome.DUPLICATE:
        return Rendered(cards.duplicate(appeal))
    if appeal.state in (State.CLOSED, State.DISPUTED) and appeal.block is None:
        return Rendered(await _closed(frame, appeal))
    if appeal.state not in (State.NEW, State.RETURNING):
        block = escape(frame.block(appeal.block))
        return Rendered(_("🆕 No. {number} → {block}", number=appeal.id, block=block))
    lines = [
        _("🆕 <b>No. {number} · where to?</b>", number=appeal.id),
        quote(appeal.text, folded=True) if appeal.text else frame.essence(appeal),
        *await return_words.triage_lines(frame, appeal),
    ]
    for place, option in enumerate(appeal.candidates, 1):
        words = ", ".join(f"«{escape(w)}»" for w in option["words"][:3])
        score = number(round(option["score"], 2))
        lines.append(f"{place}. <b>{escape(frame.block(option['block']))}</b> {score} — {words}")
    if not appeal.candidates:
        lines.append(_("No words of any topic were recognised."))
    files = " · ".join(filter(None, await under_card(frame, appeal)))
    if files:
        lines.append(files[0].upper() + files[1:])
    lines.append(
        _(
            "Place: {place} · {urgency}",
            place=escape(appeal.place or _("not found")),
            urgency=urgency_word(appeal.urgency),
        )
    )
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    reaction = next((c for c in clocks if c.kind is ClockKind.REACTION), None)
    if reaction is not None:
        lines.append(_("take by <b>{moment}</b>", moment=frame.short(reaction.due_at)))
    if return_words.is_final(appeal):
        return Rendered("\n".join(lines))
    first = await return_words.suggested(frame, appeal)
    return Rendered("\n".join(lines), _options(frame, appeal, first))


async def _closed(frame: Frame, appeal: Appeal) -> str:
    """What became of a case that no block got, and by whom."""
    last = (await frame.uow.appeals.events_of(appeal.id))[-1]
    word = {
        Outcome.REJECTED: _("closed as no report"),
        Outcome.FORWARDED: _("passed to another service"),
        Outcome.WITHDRAWN: _("withdrawn by the citizen"),
    }.get(appeal.outcome or Outcome.DUPLICATE, _("the head of the centre decides"))
    text = _("{mark} No. {number} · {what}", mark=mark_of(appeal), number=appeal.id, what=word)
    if last.actor_id is None or last.actor_id == appeal.person_id:
        return text
    return f"{text}, {await frame.name(last.actor_id)}, {frame.hour(last.at)}"


def _options(frame: Frame, appeal: Appeal, first: list[str]) -> Rows:
    """The block a return names, then the best by the words; the refusing block is among them."""
    named = [*first, *(c["block"] for c in appeal.candidates), *filter(None, (appeal.block,))]
    return block_options(frame, appeal, list(dict.fromkeys(named)))


def block_options(frame: Frame, appeal: Appeal, blocks: list[str]) -> Rows:
    """Blocks in the order of their likelihood, then «Другой блок»."""
    buttons = [
        Button(shortened(f"{n}. {frame.block(code)}", 20), data("t1", "to", appeal.id, code))
        for n, code in enumerate(blocks, 1)
    ]
    buttons.append(Button(_("Another block"), data("t1", "all", appeal.id)))
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


async def menu(frame: Frame, row: OutboxRow) -> Rendered:
    """All blocks, eight a page; owned by who pressed."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    free = appeal.state in (State.NEW, State.RETURNING, State.ASSIGNED)
    if row.ref.get("closed") or not free:
        block = escape(frame.block(appeal.block))
        return Rendered(_("No. {number} → {block}", number=appeal.id, block=block), silent=True)
    codes = list(frame.town.blocks)
    pages = (len(codes) + PAGE - 1) // PAGE
    page = min(max(int(row.ref.get("page", 1)), 1), pages)
    shown = codes[(page - 1) * PAGE : page * PAGE]
    buttons = [
        Button(shortened(frame.block(code), 20), data("t1", "to", appeal.id, code))
        for code in shown
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    back, ahead = max(page - 1, 1), min(page + 1, pages)
    rows.append(
        tuple(
            Button(sign, data("t1", "all", appeal.id, to))
            for sign, to in (("‹", back), ("›", ahead))
            if to != page
        )
    )
    return Rendered(
        _(
            "No. {number}: which block? Page {page} of {pages}.",
            number=appeal.id,
            page=page,
            pages=pages,
        ),
        tuple(rows),
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=row.ref.get("owner"),
    )


async def unowned(frame: Frame, row: OutboxRow) -> Rendered:
    """A working hour without an owner."""
    assert row.appeal_id is not None
    return Rendered(
        _("⏰ No. {number}: a working hour without an owner.", number=row.appeal_id),
        reply_to=await under(frame, f"triage:{row.appeal_id}"),
    )


async def unconsented(_frame: Frame, row: OutboxRow) -> Rendered:
    """Emergency words of somebody who has not consented: text and place, no name."""
    where = [escape(row.ref["place"])] if row.ref["place"] else []
    where += [point(*row.ref["point"])] if row.ref.get("point") else []
    lines = [
        _("🚨 <b>Emergency words, no consent yet</b>"),
        quote(row.ref["text"]),
        " · ".join(where) or _("place unknown"),
        _("The person was told to call 112. Call the emergency service with this place now."),
    ]
    return Rendered("\n".join(lines))


async def dead_letter(_frame: Frame, row: OutboxRow) -> Rendered:
    """Something could not be delivered."""
    about = _("No. {number}", number=row.appeal_id) if row.appeal_id else "—"
    return Rendered(
        _(
            "Not delivered: «{kind}», {about} · {error}",
            kind=escape(row.ref["kind"]),
            about=about,
            error=escape(row.ref["error"]),
        )
    )


async def parked(_frame: Frame, row: OutboxRow) -> Rendered:
    """An update that could not be applied."""
    return Rendered(
        _(
            "An incoming message could not be applied and was put aside: {serial}. "
            "Nothing is lost; the administrator has the log.",
            serial=row.ref["serial"],
        )
    )
