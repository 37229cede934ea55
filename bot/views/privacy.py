"""What we keep, a copy of it, and «delete me» (conversations.md §1.16)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Upload
from services.button_data import data
from services.model import Appeal, Direction, Person
from storage.outbox import OutboxRow


async def _person(frame: Frame, row: OutboxRow) -> Person:
    assert row.person_id is not None
    return await frame.uow.need(Person, row.person_id)


async def privacy(frame: Frame, row: OutboxRow) -> Rendered:
    """What is kept, who sees it, for how long."""
    person = await _person(frame, row)
    lines = [
        _("<b>What we keep</b>"),
        _("Your name and messenger ID, your messages, photos, the place."),
        _(
            "Who sees it: the department that answers you, and the officer on duty. Your phone, "
            "only if you gave it, and every look is recorded."
        ),
        _("How long: until the case is closed and a year more."),
    ]
    if person.consent_version is not None and person.consent_at is not None:
        day = person.consent_at.astimezone(frame.town.calendar.zone)
        lines.append(
            _(
                "Consent: version {version}, {date}.",
                version=person.consent_version,
                date=f"{day:%d.%m.%Y}",
            )
        )
    else:
        lines.append(_("Consent: not given, so nothing of yours is shown to anybody."))
    lines.append(_("What you delete in the chat stays with us until you ask us to erase it."))
    buttons = (
        (Button(_("My data as a file"), data("c1", "export", 0)),),
        (Button(_("Delete my data"), data("c1", "forget", 0)),),
    )
    return Rendered("\n".join(lines), buttons)


async def forget(_frame: Frame, row: OutboxRow) -> Rendered:
    """«Удалить ваши данные?», and that it is done."""
    if "act" in row.ref:
        return Rendered(
            _("Deleted. The record of it: {act}. To write again: /start", act=row.ref["act"])
        )
    waiting = row.ref["open"]
    lines = [
        _("<b>Delete your data?</b>"),
        _(
            "We erase your name, contacts and consent, and your texts lose everything that points "
            "to you."
        ),
    ]
    if waiting:
        lines.append(
            ngettext(
                "{n} open case: you would get no answer to it.",
                "{n} open cases: you would get no answer to them.",
                len(waiting),
            )
        )
    if row.ref.get("works"):
        lines.append(_("You hold a role here: your first name stays until you have none."))
    lines.append(_("Official appeals are kept as long as the law demands."))
    keep = Button(_("Don't delete"), data("c1", "fno", 0))
    delete = Button(_("Delete"), data("c1", "fyes", 0))
    if not waiting:
        return Rendered("\n".join(lines), ((delete, keep),))
    later = Button(_("The answer first"), data("c1", "fwait", 0))
    return Rendered("\n".join(lines), ((delete, later), (keep,)))


async def erased(frame: Frame, row: OutboxRow) -> Rendered | None:
    """To staff: here stood a citizen's words. Nothing where the message is gone already."""
    if row.anchor is None or await frame.uow.screens.anchored(row.anchor) is None:
        return None
    text = _("No. {number}: the citizen's data are erased at their request.", number=row.appeal_id)
    return Rendered(text, silent=True)


async def export(frame: Frame, row: OutboxRow) -> Rendered:
    """Everything that is the person's own, as a file a program can read too."""
    person = await _person(frame, row)
    kept = json.dumps(await _everything(frame, person), ensure_ascii=False, indent=2)
    return Rendered(
        _("Everything we keep about you."),
        upload=Upload("otklik.json", kept.encode()),
        silent=True,
    )


async def _everything(frame: Frame, person: Person) -> dict[str, Any]:
    accounts = await frame.uow.people.accounts_of(person.id)
    appeals = await frame.uow.appeals.of_person(person.id, limit=100_000)
    return {
        "name": person.first_name,
        "language": person.locale,
        "consent": {"version": person.consent_version, "at": _at(frame, person.consent_at)},
        # Whole it is shown in no chat, not even in his own (domain.md §8).
        "phones": [f"…{c.value[-2:]}" for c in await frame.uow.people.contacts_of(person.id)],
        "accounts": [{"channel": a.channel, "id": a.external_id} for a in accounts],
        "appeals": [await _appeal(frame, a) for a in reversed(appeals)],
    }


async def _appeal(frame: Frame, appeal: Appeal) -> dict[str, Any]:
    appeals = frame.uow.appeals
    said = await appeals.utterances_of(appeal.id)
    answers = await appeals.answers_of(appeal.id)
    ratings = await appeals.ratings_of(appeal.id)
    files = await appeals.files_of_author(appeal.id)
    return {
        "number": appeal.id,
        "state": str(appeal.state),
        "received": _at(frame, appeal.received_at),
        "about": frame.essence(appeal),
        "place": appeal.place,
        "point": [appeal.latitude, appeal.longitude] if appeal.latitude is not None else None,
        "messages": [
            {"at": _at(frame, u.at), "text": u.text} for u in said if u.direction is Direction.IN
        ],
        "files": [f.kind for f in files],
        "answers": [a.text for a in answers if a.id == appeal.answer_id and appeal.answered_at],
        "ratings": [
            {"verdict": r.verdict, "mark": r.mark, "reason": r.reason, "comment": r.comment}
            for r in ratings
        ],
    }


def _at(frame: Frame, moment: datetime | None) -> str | None:
    return moment.astimezone(frame.town.calendar.zone).isoformat() if moment else None
