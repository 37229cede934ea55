"""The duty officer's side: the triage chat, and what he does in private."""

from aiogram import Router
from aiogram.filters import or_f

from handlers.duty import (
    alarms,
    calls,
    dead_letters,
    explaining,
    more,
    parked,
    shifts,
    topics,
    triage,
)
from handlers.filters import BoundTo, Private
from services.model import Purpose


def build() -> Router:
    """Everything the duty officer can do."""
    router = Router(name="duty")
    here = BoundTo(Purpose.TRIAGE)
    for part, place in (
        (triage.router, here),
        (more.router, here),
        (topics.router, here),
        (explaining.router, here),
        (calls.tasks, or_f(Private(), here)),
        (alarms.router, or_f(Private(), here)),
        (calls.router, or_f(Private(), here)),
        (shifts.router, or_f(Private(), here)),
        (dead_letters.router, or_f(Private(), here)),
        (parked.router, or_f(Private(), here)),
        (calls.form, Private()),
    ):
        part.message.filter(place)
        part.callback_query.filter(place)
        router.include_router(part)
    return router
