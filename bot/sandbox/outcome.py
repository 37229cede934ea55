"""What a method of the local Bot API gives back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.town import Town

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The `result` for the bot and, for the journal, what came of the call."""

    result: Any
    effect: str = ""
    description: str | None = None


Method = Callable[[Town, Params], Awaitable[Outcome]]
