"""The API's errors as outcomes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.delivery.outcomes import (
    BrokenMarkup,
    Edited,
    Failed,
    Gone,
    Moved,
    Muted,
    Outcome,
    Refused,
    TopicGone,
    Unreachable,
    Wait,
)

_BROKEN = ("can't parse entities",)
_MUTED = ("not enough rights to send", "CHAT_WRITE_FORBIDDEN", "have no rights to send")
_NO_TOPIC = ("message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED")
_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


async def outcome_of(call: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """What the call did, or the outcome that its error means."""
    try:
        return await call()
    except TelegramRetryAfter as error:
        return Wait(error.retry_after)
    except TelegramMigrateToChat as error:
        return Moved(str(error.migrate_to_chat_id))
    except TelegramForbiddenError as error:
        return Unreachable(error.message)
    except (TelegramNetworkError, TelegramServerError) as error:
        return Failed(str(error))
    except TelegramBadRequest as error:
        return _refusal(error.message)
    except TelegramAPIError as error:
        return Refused(error.message)


def _refusal(why: str) -> Outcome:
    """What a 400 means, by its words: the API has no codes for them."""
    if "message is not modified" in why:
        return Edited()
    for texts, outcome in (
        (_GONE, Gone()),
        (_MUTED, Muted(why)),
        (_NO_TOPIC, TopicGone(why)),
        (_BROKEN, BrokenMarkup(why)),
    ):
        if any(text in why for text in texts):
            return outcome
    return Refused(why)
