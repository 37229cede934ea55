"""Telegram's side of the conversations: one file is one wish of one person."""

from functools import cache

from aiogram import Dispatcher

from handlers import admin, citizen, deputy, duty, errors, fallback, staff
from handlers.filters import NotPlainWords


@cache
def dispatcher() -> Dispatcher:
    """Every audience, in the order of asking.

    One for the process: it keeps no state, everything a handler needs comes with the scene.
    """
    found = Dispatcher(disable_fsm=True)
    roles = (admin.build(), deputy.build(), duty.build(), staff.build())
    for router in roles:
        router.message.filter(NotPlainWords())
        router.edited_message.filter(NotPlainWords())
    found.include_routers(errors.router, *roles, citizen.build(), fallback.router)
    return found
