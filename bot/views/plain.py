"""Fixed texts by name: greetings, commands, and refusals said in a chat."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.i18n import _, current_locale
from bot.views.frame import Frame
from bot.views.refusal_words import REFUSALS
from bot.views.rendered import Rendered
from services.model import WHOLE_CENTRE, Role
from storage.outbox import OutboxRow


def _welcome(frame: Frame) -> str:
    return "\n\n".join(
        (
            _(
                "Hello. This is the {town} town hall bot. Tell us what is broken, in the way or "
                "not working in the town and the villages.",
                town=escape(_town(frame)),
            ),
            _("Write in your own words what happened and where. Photos, video and voice are fine."),
            _("Danger to life: call 112."),
        )
    )


def _town(frame: Frame) -> str:
    return frame.town.name_en if current_locale() == "en" else frame.town.name_of


TEXTS: dict[str, Callable[[Frame], str]] = {
    "welcome": _welcome,
    "welcome_thanks": lambda _f: _("You are welcome. If anything else happens, write here."),
    "flood": lambda _f: _(
        "Many messages at once, we won't lose any. We'll put them together and answer in a minute."
    ),
    "our_failure": lambda _f: _(
        "Something broke on our side, not yours. Your message is kept, no need to repeat it."
    ),
    "calm_passed": lambda _f: _("Thank you, passed on to the duty officer. The case stays open."),
    "welcome_back": lambda _f: _(
        "Good to see you again. What happened, and where? Your messages: /my"
    ),
    "greeting": lambda _f: _("Hello. What happened, and where?"),
    "what_happened": lambda _f: _("Thank you, we have the place. What happened there?"),
    "still_awaited": lambda _f: _(
        "We are waiting for your answer about No. {number}. Write it here, in your own words."
    ),
    "unreadable": lambda _f: _("We can't read this. Write it in words or send a photo."),
    "contact_kept": lambda _f: _("We have the phone. Only the one who does the work will see it."),
    "file_too_large": lambda _f: _(
        "The file is over 20 MB, we couldn't fetch it. Send a shorter one or a photo. "
        "The text is with us."
    ),
    "file_too_large_alone": lambda _f: _(
        "The file is over 20 MB, we couldn't fetch it. Send a shorter one or a photo."
    ),
    "file_too_large_staff": lambda _f: _(
        "The file is over 20 MB: the citizen will get it, but we keep no copy."
    ),
    "added_by_admin": lambda _f: _(
        "The bot is here. An administrator binds the chat: /bind and the code of a block."
    ),
    "edit_too_late": lambda _f: _(
        "Too late for this edit: the answer is being checked or sent. Reply to the card again."
    ),
    "question_left": lambda _f: _(
        "The question has left already: the citizen will not see this edit. To ask anew, withdraw "
        "the question on the card."
    ),
    "edit_of_nothing": lambda _f: _(
        "We see your edit, but can't tell what it belongs to. Write it as a new message."
    ),
    "consent_waiting": lambda _f: _(
        "We have your message, but without consent we can't pass it on. Press the button above "
        "and it goes to work. We wait a day, then delete it."
    ),
    "consent_given_ask": lambda _f: _("Thank you. What happened, and where?"),
    "consent_refused": lambda _f: _(
        "All right, we keep nothing. In danger call 112. Change your mind: /start"
    ),
    "rejected": lambda _f: _(
        "▫️ No. {number} is closed: we saw nothing to be done. If we are wrong, tell us."
    ),
    "call_dropped": lambda _f: _("All right, nothing is registered."),
    "help": lambda _f: _(
        "Just write what happened and where.\n/my — your messages and the answers\n"
        "/language — language\n/privacy — what we keep\n/forgetme — delete your data"
        "\n\nIn danger call 112. Town duty service: {edds}.",
        edds=_f.town.phones["edds"].number if "edds" in _f.town.phones else "112",
    ),
    "dispute_why_back": lambda _f: _(
        "Why does No. {number} go back to work? Write it in one phrase: the citizen will read it."
    ),
    "dispute_why_keep": lambda _f: _(
        "Why does the answer to No. {number} stand? Write it in one phrase: the citizen will "
        "read it."
    ),
    "missed_answer": lambda _f: _("While you were away an answer came to No. {number}:"),
    "missed_question": lambda _f: _("While you were away we asked about No. {number}:"),
    "missed_news": lambda _f: _("While you were away there was news of No. {number}:"),
    "forget_later": lambda _f: _("All right. We erase it ourselves once {numbers} is closed."),
    "forgotten_already": lambda _f: _("Already deleted. The record of it: {act}."),
    "forgotten": lambda _f: _("Deleted. The record of it: {act}. To write again: /start"),
    "kept": lambda _f: _("All right, everything stays as it is."),
    "unknown_command": lambda _f: _("No such command. Write in ordinary words, or /help"),
    "group_upgraded": lambda _f: _("The group became a supergroup, the binding went with it."),
    "passed_to_citizen": lambda _f: _("Sent to the citizen."),
    "second_return": lambda _f: _(
        "The second return of No. {number} is decided by the head of the centre, passed on."
    ),
    "repeat_passed": lambda _f: _("The duty officer will see whether it repeats No. {number}."),
    "final_reason": lambda _f: _("No. {number}: why? One phrase, in your next message."),
    "critical_asked": lambda _f: _(
        "A critical case is postponed by the deputy head alone; we have asked."
    ),
    "extension_asked": lambda _f: _(
        "This day must be allowed by whoever is responsible; we have asked."
    ),
    "answer_later": lambda _f: _(
        "All right, there is no hurry. When you can, write here: it will join No. {number}."
    ),
    "removed_from_block": lambda _f: _(
        "The bot was removed from the chat «{title}» ({code}). The block's cards go to the duty "
        "officer now. Let it in again as an administrator, or write /bind {code} in another chat."
    ),
    "removed_from": lambda _f: _(
        "The bot was removed from the chat «{title}» ({code}). What is for it waits. Let it in "
        "again as an administrator, or write /bind {code} in another chat."
    ),
    "removed_seen": lambda _f: _(
        "The bot was removed from the chat «{title}»: its cards stand here now. The administrator "
        "knows."
    ),
    "block_without_chat": lambda _f: _(
        "No. {number} came to the block {code}, which has no chat: its card stands with the duty "
        "officer. Write /bind {code} in the block's chat, /invite EXE {code} here."
    ),
    "terminate_why": lambda _f: _(
        "Why is No. {number} ended? Write it in one phrase: the citizen will read it."
    ),
    "terminated": lambda _f: _("No. {number} is ended, the citizen is told."),
    "role_over": lambda _f: _(
        "{name} has no role in the block any more: nobody holds No. {number}, take it."
    ),
    "kept_as_note": lambda _f: _("{name} holds it, kept as a note."),
    "kept_as_note_over": lambda _f: _("Kept as a note: there is nothing to answer now."),
    "kept_as_note_free": lambda _f: _("Nobody holds it yet: take it first. Kept as a note."),
}


def role_word(role: Role) -> str:
    """A role in words: «исполнитель»."""
    return {
        Role.CIT: _("citizen"),
        Role.HUB: _("the hub"),
        Role.DUT: _("duty officer"),
        Role.EXE: _("executor"),
        Role.DEP: _("head of a department"),
        Role.BHD: _("head of a block"),
        Role.BLK: _("deputy head responsible for a block"),
        Role.QC: _("checker"),
        Role.MHD: _("head of the centre"),
        Role.CRD: _("coordinator"),
        Role.MAY: _("head of the municipality"),
        Role.PRS: _("press"),
        Role.ADM: _("administrator"),
        Role.AUD: _("observer"),
    }[role]


def role_in(frame: Frame, code: str, scope: str) -> str:
    """«исполнитель, ЖКХ и энергетика»."""
    word = role_word(Role(code))
    return word if scope == WHOLE_CENTRE else f"{word}, {escape(frame.block(scope))}"


async def plain(frame: Frame, row: OutboxRow) -> Rendered:
    """One of the texts, with its values, escaped."""
    name = row.ref["text"]
    values = dict(row.ref["values"])
    if name == "role_given":
        return Rendered(
            _("You are now: {role}.", role=role_in(frame, values["role"], values["scope"]))
        )
    text = TEXTS[name](frame) if name in TEXTS else REFUSALS[name]()
    values = {k: escape(v) if isinstance(v, str) else v for k, v in values.items()}
    return Rendered(text.format(**values), reply_to=row.ref.get("reply_to"), silent=True)


async def nothing(_frame: Frame, _row: OutboxRow) -> Rendered:
    """No words: the notice is about a message that stands already."""
    return Rendered()


async def leaving(frame: Frame, row: OutboxRow) -> Rendered | None:
    """To a group that is nobody's chat, unless it was bound since; a feed is told nothing."""
    if await frame.uow.people.chat(row.channel, row.chat_id) is not None:
        return None
    if row.ref["feed"]:
        return Rendered()
    return Rendered(
        _(
            "This bot is for private messages: if something is broken in the town, write to "
            "@{name}. It does not read this chat and is leaving.",
            name=frame.bot_name,
        ),
        silent=True,
    )
