"""Short answers to presses (≤ 90 characters), and the words of every refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import _, current_locale, ngettext, use_locale
from bot.views import moments
from services.model import Appeal, Clock
from services.municipality import Municipality
from services.policies import ClockKind

LIMIT = 90
_ANSWERING = (ClockKind.ANSWER, ClockKind.FIX)


@dataclass(frozen=True, slots=True)
class Visit:
    """A press that opens the bot's private chat with this start parameter, instead of words."""

    start: str


REFUSALS: dict[str, Callable[[], str]] = {
    "no_role": lambda: _("You have no role for this here"),
    "moved_on": lambda: _("The case has moved on, here is the fresh card"),
    "outdated": lambda: _("This is out of date"),
    "forged": lambda: _("This button is not of this message"),
    "others_menu": lambda: _("{name} opened this menu"),
    "others_prompt": lambda: _("{name} was asked, not you."),
    "no_such_decision": lambda: _("There is no such question any more"),
    "decided_by": lambda: _("Already decided: {name}, {at}"),
    "no_such_appeal": lambda: _("There is no case No. {number}"),
    "no_such_answer": lambda: _("There is no such answer"),
    "no_such_outcome": lambda: _("There is no such outcome"),
    "no_such_mark": lambda: _("Marks are from 1 to 5"),
    "stranger": lambda: _("This card is of «{block}», you have no role there"),
    "taken_by": lambda: _("Already taken: {name}, {at}"),
    "taken_by_you": lambda: _("You already hold this case"),
    "nobody_else": lambda: _("Nobody else is in the block yet"),
    "not_in_block": lambda: _("This person has no role in the block any more"),
    "nobody_above": lambda: _("Nobody to pass it to: heads have not started the bot"),
    "others_undo": lambda: _("Whoever handed it over may undo it"),
    "undo_late": lambda: _("A minute has passed. Hand the case over again"),
    "question_needed": lambda: _("Write the question in words."),
    "held_by": lambda: _("{name} holds it. Ask to hand it over"),
    "not_your_draft": lambda: _("This draft is {name}'s"),
    "own_answer": lambda: _("You can't check your own answer"),
    "already_checked": lambda: _("This answer is already decided"),
    "already_rated": lambda: _("You have already rated this, thank you"),
    "photo_needed": lambda: _("«Solved» needs a photo «after» for this topic"),
    "not_in_progress": lambda: _("Not now: the answer is being checked or already given"),
    "not_yours": lambda: _("This is not your case"),
    "too_late_to_restore": lambda: _("More than a week has passed. Write a new message"),
    "no_such_problem": lambda: _("There is no such problem"),
    "problem_decided": lambda: _("It is decided already"),
    "not_in_problem": lambda: _("No. {number} is not among the reports of this problem."),
    "empty_news": lambda: _("Write it in words, please."),
    "news_personal": lambda: _("Many will read it: take the phone or e-mail out, please."),
    "cannot_join": lambda: _("No. {number} can't join: it has no block yet or is held already"),
    "leads_problem": lambda: _("Others follow No. {number}: answer them or part them first"),
    "already_closed": lambda: _("No. {number} is closed. Write a new message"),
    "already_answered": lambda: _("No. {number} is already answered"),
    "checked_it": lambda: _("You checked that answer: the coordinator decides"),
    "already_returned": lambda: _("Your department has given it back already; not twice"),
    "return_too_late": lambda: _("It could be given back until {at}: 4 working hours are over"),
    "return_decided": lambda: _("The head of the centre has decided: it can't be given back"),
    "head_decides": lambda: _("The second return: the head of the centre decides"),
    "no_number": lambda: _("Write the number of that report, in figures."),
    "no_such_repeat": lambda: _("Your block has no report No. {number}. Check the number."),
    "never_postponed": lambda: _("An emergency can't be postponed"),
    "no_extension": lambda: _("The term of this report can't be moved"),
    "postponed_enough": lambda: _("Postponed as often as is allowed: answer, or ask for help"),
    "no_such_day": lambda: _("This day can't be promised any more. Choose another"),
    "promise_past": lambda: _("The promised day is over: send the answer back"),
    "empty_answer": lambda: _("Write the answer in words; a photo goes with it."),
    "empty_advice": lambda: _("Write in words what the person can do."),
    "ground_needed": lambda: _("Choose why it can't be done: press «Refused» again"),
    "advice_needed": lambda: _("A refusal says what the person can do: press «What they can do»"),
    "visible_phone": lambda: _("Can't be sent: a phone number shows. Remove it, we'll look again."),
    "visible_email": lambda: _("Can't be sent: an e-mail shows. Remove it, we'll look again."),
    "visible_card": lambda: _("Can't be sent: a card number shows. Remove it, we'll look again."),
    "visible_document": lambda: _("Can't be sent: a document shows. Remove it, we'll look again."),
    "no_such_service": lambda: _("There is no such service"),
    "past_date": lambda: _("This day has passed, choose a later one"),
    "no_such_reason": lambda: _("There is no such reason"),
    "too_late_to_reopen": lambda: _(
        "More than a week has passed. Write anew, we will connect it with No. {number}."
    ),
    "too_late_to_correct": lambda: _("A mark can be corrected for ten minutes only"),
    "only_holder": lambda: _("The contact is shown only to who holds the case"),
    "no_contact": lambda: _("The citizen has left no telephone"),
    "too_long": lambda: _("Too long: {n} characters, {limit} fit. Please shorten it."),
    "reason_needed": lambda: _("Write the reason in one phrase."),
    "day_not_read": lambda: _("Not understood. Write a day to come, like {example}"),
    "no_substitute": lambda: _("There is no such person here any more"),
    "not_away": lambda: _("Nobody stands in for you now"),
    "remark_needed": lambda: _("Write what should be mended, in one phrase."),
    "bind_in_group": lambda: _("This command is written in the block's working chat."),
    "bind_denied": lambda: _("A chat is bound by the bot's administrator."),
    "health_in_private": lambda: _("This is asked in a private chat with the bot."),
    "bind_first": lambda: _("This chat is bound to nothing yet: /bind first"),
    "roles_of_a_bot": lambda: _("A bot has no roles. Reply to a person's message"),
    "term_unread": lambda: _("Write it like this: until 31.12.2026, order 15-r"),
    "term_past": lambda: _("This date has passed already"),
    "nothing_to_date": lambda: _("This person has no role here yet: tick one first"),
    "no_such_chat": lambda: _("This chat is bound to nothing any more"),
    "no_such_block": lambda: _("There is no block «{code}». Codes: {codes}"),
    "anonymous": lambda: _(
        "We can't see who you are: you write in the name of the group. Switch off "
        "«Remain anonymous» in the administrator's rights, or press the buttons: they work."
    ),
    "invite_in_private": lambda: _("Invitations are made in a private chat with the bot."),
    "invite_role_needed": lambda: _("Write /invite ROLE [BLOCK]. Roles: {roles}"),
    "no_such_role": lambda: _("There is no role «{role}». Roles: {roles}"),
    "scope_needed": lambda: _("The role {role} needs a block: {codes}"),
    "invitation_unknown": lambda: _("This invitation is unknown. Ask for a new one."),
    "invitation_used": lambda: _("This invitation was already used. Ask for a new one."),
    "invitation_expired": lambda: _("This invitation has run out. Ask for a new one."),
}


