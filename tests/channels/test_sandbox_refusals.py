"""Refusals that depend on what is in the town, in Telegram's words."""

from datetime import timedelta
from typing import Any

import pytest

from tests.channels.sandbox_client import Api, button, inline, serving

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


async def test_not_modified() -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        markup = inline([button()])
        text = {"text": "<b>а</b>", "parse_mode": "HTML", "reply_markup": markup}
        sent = await api.ok("sendMessage", chat_id=group["id"], **text)
        target = {"chat_id": group["id"], "message_id": sent["message_id"]}
        assert await api.refused("editMessageText", **target, **text) == NOT_MODIFIED
        same = await api.refused("editMessageReplyMarkup", **target, reply_markup=markup)
        assert same == NOT_MODIFIED
        plain = await api.ok("editMessageText", **target, text="а")
        assert "entities" not in plain
        assert "reply_markup" not in plain
        assert await api.refused("editMessageReplyMarkup", **target) == NOT_MODIFIED
        assert api.world.last(group["id"])["html"] == "а"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"chat_id": 999}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"message_thread_id": 77}, "Bad Request: message thread not found"),
        ({"reply_parameters": {"message_id": 77}}, "Bad Request: message to be replied not found"),
    ],
)
async def test_sending_nowhere(params: dict[str, Any], refusal: str) -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        call = {"chat_id": group["id"], "text": "а", **params}
        assert await api.refused("sendMessage", **call) == refusal


async def test_sending_without_the_replied_message() -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        reply = {"message_id": 77, "allow_sending_without_reply": True}
        sent = await api.ok("sendMessage", chat_id=group["id"], text="а", reply_parameters=reply)
        assert "reply_to_message" not in sent


async def test_messages_that_cannot_be_changed() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        group = api.world.add_group("Штаб", members=[anna], bot_admin=False)
        said = api.world.say(anna, "/моё", chat=group)
        foreign = {"chat_id": group["id"], "message_id": said["message_id"]}
        missing = {"chat_id": group["id"], "message_id": 77}
        edit, delete = "editMessageText", "deleteMessage"
        assert await api.refused(edit, **foreign, text="а") == (
            "Bad Request: message can't be edited"
        )
        assert await api.refused(edit, **missing, text="а") == (
            "Bad Request: message to edit not found"
        )
        assert await api.refused(edit, text="а") == (
            "Bad Request: message identifier is not specified"
        )
        assert await api.refused(delete, **foreign) == "Bad Request: message can't be deleted"
        assert await api.refused(delete, **missing) == ("Bad Request: message to delete not found")


async def test_old_messages_stay() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        sent = await api.ok("sendMessage", chat_id=anna["id"], text="а")
        api.sandbox.clock.advance(timedelta(hours=49))
        refusal = await api.refused(
            "deleteMessage", chat_id=anna["id"], message_id=sent["message_id"]
        )
        assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_a_press_is_answered_once() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        markup = inline([button("Да", callback_data="yes")])
        sent = await api.ok("sendMessage", chat_id=anna["id"], text="а", reply_markup=markup)
        query = api.world.press(anna, anna["id"], sent["message_id"], "Да")
        await api.ok("answerCallbackQuery", callback_query_id=query)
        too_old = (
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
        assert await api.refused("answerCallbackQuery", callback_query_id=query) == too_old
        assert await api.refused("answerCallbackQuery", callback_query_id="1") == too_old


async def write(api: Api, chat_id: int) -> tuple[int, str]:
    answer = await api.call("sendMessage", chat_id=chat_id, text="а")
    return answer["error_code"], answer["description"]


async def test_people_who_do_not_want_the_bot() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        never = (403, "Forbidden: bot can't initiate conversation with a user")
        assert await write(api, anna["id"]) == never
        api.world.start(anna)
        api.world.block(anna)
        assert await write(api, anna["id"]) == (403, "Forbidden: bot was blocked by the user")
        api.world.unblock(anna)
        await api.ok("sendMessage", chat_id=anna["id"], text="а")
        moves = [u["my_chat_member"] for u in await api.ok("getUpdates") if "my_chat_member" in u]
        assert [move["new_chat_member"]["status"] for move in moves] == ["kicked", "member"]


@pytest.mark.parametrize(
    ("supergroup", "status", "refusal"),
    [
        (True, "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        (False, "kicked", "Forbidden: bot was kicked from the group chat"),
        (True, "left", "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_chats_without_the_bot(supergroup: bool, status: str, refusal: str) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        group = api.world.add_group("Штаб", members=[anna], supergroup=supergroup)
        api.world.set_bot_status(group["id"], status, anna)
        assert await write(api, group["id"]) == (403, refusal)


async def test_leaving() -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        await api.ok("leaveChat", chat_id=group["id"])
        assert (await write(api, group["id"]))[0] == 403


async def test_a_group_that_moved() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        group = api.world.add_group("Штаб", members=[anna], supergroup=False)
        new_id = api.world.upgrade_group(group["id"])
        assert await api.call("sendMessage", chat_id=group["id"], text="а") == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new_id},
        }
        await api.ok("sendMessage", chat_id=new_id, text="а")
        told = [update["message"] for update in await api.ok("getUpdates")]
        assert [m.get("migrate_to_chat_id") for m in told] == [new_id, None]
        assert [m.get("migrate_from_chat_id") for m in told] == [None, group["id"]]


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([{"command": "Старт", "description": "а"}], "Bad Request: BOT_COMMAND_INVALID"),
        (
            [{"command": "start", "description": ""}],
            "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ([{"command": "a", "description": "а"}] * 101, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands(commands: list[dict[str, str]], refusal: str) -> None:
    async with serving() as api:
        assert await api.refused("setMyCommands", commands=commands) == refusal
        good = [{"command": "start", "description": "Начать"}]
        await api.ok("setMyCommands", commands=good, language_code="ru")
        assert api.world.town.commands == {"default:ru": good}


async def test_a_press_opens_nothing_but_the_bots_own_chat() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        sent = await api.ok(
            "sendMessage", chat_id=anna["id"], text="а", reply_markup=inline([button()])
        )
        query = api.world.press(anna, anna["id"], sent["message_id"], button()["callback_data"])
        own = f"https://t.me/{api.world.town.bot['username']}?start="
        for url in ("https://example.org", own, f"{own}а", "https://t.me/other_bot?start=h_1"):
            refused = await api.refused("answerCallbackQuery", callback_query_id=query, url=url)
            assert refused == "Bad Request: URL_INVALID"
        await api.ok("answerCallbackQuery", callback_query_id=query, url=f"{own}h_1")
        assert api.world.town.queries[query].url == f"{own}h_1"
