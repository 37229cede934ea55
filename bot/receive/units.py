"""Updates that are applied together: an album's items are one message."""

from __future__ import annotations

from storage.inbox import InboxRow


def units(rows: list[InboxRow]) -> list[list[InboxRow]]:
    """Rows as units: an album's items together, everything else alone."""
    found: list[list[InboxRow]] = []
    albums: dict[tuple[str, str], list[InboxRow]] = {}
    for row in rows:
        album = None if row.group_key is None else (row.chat_key, row.group_key)
        if album in albums:
            albums[album].append(row)
            continue
        found.append([row])
        if album is not None:
            albums[album] = found[-1]
    return found
