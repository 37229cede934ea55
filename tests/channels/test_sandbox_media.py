"""Files of every kind: what people send, what the bot may send on, how large a file may be."""

from typing import Any

import pytest

from tests.channels.sandbox_client import Api, serving
from tests.channels.test_sandbox_aiogram import botted

KINDS = ("photo", "video", "animation", "audio", "voice", "video_note")
MEGABYTE = 1024 * 1024


def file_of(said: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = said[kind][-1] if kind == "photo" else said[kind]
    return found


def said(api: Api, user: dict[str, Any], kind: str) -> Any:
    sent: dict[str, Any] = {kind: b"bytes"}
    return api.world.say(user, **sent)


async def resent(api: Api, method: str, chat_id: int, kind: str, file_id: str) -> Any:
    return await api.call(method, chat_id=chat_id, **{kind: file_id})


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_person_sends_can_be_sent_on(kind: str) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        file_id = file_of(said(api, anna, kind), kind)["file_id"]
        method = "send" + "".join(part.capitalize() for part in kind.split("_"))
        sent = await api.ok(method, chat_id=anna["id"], **{kind: file_id})
        assert file_of(sent, kind)["file_id"] == file_id
        other = "sendPhoto" if kind != "photo" else "sendVideo"
        asked = "photo" if kind != "photo" else "video"
        refusal = await resent(api, other, anna["id"], asked, file_id)
        assert refusal["description"] == (f"Bad Request: can't use file of type {kind} as {asked}")


async def test_an_animation_has_a_twin_document() -> None:
    async with serving() as api:
        said = api.world.say(api.world.add_user("Анна"), animation=b"gif")
        assert said["document"]["file_id"] == said["animation"]["file_id"]


async def test_every_kind_of_message_loads() -> None:
    async with botted() as (bot, api):
        world = api.world
        anna = world.add_user("Анна")
        for kind in ("video", "animation", "audio", "video_note"):
            said(api, anna, kind)
        world.say(anna, venue=(44.56, 38.07, "Кафе", "ул. Ленина, 1"))
        world.say(anna, poll="Кто виноват?")
        world.say(anna, dice=True)
        world.say(anna, contact={"phone_number": "+79990000000", "first_name": "Пётр"})
        updates = await bot.get_updates()
        assert [u.message.content_type for u in updates if u.message] == [
            "video",
            "animation",
            "audio",
            "video_note",
            "venue",
            "poll",
            "dice",
            "contact",
        ]


async def test_what_may_share_an_album() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        mixed = api.world.say(anna, media_group=[b"1", ("video", b"2")], caption="обе")
        assert [m["media_group_id"] for m in mixed] == [mixed[0]["media_group_id"]] * 2
        photo, video = file_of(mixed[0], "photo"), file_of(mixed[1], "video")
        audio = file_of(api.world.say(anna, audio=b"3"), "audio")
        items = [
            {"type": kind, "media": file["file_id"]}
            for kind, file in (("photo", photo), ("video", video), ("audio", audio))
        ]
        sent = await api.ok("sendMediaGroup", chat_id=anna["id"], media=items[:2])
        assert ["photo" in sent[0], "video" in sent[1]] == [True, True]
        refusal = await api.refused("sendMediaGroup", chat_id=anna["id"], media=items)
        assert refusal == "Bad Request: audio can't be mixed with other media types"
        assert await api.ok("sendMediaGroup", chat_id=anna["id"], media=items[2:] * 2)


@pytest.mark.parametrize(("size", "taken"), [(20 * MEGABYTE, True), (20 * MEGABYTE + 1, False)])
async def test_files_to_download_have_a_limit(size: int, taken: bool) -> None:
    async with serving() as api:
        said = api.world.say(api.world.add_user("Анна"), video=b"small", size=size)
        assert said["video"]["file_size"] == size
        answer = await api.call("getFile", file_id=said["video"]["file_id"])
        assert answer["ok"] is taken
        if not taken:
            assert answer["description"] == "Bad Request: file is too big"


async def test_a_group_lets_the_bot_in_later() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        group = api.world.add_group("Дом 5", members=[anna], bot_in=False)
        refusal = await api.refused("sendMessage", chat_id=group["id"], text="а")
        assert refusal == "Forbidden: bot is not a member of the supergroup chat"
        api.world.set_bot_status(group["id"], "member", by=anna)
        told = (await api.ok("getUpdates"))[0]["my_chat_member"]
        statuses = [told[f"{when}_chat_member"]["status"] for when in ("old", "new")]
        assert statuses == ["left", "member"]
        assert await api.ok("leaveChat", chat_id=group["id"])
