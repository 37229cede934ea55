"""Network troubles on order: what a test wants to go wrong next."""

from collections import defaultdict, deque
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, too_many


@dataclass(frozen=True, slots=True)
class Fault:
    """One call that goes wrong: an error answer, or a connection that breaks."""

    error: ApiError | None = None
    acts: bool = False


class Trouble:
    """A queue of faults per method; each is used up by one call."""

    def __init__(self) -> None:
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._next: deque[Fault] = deque()
        self.delay = 0.0
        """Seconds that every sending and editing takes longer."""

    def fail(self, method: str, *, code: int = 500, times: int = 1, retry_after: int = 1) -> None:
        """The next calls answer with an error (429 with its `retry_after`) and do nothing."""
        error = too_many(retry_after) if code == 429 else ApiError(code, "Internal Server Error")
        self._faults[method].extend([Fault(error)] * times)

    def drop(self, method: str, *, after_acting: bool = False, times: int = 1) -> None:
        """The connection of the next calls breaks, before or after they acted."""
        self._faults[method].extend([Fault(acts=after_acting)] * times)

    def order(self, fault: Fault, *, times: int = 1) -> None:
        """What happens to the next calls that send or edit, whichever they are."""
        self._next.extend([fault] * times)

    @property
    def ordered(self) -> int:
        """How many of those are still to come."""
        return len(self._next)

    def take(self, method: str, *, acting: bool = False) -> Fault | None:
        """The fault of this call, when one was ordered; `acting`: it sends or edits."""
        faults = self._faults.get(method)
        if not faults and acting:
            faults = self._next
        return faults.popleft() if faults else None
