"""What stands under a citizen's messages: the table of his buttons, the same in every messenger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from services import (
    clarity,
    consent,
    conversation,
    corrections,
    feedback,
    following,
    languages,
    mine,
    notify,
    parting,
    places_asked,
    presses,
    privacy,
    questions,
)
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.model import AnswerId, AppealId, Posted
from services.notices import Kind
from services.wire import Press


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press with what stands in the chat under it."""

    desk: Desk
    known: Known
    press: Press
    posted: Posted | None
    """Our message that carries the button; None where we have no record of it."""

    @property
    def appeal(self) -> AppealId:
        """The appeal's number."""
        return AppealId(self.press.button.id)

    @property
    def chat(self) -> str:
        """Where it was pressed."""
        return self.press.chat

    def word(self, index: int = 0) -> str:
        """An argument of the button. Raises OutOfDate when a forged one has none."""
        return self.press.button.word(index)

    def number(self, index: int = 0) -> int:
        """An argument that is an id. Raises OutOfDate."""
        return self.press.button.number(index)

    @property
    def answer(self) -> AnswerId:
        """The version of the answer that the button is about."""
        return AnswerId(self.number())

    def anchor(self, name: str) -> str:
        """The pressed message is the one to turn; `name` where it has no anchor."""
        if self.posted is not None and self.posted.anchor is not None:
            return self.posted.anchor
        return f"{name}:{self.chat}:{self.press.message}"


async def verify(desk: Desk, known: Known, press: Press) -> None:
    """The button really stands there and is the person's own. Raises DomainError."""
    button = press.button
    await presses.verify(
        desk,
        presser=known.person.id,
        posted=await _posted(desk, press),
        bound=None,
        chat=press.chat,
        appeal_id=AppealId(button.id) if button.about_a_case else None,
    )


async def _posted(desk: Desk, press: Press) -> Posted | None:
    if press.message is None:
        return None
    return await desk.uow.screens.at(press.author.channel, press.chat, press.message)


@use_case
async def press(desk: Desk, known: Known, press: Press) -> None:
    """Do what the button says. Raises OutOfDate for one that is none of ours, DomainError."""
    do = BUTTONS.get((press.button.prefix, press.button.action))
    if do is None:
        raise OutOfDate("outdated")
    await do(Pressed(desk, known, press, await _posted(desk, press)))


async def _agree(p: Pressed) -> None:
    await consent.agree(p.desk, p.known, version=p.press.button.id, chat=p.chat, posted=p.posted)


async def _decline(p: Pressed) -> None:
    await consent.decline(p.desk, p.known, chat=p.chat)


async def _add(p: Pressed) -> None:
    await conversation.add_more(p.desk, p.known, p.appeal, chat=p.chat)


async def _add_done(p: Pressed) -> None:
    await conversation.add_done(p.desk, p.known, p.appeal, chat=p.chat)


async def _why(p: Pressed) -> None:
    await conversation.why(p.desk, p.known, p.appeal)


async def _calm(p: Pressed) -> None:
    await conversation.calm(p.desk, p.known, p.appeal)


async def _split(p: Pressed) -> None:
    await parting.split(p.desk, p.known, p.appeal, first=p.number())


async def _merge(p: Pressed) -> None:
    await parting.merge(p.desk, p.known, p.appeal, into=AppealId(p.number()))


async def _place(p: Pressed) -> None:
    await places_asked.ask(p.desk, p.known, p.appeal)


async def _settlement(p: Pressed) -> None:
    await places_asked.settle(p.desk, p.known, p.appeal, index=p.number())


async def _keep_point(p: Pressed) -> None:
    await places_asked.keep_point(p.desk, p.known, p.appeal, p.posted)


async def _department(p: Pressed) -> None:
    await corrections.ask_department(p.desk, p.known, p.appeal)


async def _suggest(p: Pressed) -> None:
    await corrections.suggest(p.desk, p.known, p.appeal, p.word())


async def _back(p: Pressed) -> None:
    await corrections.back(p.desk, p.known, p.appeal)


async def _not_known(p: Pressed) -> None:
    await questions.not_known(p.desk, p.known, p.appeal, seq=p.number())


async def _later(p: Pressed) -> None:
    await questions.later(p.desk, p.known, p.appeal, seq=p.number())


async def _verdict(p: Pressed) -> None:
    await feedback.verdict(p.desk, p.known, answer_id=p.answer, outcome=p.word(1), chat=p.chat)


async def _reason(p: Pressed) -> None:
    await feedback.reason(p.desk, p.known, answer_id=p.answer, code=p.word(1))


async def _mark(p: Pressed) -> None:
    await feedback.mark(p.desk, p.known, answer_id=p.answer, stars=p.number(1), chat=p.chat)


