"""Parameters by type in each kind of body; what is missing, unknown or of a wrong type."""

from typing import Any

import pytest

from tests.channels.sandbox_client import Api, button, inline, serving

MARKUP = inline([button("Да", callback_data="yes")])
ENTITIES = [{"type": "bold", "offset": 0, "length": 3}]


async def opened(api: Api) -> int:
    anna = api.world.add_user("Анна")
    api.world.start(anna)
    return int(anna["id"])


@pytest.mark.parametrize("kind", ["call", "form", "multipart", "query"])
async def test_each_body_kind_gives_the_same_message(kind: str) -> None:
    async with serving() as api:
        chat_id = await opened(api)
        answer = await getattr(api, kind)(
            "sendMessage",
            chat_id=chat_id,
            text="раз, два",
            entities=ENTITIES,
            disable_notification=True,
            reply_markup=MARKUP,
            reply_parameters={"message_id": 1},
            link_preview_options={"is_disabled": True},
        )
        assert answer["ok"], answer
        message = answer["result"]
        assert message["entities"] == ENTITIES
        assert message["reply_markup"] == MARKUP
        assert message["reply_to_message"]["text"] == "/start"
        assert message["link_preview_options"] == {"is_disabled": True}
        assert api.world.last(chat_id)["disable_notification"] is True


async def test_json_text_inside_a_json_body() -> None:
    async with serving() as api:
        chat_id = await opened(api)
        text = '{"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}'
        sent = await api.ok("sendMessage", chat_id=str(chat_id), text="а", reply_markup=text)
        assert sent["reply_markup"] == MARKUP


async def test_method_names_have_no_case() -> None:
    async with serving() as api:
        assert (await api.ok("GETME"))["username"] == "otklik_demo_bot"


async def test_uploads_directly_and_attached() -> None:
    async with serving() as api:
        chat_id = await opened(api)
        direct = await api.multipart("sendPhoto", {"photo": b"one"}, chat_id=chat_id)
        attached = await api.multipart(
            "sendPhoto", {"x": b"two"}, chat_id=chat_id, photo="attach://x"
        )
        media = [{"type": "photo", "media": f"attach://{name}"} for name in ("a", "b")]
        album = await api.multipart(
            "sendMediaGroup", {"a": b"three", "b": b"four"}, chat_id=chat_id, media=media
        )
        sent = [direct["result"], attached["result"], *album["result"]]
        assert [await download(api, message) for message in sent] == [
            b"one",
            b"two",
            b"three",
            b"four",
        ]
        assert len({message["media_group_id"] for message in sent[2:]}) == 1
        assert "<photo: 3 bytes>" in api.sandbox.journal.of("sendPhoto")[0].line()


async def download(api: Api, message: dict[str, Any]) -> bytes:
    file = await api.ok("getFile", file_id=message["photo"][-1]["file_id"])
    address = f"{api.sandbox.url}/file/bot{api.sandbox.token}/{file['file_path']}"
    async with api.http.get(address) as response:
        return await response.read()


REFUSED = [
    ({"text": "а"}, "required parameter «chat_id» is missing"),
    ({"chat_id": 1}, "required parameter «text» is missing"),
    ({"text": "а", "chat_id": 1, "texts": "б"}, "unknown parameter «texts»"),
    ({"text": "а", "chat_id": 1, "reply_to_message_id": 1}, "unknown parameter"),
    (
        {"text": "а", "chat_id": 1, "message_effect_id": "1"},
        "parameter «message_effect_id» isn't supported by the sandbox",
    ),
    (
        {"text": "а", "chat_id": 1, "message_thread_id": "тема"},
        "«message_thread_id» must be Integer, got 'тема'",
    ),
    (
        {"text": "а", "chat_id": 1, "disable_notification": "может быть"},
        "«disable_notification» must be Boolean, got 'может быть'",
    ),
    ({"text": "а", "chat_id": 1, "reply_markup": "{"}, "can't parse «reply_markup» as JSON"),
    (
        {"text": "а", "chat_id": 1, "entities": {"type": "bold"}},
        "«entities» must be Array of MessageEntity",
    ),
    ({"text": "а", "chat_id": 1, "reply_markup": {"rows": []}}, "«reply_markup» must be Inline"),
    (
        {"text": "а", "chat_id": 1, "reply_markup": inline([button(color="red")])},
        "unknown field of InlineKeyboardButton «color»",
    ),
    (
        {"text": "а", "chat_id": 1, "reply_markup": inline([{"callback_data": "a"}])},
        "required field of InlineKeyboardButton «text» is missing",
    ),
    (
        {"text": "а", "chat_id": 1, "reply_markup": inline([button(callback_data=5)])},
        "«reply_markup.inline_keyboard[0][0].callback_data» must be String, got 5",
    ),
    (
        {"text": "а", "chat_id": 1, "reply_parameters": {"message_id": 1, "silent": True}},
        "unknown field of ReplyParameters «silent»",
    ),
    (
        {"text": "а", "chat_id": 1, "link_preview_options": {"disabled": True}},
        "unknown field of LinkPreviewOptions «disabled»",
    ),
    ({"text": "а", "chat_id": 1, "parse_mode": "bb"}, "chat not found"),
]


