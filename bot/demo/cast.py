"""Who lives in the town: citizens, staff and groups, let in through the bot itself."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from bot.demo import DemoAppeal
from bot.demo.sight import Chat, Person
from bot.demo.stage import Stage

_NAMES = """
    Анатолий Валерий Галина Григорий Евгений Захар Ирина Кирилл Лариса Леонид Любовь Матвей Надежда
    Никита Оксана Прохор Римма Савелий Семён Таисия Трофим Ульяна Филипп Эльвира Эмма Юлия Ярослав
    Аркадий Богдан Василиса Владислав Герман Диана Егор Зинаида Иван Клавдия Лев Майя Нелли
"""
"""First names of staff, invented; citizens have those of the appeals, guests these."""
GUESTS = tuple(
    """
    Агата Агния Ада Аристарх Варвара Влас Гордей Демид Дина Ева Елисей Ефим Злата Камила Касьян
    Лада Лукьян Макар Мария Марьяна Милана Мирон Назар Платон Родион Савва Стелла Тихон Устин Фома
    Христина Эмиль Юлиан Юнона Янина
    """.split()  # noqa: SIM905
)
"""Citizens of the stories."""
_LINK = re.compile(r"\?start=(r_\S+)")
ADMINS = 6
"""Each may be written to once a second: six make the invitations faster."""
TWO_EXECUTORS = "HCS"
FORUM = "ROD"
"""The block whose chat has topics."""
BASIC = "TRN"
"""The block whose chat is a basic group still: it can become a supergroup."""


@dataclass(slots=True)
class Case:
    """One appeal of the day on its way."""

    script: DemoAppeal
    author: Person
    answer: str
    number: int = 0
    holder: Person | None = None
    """Set where it isn't the block's usual executor."""
    marks: list[int] = field(default_factory=list)
    """What the citizen will give, one for each answer; none: he stays silent."""

    @property
    def topic(self) -> str:
        """The topic the script means."""
        return self.script.topic

    @property
    def block(self) -> str:
        """The block that answers in the end."""
        return self.script.block


@dataclass(slots=True)
class Cast:
    """Everybody, once they are in."""

    admins: list[Person]
    executors: dict[str, list[Person]] = field(default_factory=dict)
    checkers: list[Person] = field(default_factory=list)
    duty: Person = field(default_factory=dict)
    second: Person = field(default_factory=dict)
    """The other duty officer."""
    head: Person = field(default_factory=dict)
    """Head of the control centre."""
    deputies: dict[str, Person] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    """By block; and TRIAGE, QUALITY."""
    links: dict[int, str] = field(default_factory=dict)
    """Invitations that were not used yet, by person."""
    guests: dict[str, Person] = field(default_factory=dict)
    """Citizens of the stories, by name."""

    def holder(self, case: Case) -> Person:
        """Who works a case: the winner of a race, else the block's first executor."""
        return case.holder or self.executors[case.block][0]


_ROLE_WORDS = {
    "EXE": "исполнитель",
    "QC": "контролёр",
    "DUT": "дежурный",
    "MHD": "руководитель МЦУ",
    "BLK": "заместитель главы, отвечает за блок",
}


class Casting:
    """Makes people and lets them in: invitations, links, groups."""

    def __init__(self, stage: Stage, rng: random.Random) -> None:
        self._stage, self._rng = stage, rng
        self._names = _NAMES.split()
        rng.shuffle(self._names)
        self._sent: list[tuple[Person, Person, str]] = []

    def person(self, role: str) -> Person:
        """Somebody new with an invented first name."""
        name = self._names.pop()
        return self._stage.name(self._stage.world.add_user(name), f"{name}, {role}")

    def citizens(self, appeals: tuple[DemoAppeal, ...]) -> list[Case]:
        """An author for every appeal; who writes what depends on the seed."""
        names = [appeal.author for appeal in appeals]
        self._rng.shuffle(names)
        cases = []
        for appeal, name in zip(appeals, names, strict=True):
            user = self._stage.name(self._stage.world.add_user(name), name)
            cases.append(Case(appeal, user, appeal.answer))
        return cases

    def guests(self, cast: Cast) -> None:
        """The citizens of the stories."""
        for name in GUESTS:
            cast.guests[name] = self._stage.name(self._stage.world.add_user(name), name)

    def invite(self, cast: Cast, guest: Person, role: str, scope: str = "") -> None:
        """An administrator asks for a link; it is read after the phase by `hand_out`."""
        admin = cast.admins[len(self._sent) % len(cast.admins)]
        label = _ROLE_WORDS[role]
        if scope:
            label += f", {self._stage.hub.town.blocks[scope].name}"
        seen = self._stage.sees(admin, label, "start=r_")
        self._stage.say(admin, f"/invite {role} {scope}".strip(), seen=seen)
        self._sent.append((admin, guest, label))

    def hand_out(self, cast: Cast) -> None:
        """Give every guest his link."""
        for admin, guest, label in self._sent:
            with self._stage.attempt(f"приглашение: {label}"):
                link = _LINK.search(self._stage.find(admin, label, "start=r_")["text"])
                if link is not None:
                    cast.links[guest["id"]] = link[1]
        self._sent.clear()

    def enter(self, cast: Cast, guest: Person) -> None:
        """A guest presses Start by his link."""
        with self._stage.attempt(f"{self._stage.called(guest)}: приглашение"):
            token = cast.links.pop(guest["id"])
            seen = self._stage.sees(guest, "Теперь вы")
            self._stage.start(guest, token, "открывает бота по приглашению", seen)

    def group(self, cast: Cast, code: str, title: str, members: list[Person]) -> None:
        """A group with the bot in it becomes the chat of a block."""
        admin = cast.admins[0]
        forum = code == FORUM
        chat = self._stage.world.add_group(
            title, members=[admin, *members], forum=forum, supergroup=code != BASIC
        )
        cast.chats[code] = self._stage.name(chat, f"чат «{title}»")
        seen = self._stage.sees(chat, "Чат привязан")
        self._stage.say(admin, f"/bind {code}", chat=chat, seen=seen)
