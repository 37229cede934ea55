"""The methods the bot uses: name of the parameter, type, required (`!`).

Checked by a test against the Bot API as data; nothing else in the sandbox names a type.
"""

from bot.sandbox.objects_table import CAPTION, parse_table

_SEND = """
business_connection_id: String
chat_id: Integer or String !
message_thread_id: Integer
direct_messages_topic_id: Integer
disable_notification: Boolean
protect_content: Boolean
allow_paid_broadcast: Boolean
message_effect_id: String
suggested_post_parameters: SuggestedPostParameters
reply_parameters: ReplyParameters
reply_markup: InlineKeyboardMarkup or ReplyKeyboardMarkup or ReplyKeyboardRemove or ForceReply
"""
_TARGET = """
business_connection_id: String
chat_id: Integer or String
message_id: Integer
inline_message_id: String
reply_markup: InlineKeyboardMarkup
"""
_TEXT = """
parse_mode: String
entities: Array of MessageEntity
link_preview_options: LinkPreviewOptions
"""

_METHODS = {
    "getMe": "",
    "getUpdates": """
        offset: Integer
        limit: Integer
        timeout: Integer
        allowed_updates: Array of String
    """,
    "setWebhook": """
        url: String !
        certificate: InputFile
        ip_address: String
        max_connections: Integer
        allowed_updates: Array of String
        drop_pending_updates: Boolean
        secret_token: String
    """,
    "deleteWebhook": "drop_pending_updates: Boolean",
    "getWebhookInfo": "",
    "sendMessage": _SEND + _TEXT + "text: String !",
    "sendPhoto": _SEND
    + CAPTION
    + """
        photo: InputFile or String !
        show_caption_above_media: Boolean
        has_spoiler: Boolean
    """,
    "sendDocument": _SEND
    + CAPTION
    + """
        document: InputFile or String !
        thumbnail: InputFile or String
        disable_content_type_detection: Boolean
    """,
    "sendVideo": _SEND
    + CAPTION
    + """
        video: InputFile or String !
        duration: Integer
        width: Integer
        height: Integer
        thumbnail: InputFile or String
        cover: InputFile or String
        start_timestamp: Integer
        show_caption_above_media: Boolean
        has_spoiler: Boolean
        supports_streaming: Boolean
    """,
    "sendAnimation": _SEND
    + CAPTION
    + """
        animation: InputFile or String !
        duration: Integer
        width: Integer
        height: Integer
        thumbnail: InputFile or String
        show_caption_above_media: Boolean
        has_spoiler: Boolean
    """,
    "sendAudio": _SEND
    + CAPTION
    + """
        audio: InputFile or String !
        duration: Integer
        performer: String
        title: String
        thumbnail: InputFile or String
    """,
    "sendVoice": _SEND + CAPTION + "voice: InputFile or String !\nduration: Integer",
    "sendVideoNote": _SEND
    + """
        video_note: InputFile or String !
        duration: Integer
        length: Integer
        thumbnail: InputFile or String
    """,
    "sendMediaGroup": """
        business_connection_id: String
        chat_id: Integer or String !
        message_thread_id: Integer
        direct_messages_topic_id: Integer
        media: Array of InputMediaAudio or Array of InputMediaDocument or \
Array of InputMediaLivePhoto or Array of InputMediaPhoto or Array of InputMediaVideo !
        disable_notification: Boolean
        protect_content: Boolean
        allow_paid_broadcast: Boolean
        message_effect_id: String
        reply_parameters: ReplyParameters
    """,
    "editMessageText": _TARGET + _TEXT + "text: String\nrich_message: InputRichMessage",
    "editMessageReplyMarkup": _TARGET,
    "deleteMessage": "chat_id: Integer or String !\nmessage_id: Integer !",
    "answerCallbackQuery": """
        callback_query_id: String !
        text: String
        show_alert: Boolean
        url: String
        cache_time: Integer
    """,
    "getFile": "file_id: String !",
    "getChat": "chat_id: Integer or String !",
    "getChatMember": "chat_id: Integer or String !\nuser_id: Integer !",
    "createForumTopic": """
        chat_id: Integer or String !
        name: String !
        icon_color: Integer
        icon_custom_emoji_id: String
    """,
    "leaveChat": "chat_id: Integer or String !",
    "setMyCommands": """
        commands: Array of BotCommand !
        scope: BotCommandScope
        language_code: String
    """,
}

METHODS = {name: parse_table(table) for name, table in _METHODS.items()}

ADDED_AFTER_10_1 = frozenset(
    {
        (method, name)
        for method in METHODS
        if method.startswith("send") and method != "sendMediaGroup"
        for name in ("callback_query_id", "receiver_user_id", "ephemeral_message_parameters")
    }
)
"""Parameters of Bot API 10.3 in aiogram 3.31's models that 10.1 lacks; refused as unknown."""

RETIRED_BEFORE_10_1 = frozenset(
    {
        *((m, "reply_to_message_id") for m in METHODS if m.startswith("send")),
        *((m, "allow_sending_without_reply") for m in METHODS if m.startswith("send")),
        ("sendMessage", "disable_web_page_preview"),
        ("editMessageText", "disable_web_page_preview"),
    }
)
"""Old names aiogram still carries; refused as unknown, newer ones took over."""