def refusal(code: str, values: dict[str, object], locale: str) -> str:
    """A refusal as a toast."""
    with use_locale(locale):
        return _cut(REFUSALS[code]().format(**values))


def _cut(text: str) -> str:
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "…"


def taken(clocks: Sequence[Clock], zone: ZoneInfo, locale: str) -> str:
    """«Взять» done: by when."""
    clock = next((c for c in reversed(clocks) if c.kind in _ANSWERING), None)
    with use_locale(locale):
        if clock is None or clock.stopped_at is not None:
            return _("Taken: it is yours now")
        due = moments.short(clock.due_at, zone)
        if clock.kind is ClockKind.FIX:
            return _("Taken. Fix by {moment}", moment=due)
        return _("Taken. Answer by {moment}", moment=due)


def given_up(locale: str) -> str:
    """«Снять с себя» done."""
    with use_locale(locale):
        return _("Given up, the case is free again")


def handed_over(name: str, locale: str) -> str:
    """A colleague has it."""
    with use_locale(locale):
        return _cut(_("Handed over: {name}", name=name))


def undone(locale: str) -> str:
    """All is as it was."""
    with use_locale(locale):
        return _("Undone, all is as it was")


def asked(locale: str) -> str:
    """A quick question."""
    with use_locale(locale):
        return _("It goes out in a minute. Changed your mind: «Withdraw question»")


def recalled(locale: str) -> str:
    """«Отозвать ответ» done."""
    with use_locale(locale):
        return _("Taken back, the draft is below")


def below(locale: str) -> str:
    """What was asked for stands under the card."""
    with use_locale(locale):
        return _("It is under the card")


def help_called(names: Sequence[str], locale: str) -> str:
    """«Нужна помощь» done."""
    with use_locale(locale):
        return _cut(_("Passed on: {names}", names=", ".join(names)))


def take_and_ask(locale: str) -> str:
    """«Мало данных» on a case that nobody holds."""
    with use_locale(locale):
        return _("Take it and press «Clarify»: the citizen will be asked")


def take_first(locale: str) -> str:
    """«Сделать нельзя» on a case that nobody holds."""
    with use_locale(locale):
        return _("Take it first: a refusal is an answer to the citizen")


def submitted(locale: str) -> str:
    """«Отправить» done."""
    with use_locale(locale):
        return _("Sent for checking")


def passed(locale: str) -> str:
    """«Пропустить» done."""
    with use_locale(locale):
        return _("The answer goes to the citizen")


def calmed(locale: str) -> str:
    """«Уже не опасно» done."""
    with use_locale(locale):
        return _("Passed on to the duty officer")


def routed(town: Municipality, appeal: Appeal, locale: str) -> str:
    """A block was chosen."""
    with use_locale(locale):
        block = town.blocks[appeal.block or ""]
        name = block.name_en if current_locale() == "en" else block.name
        return _cut(_("No. {number} → {block}", number=appeal.id, block=name))


def nudged(n: int, locale: str) -> str:
    """«Напомнить всем» done."""
    with use_locale(locale):
        if not n:
            return _("Nobody holds any of them")
        return ngettext("Reminded of {n} case", "Reminded of {n} cases", n)


def snoozed(town: Municipality, until: datetime, locale: str) -> str:
    """«До завтра» done."""
    with use_locale(locale):
        moment = moments.short(until, town.calendar.zone)
        return _("Quiet until {moment}. No deadline moves", moment=moment)


def outdated(locale: str) -> str:
    """A button nobody answers for any more."""
    with use_locale(locale):
        return _("This is out of date")


def looking(locale: str) -> str:
    """«Проверить снова»: the answer comes a moment later, in the message."""
    with use_locale(locale):
        return _("Looking, the list above will change")
