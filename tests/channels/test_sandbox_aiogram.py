"""The SDK's own client against the sandbox: what it sends is taken, what comes back loads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MediaUnion,
    ReplyParameters,
)

from tests.channels.sandbox_client import START, Api, serving

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Взять", callback_data="take:1")]]
)


@asynccontextmanager
async def botted(**options: object) -> AsyncIterator[tuple[Bot, Api]]:
    async with serving(**options) as api:
        server = TelegramAPIServer.from_base(api.sandbox.url)
        bot = Bot(api.sandbox.token, session=AiohttpSession(api=server))
        try:
            yield bot, api
        finally:
            await bot.session.close()


async def test_sends_edits_and_deletes() -> None:
    async with botted() as (bot, api):
        anna = api.world.add_user("Анна", username="anna")
        api.world.start(anna, "r_1")
        sent = await bot.send_message(
            anna["id"],
            "<b>Обращение</b> 😀 <i>принято</i>",
            parse_mode=ParseMode.HTML,
            reply_markup=KEYBOARD,
            reply_parameters=ReplyParameters(message_id=1),
            disable_notification=True,
        )
        assert sent.html_text == "<b>Обращение</b> 😀 <i>принято</i>"
        assert sent.date == START
        assert sent.reply_markup is not None
        assert sent.reply_markup.model_dump() == KEYBOARD.model_dump()
        assert sent.reply_to_message is not None
        assert sent.reply_to_message.text == "/start r_1"
        api.sandbox.clock.advance(timedelta(minutes=1))
        target = {"chat_id": anna["id"], "message_id": sent.message_id}
        edited = await bot.edit_message_text("Другое", **target)
        assert not isinstance(edited, bool)
        assert edited.text == "Другое"
        assert await bot.edit_message_reply_markup(**target, reply_markup=KEYBOARD)
        assert await bot.delete_message(**target)
        assert await bot.send_message(anna["id"], "Пишите", reply_markup=ForceReply())


async def test_files_and_albums() -> None:
    async with botted() as (bot, api):
        anna = api.world.add_user("Анна")
        taken = api.world.say(anna, photo=b"yama", caption="яма")
        downloaded = await bot.download(taken["photo"][-1]["file_id"])
        assert downloaded is not None
        assert downloaded.read() == b"yama"
        upload = BufferedInputFile(b"answer", "ответ.pdf")
        document = await bot.send_document(anna["id"], upload, caption="Ответ")
        assert document.document is not None
        assert document.document.file_name == "ответ.pdf"
        media: list[MediaUnion] = [
            InputMediaPhoto(media=taken["photo"][-1]["file_id"], caption="было"),
            InputMediaPhoto(media=BufferedInputFile(b"stalo", "b.jpg")),
        ]
        album = await bot.send_media_group(anna["id"], media)
        assert [message.caption for message in album] == ["было", None]


async def test_every_kind_of_update_loads() -> None:
    async with botted() as (bot, api):
        world = api.world
        anna = world.add_user("Анна")
        group = world.add_group("Штаб", members=[anna], supergroup=False)
        world.say(anna, "текст @otklik_demo_bot https://a.ru")
        world.say(anna, photo=b"1", caption="яма")
        world.say(anna, media_group=[b"1", b"2"], caption="две")
        world.say(anna, location=(44.56, 38.07))
        world.say(anna, contact="+79990000000")
        world.say(anna, voice=b"ogg")
        world.say(anna, document=("план.pdf", b"pdf"))
        world.say(anna, sticker=True)
        sent = await bot.send_message(anna["id"], "а", reply_markup=KEYBOARD)
        world.press(anna, anna["id"], sent.message_id, "Взять")
        world.edit(anna, anna["id"], 1, "другой текст")
        world.block(anna)
        world.upgrade_group(group["id"])
        updates = await bot.get_updates()
        kinds = [update.event_type for update in updates]
        assert kinds == ["message"] * 9 + [
            "callback_query",
            "edited_message",
            "my_chat_member",
            "message",
            "message",
        ]
        assert [u.message.content_type for u in updates[:9] if u.message] == [
            "text",
            "photo",
            "photo",
            "photo",
            "location",
            "contact",
            "voice",
            "document",
            "sticker",
        ]
        query = updates[9].callback_query
        assert query is not None
        assert query.data == "take:1"
        assert await bot.answer_callback_query(query.id, "Взято")


async def test_chats_and_members() -> None:
    async with botted() as (bot, api):
        anna = api.world.add_user("Анна")
        group = api.world.add_group("Штаб", members=[anna], forum=True)
        assert (await bot.get_chat(group["id"])).is_forum
        assert (await bot.get_chat_member(group["id"], bot.id)).status == "administrator"
        assert (await bot.get_chat_member(group["id"], anna["id"])).status == "member"
        api.world.remove_member(group["id"], anna)
        assert (await bot.get_chat_member(group["id"], anna["id"])).status == "left"
        assert (await bot.get_me()).id == bot.id
        assert (await bot.get_webhook_info()).url == ""


async def test_outcomes_become_the_sdks_exceptions() -> None:
    async with botted(limits=None, monotonic=lambda: 0.0) as (bot, api):
        anna = api.world.add_user("Анна")
        old = api.world.add_group("Штаб", members=[anna], supergroup=False)
        new_id = api.world.upgrade_group(old["id"])
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(anna["id"], "а")
        with pytest.raises(TelegramMigrateToChat) as moved:
            await bot.send_message(old["id"], "а")
        assert moved.value.migrate_to_chat_id == new_id
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.send_message(999, "а")
        api.world.start(anna)
        for _ in range(2):
            await bot.send_message(anna["id"], "а")
        with pytest.raises(TelegramRetryAfter) as early:
            await bot.send_message(anna["id"], "а")
        assert early.value.retry_after == 1
        await bot.set_webhook("https://example.org/h")
        with pytest.raises(TelegramConflictError):
            await bot.get_updates()


async def test_troubles_on_order() -> None:
    async with botted() as (bot, api):
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        chat_id = anna["id"]
        api.world.trouble.fail("sendMessage", times=2)
        api.world.trouble.fail("sendMessage", code=429, retry_after=7)
        api.world.trouble.drop("sendMessage")
        api.world.trouble.drop("sendMessage", after_acting=True)
        for _ in range(2):
            with pytest.raises(TelegramServerError):
                await bot.send_message(chat_id, "нет")
        with pytest.raises(TelegramRetryAfter) as early:
            await bot.send_message(chat_id, "нет")
        assert early.value.retry_after == 7
        for text in ("нет", "да, но не узнал"):
            with pytest.raises(TelegramNetworkError):
                await bot.send_message(chat_id, text)
        await bot.send_message(chat_id, "да")
        seen = [message["text"] for message in api.world.messages(chat_id)]
        assert seen == ["/start", "да, но не узнал", "да"]
