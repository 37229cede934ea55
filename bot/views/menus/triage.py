"""Menus under the triage card: the blocks, «Спросить», «Ещё», the urgencies, «Не проблема»."""

from __future__ import annotations

from html import unescape

from bot.i18n import _
from bot.views import moments
from bot.views.frame import Frame
from bot.views.lists import reading_desk
from bot.views.paging import PAGE, pairs, turns
from bot.views.rendered import Button, Rendered, shortened
from bot.views.triage import urgency_words
from services import forwarding
from services.button_data import data
from services.model import Appeal, State
from storage.outbox import OutboxRow

ANY = "any"
"""In the place of a block: the likeliest topics of all."""


async def blocks(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """«Другой блок»: eight a page."""
    codes = list(frame.town.blocks)
    pages = (len(codes) + PAGE - 1) // PAGE
    page = min(max(int(row.ref.get("page", 1)), 1), pages)
    shown = codes[(page - 1) * PAGE : page * PAGE]
    buttons = [
        Button(shortened(frame.block(code), 20), data("t1", "to", appeal.id, code))
        for code in shown
    ]
    turn = turns(page, pages, lambda to: data("t1", "all", appeal.id, to))
    return Rendered(
        _(
            "No. {number}: which block? Page {page} of {pages}.",
            number=appeal.id,
            page=page,
            pages=pages,
        ),
        (*pairs(buttons), turn, _back(appeal)),
    )


async def ask(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """«Спросить»: the usual questions, or one's own."""
    buttons = [Button(word, data("t1", "q", appeal.id, code)) for code, word in _asks().items()]
    buttons.append(Button(_("My own question"), data("t1", "own", appeal.id)))
    text = _("No. {number}: what shall we ask the citizen?", number=appeal.id)
    return Rendered(text, (*pairs(buttons), _back(appeal)))


def _asks() -> dict[str, str]:
    return {"addr": _("Exact address"), "photo": _("Photo of the place"), "what": _("What is it")}


async def more(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """«Ещё»."""
    number = appeal.id
    buttons = [
        Button(_("Split"), data("t1", "split", number)),
        Button(_("Join"), data("t1", "merge", number)),
        Button(_("Urgency"), data("t1", "urg", number)),
        Button(_("Topic"), data("t1", "topic", number, ANY, 1)),
        Button(_("Not a problem"), data("t1", "rej", number)),
    ]
    if appeal.state is State.NEW:
        # What a block gave back is first sent to a block (domain.md §1).
        buttons.append(Button(_("Pass to a service"), data("t1", "fwd", number)))
    text = _("No. {number}: what else?", number=number)
    return Rendered(text, pairs([*buttons, *_back(appeal)]))


async def forward(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """«Передать службе»: whose it is, those of the likely block first, eight a page."""
    desk = reading_desk(frame)
    likely = [str(option["block"]) for option in appeal.candidates]
    found = forwarding.services_for(desk, appeal.block or next(iter(likely), None))
    pages = max((len(found) + PAGE - 1) // PAGE, 1)
    page = min(max(int(row.ref.get("page", 1)), 1), pages)
    buttons = [
        Button(
            shortened(unescape(frame.service(s.code)), 20), data("t1", "to_svc", appeal.id, s.code)
        )
        for s in found[(page - 1) * PAGE : page * PAGE]
    ]
    turn = turns(page, pages, lambda to: data("t1", "fwd", appeal.id, to))
    text = _(
        "No. {number}: whose is it? The citizen is told at once, the answer is expected by {day}.",
        number=appeal.id,
        day=moments.day(forwarding.usual_date(desk)),
    )
    return Rendered(text, (*pairs(buttons), (*turn, *_back(appeal))))


async def urgency(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """«Важность»: five, the present one marked."""
    buttons = [
        Button(f"{'☑' if u is appeal.urgency else '☐'} {word}", data("t1", "w", appeal.id, u))
        for u, word in urgency_words().items()
    ]
    text = _(
        "No. {number}: how urgent? The dates are counted anew from the receipt.", number=appeal.id
    )
    return Rendered(text, (*pairs(buttons), _back(appeal)))


async def reject(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """«Не проблема»: a reason is needed, the citizen is told."""
    buttons = [
        Button(_("Advertising"), data("t1", "no", appeal.id, "spam")),
        Button(_("Insults"), data("t1", "no", appeal.id, "abuse")),
        Button(_("Not a report"), data("t1", "no", appeal.id, "nothing")),
    ]
    text = _("No. {number}: why is it no report? The citizen will be told.", number=appeal.id)
    return Rendered(text, (*pairs(buttons), _back(appeal)))


def _back(appeal: Appeal) -> tuple[Button, ...]:
    return (Button(_("Back"), data("t1", "back", appeal.id)),)
