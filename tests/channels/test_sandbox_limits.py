"""Every limit of the Bot API at n and at n + 1, over real HTTP."""

from typing import Any

import pytest

from tests.channels.sandbox_client import Api, button, inline, serving

SMILE = "😀"  # two UTF-16 units


async def send(api: Api, chat_id: int, **params: Any) -> Any:
    return await api.call("sendMessage", chat_id=chat_id, **{"text": "текст", **params})


def keyboard(**action: Any) -> dict[str, Any]:
    return {"reply_markup": inline([button(**action)])}


def rows(buttons: int, width: int) -> dict[str, Any]:
    row = [button()] * width
    full = [row] * (buttons // width)
    rest = [[button()] * (buttons % width)] if buttons % width else []
    return {"reply_markup": inline(*full, *rest)}


def start_link(size: int) -> dict[str, Any]:
    return keyboard(url=f"https://t.me/otklik_demo_bot?start={'r' * size}")


TOO_LONG = "Bad Request: message is too long"
EMPTY = "Bad Request: message text is empty"
PLACEHOLDER = "Bad Request: input field placeholder must be 1-64 characters long"
DATA = "Bad Request: BUTTON_DATA_INVALID"
COPY = "Bad Request: BUTTON_COPY_TEXT_INVALID"

SEND_LIMITS = [
    pytest.param({"text": "я" * 4096}, {"text": "я" * 4097}, TOO_LONG, id="text"),
    pytest.param({"text": SMILE * 2048}, {"text": SMILE * 2048 + "я"}, TOO_LONG, id="utf-16"),
    pytest.param(
        {"text": f"<b>{'&amp;' * 4096}</b>", "parse_mode": "HTML"},
        {"text": f"<b>{'&amp;' * 4097}</b>", "parse_mode": "HTML"},
        TOO_LONG,
        id="after entities",
    ),
    pytest.param({"text": "я"}, {"text": ""}, EMPTY, id="empty"),
    pytest.param({"text": " я "}, {"text": " \n "}, EMPTY, id="blank"),
    pytest.param(
        {"text": "<b>я</b>", "parse_mode": "HTML"},
        {"text": "<b></b>", "parse_mode": "HTML"},
        EMPTY,
        id="empty markup",
    ),
    pytest.param(keyboard(callback_data="a" * 64), keyboard(callback_data="a" * 65), DATA, id="d"),
    pytest.param(keyboard(callback_data="я" * 32), keyboard(callback_data="я" * 33), DATA, id="я"),
    pytest.param(keyboard(callback_data="a"), keyboard(callback_data=""), DATA, id="no data"),
    pytest.param(
        rows(100, 8), rows(101, 8), "Bad Request: reply markup is too long: at most 100 buttons"
    ),
    pytest.param(
        rows(8, 8), rows(9, 9), "Bad Request: reply markup is too wide: at most 8 buttons in a row"
    ),
    pytest.param(
        start_link(64),
        start_link(65),
        "Bad Request: inline keyboard button URL "
        f"'https://t.me/otklik_demo_bot?start={'r' * 65}' is invalid: START_PARAM_INVALID",
        id="start parameter",
    ),
    pytest.param(
        keyboard(copy_text={"text": "я" * 256}), keyboard(copy_text={"text": "я" * 257}), COPY
    ),
    *(
        pytest.param(
            {"reply_markup": markup | {"input_field_placeholder": good}},
            {"reply_markup": markup | {"input_field_placeholder": bad}},
            PLACEHOLDER,
        )
        for markup in ({"force_reply": True}, {"keyboard": [[{"text": "Да"}]]})
        for good, bad in (("я" * 64, "я" * 65), ("я", ""))
    ),
]


@pytest.mark.parametrize(("at_limit", "beyond", "refusal"), SEND_LIMITS)
async def test_message_limits(
    at_limit: dict[str, Any], beyond: dict[str, Any], refusal: str
) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        assert (await send(api, anna["id"], **at_limit))["ok"]
        assert (await send(api, anna["id"], **beyond))["description"] == refusal


@pytest.mark.parametrize("method", ["sendPhoto", "sendDocument"])
async def test_caption_limit(method: str) -> None:
    field = method.removeprefix("send").lower()
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)

        async def captioned(caption: str) -> Any:
            files = {field: b"picture"}
            return await api.multipart(method, files, chat_id=anna["id"], caption=caption)

        assert (await captioned("я" * 1024))["ok"]
        refusal = await captioned("я" * 1025)
        assert refusal["description"] == "Bad Request: message caption is too long"


