"""The first messages a newcomer reads: consent, and advice in an emergency."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _, current_locale
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.model import Appeal
from services.policies import ClockKind
from storage.outbox import OutboxRow


async def consent(frame: Frame, row: OutboxRow) -> Rendered:
    """What was understood, the legal line, the two buttons: one message."""
    version, text = row.ref["version"], frame.town.consent
    if "given" in row.ref:
        return Rendered(
            _(
                "Consent received {date}, version {version}. To take it back: /forgetme",
                date=datetime.fromisoformat(row.ref["given"])
                .astimezone(frame.town.calendar.zone)
                .strftime("%d.%m.%Y"),
                version=version,
            )
        )
    lines = []
    if name := frame.topic(row.ref.get("topic")):
        lines += [_("We understood: {what}", what=escape(name))]
        if row.ref.get("place"):
            lines += [_("Where: {place}", place=escape(row.ref["place"]))]
        lines.append("")
    if row.ref.get("changed"):
        changes = text.changes_en if current_locale() == "en" else text.changes
        lines += [_("<b>The rules have changed</b>"), *([escape(changes)] if changes else [])]
    else:
        lines.append(_("<b>We need your consent</b>"))
    lines.append(escape(text.text_en if current_locale() == "en" else text.text))
    lines.append(_('<a href="{url}">Full text, version {v}</a>', url=escape(text.url), v=version))
    lines += ["", law(frame)]
    buttons = (
        Button(_("I agree"), data("c1", "agree", version)),
        Button(_("Not now"), data("c1", "noagree", version)),
    )
    return Rendered("\n".join(lines), (buttons,))


def law(frame: Frame) -> str:
    """A message here is no appeal under 59-ФЗ (product.md, «Legal kinds»)."""
    return _(
        "<i>A message here is not an official appeal under Federal Law 59-FZ. "
        'For an official reply, <a href="{url}">use Gosuslugi</a>.</i>',
        url=escape(frame.town.official_url),
    )


async def emergency(frame: Frame, row: OutboxRow) -> Rendered:
    """112 first, before anything else."""
    advice = row.ref["advice_en" if current_locale() == "en" else "advice"]
    lines = [_("🚨 <b>This is dangerous. Call 112 first</b>"), _phones(frame)]
    if advice:
        lines.append(escape(advice))
    lines.append("")
    if row.appeal_id is None:
        lines.append(_("The officer on duty already sees your message."))
        return Rendered("\n".join(lines))
    seen = _("The officer on duty already sees your message, No. {number}.", number=row.appeal_id)
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    reaction = next((c for c in clocks if c.kind is ClockKind.REACTION), None)
    if reaction is not None and reaction.due_at > frame.now:
        seen += " " + _("Accepted not later than {moment}.", moment=frame.hour(reaction.due_at))
    lines.append(seen)
    place = Button(_("Place"), data("c1", "place", appeal.id))
    calm = Button(_("No longer dangerous"), data("c1", "calm", appeal.id))
    return Rendered("\n".join(lines), ((calm, place),))


def _phones(frame: Frame) -> str:
    """Numbers in plain words: Telegram makes them tappable and refuses `tel:` buttons."""
    gas, duty = frame.town.phones.get("104"), frame.town.phones.get("edds")
    if gas is not None and duty is not None:
        return _(
            "Gas: {gas}. Town duty service: {edds}, day and night.",
            gas=escape(gas.number),
            edds=escape(duty.number),
        )
    english = current_locale() == "en"
    return "\n".join(
        f"{escape(p.name_en if english else p.name)}: {escape(p.number)}"
        for p in frame.town.phones.values()
        if p.code != "112"
    )
