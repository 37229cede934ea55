"""Who may do what: the list, one person's menu, the term, what became of his cases (§4)."""

from __future__ import annotations

from datetime import datetime
from html import escape
from itertools import groupby

from bot.i18n import _, ngettext
from bot.views import moments
from bot.views.frame import Frame
from bot.views.paging import turns
from bot.views.plain import role_in
from bot.views.rendered import Button, Rendered, shortened
from services.button_data import data
from services.model import WHOLE_CENTRE, Grant, Person, PersonId, Purpose, Role
from services.roles import HERE, offered, scope_of, shown
from storage.outbox import OutboxRow

PAGE = 8


def _short(role: Role) -> str:
    """A role on a button."""
    words = {
        Role.EXE: _("Executor"),
        Role.QC: _("Checker"),
        Role.DEP: _("Head"),
        Role.BHD: _("Head of block"),
        Role.DUT: _("Duty officer"),
        Role.MHD: _("Head of centre"),
        Role.BLK: _("Deputy head"),
        Role.CRD: _("Coordinator"),
        Role.MAY: _("Mayor"),
        Role.PRS: _("Press"),
        Role.ADM: _("Administrator"),
        Role.AUD: _("Observer"),
    }
    return words[role]


def _where(frame: Frame, scope: str) -> str:
    if scope == HERE:
        return _("all roles")
    if scope == WHOLE_CENTRE:
        return _("the whole centre")
    return _("block {name}", name=escape(frame.block(scope)))


def term(frame: Frame, grant: Grant) -> str:
    """«, до 31.12.2026, приказ 15-р»; empty for a role without end or act."""
    return term_words(frame, grant.until, grant.act)


def term_words(frame: Frame, until: datetime | None, act: str | None) -> str:
    """The same of an invitation."""
    parts = []
    if until is not None:
        parts.append(_("until {date}", date=moments.last_day(until, frame.town.calendar.zone)))
    if act:
        parts.append(_("act {number}", number=escape(act)))
    return "".join(f", {part}" for part in parts)


