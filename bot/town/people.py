"""Who lives in the demo's town, and whom the door offers first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.demo.cast import Cast
from bot.i18n import _
from bot.sandbox.rooms import User
from bot.sandbox.world import World
from bot.town.pages import Role
from bot.views.frame import named
from services.municipality import Municipality

CITIZENS = (("Марина", "ru"), ("Геннадий", "ru"), ("Emily", "en"))
QUICK, SECOND = "HCS", "ROD"
"""Blocks whose people stand at the door."""


def newcomers(world: World) -> list[User]:
    """People who have never written to the bot."""
    return [world.add_user(name, language_code=code) for name, code in CITIZENS]


class Register:
    """Everybody with a label in the reader's language."""

    def __init__(self, town: Municipality, cast: Cast, citizens: Sequence[User]) -> None:
        self._town, self._cast, self._citizens = town, cast, citizens
        self.ready = False

    def first(self) -> list[Role]:
        """The door's people: four of them for the windows side by side."""
        cast = self._cast
        return [
            self._citizen(self._citizens[0], quick=True),
            self._executor(cast.executors[QUICK][0], QUICK, quick=True),
            self._checker(cast.checkers[0], quick=True),
            self._deputy(QUICK, quick=True),
            *map(self._citizen, self._citizens[1:]),
            self._executor(cast.executors[QUICK][1], QUICK),
            self._executor(cast.executors[SECOND][0], SECOND),
            Role(cast.duty, _("duty officer"), cast.chats["TRIAGE"]["id"]),
            Role(cast.head, _("head of the centre"), cast.head["id"]),
            self._administrator(cast.admins[0]),
        ]

    def everybody(self) -> list[Role]:
        """All of them, staff by block."""
        first = self.first()
        shown = {role.user["id"] for role in first}
        return [*first, *(role for role in self._staff() if role.user["id"] not in shown)]

    def _staff(self) -> Iterator[Role]:
        cast = self._cast
        for code, people in cast.executors.items():
            yield from (self._executor(person, code) for person in people)
        yield from map(self._deputy, cast.deputies)
        yield from map(self._checker, cast.checkers)
        yield from map(self._administrator, cast.admins)

    def _citizen(self, user: User, *, quick: bool = False) -> Role:
        english = user["language_code"] == "en"
        label = _("citizen, writes English") if english else _("citizen")
        return Role(user, label, user["id"], quick=quick)

    def _executor(self, user: User, code: str, *, quick: bool = False) -> Role:
        label = _("executor, {block}", block=self._block(code))
        # One block's chat is bound in the course of the day only.
        chat = self._cast.chats.get(code, user)
        return Role(user, label, chat["id"], quick=quick)

    def _checker(self, user: User, *, quick: bool = False) -> Role:
        return Role(user, _("checker of answers"), self._cast.chats["QUALITY"]["id"], quick=quick)

    def _deputy(self, code: str, *, quick: bool = False) -> Role:
        user = self._cast.deputies[code]
        label = _("deputy head, {block}", block=self._block(code))
        return Role(user, label, user["id"], quick=quick)

    def _administrator(self, user: User) -> Role:
        return Role(user, _("administrator"), user["id"])

    def _block(self, code: str) -> str:
        return named(self._town.blocks[code])
