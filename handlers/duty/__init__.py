"""The duty officer's side: the triage chat."""

from aiogram import Router

from handlers.duty import more, triage
from handlers.filters import BoundTo
from services.model import Purpose


def build() -> Router:
    """Everything the duty officer can do."""
    router = Router(name="duty")
    router.message.filter(BoundTo(Purpose.TRIAGE))
    router.callback_query.filter(BoundTo(Purpose.TRIAGE))
    router.include_routers(triage.router, more.router)
    return router