async def listed(frame: Frame, row: OutboxRow) -> Rendered:
    """Everybody with a role here, a button each."""
    scope = row.ref["scope"]
    held = await frame.uow.overview.grants(frame.now, scope=None if scope == HERE else scope)
    people = [(person, list(grants)) for person, grants in groupby(held, lambda g: g.person_id)]
    pages = max((len(people) + PAGE - 1) // PAGE, 1)
    page = min(max(int(row.ref["page"]), 1), pages)
    people = people[(page - 1) * PAGE : page * PAGE]
    lines = ["<b>{}</b>".format(_("Roles · {where}", where=_where(frame, scope)))]
    buttons = []
    for person, grants in people:
        name = await frame.name(person)
        words = "; ".join(role_in(frame, g.role, g.scope) + term(frame, g) for g in grants)
        lines.append(f"• {name}: {words}")
        plain_name = (await frame.uow.need(Person, person)).first_name
        buttons.append(Button(shortened(plain_name, 20), data("a1", "person", person)))
    if not people:
        lines.append(_("Nobody yet."))
    lines.append(_("Somebody else: reply /roles to his message in this chat, or /invite."))
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append(turns(page, pages, lambda to: data("a1", "rolesp", to)))
    return Rendered(
        "\n".join(lines),
        tuple(row for row in rows if row),
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=row.ref["owner"],
    )


async def menu(frame: Frame, row: OutboxRow) -> Rendered:
    """One person's roles as boxes; when it is done, what was written down."""
    scope, person_id = row.ref["scope"], PersonId(row.ref["person"])
    grants = shown(await frame.uow.overview.grants(frame.now), person_id, scope)
    name = await frame.name(person_id)
    if row.ref["done"]:
        return Rendered(_done(frame, name, grants), owner=row.ref["owner"], silent=True)
    lines = [f"<b>{name}</b> · {_where(frame, scope)}"]
    lines += [f"{_short(g.role)}{term(frame, g)}" for g in grants if g.until is not None or g.act]
    roles = {g.role for g in grants}
    if Role.QC in roles and Role.EXE in roles:
        lines.append(_("Executor and checker is possible, but his own answers he will not check."))
    if not await _started(frame, person_id):
        lines.append(_("The bot can't write to this person: ask for Start in a private chat."))
    lines.append(_("What may this person do?"))
    purpose = Purpose(row.ref["purpose"]) if row.ref.get("purpose") else None
    boxes = _boxes(person_id, grants, scope, purpose)
    rows = [tuple(boxes[i : i + 2]) for i in range(0, len(boxes), 2)]
    rows.append(
        (
            Button(_("Term and act"), data("a1", "term", person_id)),
            Button(_("Done"), data("a1", "roleok", person_id)),
        )
    )
    return Rendered(
        "\n".join(lines),
        tuple(rows),
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=row.ref["owner"],
    )


def _boxes(
    person_id: PersonId, grants: list[Grant], scope: str, purpose: Purpose | None
) -> list[Button]:
    held = [(g.role, g.scope) for g in grants]
    free = [(role, scope_of(role, scope)) for role in offered(scope, purpose)]
    found = []
    for role, where in list(dict.fromkeys([*held, *free]))[:8]:
        word = _short(role)
        if where not in (scope, WHOLE_CENTRE):
            word = f"{word} {where}"
        box = "☑" if (role, where) in held else "☐"
        text = shortened(f"{box} {word}", 20)
        found.append(Button(text, data("a1", "role", person_id, role, where)))
    return found


async def _started(frame: Frame, person_id: PersonId) -> bool:
    accounts = await frame.uow.people.accounts_of(person_id)
    return any(a.started and a.unreachable_at is None for a in accounts)


def _done(frame: Frame, name: str, grants: list[Grant]) -> str:
    if not grants:
        return _("{name}: no roles. Written down.", name=name)
    words = "; ".join(
        role_in(frame, g.role, g.scope)
        + ", "
        + _("since {date}", date=moments.dotted(g.since, frame.town.calendar.zone))
        + term(frame, g)
        for g in grants
    )
    return _("{name}: {roles}. Written down.", name=name, roles=words)


async def removed(frame: Frame, row: OutboxRow) -> Rendered:
    """Access is gone: what becomes of the cases in his hands."""
    n, given = row.ref["n"], row.ref.get("given")
    if given is not None:
        text = _("Back in the queue: {n}.", n=given)
        if n:
            text += " " + _("With him still: {n}, until the citizen or the checker answers.", n=n)
        return Rendered(text, silent=True, owner=row.ref["owner"])
    text = ngettext("Access is gone. He holds {n} case.", "Access is gone. He holds {n} cases.", n)
    block = row.ref["block"] or WHOLE_CENTRE
    buttons = (
        Button(_("Hand out"), data("a1", "redist", row.ref["person"], block)),
        Button(_("Later"), data("a1", "x", row.ref["person"])),
    )
    return Rendered(text, (buttons,), owner=row.ref["owner"])


async def term_prompt(frame: Frame, row: OutboxRow) -> Rendered:
    """«До какого числа и каким приказом?»"""
    asker = await frame.mention(row.ref["owner"], row.channel)
    text = _(
        "{asker}, until when and by which act does {name} hold the role? Reply to this message.",
        asker=asker,
        name=await frame.name(row.ref["person"]),
    )
    return Rendered(
        text,
        placeholder=_("until 31.12.2026, order 15-r"),
        owner=row.ref["owner"],
        data={"person": row.ref["person"]},
    )


async def invitation(frame: Frame, row: OutboxRow) -> Rendered:
    """The one-time link."""
    link = f"https://t.me/{frame.bot_name}?start=r_{row.ref['token']}"
    ends = row.ref.get("ends")
    until = frame.moment(datetime.fromisoformat(row.ref["until"]))
    return Rendered(
        _(
            "Invitation: {role}. Good once, until {moment}:",
            role=role_in(frame, row.ref["role"], row.ref["scope"])
            + term_words(frame, datetime.fromisoformat(ends) if ends else None, row.ref.get("act")),
            moment=until,
        )
        + "\n"
        + link
    )
