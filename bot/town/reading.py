"""How far everybody has read: unread counts, in every window of the same person alike."""

from __future__ import annotations


class Reading:
    """The newest message seen, by person, chat and topic."""

    def __init__(self) -> None:
        self._upto: dict[tuple[int, int, int | None], int] = {}

    def upto(self, user_id: int, chat_id: int, thread: int | None) -> int:
        """The newest message this person has seen there; 0: none."""
        return self._upto.get((user_id, chat_id, thread), 0)

    def read(self, user_id: int, chat_id: int, thread: int | None, message_id: int) -> bool:
        """He has seen everything up to this message; True when that is news."""
        key = (user_id, chat_id, thread)
        if message_id <= self._upto.get(key, 0):
            return False
        self._upto[key] = message_id
        return True
