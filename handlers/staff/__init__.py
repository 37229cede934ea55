"""The staff's side: the blocks' chats and the quality chat."""

from aiogram import Router

from handlers.filters import BoundTo, Private
from handlers.staff import (
    cards,
    drafts,
    due,
    edits,
    history,
    menus,
    postponing,
    problems,
    quality,
    refusals,
    returns,
    topics,
)
from services.model import Purpose


def build() -> Router:
    """Everything executors and checkers can do."""
    router = Router(name="staff")
    # A block without a chat has its cards, an unchecked answer its quality card, in triage.
    for part, purposes in (
        (quality.router, (Purpose.QUALITY, Purpose.TRIAGE)),
        (cards.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (postponing.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (returns.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (menus.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (topics.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (due.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (drafts.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (refusals.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (history.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (problems.router, (Purpose.BLOCK, Purpose.TRIAGE)),
        (edits.router, (Purpose.BLOCK, Purpose.TRIAGE)),
    ):
        part.message.filter(BoundTo(*purposes))
        part.edited_message.filter(BoundTo(*purposes))
        part.callback_query.filter(BoundTo(*purposes))
        router.include_router(part)
    history.private.message.filter(Private())
    history.private.callback_query.filter(Private())
    router.include_router(history.private)
    return router
