"""The second return, to the head of МЦУ: two refusals, one decision (conversations.md §3.2)."""

from __future__ import annotations

from collections import Counter
from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.paging import block_button, block_pages, pairs
from bot.views.rendered import Button, Rendered, Rows
from bot.views.return_words import returns_of, said
from bot.views.spans import duration, span_words
from services import decisions, return_rules, shares
from services.button_data import data
from services.model import Appeal, Decision
from services.policies import ClockKind, Span

ALIKE = 50
"""The newest answered cases of the topic that are looked at."""


async def second_return(frame: Frame, decision: Decision, appeal: Appeal) -> Rendered:
    """The question with the step it has come to, or what was decided."""
    if decision.verdict == decisions.MOOT:
        return Rendered(_("No. {number}: nothing is left to decide.", number=appeal.id))
    if decision.verdict is not None:
        return Rendered(
            _(
                "No. {number} → {block}, finally, {who}",
                number=appeal.id,
                block=escape(frame.block(decision.verdict)),
                who=await frame.decided(decision),
            )
        )
    found = await returns_of(frame, appeal.id)
    what = [frame.essence(appeal), escape(appeal.place or "")]
    lines = [
        _("<b>No. {number}: two returns, you decide</b>", number=appeal.id),
        ", ".join(part for part in what if part),
        " · ".join([await said(frame, one) for one in found]),
        " ".join(filter(None, (await _elapsed(frame, appeal), await _usual(frame, appeal)))),
    ]
    blocks = list(dict.fromkeys(one.block for one in found))
    chosen = decision.data.get("to")
    if chosen is not None:
        lines.append(f"→ <b>{escape(frame.block(chosen))}</b>")
        lines.append(_("Whose return was justified?"))
        return Rendered("\n".join(lines), _judgements(frame, decision, blocks))
    return Rendered("\n".join(lines), _blocks(frame, decision, blocks))


async def _elapsed(frame: Frame, appeal: Appeal) -> str:
    """«Прошло 5 ч из 8 дней: ЖКХ 3 ч, Дороги 2 ч»."""
    events = await frame.uow.appeals.events_of(appeal.id)
    found = shares.shares(events, frame.town.calendar, until=frame.now)
    parts = ", ".join(
        f"{escape(frame.block(block))} {duration(minutes)}"
        for block, minutes in shares.in_order(found, events)
    )
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    running = [c for c in await frame.uow.appeals.clocks_of(appeal.id) if c.kind in kinds]
    passed = duration(sum(found.values()))
    if not running:
        return _("Passed {time}: {parts}.", time=passed, parts=parts)
    whole = span_words(Span.parse(running[-1].span))
    return _("Passed {time} of {whole}: {parts}.", time=passed, whole=whole, parts=parts)


async def _usual(frame: Frame, appeal: Appeal) -> str:
    """«Похожие раньше делало: ЖКХ, 6 из 8»."""
    # By the words: the topic that stands is the one of the block that has it now.
    best = next((str(option["topic"]) for option in appeal.candidates), appeal.topic)
    if best is None:
        return ""
    done = Counter(await frame.uow.appeals.answered_like(best, limit=ALIKE))
    if not done:
        return ""
    (block, n), whole = done.most_common(1)[0], done.total()
    name = escape(frame.block(block))
    return _("Alike were done by: {block}, {n} of {whole}.", block=name, n=n, whole=whole)


def _blocks(frame: Frame, decision: Decision, blocks: list[str]) -> Rows:
    page = decision.data.get("page")
    if page is not None:
        back = Button(_("Back"), data("d1", "ppback", decision.id))
        rows = block_pages(
            frame,
            page,
            without=None,
            to_block=lambda code: data("d1", "pp", decision.id, code),
            to_page=lambda to: data("d1", "ppall", decision.id, to),
        )
        return (*rows, (back,))
    two = [block_button(frame, code, data("d1", "pp", decision.id, code)) for code in blocks]
    return (*pairs(two), (Button(_("Another block"), data("d1", "ppall", decision.id, 1)),))


def _judgements(frame: Frame, decision: Decision, blocks: list[str]) -> Rows:
    whose = [block_button(frame, code, data("d1", "just", decision.id, code)) for code in blocks]
    whose += [
        Button(_("Both"), data("d1", "just", decision.id, return_rules.BOTH)),
        Button(_("Neither"), data("d1", "just", decision.id, return_rules.NONE)),
        Button(_("Back"), data("d1", "ppback", decision.id)),
    ]
    return pairs(whose)
