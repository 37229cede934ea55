"""The citizen's side: private chats only. What is meant is decided in services/citizen."""

from aiogram import Router

from handlers.citizen import messages, pressed
from handlers.filters import Private


def build() -> Router:
    """Everything a citizen can do."""
    router = Router(name="citizen")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.include_routers(pressed.router, messages.router)
    return router
