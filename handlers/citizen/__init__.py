"""The citizen's side: private chats only."""

from aiogram import Router

from handlers.citizen import (
    case,
    commands,
    consent,
    corrections,
    edits,
    language,
    messages,
    mine,
    places,
    privacy,
    question,
    rating,
)
from handlers.fallback import unknown
from handlers.filters import Private


def build() -> Router:
    """Everything a citizen can do."""
    router = Router(name="citizen")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.include_routers(
        commands.router,
        consent.router,
        privacy.router,
        mine.router,
        language.router,
        case.router,
        places.router,
        corrections.router,
        rating.router,
        question.router,
        unknown,
        messages.router,
        edits.router,
    )
    return router
