"""Callback data: `prefix.action.id[.arg…]`, ids only, versioned prefix (conversations.md §0.2)."""

from __future__ import annotations

from dataclasses import dataclass

from services.errors import OutOfDate

LIMIT = 64
PREFIXES = ("c1", "s1", "m1", "t1", "q1", "d1", "a1", "x1", "p1")
"""Audience and version: citizen, staff card, menu and draft, triage, quality, deputy and head,
administrator, dead letters, problem."""

NOT_ABOUT_A_CASE = frozenset(
    {
        "a1",
        "x1",
        "p1",
        "c1.agree",
        "c1.noagree",
        "c1.page",
        "c1.lang",
        "c1.export",
        "c1.forget",
        "c1.fwait",
        "c1.fyes",
        "c1.fno",
        "t1.accept",
        "t1.new",
        "t1.shift",
        "t1.list",
        "t1.open",
        "d1.open",
        "d1.show",
        "d1.todo",
        "d1.crit",
        "d1.late",
        "d1.today",
        "d1.due",
        "d1.page",
        "d1.nudge",
        "d1.snooze",
        "d1.rating",
        "d1.rper",
        "d1.away",
        "d1.awaypage",
        "d1.awayto",
        "d1.awayend",
        "s1.due",
        "d1.pp",
        "d1.ppall",
        "d1.ppback",
        "d1.just",
        "d1.ext",
        "d1.extcal",
        "d1.extback",
        "d1.extno",
    }
)
"""Buttons (or whole prefixes) whose id is no appeal's number but a version, a person, a chat …"""


@dataclass(frozen=True, slots=True)
class ButtonData:
    """What a press says. `id` is the appeal's number, or a version for c1.agree."""

    prefix: str
    action: str
    id: int
    args: tuple[str, ...] = ()

    @property
    def about_a_case(self) -> bool:
        """`id` is an appeal's number."""
        return not NOT_ABOUT_A_CASE & {self.prefix, f"{self.prefix}.{self.action}"}

    def pack(self) -> str:
        """The data for the messenger. Raises ValueError above 64 bytes."""
        text = ".".join((self.prefix, self.action, str(self.id), *self.args))
        if len(text.encode()) > LIMIT:
            raise ValueError(f"callback data over {LIMIT} bytes: {text}")
        return text

    def word(self, index: int = 0) -> str:
        """An argument. Raises OutOfDate when the button has none: a forged or older one."""
        try:
            return self.args[index]
        except IndexError:
            raise OutOfDate("outdated") from None

    def words(self, index: int = 0) -> str:
        """All arguments from there on: a code that may hold dots. Raises OutOfDate for none."""
        self.word(index)
        return ".".join(self.args[index:])

    def number(self, index: int = 0) -> int:
        """An argument that is an id. Raises OutOfDate when it is missing or no number."""
        text = self.word(index)
        if not _is_id(text):
            raise OutOfDate("outdated")
        return int(text)


def data(prefix: str, action: str, id_: int, *args: object) -> str:
    """Packed data of one button."""
    return ButtonData(prefix, action, id_, tuple(str(a) for a in args)).pack()


def unpack(text: str | None) -> ButtonData | None:
    """What `pack` wrote, or None for anything else."""
    parts = (text or "").split(".")
    if len(parts) < 3 or parts[0] not in PREFIXES or not _is_id(parts[2]):
        return None
    return ButtonData(parts[0], parts[1], int(parts[2]), tuple(parts[3:]))


def _is_id(text: str) -> bool:
    """Digits that fit the database's keys."""
    return text.isascii() and text.isdecimal() and len(text) <= 18
