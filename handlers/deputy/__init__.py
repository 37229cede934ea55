"""Deputies and the head of МЦУ: private chats."""

from aiogram import Router
from aiogram.filters import or_f

from handlers.deputy import disputes, extensions, returns
from handlers.filters import BoundTo, Private
from services.model import Purpose


def build() -> Router:
    """Everything they decide."""
    router = Router(name="deputy")
    # Where nobody can be told in private, a dispute stands in the duty chat.
    router.callback_query.filter(or_f(Private(), BoundTo(Purpose.TRIAGE)))
    router.message.filter(or_f(Private(), BoundTo(Purpose.TRIAGE)))
    router.include_routers(disputes.router, extensions.router, returns.router)
    return router
