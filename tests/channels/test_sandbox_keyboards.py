"""Reply keyboards: the chat's own, tapped for words or for a place, gone when taken away."""

import pytest

from tests.channels.sandbox_client import serving

PLACE = {"text": "📍 Я здесь", "request_location": True}
MARKUP = {
    "keyboard": [[PLACE], [{"text": "Без места"}]],
    "one_time_keyboard": True,
    "resize_keyboard": True,
    "input_field_placeholder": "Улица и дом",
}


async def test_a_reply_keyboard_is_the_chats_until_taken_away() -> None:
    async with serving() as api:
        world, anna = api.world, api.world.add_user("Анна")
        world.start(anna)
        sent = await api.ok("sendMessage", chat_id=anna["id"], text="Где?", reply_markup=MARKUP)
        assert "reply_markup" not in sent, "Telegram gives back inline keyboards only"
        await api.ok("sendMessage", chat_id=anna["id"], text="Ещё слово")
        assert world.keyboard(anna["id"]) == [["📍 Я здесь"], ["Без места"]]
        world.tap(anna, "Без места")
        world.tap(anna, "📍 Я здесь", location=(44.56, 38.07))
        heard = [update["message"] for update in await api.ok("getUpdates")]
        assert heard[-2]["text"] == "Без места"
        assert heard[-1]["location"] == {"latitude": 44.56, "longitude": 38.07}
        gone = {"remove_keyboard": True}
        await api.ok("sendMessage", chat_id=anna["id"], text="Записали", reply_markup=gone)
        assert world.keyboard(anna["id"]) == []
        with pytest.raises(LookupError, match="there are: none"):
            world.tap(anna, "Без места")


async def test_what_a_key_asks_for_goes_with_the_tap() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        await api.ok("sendMessage", chat_id=anna["id"], text="Где?", reply_markup=MARKUP)
        for button, place in (("📍 Я здесь", None), ("Без места", (44.56, 38.07))):
            with pytest.raises(ValueError, match="asks for one"):
                api.world.tap(anna, button, location=place)


async def test_a_message_with_a_reply_keyboard_is_never_edited() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        sent = await api.ok("sendMessage", chat_id=anna["id"], text="Где?", reply_markup=MARKUP)
        where = {"chat_id": anna["id"], "message_id": sent["message_id"]}
        assert "can't be edited" in await api.refused("editMessageText", **where, text="Там?")


@pytest.mark.parametrize(
    ("button", "words"),
    [
        (PLACE, "location can be requested in private chats only"),
        ({"text": "Номер", "request_contact": True}, "phone number can be requested in private"),
        (PLACE | {"request_contact": True}, "one request is allowed"),
    ],
)
async def test_requests_belong_to_private_chats(button: dict[str, object], words: str) -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        markup = {"keyboard": [[button]]}
        refused = await api.refused(
            "sendMessage", chat_id=group["id"], text="Где?", reply_markup=markup
        )
        assert words in refused
