"""The commands a messenger's client suggests in private chats."""

from __future__ import annotations

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.i18n import DEFAULT_LOCALE, LOCALES, _, use_locale


def _commands() -> list[BotCommand]:
    words = (
        ("my", _("your messages and the answers")),
        ("language", _("language · язык")),
        ("privacy", _("what we keep")),
        ("forgetme", _("delete your data")),
        ("help", _("help")),
    )
    return [BotCommand(command=name, description=text) for name, text in words]


async def suggest(bot: Bot) -> None:
    """Tell the messenger, in every language; ours by default is everybody else's."""
    for locale in LOCALES:
        with use_locale(locale):
            await bot.set_my_commands(
                _commands(),
                scope=BotCommandScopeAllPrivateChats(),
                language_code=None if locale == DEFAULT_LOCALE else locale,
            )
