"""Returns as cards show them: who gave a case back, why, whose he thinks it is."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from services import return_rules
from services.model import Appeal, AppealId, EventText
from services.return_rules import Return


def reason_word(code: str) -> str:
    """The reason of a return."""
    return {"R1": _("not our question"), "R2": _("not our territory")}[code]


async def returns_of(frame: Frame, appeal_id: AppealId) -> list[Return]:
    """Every return of a case, oldest first."""
    return return_rules.returns(await frame.uow.appeals.events_of(appeal_id))


async def said(frame: Frame, found: Return) -> str:
    """«ЖКХ: «асфальт — не наш»», escaped."""
    block = escape(frame.block(found.block))
    text = await frame.uow.get(EventText, found.event_id)
    words = escape(text.text) if text is not None else reason_word(found.reason)
    return f"{block}: «{words}»"


async def state(frame: Frame, appeal: Appeal) -> str:
    """The card's first line: «блок отказался: не наш вопрос → Дороги»."""
    last = (await returns_of(frame, appeal.id))[-1]
    return _(
        "the block gave it back: {reason} → {block}",
        reason=reason_word(last.reason),
        block=escape(frame.block(last.suggested)),
    )


async def triage_lines(frame: Frame, appeal: Appeal) -> list[str]:
    """For the duty officer: every return so far with its words."""
    lines = []
    for found in await returns_of(frame, appeal.id):
        arrow = f"→ {escape(frame.block(found.suggested))}"
        lines.append(f"↩️ {await said(frame, found)} ({reason_word(found.reason)}) {arrow}")
    if is_final(appeal):
        lines.append(_("The second return: the head of the centre decides."))
    return lines


def is_final(appeal: Appeal) -> bool:
    """The next word is the head's of МЦУ, not the duty officer's."""
    return appeal.returns >= return_rules.FINAL_AT


async def suggested(frame: Frame, appeal: Appeal) -> list[str]:
    """The block that the last return names."""
    found = await returns_of(frame, appeal.id)
    return [found[-1].suggested] if found else []
