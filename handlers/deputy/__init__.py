"""Those above a department: deputies, the head of МЦУ, heads of blocks; their private chats."""

from aiogram import Router
from aiogram.filters import or_f

from handlers.deputy import assigning, away, deciding, disputes, extensions, lists, rating, returns
from handlers.filters import BoundTo, Private
from services.model import Purpose


def build() -> Router:
    """Everything they read and decide."""
    router = Router(name="deputy")
    # Where nobody can be told in private, a question stands in the duty chat.
    here = or_f(Private(), BoundTo(Purpose.TRIAGE))
    router.callback_query.filter(here)
    router.message.filter(here)
    router.include_routers(
        lists.router,
        assigning.router,
        deciding.router,
        rating.router,
        away.router,
        disputes.router,
        extensions.router,
        returns.router,
    )
    return router
