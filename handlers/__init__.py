"""Telegram's side of the conversations: one file is one wish of one person."""

from functools import cache

from aiogram import Dispatcher

from handlers import admin, citizen, deputy, duty, errors, fallback, staff


@cache
def dispatcher() -> Dispatcher:
    """Every audience, in the order of asking.

    One for the process: it keeps no state, everything a handler needs comes with the scene.
    """
    found = Dispatcher(disable_fsm=True)
    found.include_routers(
        errors.router,
        admin.build(),
        deputy.build(),
        duty.build(),
        staff.build(),
        citizen.build(),
        fallback.router,
    )
    return found
