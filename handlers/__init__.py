"""Telegram's side of the conversations: one file is one wish of one person."""

from aiogram import Dispatcher

from handlers import admin, citizen, deputy, duty, errors, fallback, staff


def attach(dispatcher: Dispatcher) -> None:
    """Put every audience on the dispatcher; the order is the order of asking."""
    dispatcher.include_routers(
        errors.router,
        admin.build(),
        deputy.build(),
        duty.build(),
        staff.build(),
        citizen.build(),
        fallback.router,
    )
