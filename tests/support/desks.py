"""An office for tests of use cases: people with roles, bound chats, time that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from itertools import count
from typing import Any

from bot.classifier import classifier_of
from bot.municipality import load_municipality
from services import binding, conversation, directory, intake, quality, work
from services.desk import Desk
from services.directory import Known
from services.model import Answer, AnswerId, Appeal, AppealId, Clock, Event, Rating
from services.municipality import Municipality
from services.understanding import Context, Place, Understanding, look, understand
from services.understanding.guess import COLD
from services.wire import Author, Message
from storage import tables
from storage.store import Store
from storage.unit import UnitOfWork

START = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
"""Tuesday, 10:12 in Gelendzhik: the moment of conversations.md's example."""
LEAK = "На Островского у дома 12 прорвало трубу холодной воды в подъезде"
"""What the hub is sure of: ЖКХ."""
UNCLEAR = "Помогите, пожалуйста, у нас тут непорядок"
"""What a duty officer has to look at."""
WORDS = "Слесарь заменил прокладку и осушил подвал, завтра проверит ещё раз. Иван, ЖКХ."
STAFF = {
    "Иван": (("EXE", "HCS"),),
    "Анна": (("EXE", "HCS"),),
    "Павел": (("EXE", "HCS"), ("QC", None)),
    "Руслан": (("EXE", "ROD"),),
    "Ольга": (("QC", None),),
    "Дарья": (("DUT", None),),
    "Марина": (("MHD", None),),
    "Денис": (("BLK", "HCS"),),
}
CHATS = {"HCS": "-1", "ROD": "-2", "TRIAGE": "-3", "QUALITY": "-4"}
ADMIN = ("t", "1")


@cache
def municipality() -> Municipality:
    """The default one."""
    return load_municipality()


@cache
def _context() -> Context:
    return Context.of(municipality(), classifier_of(COLD))


@lru_cache(maxsize=64)
def understood(text: str) -> Understanding:
    """What the hub makes of a text."""
    return understand(text, _context())


def placed(text: str) -> Place | None:
    """Where the hub takes a text to be about."""
    context = _context()
    return look(text, context.places, context.municipality.public_numbers).place


@dataclass(frozen=True)
class Picture:
    """Everything that stands about an appeal: equal pictures mean that nothing has changed."""

    appeal: Appeal
    events: tuple[Event, ...]
    answers: tuple[Answer, ...]
    clocks: tuple[Clock, ...]
    rating: Rating | None
    notices: int


class Office:
    """People at work on one store. Every deed is a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START
        self.people: dict[str, Known] = {}
        self._numbers = count(1)

    def desk(self, uow: UnitOfWork) -> Desk:
        """The working place of one transaction."""
        return Desk(uow, self.now, municipality(), understood, placed, frozenset({ADMIN}))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Desk]:
        """A desk whose transaction commits at the end."""
        async with self.store.unit() as uow:
            yield self.desk(uow)

    def move(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def message(self, name: str, text: str, **more: Any) -> Message:
        """Words of somebody, in his private chat unless said otherwise."""
        account = self.people[name].account.external_id
        author = Author("t", account, name, "ru")
        chat = more.pop("chat", account)
        return Message("t", str(next(self._numbers)), author, chat, self.now, text, **more)

    async def open(self) -> None:
        """Let everybody in: roles by invitation, chats by /bind, the citizens' consent."""
        async with self.at_work() as desk:
            admin = await self._meet(desk, "Админ", "1")
            for number, (name, roles) in enumerate(STAFF.items(), 2):
                who = await self._meet(desk, name, str(number))
                for role, scope in roles:
                    _, token = await directory.invite(
                        desk, actor=admin.actor, role=role, scope=scope
                    )
                    await directory.accept(desk, person=who.person, token=token)
                await self._meet(desk, name, str(number))
            for code, chat in CHATS.items():
                await binding.bind(
                    desk, actor=admin.actor, channel="t", chat_id=chat, title=code, code=code
                )
            for number, name in enumerate(("Мария", "Пётр"), 100):
                await self._consent(desk, await self._meet(desk, name, str(number)))

    async def _meet(self, desk: Desk, name: str, account: str) -> Known:
        author = Author("t", account, name, "ru")
        self.people[name] = await directory.identify(desk, author, private=True)
        return self.people[name]

    async def _consent(self, desk: Desk, known: Known) -> None:
        version = municipality().consent.version
        person = replace(known.person, consent_version=version, consent_at=self.now)
        self.people[known.person.first_name] = replace(known, person=desk.uow.put(person))

    # --- the usual steps ---

    async def report(self, text: str = LEAK, citizen: str = "Мария") -> AppealId:
        """A citizen reports something; returns its number."""
        async with self.at_work() as desk:
            person, message = self.people[citizen].person, self.message(citizen, text)
            return (await intake.register(desk, person=person, message=message)).id

    async def take(self, who: str, number: AppealId) -> Appeal:
        """«Взять»."""
        async with self.at_work() as desk:
            return await work.take(desk, actor=self.people[who].actor, appeal_id=number)

    async def draft(self, who: str, number: AppealId, text: str = WORDS) -> AnswerId | None:
        """A reply to the card; the draft's id, or None for a note."""
        known = self.people[who]
        async with self.at_work() as desk:
            answer = await work.write(
                desk,
                actor=known.actor,
                person=known.person,
                appeal_id=number,
                message=self.message(who, text, chat=CHATS["HCS"]),
            )
            return answer.id if answer else None

    async def submit(self, who: str, answer: AnswerId) -> Appeal:
        """«Отправить»."""
        async with self.at_work() as desk:
            return await work.submit(desk, actor=self.people[who].actor, answer_id=answer)

    async def let_pass(self, who: str, answer: AnswerId) -> Appeal:
        """«Пропустить»."""
        async with self.at_work() as desk:
            return await quality.let_pass(desk, actor=self.people[who].actor, answer_id=answer)

    async def answered(self, number: AppealId, *, by: str = "Иван") -> AnswerId:
        """Taken, answered, checked and let pass."""
        await self.take(by, number)
        answer = await self.draft(by, number)
        assert answer is not None
        await self.submit(by, answer)
        await self.let_pass("Ольга", answer)
        return answer

    async def hear(self, citizen: str, text: str) -> None:
        """A citizen writes to the hub."""
        async with self.at_work() as desk:
            await conversation.receive(desk, self.people[citizen], self.message(citizen, text))

    async def picture(self, number: AppealId) -> Picture:
        """What stands about an appeal now."""
        async with self.store.reading() as uow:
            appeal, of = await uow.need(Appeal, number), uow.appeals
            about = tables.outbox.c.appeal_id == number
            notices = await uow.connection.execute(tables.outbox.select().where(about))
            return Picture(
                appeal=appeal,
                events=tuple(await of.events_of(number)),
                answers=tuple(await of.answers_of(number)),
                clocks=tuple(await of.clocks_of(number)),
                rating=await of.rating_of(appeal.answer_id) if appeal.answer_id else None,
                notices=len(notices.all()),
            )


async def office(store: Store) -> Office:
    """An office where everybody is at his place."""
    found = Office(store)
    await found.open()
    return found
