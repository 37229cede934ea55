"""Fixed texts by name: greetings, commands, and refusals said in a chat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from bot.i18n import _, current_locale
from bot.views.consent import law
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from bot.views.toasts import REFUSALS
from services.model import Purpose
from storage.outbox import OutboxRow


def _welcome(frame: Frame) -> str:
    return "\n\n".join(
        (
            _(
                "Hello. This is the {town} town hall bot. Tell us what is broken, in the way or "
                "not working in the town and the villages.",
                town=escape(_town(frame)),
            ),
            _("Write in your own words what happened and where. Photos are fine."),
            _("Danger to life: call 112.") + "\n" + law(frame),
        )
    )


def _town(frame: Frame) -> str:
    return frame.town.name_en if current_locale() == "en" else frame.town.name


TEXTS: dict[str, Callable[[Frame], str]] = {
    "welcome": _welcome,
    "welcome_back": lambda _f: _("Good to see you again. What happened, and where?"),
    "greeting": lambda _f: _("Hello. What happened, and where?"),
    "what_happened": lambda _f: _("Thank you, we have the place. What happened there?"),
    "unreadable": lambda _f: _("We can't read this. Write it in words or send a photo."),
    "consent_waiting": lambda _f: _(
        "We have your message, but without consent we can't pass it on. Press the button above "
        "and it goes to work. We wait a day, then delete it."
    ),
    "consent_given": lambda _f: _("Consent received {date}, version {version}."),
    "consent_given_ask": lambda _f: _(
        "Consent received {date}, version {version}. Thank you. What happened, and where?"
    ),
    "consent_refused": lambda _f: _(
        "All right, we keep nothing. In danger call 112. Change your mind: /start"
    ),
    "write_more": lambda _f: _("Write or send photos: it will all join No. {number}."),
    "help": lambda _f: _(
        "Just write what happened and where.\n/start — from the beginning\n\nIn danger call 112."
    ),
    "unknown_command": lambda _f: _("No such command. Write in ordinary words, or /help"),
    "role_given": lambda _f: _("You now have the role {role} ({scope})."),
    "kept_as_note": lambda _f: _("{name} holds it, kept as a note."),
    "kept_as_note_free": lambda _f: _("Nobody holds it yet: take it first. Kept as a note."),
}


async def plain(frame: Frame, row: OutboxRow) -> Rendered:
    """One of the texts, with its values, escaped."""
    name = row.ref["text"]
    text = TEXTS[name](frame) if name in TEXTS else REFUSALS[name]()
    values = {k: escape(v) if isinstance(v, str) else v for k, v in row.ref["values"].items()}
    return Rendered(text.format(**values), reply_to=row.ref.get("reply_to"), silent=True)


async def bound(frame: Frame, row: OutboxRow) -> Rendered:
    """A chat got its purpose."""
    what = {
        Purpose.TRIAGE: _("triage"),
        Purpose.QUALITY: _("quality"),
        Purpose.BLOCK: frame.block(row.ref["block"]),
    }[Purpose(row.ref["purpose"])]
    return Rendered(_("This chat is bound: {what}. Cards will come here.", what=escape(what)))


async def invitation(frame: Frame, row: OutboxRow) -> Rendered:
    """The one-time link."""
    link = f"https://t.me/{frame.bot_name}?start=r_{row.ref['token']}"
    until = frame.moment(datetime.fromisoformat(row.ref["until"]))
    return Rendered(
        _(
            "Invitation: {role} ({scope}). Good once, until {moment}:",
            role=row.ref["role"],
            scope=escape(row.ref["scope"]),
            moment=until,
        )
        + "\n"
        + link
    )
