"""«Где это?»: asked once, after the receipt, where a place makes sense (conversations.md §1.3)."""

from __future__ import annotations

from services import dialogs, notify
from services.desk import Desk
from services.model import Appeal
from services.notices import Kind, Priority
from services.policies import Urgency
from services.understanding import Place
from services.wire import Message


async def after_receipt(desk: Desk, appeal: Appeal) -> None:
    """What is still unknown of the place of a new appeal is asked."""
    place = unsettled(desk, appeal)
    if place is not None:
        which_street(desk, appeal, place)
        return
    if not _worth_asking(desk, appeal):
        return
    if await dialogs.current(desk, appeal.person_id, appeal.chat_id) is None:
        await ask(desk, appeal, key=f"place:{appeal.id}")


def _worth_asking(desk: Desk, appeal: Appeal) -> bool:
    """Not for questions and thanks, not for topics of nowhere, not for a photo without words."""
    known = appeal.place is not None or appeal.latitude is not None
    topic = desk.town.topics.get(appeal.topic or "")
    nowhere = topic is not None and not topic.place
    return not (known or nowhere or not appeal.text or appeal.urgency is Urgency.QUESTION)


async def ask(desk: Desk, appeal: Appeal, *, key: str | None = None) -> None:
    """Open the question for half an hour; with a `key` it is said once."""
    await dialogs.ask(desk, appeal.person_id, appeal.chat_id, dialogs.PLACE, appeal=appeal.id)
    emergency = appeal.urgency is Urgency.EMERGENCY
    notify.to_citizen(
        desk,
        appeal,
        Kind.PLACE_ASKED,
        key=key,
        priority=Priority.EMERGENCY if emergency else Priority.ANSWER,
    )


def unsettled(desk: Desk, appeal: Appeal) -> Place | None:
    """The appeal's street when several settlements have it and none is chosen."""
    if appeal.place is None or appeal.territory is not None:
        return None
    place = desk.place_of(appeal.place)
    return place if place is not None and len(place.ambiguous) > 1 else None


def which_street(desk: Desk, appeal: Appeal, place: Place) -> None:
    """«Таких улиц две. Какая ваша?»; the message of an earlier answer stays as it was."""
    notify.to_citizen(
        desk,
        appeal,
        Kind.STREETS_ASKED,
        anchor=f"streets:{appeal.id}:{place.street}",
        homes=list(place.ambiguous),
    )


def of_point(desk: Desk, appeal: Appeal, message: Message, point: tuple[float, float]) -> None:
    """«Точка за пределами …. Всё равно записать?»"""
    anchor = f"point:{appeal.id}:{message.external_id}"
    notify.to_citizen(desk, appeal, Kind.POINT_ASKED, anchor=anchor, point=list(point))
