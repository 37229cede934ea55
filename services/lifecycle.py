"""The one table of transitions (domain.md §1): which move is allowed from which state.

Who may make a move stands in services/access; this room only knows states.
"""

from __future__ import annotations

from enum import StrEnum

from services.errors import OutOfDate
from services.model import State


class Action(StrEnum):
    """Every move of an appeal. The word is also the action of its event."""

    REGISTER = "register"
    ROUTE = "route"
    UNROUTE = "unroute"
    TAKE = "take"
    GIVE_UP = "give_up"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    """Somebody above gives it to a person of the block, free or held."""
    RETURN = "return"
    ASK = "ask"
    REPLY = "reply"
    UNASK = "unask"
    POSTPONE = "postpone"
    RESUME = "resume"
    SUBMIT = "submit"
    RECALL = "recall"
    SEND_BACK = "send_back"
    PASS = "pass"
    ANSWER_UNCHECKED = "answer_unchecked"
    RATE = "rate"
    SILENCE = "silence"
    REOPEN = "reopen"
    REASSIGN = "reassign"
    DISPUTE = "dispute"
    DECIDE_BACK = "decide_back"
    DECIDE_KEEP = "decide_keep"
    DECIDE_ANEW = "decide_anew"
    MERGE = "merge"
    ANSWER_FOLLOWS = "answer_follows"
    """The answer to its problem is the answer to it."""
    SPLIT = "split"
    REJECT = "reject"
    CLOSE_REJECTED = "close_rejected"
    FORWARD = "forward"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    TERMINATE = "terminate"
    DUPLICATE = "duplicate"
    """Its words went over to another appeal of the same citizen, which answers for both."""
    DECIDE_RETURN = "decide_return"
    """The head of МЦУ settles a second return, finally."""
    PASS_INTERIM = "pass_interim"
    """An interim answer with a promised date went through the gate."""


S, A = State, Action

OPEN = frozenset(State) - {S.CLOSED, S.REJECTED, S.MERGED}
"""States in which somebody still owes something."""

HELD = frozenset({S.IN_PROGRESS, S.WAITING_CITIZEN, S.POSTPONED, S.REVIEW})
"""States in which one executor holds the appeal."""

CAME_FROM = None
"""Target of a move that leads back to the remembered state."""