@pytest.mark.parametrize(("size", "taken"), [(1, False), (2, True), (10, True), (11, False)])
async def test_album_size(size: int, taken: bool) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        photo = api.world.say(anna, photo=b"p")["photo"][-1]["file_id"]
        media = [{"type": "photo", "media": photo}] * size
        answer = await api.call("sendMediaGroup", chat_id=anna["id"], media=media)
        assert answer["ok"] is taken
        assert len(api.world.messages(anna["id"])) == 1 + (size if taken else 0)


async def test_callback_answer_limit() -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        sent = (await send(api, anna["id"], **keyboard()))["result"]
        query = api.world.press(anna, anna["id"], sent["message_id"], "yes")
        too_long = await api.refused("answerCallbackQuery", callback_query_id=query, text="я" * 201)
        assert too_long == "Bad Request: MESSAGE_TOO_LONG"
        assert await api.ok("answerCallbackQuery", callback_query_id=query, text="я" * 200)
        assert api.world.toasts(anna["id"]) == ["я" * 200]


@pytest.mark.parametrize(
    ("secret", "taken"),
    [("s", True), ("s" * 256, True), ("", False), ("s" * 257, False), ("a b", False), ("ы", False)],
)
async def test_secret_token(secret: str, taken: bool) -> None:
    async with serving() as api:
        answer = await api.call("setWebhook", url="https://example.org/h", secret_token=secret)
        assert answer["ok"] is taken


@pytest.mark.parametrize(("extra", "taken"), [(0, True), (1, False)])
async def test_download_limit(extra: int, taken: bool) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        data = bytes(20 * 1024 * 1024 + extra)
        sent = api.world.say(anna, document=("план.pdf", data))
        answer = await api.call("getFile", file_id=sent["document"]["file_id"])
        assert answer["ok"] is taken
        assert taken or answer["description"] == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("face", "refusal"),
    [
        ({"text": "Да"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "Да", "callback_data": "a", "url": "https://a.ru"}, "one action is allowed"),
        ({"text": " ", "callback_data": "a"}, "text must be non-empty"),
        ({"text": "Да", "url": "tel:112"}, "URL 'tel:112' is invalid: Wrong HTTP URL"),
        ({"text": "Да", "url": "javascript:x"}, "Wrong HTTP URL"),
        ({"text": "Да", "url": "http://[bad"}, "Wrong HTTP URL"),
        ({"text": "Да", "url": "https:///x"}, "URL host is empty"),
        ({"text": "Да", "web_app": {"url": "http://a.ru"}}, "Only HTTPS links are allowed"),
        ({"text": "Да", "pay": True}, "isn't supported by the sandbox"),
    ],
)
async def test_wrong_buttons(face: dict[str, Any], refusal: str) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        answer = await send(api, anna["id"], reply_markup=inline([face]))
        assert answer["error_code"] == 400
        assert refusal in answer["description"]


@pytest.mark.parametrize("url", ["http://a.ru", "https://a.ru/x?y=1", "tg://user?id=1"])
async def test_right_links(url: str) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        api.world.start(anna)
        assert (await send(api, anna["id"], **keyboard(url=url)))["ok"]


async def test_web_app_buttons_only_in_private() -> None:
    async with serving() as api:
        group = api.world.add_group("Штаб", members=[])
        answer = await send(api, group["id"], **keyboard(web_app={"url": "https://a.ru"}))
        assert answer["description"] == "Bad Request: BUTTON_TYPE_INVALID"


@pytest.mark.parametrize(("size", "valid"), [(1, True), (64, True), (65, False)])
async def test_start_parameter_of_a_person(size: int, valid: bool) -> None:
    async with serving() as api:
        anna = api.world.add_user("Анна")
        if valid:
            assert api.world.start(anna, "r" * size)["text"] == f"/start {'r' * size}"
        else:
            with pytest.raises(ValueError, match="start parameter"):
                api.world.start(anna, "r" * size)
