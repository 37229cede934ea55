"""A database with a town in it: citizens who have consented, staff, bound chats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from bot.channels.telegram.inbound import CHANNEL
from bot.classifier import classifier_of
from bot.municipality import parse_municipality, read_document
from services import binding, directory
from services.desk import Desk
from services.directory import Known
from services.model import Account, DirectoryVersion, Person, PersonId
from services.municipality import Municipality
from services.understanding import Context, Understanding, understand
from services.understanding.guess import COLD
from services.wire import Author
from storage.migrate import migrate
from storage.store import Store
from storage.unit import UnitOfWork
from tests.bench.words import CITIZENS

ADMIN, EXECUTOR, CHECKER, DUTY = 11, 12, 13, 14
TRIAGE, QUALITY = -1001, -1002
_FIRST_BLOCK = -2001


async def seed(address: str, *, citizens: int, draft: int | None = 0) -> list[str]:
    """Fill a database; returns the codes of the blocks, whose chats are `chat_of`.

    `draft`: seconds a citizen is listened to before his words become an appeal; None for what is
    in the default municipality.
    """
    document = read_document(None)
    if draft is not None:
        document["speech"] = {**document["speech"], "understood_after": draft}
    town = parse_municipality(document, "bench")
    store = Store(address)
    try:
        await migrate(store.engines)
        async with store.unit() as uow:
            now = datetime.now(UTC)
            version = DirectoryVersion(uow.new_id(DirectoryVersion), document, "bench", now)
            uow.add(version)
            await _people(_desk(uow, town))
        await _consented(store, town, citizens)
    finally:
        await store.close()
    return list(town.blocks)


def chat_of(blocks: list[str], block: str) -> int:
    """The group of a block."""
    return _FIRST_BLOCK - blocks.index(block)


def _desk(uow: UnitOfWork, town: Municipality) -> Desk:
    admins = frozenset({(CHANNEL, str(ADMIN))})
    return Desk(uow, datetime.now(UTC), town, _understood, lambda t: _understood(t).place, admins)


@cache
def _understood(text: str) -> Understanding:
    town = parse_municipality(read_document(None), "bench")
    return understand(text, Context.of(town, classifier_of(COLD)))


async def _people(desk: Desk) -> None:
    admin = await _meet(desk, "Админ", ADMIN)
    blocks = list(desk.town.blocks)
    for name, number, roles in (
        ("Иван", EXECUTOR, [("EXE", block) for block in blocks]),
        ("Ольга", CHECKER, [("QC", None)]),
        ("Дарья", DUTY, [("DUT", None)]),
    ):
        who = await _meet(desk, name, number)
        for role, scope in roles:
            _, token = await directory.invite(desk, actor=admin.actor, role=role, scope=scope)
            await directory.accept(desk, person=who.person, token=token)
    chats = {"TRIAGE": TRIAGE, "QUALITY": QUALITY}
    chats |= {block: chat_of(blocks, block) for block in blocks}
    for code, chat in chats.items():
        await binding.bind(
            desk, actor=admin.actor, channel=CHANNEL, chat_id=str(chat), title=code, code=code
        )


async def _meet(desk: Desk, name: str, number: int) -> Known:
    return await directory.identify(desk, Author(CHANNEL, str(number), name, "ru"), private=True)


async def _consented(store: Store, town: Municipality, citizens: int) -> None:
    for first in range(0, citizens, 1000):
        async with store.unit() as uow:
            then = datetime.now(UTC) - timedelta(days=1)
            for number in range(first, min(first + 1000, citizens)):
                person = Person(
                    id=PersonId(uow.new_id(Person)),
                    first_name="Мария",
                    locale="ru",
                    consent_version=town.consent.version,
                    consent_at=then,
                    created_at=then,
                )
                uow.add(person)
                uow.add(
                    Account(
                        id=uow.new_id(Account),
                        channel=CHANNEL,
                        external_id=str(CITIZENS + number),
                        person_id=person.id,
                        started=True,
                        unreachable_at=None,
                    )
                )