TABLE: dict[tuple[State, Action], State | None] = {
    (S.NEW, A.ROUTE): S.ASSIGNED,
    (S.NEW, A.MERGE): S.MERGED,
    (S.NEW, A.REJECT): S.REJECTED,
    (S.NEW, A.FORWARD): S.CLOSED,
    # The duty officer asks before he knows the block; the answer brings the case back to him.
    (S.NEW, A.ASK): S.WAITING_CITIZEN,
    (S.RETURNING, A.ASK): S.WAITING_CITIZEN,
    # Nobody works on it yet, and what its author has said already is answered there.
    (S.NEW, A.DUPLICATE): S.CLOSED,
    (S.RETURNING, A.DUPLICATE): S.CLOSED,
    (S.ASSIGNED, A.DUPLICATE): S.CLOSED,
    (S.RETURNING, A.REJECT): S.REJECTED,
    (S.ASSIGNED, A.TAKE): S.IN_PROGRESS,
    # The duty officer may move what nobody holds yet, without it being a return.
    (S.ASSIGNED, A.ROUTE): S.ASSIGNED,
    # «Вернуть себе»: a slip of the finger, while nobody has taken it.
    (S.ASSIGNED, A.UNROUTE): S.NEW,
    (S.ASSIGNED, A.RETURN): S.RETURNING,
    (S.ASSIGNED, A.MERGE): S.MERGED,
    (S.ASSIGNED, A.FORWARD): S.CLOSED,
    (S.RETURNING, A.ROUTE): S.ASSIGNED,
    (S.RETURNING, A.DECIDE_RETURN): S.ASSIGNED,
    (S.IN_PROGRESS, A.ASK): S.WAITING_CITIZEN,
    (S.IN_PROGRESS, A.POSTPONE): S.POSTPONED,
    (S.IN_PROGRESS, A.SUBMIT): S.REVIEW,
    (S.IN_PROGRESS, A.ANSWER_UNCHECKED): S.ANSWERED,
    (S.IN_PROGRESS, A.RETURN): S.RETURNING,
    (S.IN_PROGRESS, A.GIVE_UP): S.ASSIGNED,
    (S.IN_PROGRESS, A.HAND_OVER): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.MERGE): S.MERGED,
    (S.IN_PROGRESS, A.FORWARD): S.CLOSED,
    (S.WAITING_CITIZEN, A.REPLY): CAME_FROM,
    # A question goes over to a colleague with the case.
    (S.WAITING_CITIZEN, A.HAND_OVER): S.WAITING_CITIZEN,
    (S.WAITING_CITIZEN, A.UNASK): CAME_FROM,
    (S.ASSIGNED, A.ASSIGN): S.IN_PROGRESS,
    (S.IN_PROGRESS, A.ASSIGN): S.IN_PROGRESS,
    (S.WAITING_CITIZEN, A.ASSIGN): S.WAITING_CITIZEN,
    (S.POSTPONED, A.ASSIGN): S.POSTPONED,
    # After 5 calendar days of silence the duty officer may send an explanation for checking.
    (S.WAITING_CITIZEN, A.SUBMIT): S.REVIEW,
    (S.POSTPONED, A.RESUME): S.IN_PROGRESS,
    (S.REVIEW, A.PASS): S.ANSWERED,
    (S.REVIEW, A.PASS_INTERIM): S.POSTPONED,
    (S.REVIEW, A.SEND_BACK): S.IN_PROGRESS,
    (S.REVIEW, A.RECALL): S.IN_PROGRESS,
    (S.ANSWERED, A.RATE): S.CLOSED,
    (S.ANSWERED, A.SILENCE): S.CLOSED,
    (S.ANSWERED, A.REOPEN): S.REOPENED,
    (S.CLOSED, A.REOPEN): S.REOPENED,
    # Taken back by its author within a week of withdrawing it.
    (S.CLOSED, A.RESTORE): S.NEW,
    (S.REOPENED, A.REASSIGN): S.ASSIGNED,
    (S.REOPENED, A.DISPUTE): S.DISPUTED,
    (S.DISPUTED, A.DECIDE_BACK): S.ASSIGNED,
    (S.DISPUTED, A.DECIDE_KEEP): S.CLOSED,
    # Rejected by mistake: nobody has chosen a block for it yet.
    (S.DISPUTED, A.DECIDE_ANEW): S.NEW,
    (S.MERGED, A.SPLIT): S.ASSIGNED,
    (S.MERGED, A.ANSWER_FOLLOWS): S.ANSWERED,
    (S.MERGED, A.WITHDRAW): S.CLOSED,
    (S.REJECTED, A.CLOSE_REJECTED): S.CLOSED,
    # From any open state: the citizen takes it back, or the head of МЦУ ends it with a reason.
    **{(state, A.WITHDRAW): S.CLOSED for state in OPEN},
    **{(state, A.TERMINATE): S.CLOSED for state in OPEN},
}

REOPENINGS = 2
"""The third return of an answer is a dispute (domain.md §1)."""


def target(state: State, action: Action, *, came_from: State | None = None) -> State:
    """Where `action` leads from `state`.

    Raises OutOfDate («moved_on») when the table has no such move: a press is judged against the
    present state, however old the card (invariant 8).
    """
    if (state, action) not in TABLE:
        raise OutOfDate("moved_on", state=state, action=action)
    found = TABLE[state, action]
    if found is not None:
        return found
    if came_from is None:
        raise OutOfDate("moved_on", state=state, action=action)
    return came_from


def allowed(state: State) -> frozenset[Action]:
    """The moves that lead out of `state`."""
    return frozenset(action for source, action in TABLE if source is state)
