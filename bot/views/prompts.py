"""What a prompt asks for, by purpose (services/prompts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.i18n import _
from bot.views import postponing, returns
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from storage.outbox import OutboxRow

Words = Callable[[str, int, dict[str, Any]], tuple[str, str]]
"""(mention of the person, number of the appeal, data) → the question and the field's hint."""


def _answer(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _(
        "{name}, your answer to No. {number}: reply to this message, with a photo «after».",
        name=name,
        number=number,
    )
    return text, _("Answer to the citizen")


def _remark(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _(
        "{name}, what should be mended in the answer to No. {number}? Reply in one phrase.",
        name=name,
        number=number,
    )
    return text, _("What to mend")


def _news(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _("{name}, the news for everybody: reply to this message.", name=name)
    return text, _("What is new, by when")


def _cause(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _("{name}, what happened? Everybody who reports it will read it.", name=name)
    return text, _("The cause in a few words")


def _take_out(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    return _("{name}, which number is about something else?", name=name), _("The number")


def _question(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _(
        "{name}, your question to the citizen about No. {number}: reply to this message.",
        name=name,
        number=number,
    )
    return text, _("Question to the citizen")


def _dispute(name: str, number: int, data: dict[str, Any]) -> tuple[str, str]:
    if data["back"]:
        text = _("{name}, why does No. {number} go back to work? Reply in one phrase.")
    else:
        text = _("{name}, why does the answer to No. {number} stand? Reply in one phrase.")
    return text.format(name=name, number=number), _("The citizen will read it")


def _refusal(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _(
        "{name}, explain to the citizen why No. {number} can't be done and what that rests on: "
        "reply to this message.",
        name=name,
        number=number,
    )
    return text, _("Why it can't be done")


def _advice(name: str, number: int, _data: dict[str, Any]) -> tuple[str, str]:
    text = _(
        "{name}, what can the citizen of No. {number} do? Whom to ask, where: reply to this "
        "message.",
        name=name,
        number=number,
    )
    return text, _("What the citizen can do")


PROMPTS: dict[str, Words] = {
    "news": _news,
    "cause": _cause,
    "take_out": _take_out,
    "answer": _answer,
    "remark": _remark,
    "return_reason": returns.ask_reason,
    "repeat_of": returns.ask_repeat,
    "final_reason": returns.ask_final,
    "postpone": postponing.ask_words,
    "question": _question,
    "dispute": _dispute,
    "refusal": _refusal,
    "advice": _advice,
}


async def prompt(frame: Frame, row: OutboxRow) -> Rendered:
    """«Ответом на это сообщение», with a mention of who is asked."""
    assert row.appeal_id is not None
    data = row.ref.get("data", {})
    name = await frame.mention(row.ref["owner"], row.channel)
    text, hint = PROMPTS[row.ref["purpose"]](name, row.appeal_id, data)
    above = await under(frame, f"quality:{data['answer']}") if "answer" in data else None
    above = above or await under(frame, f"card:{row.appeal_id}:{row.chat_id}")
    above = above or await under(frame, f"triage:{row.appeal_id}")
    return Rendered(
        text,
        placeholder=hint,
        owner=row.ref["owner"],
        data={"purpose": row.ref["purpose"], **data},
        reply_to=above,
    )