@pytest.mark.parametrize("kind", ["call", "form", "multipart"])
@pytest.mark.parametrize(("params", "refusal"), REFUSED)
async def test_refused_parameters(params: dict[str, Any], refusal: str, kind: str) -> None:
    async with serving() as api:
        answer = await getattr(api, kind)("sendMessage", **params)
        assert answer["error_code"] == 400
        assert answer["description"].startswith(f"Bad Request: {refusal}")


async def test_numbers_are_not_text_in_json() -> None:
    async with serving() as api:
        chat_id = await opened(api)
        refusal = await api.refused("sendMessage", chat_id=chat_id, text=5)
        assert refusal == "Bad Request: «text» must be String, got 5"
        refusal = await api.refused("sendMessage", chat_id=True, text="а")
        assert refusal == "Bad Request: «chat_id» must be Integer or String, got True"


@pytest.mark.parametrize(
    ("kind", "body", "refusal"),
    [
        ("application/json", b"{", "can't parse the body"),
        ("application/json", b"\xff", "can't parse the body"),
        ("application/json", b"[]", "the JSON body must be an object"),
        ("application/x-www-form-urlencoded", b"\xff", "can't parse the body"),
        ("multipart/form-data", b"x", "can't parse the body"),
        ("multipart/form-data; boundary=x", b"garbage", "can't parse the body"),
    ],
)
async def test_broken_bodies(kind: str, body: bytes, refusal: str) -> None:
    headers = {"Content-Type": kind}
    async with (
        serving() as api,
        api.http.post(api.address("getMe"), data=body, headers=headers) as response,
    ):
        assert response.status == 400
        assert (await response.json())["description"] == f"Bad Request: {refusal}"


async def test_files_nobody_asked_for() -> None:
    async with serving() as api:
        chat_id = await opened(api)
        stray = await api.multipart("sendMessage", {"x": b"1"}, chat_id=chat_id, text="а")
        assert stray["description"] == "Bad Request: unknown parameter «x»"
        lost = await api.multipart("sendPhoto", {}, chat_id=chat_id, photo="attach://x")
        assert lost["description"] == "Bad Request: attached file «x» isn't in the request"


async def test_kinds_of_media() -> None:
    async with serving() as api:
        chat_id = await opened(api)
        film = {"type": "animation", "media": "x"}
        refusal = await api.refused("sendMediaGroup", chat_id=chat_id, media=[film, film])
        assert (
            refusal == "Bad Request: «media[0]» of type «animation» isn't supported by the sandbox"
        )
        photo, plan = {"type": "photo", "media": "x"}, {"type": "document", "media": "x"}
        refusal = await api.refused("sendMediaGroup", chat_id=chat_id, media=[photo, plan])
        assert refusal == "Bad Request: document can't be mixed with other media types"
        refusal = await api.refused("sendPhoto", chat_id=chat_id, photo="x")
        assert refusal == "Bad Request: wrong file identifier/HTTP URL specified"
        refusal = await api.refused("sendPhoto", chat_id=chat_id, photo="https://a.ru/x.jpg")
        assert refusal == "Bad Request: failed to get HTTP URL content"


async def test_lone_surrogates_are_refused() -> None:
    async with serving() as api:
        chat_id = await opened(api)
        refusal = await api.refused("sendMessage", chat_id=chat_id, text="\ud83d")
        assert refusal == "Bad Request: strings must be encoded in UTF-8"


async def test_token_and_method_in_telegrams_shape() -> None:
    async with serving() as api:
        unknown = {"ok": False, "error_code": 404, "description": "Not Found"}
        assert await api.call("sendDice", chat_id=1) == unknown
        async with api.http.get(f"{api.sandbox.url}/bot42:WRONG/getMe") as response:
            assert response.status == 401
            assert await response.json() == {
                "ok": False,
                "error_code": 401,
                "description": "Unauthorized",
            }
