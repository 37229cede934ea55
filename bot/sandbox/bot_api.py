"""From an HTTP request to a method and back; every call goes into the journal."""

import asyncio
from typing import Any

from aiohttp import web

from bot.sandbox import chat_methods, editing, sending, update_methods
from bot.sandbox.bodies import read_raw
from bot.sandbox.decode import decode
from bot.sandbox.errors import ApiError
from bot.sandbox.journal import Journal
from bot.sandbox.outcome import Method, Outcome, Params
from bot.sandbox.rate import RateGate
from bot.sandbox.town import Town
from bot.sandbox.trouble import Fault

METHODS: dict[str, Method] = {
    "getMe": chat_methods.get_me,
    "getUpdates": update_methods.get_updates,
    "setWebhook": update_methods.set_webhook,
    "deleteWebhook": update_methods.delete_webhook,
    "getWebhookInfo": update_methods.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVideo": sending.send_video,
    "sendAnimation": sending.send_animation,
    "sendAudio": sending.send_audio,
    "sendVoice": sending.send_voice,
    "sendVideoNote": sending.send_video_note,
    "sendMediaGroup": sending.send_media_group,
    "editMessageText": editing.edit_message_text,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_callback_query,
    "getFile": chat_methods.get_file,
    "getChat": chat_methods.get_chat,
    "getChatMember": chat_methods.get_chat_member,
    "createForumTopic": chat_methods.create_forum_topic,
    "leaveChat": chat_methods.leave_chat,
    "setMyCommands": chat_methods.set_my_commands,
}
PACED = frozenset(name for name in METHODS if name.startswith(("send", "edit")))
_BY_LOWER = {name.lower(): name for name in METHODS}


class BotApi:
    """The methods behind `/bot<token>/` and the files behind `/file/bot<token>/`."""

    def __init__(self, token: str, town: Town, journal: Journal, rates: RateGate) -> None:
        self._token = token
        self._town = town
        self._journal = journal
        self._rates = rates

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.route("*", "/bot{token}/{method}", self._serve_method),
            web.get("/file/bot{token}/{path:.+}", self._serve_file),
        ]

    async def _serve_method(self, request: web.Request) -> web.Response:
        named = request.match_info["method"]
        if request.match_info["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        method = _BY_LOWER.get(named.lower())
        if method is None or request.method not in {"GET", "POST"}:
            error = ApiError(404, "Not Found")
            self._note(named, {}, error=error)
            return _refusal(error)
        acting = method in PACED
        fault = self._town.trouble.take(method, acting=acting)
        if acting and self._town.trouble.delay:
            await asyncio.sleep(self._town.trouble.delay)
        if fault is not None and fault.error is None and not fault.acts:
            self._note(method, {}, effect="connection dropped before acting")
            return _hang_up(request)
        response = await self._call(method, request, fault)
        return _hang_up(request) if fault is not None and fault.acts else response

    async def _call(self, method: str, request: web.Request, fault: Fault | None) -> web.Response:
        params: Params = {}
        try:
            raw, uploads = await read_raw(request)
            params.update(raw)
            params = decode(method, raw, uploads)
            if fault is not None and fault.error is not None:
                raise fault.error
            self._pace(method, params)
            outcome = await METHODS[method](self._town, params)
        except ApiError as error:
            self._note(method, params, error=error)
            return _refusal(error)
        dropped = ", but the answer was dropped" if fault is not None else ""
        self._note(method, params, effect=outcome.effect + dropped)
        return _answer(outcome)

    def _pace(self, method: str, params: Params) -> None:
        """Every message counts, an edit too, and each item of an album."""
        chat_id = params.get("chat_id")
        if method in PACED and isinstance(chat_id, int) and chat_id in self._town.rooms:
            self._rates.pass_or_refuse(chat_id, len(params.get("media", [])) or 1)

    async def _serve_file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        stored = self._town.files.at(request.match_info["path"])
        if stored is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    def _note(
        self, method: str, params: Params, *, error: ApiError | None = None, effect: str = ""
    ) -> None:
        self._journal.add(
            at=self._town.clock.now().isoformat(),
            method=method,
            params=params,
            error=(error.code, error.description) if error else None,
            effect=effect,
        )


def _answer(outcome: Outcome) -> web.Response:
    body: dict[str, Any] = {"ok": True, "result": outcome.result}
    if outcome.description:
        body["description"] = outcome.description
    return web.json_response(body)


def _refusal(error: ApiError) -> web.Response:
    return web.json_response(error.body(), status=error.code)


def _hang_up(request: web.Request) -> web.Response:
    """Break the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
