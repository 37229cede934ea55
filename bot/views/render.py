"""Notice → message: one renderer for each kind, in the recipient's locale."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.i18n import DEFAULT_LOCALE, use_locale
from bot.views import (
    above,
    additions,
    alarms,
    answers,
    asked,
    assigning,
    away,
    binding,
    calls,
    cards,
    citizen,
    clarity,
    consent,
    corrections,
    dead_letters,
    decisions,
    digest,
    digest_picture,
    drafts,
    duty,
    extensions,
    hands,
    health,
    hidden,
    history,
    lists,
    media,
    menus,
    mine,
    models,
    oversight,
    parked,
    places,
    plain,
    postponing,
    privacy,
    problems,
    prompts,
    quality,
    rating,
    reminders,
    returns,
    roles,
    shifts,
    spikes,
    topic_notice,
    triage,
    why,
    work,
)
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from bot.views.topics import placed
from services.model import Appeal, Direction, Person
from services.notices import Kind, is_group
from services.policies import Urgency
from storage.outbox import OutboxRow

Renderer = Callable[[Frame, OutboxRow], Awaitable[Rendered | None]]

RENDERERS: dict[Kind, Renderer] = {
    Kind.CONSENT: consent.consent,
    Kind.EMERGENCY_ADVICE: consent.emergency,
    Kind.RECEIPT: citizen.receipt,
    Kind.WHY: why.why,
    Kind.TAKEN: citizen.taken,
    Kind.QUESTION: asked.question,
    Kind.QUESTION_WAITS: asked.waits,
    Kind.REPLY_PASSED: citizen.reply_passed,
    Kind.ANSWER: answers.answer,
    **additions.RENDERERS,
    Kind.INTERIM: postponing.interim,
    Kind.REST_ASKED: citizen.rest_asked,
    Kind.CHILD_MADE: citizen.child_made,
    Kind.REOPENED: citizen.reopened,
    Kind.DISPUTED: clarity.disputed,
    Kind.DECIDED: clarity.decided,
    Kind.COMMENT_PASSED: citizen.comment_passed,
    Kind.JOINED: citizen.joined,
    Kind.OWN_DELAY: reminders.own_delay,
    Kind.ASK_AGAIN: answers.ask_again,
    Kind.UNCLEAR_ASKED: clarity.unclear_asked,
    Kind.UNCLEAR_PASSED: clarity.unclear_passed,
    Kind.EXPLAINED: clarity.explained,
    Kind.FORWARDED: clarity.forwarded,
    Kind.REJECTED: clarity.rejected,
    Kind.TERMINATED: clarity.terminated,
    Kind.REASON_ASKED: above.reason_asked,
    Kind.WORDS_ASKED: media.words_asked,
    Kind.FORGET: privacy.forget,
    Kind.PRIVACY: privacy.privacy,
    Kind.EXPORT: privacy.export,
    Kind.MY_LIST: mine.my_list,
    Kind.PROBLEM_JOINED: problems.joined,
    Kind.PROBLEM_NEWS: problems.news,
    Kind.PROBLEM_GROWS: problems.grows,
    Kind.PROBLEM_TOLD: problems.told,
    Kind.PROBLEM_PROPOSED: problems.proposed,
    Kind.PROBLEM_BY_HAND: problems.by_hand,
    Kind.MY_CASE: mine.my_case,
    Kind.LANGUAGE: mine.language,
    Kind.PLACE_ASKED: places.asked,
    Kind.PLACE_NOTED: places.noted,
    Kind.STREETS_ASKED: places.streets,
    Kind.POINT_ASKED: places.point,
    Kind.OPINION_PASSED: corrections.passed,
    Kind.BLOCK_CHANGED: corrections.block_changed,
    Kind.CITIZEN_OPINION: corrections.opinion,
    Kind.PLAIN: plain.plain,
    Kind.CARD: cards.card,
    Kind.LONG_WORDS: cards.long_words,
    Kind.MEDIA: media.media,
    Kind.DRAFT: drafts.draft,
    Kind.TRIAGE: triage.card,
    Kind.ASSIGN: assigning.menu,
    Kind.ASSIGNED: assigning.assigned,
    Kind.HANDED_OVER: hands.handed_over,
    Kind.TOPIC_TOLD: topic_notice.told,
    Kind.LAST_ANSWER: hands.last_answer,
    Kind.HELP_ASKED: hands.help_asked,
    Kind.PROMPT: prompts.prompt,
    Kind.MENU: menus.menu,
    Kind.REMOVE: plain.nothing,
    Kind.ERASED: privacy.erased,
    Kind.DECISION: decisions.decision,
    Kind.QUALITY: quality.quality,
    Kind.SENT_BACK: quality.sent_back,
    Kind.CITIZEN_REPLIED: work.citizen_replied,
    Kind.CITIZEN_ASKS: work.citizen_asks,
    Kind.CITIZEN_SILENT: work.citizen_silent,
    Kind.CITIZEN_RETURNED: work.citizen_returned,
    Kind.LIST: lists.listing,
    Kind.MODELS: models.models,
    Kind.MODEL_LEARNT: models.learnt,
    Kind.CASE_TEXT: lists.case_text,
    Kind.NUDGE: lists.nudge,
    Kind.TODO: oversight.todo,
    Kind.RATING: rating.rating,
    Kind.AWAY: away.away,
    Kind.SUBSTITUTE: away.told,
    Kind.THIRD_RETURN: quality.third_return,
    Kind.CHECK_LATE: quality.check_late,
    Kind.UNCLEAR: clarity.unclear,
    Kind.FORWARD_DUE: clarity.forward_due,
    Kind.HISTORY: history.history,
    Kind.CONTACT: history.contact,
    Kind.HIDDEN: hidden.shown,
    Kind.REMINDER: reminders.reminder,
    Kind.OVERDUE: above.overdue,
    Kind.OUTAGE: above.outage,
    Kind.UNOWNED: duty.unowned,
    Kind.EMERGENCY_UNCONSENTED: alarms.unconsented,
    Kind.ALARM: alarms.alarm,
    Kind.ALARM_UNANSWERED: alarms.unanswered,
    Kind.ALARM_ACCEPTED: alarms.accepted,
    Kind.CALL_FORM: calls.form,
    Kind.REPEAT_PROPOSED: returns.repeat_proposed,
    Kind.RETURN_JUDGED: returns.judged,
    Kind.PROMISE_DAY: postponing.promise_day,
    Kind.EXTENSION_DECIDED: extensions.decided,
    Kind.EXTENSION_LATE: extensions.late,
    Kind.DIGEST: digest.digest,
    Kind.DIGEST_PICTURE: digest_picture.picture,
    Kind.BOUND: binding.bound,
    Kind.BIND_MENU: binding.menu,
    Kind.REBIND: binding.rebind,
    Kind.UNBOUND: binding.unbound,
    Kind.RIGHTS: plain.nothing,
    Kind.RIGHTS_SHOWN: binding.rights,
    Kind.PROBE: binding.probe,
    Kind.CHAT_SILENT: binding.silent,
    Kind.ROLES_LIST: roles.listed,
    Kind.ROLES_MENU: roles.menu,
    Kind.ROLE_REMOVED: roles.removed,
    Kind.TERM_PROMPT: roles.term_prompt,
    Kind.HEALTH: health.health,
    Kind.FINDINGS: health.findings,
    Kind.INVITATION: roles.invitation,
    Kind.DEAD_LETTER: dead_letters.letter,
    Kind.DEAD_LETTERS: dead_letters.many,
    Kind.DEAD_LIST: dead_letters.listed,
    Kind.SHIFT: shifts.shift,
    Kind.SHIFT_CHANGED: shifts.changed,
    Kind.QUEUE: shifts.queue,
    Kind.CARD_COPY: shifts.card_copy,
    Kind.PARKED: parked.letter,
    Kind.PARKED_MANY: parked.many,
    Kind.PARKED_LIST: parked.listed,
    Kind.SPIKE: spikes.spike,
    Kind.LEAVE: plain.leaving,
}


async def _tell(frame: Frame, row: OutboxRow) -> Rendered | None:
    """What a messenger would have brought, as a task to tell by phone."""
    words = ""
    kind = row.ref.get("kind")
    if kind == Kind.QUESTION:
        question = await asked.by_phone(frame, row)
        return None if question is None else await calls.tell(frame, row, question)
    if kind is not None and not {"answer", "text"} & row.ref.keys():
        said = await RENDERERS[Kind(kind)](frame, row)
        words = said.bare().text if said is not None else ""
    return await calls.tell(frame, row, words)


RENDERERS[Kind.TELL] = _tell


async def render(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The message of a queued notice, or None when events have made it superfluous.

    Groups read the municipality's language; a person reads his own. No citizen is woken at night.
    """
    with use_locale(await _locale(frame, row)):
        message = await RENDERERS[Kind(row.kind)](frame, row)
    if message is None:
        return None
    if not message.silent and await _asleep(frame, row):
        message = replace(message, silent=True)
    return placed(row, message)


async def _locale(frame: Frame, row: OutboxRow) -> str:
    """What is said in somebody's private chat is his to read, whomever the notice names."""
    reader = row.person_id
    if reader is None and not is_group(row.chat_id):
        account = await frame.uow.people.account(row.channel, row.chat_id)
        reader = account.person_id if account else None
    person = await frame.uow.get(Person, reader) if reader is not None else None
    return person.locale if person else DEFAULT_LOCALE


async def _asleep(frame: Frame, row: OutboxRow) -> bool:
    """It is night for the author of the case: no emergency, and he did not write just now."""
    quiet, zone = frame.town.quiet, frame.town.calendar.zone
    if row.appeal_id is None or row.person_id is None or not quiet.at(frame.now.astimezone(zone)):
        return False
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    if appeal.person_id != row.person_id or appeal.urgency is Urgency.EMERGENCY:
        return False
    said = await frame.uow.appeals.utterances_of(appeal.id)
    awake = frame.now - quiet.awake
    return not any(u.direction is Direction.IN and u.at > awake for u in said)
