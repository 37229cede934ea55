"""Deputies and the head of МЦУ: private chats."""

from aiogram import Router

from handlers.deputy import disputes
from handlers.filters import Private


def build() -> Router:
    """Everything they decide."""
    router = Router(name="deputy")
    router.callback_query.filter(Private())
    router.include_router(disputes.router)
    return router
