"""What a prompt asks for, by purpose (services/prompts)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.i18n import _
from bot.views import moments
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from storage.outbox import OutboxRow

Words = Callable[[dict[str, Any]], tuple[str, str]]
"""Data of the prompt → the question, with {name}, {number} and {day} to fill in, and the hint."""


def _dispute(data: dict[str, Any]) -> tuple[str, str]:
    if data["back"]:
        text = _("{name}, why does No. {number} go back to work? Reply in one phrase.")
    else:
        text = _("{name}, why does the answer to No. {number} stand? Reply in one phrase.")
    return text, _("The citizen will read it")


PROMPTS: dict[str, Words] = {
    "news": lambda _data: (
        _("{name}, the news for everybody: reply to this message."),
        _("What is new, by when"),
    ),
    "cause": lambda _data: (
        _("{name}, what happened? Everybody who reports it will read it."),
        _("The cause in a few words"),
    ),
    "take_out": lambda _data: (
        _("{name}, which number is about something else?"),
        _("The number"),
    ),
    "triage_question": lambda _data: (
        _("{name}, your question to the citizen of No. {number}: reply to this message."),
        _("A question to the citizen"),
    ),
    "triage_split": lambda _data: (
        _("{name}, what is the second problem in No. {number}? Reply with its words and place."),
        _("Words of the second problem"),
    ),
    "triage_merge": lambda _data: (
        _("{name}, which case says the same as No. {number}? Reply with its number."),
        _("Number of the other case"),
    ),
    "answer": lambda _data: (
        _("{name}, your answer to No. {number}: reply to this message, with a photo «after»."),
        _("Answer to the citizen"),
    ),
    "remark": lambda _data: (
        _("{name}, what should be mended in the answer to No. {number}? Reply in one phrase."),
        _("What to mend"),
    ),
    "return_reason": lambda _data: (
        _("{name}, why, in a phrase? Reply to this message."),
        _("Why it is not ours"),
    ),
    "repeat_of": lambda _data: (
        _("{name}, the number of that report? Reply to this message."),
        _("Number"),
    ),
    "final_reason": lambda _data: (
        _("{name}, why, in one phrase? No. {number}. Reply to this message."),
        _("The reason in one phrase"),
    ),
    "postpone": lambda _data: (
        _(
            "{name}, what was done and what do we wait for? The citizen will read it: "
            "«…we'll do it by {day}»."
        ),
        _("Done so far, and what we wait for"),
    ),
    "question": lambda _data: (
        _("{name}, your question to the citizen about No. {number}: reply to this message."),
        _("Question to the citizen"),
    ),
    "dispute": _dispute,
    "refusal": lambda _data: (
        _(
            "{name}, explain to the citizen why No. {number} can't be done and what that "
            "rests on: reply to this message."
        ),
        _("Why it can't be done"),
    ),
    "advice": lambda _data: (
        _(
            "{name}, what can the citizen of No. {number} do? Whom to ask, where: reply to "
            "this message."
        ),
        _("What the citizen can do"),
    ),
}


async def prompt(frame: Frame, row: OutboxRow) -> Rendered:
    """«Ответом на это сообщение», with a mention of who is asked."""
    assert row.appeal_id is not None
    data = row.ref.get("data", {})
    text, hint = PROMPTS[row.ref["purpose"]](data)
    name = await frame.mention(row.ref["owner"], row.channel)
    day = moments.day_month(date.fromisoformat(data["day"])) if "day" in data else ""
    above = None
    if "answer" in data:
        above = await under(frame, f"quality:{data['answer']}:{row.chat_id}")
    above = above or await under(frame, f"card:{row.appeal_id}:{row.chat_id}")
    above = above or await under(frame, f"triage:{row.appeal_id}")
    return Rendered(
        text.format(name=name, number=row.appeal_id, day=day),
        placeholder=hint,
        owner=row.ref["owner"],
        data={"purpose": row.ref["purpose"], **data},
        reply_to=above,
    )
