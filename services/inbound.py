"""One way in for every messenger: what a citizen did, in neutral words, reaches its use case.

A channel without a framework of its own needs nothing else (architecture.md, «In», 6).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from services import consent, conversation, directory, edits, feedback, parting, presses
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.model import AnswerId, AppealId
from services.wire import Author, Edit, Inbound, Message, Press, Stopped


@use_case
async def take(desk: Desk, inbound: Inbound) -> None:
    """Do what the citizen asked for. Raises DomainError, which the channel says in words."""
    known = await directory.identify(desk, _author(inbound), private=not _is_gone(inbound))
    match inbound:
        case Message(text=text) if text.split(maxsplit=1)[:1] == ["/start"]:
            await conversation.start(desk, known, chat=inbound.chat)
        case Message():
            await conversation.receive(desk, known, inbound)
        case Edit(message):
            await edits.by_citizen(desk, known, message)
        case Press():
            await _pressed(desk, known, inbound)
        case Stopped(author):
            await directory.stopped(desk, channel=author.channel, external_id=author.external_id)


def _author(inbound: Inbound) -> Author:
    return inbound.message.author if isinstance(inbound, Edit) else inbound.author


def _is_gone(inbound: Inbound) -> bool:
    return isinstance(inbound, Stopped)


async def _pressed(desk: Desk, known: Known, press: Press) -> None:
    do = PRESSES.get(press.action)
    if do is None:
        raise OutOfDate("outdated")
    channel, message = press.author.channel, press.message
    await presses.verify(
        desk,
        presser=known.person.id,
        posted=await desk.uow.screens.at(channel, press.chat, message) if message else None,
        bound=None,
        chat=press.chat,
        appeal_id=None if press.action in _OF_A_VERSION else AppealId(press.id),
    )
    await do(desk, known, press)


def _word(press: Press, index: int) -> str:
    if index >= len(press.args):
        raise OutOfDate("outdated")
    return press.args[index]


def _id(press: Press, index: int = 0) -> int:
    word = _word(press, index)
    if not (word.isascii() and word.isdecimal()):
        raise OutOfDate("outdated")
    return int(word)


async def _agree(desk: Desk, known: Known, press: Press) -> None:
    await consent.agree(desk, known, version=press.id, chat=press.chat)


async def _decline(desk: Desk, known: Known, press: Press) -> None:
    await consent.decline(desk, known, chat=press.chat)


async def _add(desk: Desk, known: Known, press: Press) -> None:
    await conversation.add_more(desk, known, AppealId(press.id), chat=press.chat)


async def _add_done(desk: Desk, known: Known, press: Press) -> None:
    await conversation.add_done(desk, known, AppealId(press.id), chat=press.chat)


async def _why(desk: Desk, known: Known, press: Press) -> None:
    await conversation.why(desk, known, AppealId(press.id))


async def _calm(desk: Desk, known: Known, press: Press) -> None:
    await conversation.calm(desk, known, AppealId(press.id))


async def _split(desk: Desk, known: Known, press: Press) -> None:
    await parting.split(desk, known, AppealId(press.id), first=_id(press))


async def _merge(desk: Desk, known: Known, press: Press) -> None:
    await parting.merge(desk, known, AppealId(press.id), into=AppealId(_id(press)))


async def _verdict(desk: Desk, known: Known, press: Press) -> None:
    answer, outcome = AnswerId(_id(press)), _word(press, 1)
    await feedback.verdict(desk, known, answer_id=answer, outcome=outcome, chat=press.chat)


async def _reason(desk: Desk, known: Known, press: Press) -> None:
    await feedback.reason(desk, known, answer_id=AnswerId(_id(press)), code=_word(press, 1))


async def _mark(desk: Desk, known: Known, press: Press) -> None:
    answer, stars = AnswerId(_id(press)), _id(press, 1)
    await feedback.mark(desk, known, answer_id=answer, stars=stars, chat=press.chat)


async def _reopen(desk: Desk, known: Known, press: Press) -> None:
    await feedback.reopen(desk, known, appeal_id=AppealId(press.id))


_OF_A_VERSION = frozenset({"agree", "noagree"})
PRESSES: dict[str, Callable[[Desk, Known, Press], Awaitable[Any]]] = {
    "agree": _agree,
    "noagree": _decline,
    "add": _add,
    "adddone": _add_done,
    "why": _why,
    "calm": _calm,
    "split": _split,
    "merge": _merge,
    "out": _verdict,
    "why_n": _reason,
    "csi": _mark,
    "reopen": _reopen,
}
"""What stands under a citizen's messages, by the action of the button's data (prefix c1)."""
