"""Notice → message: one renderer for each kind, in the recipient's locale."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.i18n import DEFAULT_LOCALE, use_locale
from bot.views import (
    cards,
    citizen,
    consent,
    corrections,
    decisions,
    digest,
    duty,
    extensions,
    hands,
    menus,
    mine,
    places,
    plain,
    postponing,
    privacy,
    prompts,
    questions,
    reminders,
    returns,
    why,
    work,
)
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services.model import Person
from services.notices import Kind
from storage.outbox import OutboxRow

Renderer = Callable[[Frame, OutboxRow], Awaitable[Rendered | None]]

RENDERERS: dict[Kind, Renderer] = {
    Kind.CONSENT: consent.consent,
    Kind.EMERGENCY_ADVICE: consent.emergency,
    Kind.RECEIPT: citizen.receipt,
    Kind.WHY: why.why,
    Kind.TAKEN: citizen.taken,
    Kind.QUESTION: questions.question,
    Kind.QUESTION_WAITS: questions.waits,
    Kind.REPLY_PASSED: citizen.reply_passed,
    Kind.ADDED: citizen.added,
    Kind.ANSWER: citizen.answer,
    Kind.INTERIM: postponing.interim,
    Kind.REST_ASKED: citizen.rest_asked,
    Kind.CHILD_MADE: citizen.child_made,
    Kind.REOPENED: citizen.reopened,
    Kind.DISPUTED: citizen.disputed,
    Kind.DECIDED: citizen.decided,
    Kind.COMMENT_PASSED: citizen.comment_passed,
    Kind.FORGET: privacy.forget,
    Kind.PRIVACY: privacy.privacy,
    Kind.EXPORT: privacy.export,
    Kind.MY_LIST: mine.my_list,
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
    Kind.MEDIA: cards.media,
    Kind.TRIAGE: duty.triage,
    Kind.BLOCK_MENU: duty.menu,
    Kind.DRAFT: work.draft,
    Kind.HANDED_OVER: hands.handed_over,
    Kind.LAST_ANSWER: hands.last_answer,
    Kind.HELP_ASKED: hands.help_asked,
    Kind.PROMPT: prompts.prompt,
    Kind.MENU: menus.menu,
    Kind.REMOVE: plain.nothing,
    Kind.DECISION: decisions.decision,
    Kind.QUALITY: work.quality,
    Kind.SENT_BACK: work.sent_back,
    Kind.CITIZEN_REPLIED: work.citizen_replied,
    Kind.CITIZEN_SILENT: work.citizen_silent,
    Kind.CITIZEN_RETURNED: work.citizen_returned,
    Kind.DISPUTE: work.dispute,
    Kind.REMINDER: reminders.reminder,
    Kind.OVERDUE_DEPUTY: reminders.deputy,
    Kind.UNOWNED: duty.unowned,
    Kind.REPEAT_PROPOSED: returns.repeat_proposed,
    Kind.RETURN_JUDGED: returns.judged,
    Kind.PROMISE_DAY: postponing.promise_day,
    Kind.EXTENSION_DECIDED: extensions.decided,
    Kind.EXTENSION_LATE: extensions.late,
    Kind.EMERGENCY_UNCONSENTED: duty.unconsented,
    Kind.DIGEST: digest.digest,
    Kind.BOUND: plain.bound,
    Kind.INVITATION: plain.invitation,
    Kind.DEAD_LETTER: duty.dead_letter,
    Kind.PARKED: duty.parked,
}


async def render(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The message of a queued notice, or None when events have made it superfluous.

    Groups read the municipality's language; a person reads his own.
    """
    locale = DEFAULT_LOCALE
    if row.person_id is not None:
        person = await frame.uow.get(Person, row.person_id)
        locale = person.locale if person else DEFAULT_LOCALE
    with use_locale(locale):
        return await RENDERERS[Kind(row.kind)](frame, row)
