"""What stands in the chats about a seeded appeal, and the notices by which it came there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from services.notices import is_group

if TYPE_CHECKING:
    from tests.bench.lives import Life

ZERO = "0" * 64


def put_up(life: Life, answered: bool) -> None:
    """Rows of what stands in the chats about an appeal, and how it went there."""
    _posted(life, "receipt", life.chat, "receipt:@", life.at)
    _posted(life, "card", life.card, f"card:@:{life.card}", life.at)
    for kind, chat, anchor in (
        ("receipt", life.chat, "receipt:@"),
        ("card", life.card, f"card:@:{life.card}"),
    ):
        _sent(life, kind, chat, anchor, life.at, f"{kind}:@:new")
        _sent(life, kind, chat, anchor, life.took, None)
    if not answered:
        return
    quality = life.lives.staff.quality
    anchor = f"quality:@:{quality}"
    _posted(life, "draft", life.card, "draft:@", life.answered)
    _posted(life, "quality", quality, anchor, life.answered)
    _sent(life, "draft", life.card, "draft:@", life.answered, None)
    _sent(life, "quality", quality, anchor, life.answered, None)
    if life.passed:
        anchor = "answer:@"
        _posted(life, "answer", life.chat, anchor, life.answered)
        _sent(life, "answer", life.chat, anchor, life.answered, "answer:@")
        _sent(life, "answer", life.chat, anchor, life.closed, None)
        _sent(life, "card", life.card, f"card:@:{life.card}", life.closed, None)


def _posted(life: Life, kind: str, chat: str, anchor: str, at: datetime) -> None:
    life.lives.put(
        "posted",
        channel="telegram",
        chat_id=chat,
        external_id=str(life.lives.key("posted")),
        kind=kind,
        appeal_id=life.appeal,
        owner_id=life.lives.staff.executor if kind == "draft" else None,
        anchor=anchor,
        data={},
        digest=ZERO,
        at=at,
        thread=None,
    )


def _sent(life: Life, kind: str, chat: str, anchor: str, at: datetime, dedup: str | None) -> None:
    private = not is_group(chat)
    life.lives.put(
        "outbox",
        kind=kind,
        channel="telegram",
        chat_id=chat,
        person_id=life.person if private else None,
        appeal_id=life.appeal,
        anchor=anchor,
        ref={},
        priority=1 if private else 4,
        not_before=at,
        dedup_key=dedup,
        coalesce_key=None if dedup else anchor,
        state="sent",
        attempts=0,
        run="0" * 16,
        external_id=None,
        error=None,
        created_at=at,
        sent_at=at,
        sent_clock=at.timestamp(),
    )
