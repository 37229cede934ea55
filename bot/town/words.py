"""The page's own words, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.i18n import _, ngettext

WORDS: dict[str, Callable[[], str]] = {
    "title": lambda: _("The town"),
    "waking": lambda: _("The town wakes up: people take their places. A few seconds more."),
    "lead_1": lambda: _("Open four windows: a citizen, an executor, a checker and a deputy head."),
    "lead_2": lambda: _(
        "As the citizen press «Start», agree, and write what is wrong and where: «На Островского у "
        "дома 12 слабый напор воды, кран еле течёт»."
    ),
    "lead_3": lambda: _(
        "Take the card in the staff chat, reply to it with what was done, let the answer pass, "
        "and rate it as the citizen."
    ),
    "four_windows": lambda: _("Open four windows"),
    "who": lambda: _("Or be somebody"),
    "everybody": lambda: _("Everybody in the town"),
    "journal": lambda: _("What the bot did"),
    "home": lambda: _("All people"),
    "chats": lambda: _("Chats"),
    "back": lambda: _("Back to the chats"),
    "messages": lambda: _("Messages"),
    "topics": lambda: _("Topics"),
    "general": lambda: _("General"),
    "choose_chat": lambda: _("Choose a chat."),
    "start": lambda: _("Start"),
    "write": lambda: _("Message"),
    "send": lambda: _("Send"),
    "attach": lambda: _("Attach"),
    "photo": lambda: _("Photo"),
    "album": lambda: _("Album of three"),
    "voice": lambda: _("Voice"),
    "file": lambda: _("Own file…"),
    "contact": lambda: _("Phone"),
    "caption": lambda: _("The words go with it"),
    "reply": lambda: _("Reply to this message"),
    "edit": lambda: _("Edit this message"),
    "cancel": lambda: _("Cancel"),
    "edited": lambda: _("edited"),
    "silent": lambda: _("without a sound"),
    "sounding": lambda: _("with a sound"),
    "unread": lambda: _("unread"),
    "block": lambda: _("Stop the bot"),
    "unblock": lambda: _("Let the bot write again"),
    "blocked": lambda: _("You have stopped the bot."),
    "moved": lambda: _("The group has moved on."),
    "sticker": lambda: _("Sticker"),
    "location_here": lambda: _("A point on the map"),
    "link_who": lambda: _("Who opens the link?"),
    "link_is": lambda: _("It is a link to the bot. Whoever opens it presses Start with it."),
    "time": lambda: _("The town's time"),
    "plus_15": lambda: _("+15 min"),
    "plus_60": lambda: _("+1 h"),
    "to_morning": lambda: _("To 08:30 of the next working day"),
    "times_60": lambda: _("×60"),
    "times_1": lambda: _("×1"),
    "pause": lambda: _("Pause"),
    "working": lambda: _("working time"),
    "not_working": lambda: _("not working time"),
    "paused": lambda: _("paused"),
    "trouble": lambda: _("Make trouble"),
    "trouble_lead": lambda: _("For the curious: nothing that people wrote may be lost by it."),
    "drop_before": lambda: _("Lose the bot's next 5 requests"),
    "drop_after": lambda: _("Lose the replies to the next 5"),
    "fail_500": lambda: _("Answer 500 to the next 5"),
    "fail_429": lambda: _("«Too many requests» to the next 5"),
    "slow": lambda: _("Be slow: 2 s each"),
    "quick": lambda: _("Be quick again"),
    "kill": lambda: _("Kill the bot"),
    "restart": lambda: _("Start the bot"),
    "bot_down": lambda: _("the bot is down"),
    "delete_topic": lambda: _("Delete this topic"),
    "upgrade": lambda: _("Make it a supergroup"),
    "deny": lambda: _("Take away the right to write"),
    "allow": lambda: _("Give all rights back"),
    "day": lambda: _("Play a day"),
    "day_lead": lambda: _(
        "A whole Tuesday and the morning after: appeals, an emergency, answers, ratings, digests."
    ),
    "day_going": lambda: _("The day is being played"),
    "day_over": lambda: _("The day is over."),
    "day_late": lambda: _("It is past that Tuesday. Start the demo again to play the day."),
    "windows": lambda: _("Windows side by side"),
    "lost": lambda: _("The connection to the town is lost; trying again…"),
    "language": lambda: _("По-русски"),
    "not_found": lambda: _("There is nothing here."),
    "training": lambda: _("Training"),
    "understood": lambda: _("How words are understood"),
    "understood_this": lambda: _("How this message is understood"),
    "understood_lead": lambda: _(
        "Write as a citizen would. Under the field stands what the hub makes of it and which words "
        "told so: topic, block, place, urgency, and what staff are shown."
    ),
    "understood_words": lambda: _("A citizen's words"),
    "understood_empty": lambda: _("Nothing is written yet."),
    "skip": lambda: _("To the messages"),
}


class Words:
    """A table of words for templates: `w.send`."""

    def __init__(self, table: Mapping[str, Callable[[], str]]) -> None:
        self._table = table

    def __getattr__(self, name: str) -> str:
        try:
            return self._table[name]()
        except KeyError:
            raise AttributeError(name) from None


def people(count: int) -> str:
    """«47 people»."""
    return ngettext("{n} person", "{n} people", count)


def unscripted(count: int) -> str:
    """How many steps went otherwise."""
    return ngettext(
        "{n} step went otherwise than scripted.", "{n} steps went otherwise than scripted.", count
    )


def service_words(data: dict[str, Any]) -> str | None:
    """What happened in the chat, for messages in which nobody spoke."""
    if "forum_topic_created" in data:
        return _("Topic «{name}»", name=data["forum_topic_created"]["name"])
    if "migrate_to_chat_id" in data or "migrate_from_chat_id" in data:
        return _("The group became a supergroup")
    if "new_chat_members" in data:
        names = ", ".join(u["first_name"] for u in data["new_chat_members"])
        return _("{names} joined", names=names)
    return None
