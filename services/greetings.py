"""Hello and thank you: words that ask for nothing get a kind answer, no case."""

from __future__ import annotations

from services import notify
from services.desk import Desk
from services.model import Person
from services.wire import Message

_HELLO = "здравствуйте здравствуй привет добрый доброе доброго день утро вечер времени суток"
_THANKS = "спасибо благодарю большое"
_ENGLISH_HELLO = "hello hi good morning evening"
_ENGLISH_THANKS = "thanks thank you"
THANKS = frozenset(f"{_THANKS} {_ENGLISH_THANKS}".split())
WORDS = frozenset(f"{_HELLO} {_ENGLISH_HELLO}".split()) | THANKS


_VERDICTS = frozenset(
    (
        *("решено", "решили", "частично", "решено частично", "не решено", "не решили"),
        *("получилось", "не получилось", "все получилось", "сделали", "не сделали"),
        *("solved", "partly", "not solved"),
    )
)


def _words(message: Message) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in message.text.lower()).split()


def alone(message: Message) -> bool:
    """Nothing but a hello or a thank-you."""
    words = _words(message)
    return bool(words) and not message.attachments and set(words) <= WORDS


def verdict(message: Message) -> bool:
    """Nothing but what the three buttons under an answer say."""
    said = " ".join(_words(message)).replace("ё", "е")
    return said in _VERDICTS


async def answer(desk: Desk, person: Person, message: Message) -> None:
    """A hello is asked what happened; thanks are not."""
    text = "welcome_thanks" if set(_words(message)) <= THANKS else "greeting"
    notify.plain(desk, person, channel=message.channel, chat_id=message.chat, text=text)