async def _correct(p: Pressed) -> None:
    await feedback.correct(p.desk, p.known, answer_id=p.answer)


async def _clear(p: Pressed) -> None:
    await clarity.say(
        p.desk,
        p.known,
        appeal_id=p.appeal,
        said=p.word(1),
        chat=p.chat,
        posted=p.posted,
        about_answer=p.number() > 0,
    )


async def _dispute(p: Pressed) -> None:
    await clarity.dispute(p.desk, p.known, appeal_id=p.appeal, posted=p.posted)


async def _reopen(p: Pressed) -> None:
    """Under an answer or in /my: there the case is shown anew."""
    await feedback.reopen(p.desk, p.known, appeal_id=p.appeal)
    posted = p.posted
    if posted is not None and posted.kind in (Kind.MY_LIST, Kind.MY_CASE) and posted.anchor:
        await mine.show_case(p.desk, p.known, p.appeal, chat=p.chat, anchor=posted.anchor)


async def _page(p: Pressed) -> None:
    anchor = p.anchor("my")
    await mine.show_list(p.desk, p.known, chat=p.chat, anchor=anchor, page=p.number())


async def _case(p: Pressed) -> None:
    """One case; «Забрать» asks first."""
    ask = p.press.button.action == "wd"
    await mine.show_case(p.desk, p.known, p.appeal, chat=p.chat, anchor=p.anchor("my"), ask=ask)


async def _withdraw(p: Pressed) -> None:
    await mine.withdraw(p.desk, p.known, p.appeal, chat=p.chat, anchor=p.anchor("my"))


async def _restore(p: Pressed) -> None:
    await mine.restore(p.desk, p.known, p.appeal, chat=p.chat, anchor=p.anchor("my"))


async def _export(p: Pressed) -> None:
    await privacy.export(p.desk, p.known, chat=p.chat)


async def _ask_to_forget(p: Pressed) -> None:
    await privacy.ask(p.desk, p.known, chat=p.chat)


async def _forget(p: Pressed) -> None:
    await privacy.forget(p.desk, p.known, chat=p.chat, posted=p.posted)


async def _forget_later(p: Pressed) -> None:
    await privacy.wait_for_answer(p.desk, p.known, chat=p.chat, posted=p.posted)


async def _keep(p: Pressed) -> None:
    notify.say(p.desk, p.known, "kept", chat=p.chat)


async def _language(p: Pressed) -> None:
    anchor = p.posted.anchor if p.posted is not None else None
    await languages.choose(p.desk, p.known, locale=p.word(), chat=p.chat, anchor=anchor)


def _about_problem(choice: Callable[..., Awaitable[Any]]) -> Callable[[Pressed], Awaitable[None]]:
    async def do(p: Pressed) -> None:
        number = AppealId(p.number())
        await choice(p.desk, actor=p.known.actor, problem_id=p.press.button.id, appeal_id=number)

    return do


BUTTONS: dict[tuple[str, str], Callable[[Pressed], Awaitable[Any]]] = {
    ("c1", "agree"): _agree,
    ("c1", "noagree"): _decline,
    ("c1", "add"): _add,
    ("c1", "adddone"): _add_done,
    ("c1", "why"): _why,
    ("c1", "calm"): _calm,
    ("c1", "split"): _split,
    ("c1", "two"): lambda p: parting.in_two(p.desk, p.known, p.appeal),
    ("c1", "merge"): _merge,
    ("c1", "place"): _place,
    ("c1", "terr"): _settlement,
    ("c1", "geook"): _keep_point,
    ("c1", "dept"): _department,
    ("c1", "deptset"): _suggest,
    ("c1", "back"): _back,
    ("c1", "dunno"): _not_known,
    ("c1", "later"): _later,
    ("c1", "out"): _verdict,
    ("c1", "why_n"): _reason,
    ("c1", "rsn"): _reason,
    ("c1", "csi"): _mark,
    ("c1", "reout"): _correct,
    ("c1", "clear"): _clear,
    ("c1", "disp"): _dispute,
    ("c1", "reopen"): _reopen,
    ("c1", "page"): _page,
    ("c1", "case"): _case,
    ("c1", "wd"): _case,
    ("c1", "wdyes"): _withdraw,
    ("c1", "restore"): _restore,
    ("c1", "export"): _export,
    ("c1", "forget"): _ask_to_forget,
    ("c1", "fyes"): _forget,
    ("c1", "fwait"): _forget_later,
    ("c1", "fno"): _keep,
    ("c1", "lang"): _language,
    ("p1", "join"): _about_problem(following.stay),
    ("p1", "other"): _about_problem(following.leave),
    ("p1", "quiet"): _about_problem(following.hush),
}
