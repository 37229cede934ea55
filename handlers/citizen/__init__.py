"""The citizen's side: private chats only."""

from aiogram import Router

from handlers.citizen import (
    case,
    clarity,
    commands,
    consent,
    corrections,
    danger,
    edits,
    language,
    messages,
    mine,
    parting,
    places,
    privacy,
    problems,
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
        problems.router,
        language.router,
        case.router,
        places.router,
        corrections.router,
        rating.router,
        clarity.router,
        question.router,
        parting.router,
        danger.router,
        unknown,
        messages.router,
        edits.router,
    )
    return router
