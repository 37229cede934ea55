"""The objects that parameters carry: name of the field, type, required (`!`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a method or a field of an object."""

    types: tuple[str, ...]
    required: bool


CAPTION = """
caption: String
parse_mode: String
caption_entities: Array of MessageEntity
"""

_OBJECTS = {
    "InlineKeyboardMarkup": "inline_keyboard: Array of Array of InlineKeyboardButton !",
    "InlineKeyboardButton": """
        text: String !
        icon_custom_emoji_id: String
        style: String
        url: String
        callback_data: String
        web_app: WebAppInfo
        login_url: LoginUrl
        switch_inline_query: String
        switch_inline_query_current_chat: String
        switch_inline_query_chosen_chat: SwitchInlineQueryChosenChat
        copy_text: CopyTextButton
        callback_game: CallbackGame
        pay: Boolean
    """,
    "WebAppInfo": "url: String !",
    "CopyTextButton": "text: String !",
    "ReplyKeyboardMarkup": """
        keyboard: Array of Array of KeyboardButton !
        is_persistent: Boolean
        resize_keyboard: Boolean
        one_time_keyboard: Boolean
        input_field_placeholder: String
        selective: Boolean
    """,
    "KeyboardButton": """
        text: String !
        icon_custom_emoji_id: String
        style: String
        request_users: KeyboardButtonRequestUsers
        request_chat: KeyboardButtonRequestChat
        request_managed_bot: KeyboardButtonRequestManagedBot
        request_contact: Boolean
        request_location: Boolean
        request_poll: KeyboardButtonPollType
        web_app: WebAppInfo
    """,
    "ReplyKeyboardRemove": "remove_keyboard: Boolean !\nselective: Boolean",
    "ForceReply": "force_reply: Boolean !\ninput_field_placeholder: String\nselective: Boolean",
    "ReplyParameters": """
        message_id: Integer !
        chat_id: Integer or String
        allow_sending_without_reply: Boolean
        quote: String
        quote_parse_mode: String
        quote_entities: Array of MessageEntity
        quote_position: Integer
        checklist_task_id: Integer
        poll_option_id: String
    """,
    "LinkPreviewOptions": """
        is_disabled: Boolean
        url: String
        prefer_small_media: Boolean
        prefer_large_media: Boolean
        show_above_text: Boolean
    """,
    "MessageEntity": """
        type: String !
        offset: Integer !
        length: Integer !
        url: String
        user: User
        language: String
        custom_emoji_id: String
        unix_time: Integer
        date_time_format: String
    """,
    "InputMediaPhoto": CAPTION
    + """
        type: String !
        media: String !
        show_caption_above_media: Boolean
        has_spoiler: Boolean
    """,
    "InputMediaDocument": CAPTION
    + """
        type: String !
        media: String !
        thumbnail: String
        disable_content_type_detection: Boolean
    """,
    "InputMediaVideo": CAPTION
    + """
        type: String !
        media: String !
        thumbnail: String
        cover: String
        start_timestamp: Integer
        show_caption_above_media: Boolean
        width: Integer
        height: Integer
        duration: Integer
        supports_streaming: Boolean
        has_spoiler: Boolean
    """,
    "InputMediaAudio": CAPTION
    + """
        type: String !
        media: String !
        thumbnail: String
        duration: Integer
        performer: String
        title: String
    """,
    "BotCommand": "command: String !\ndescription: String !",
    # The union of Telegram's seven scopes, told apart by `type`.
    "BotCommandScope": "type: String !\nchat_id: Integer or String\nuser_id: Integer",
}


def parse_table(table: str) -> dict[str, Param]:
    """Lines of `name: Type or Type !`, the mark for what is required."""
    params = {}
    for line in filter(None, map(str.strip, table.split("\n"))):
        name, _, types = line.partition(":")
        required = types.endswith("!")
        params[name] = Param(tuple(types.removesuffix("!").strip().split(" or ")), required)
    return params


OBJECTS = {name: parse_table(table) for name, table in _OBJECTS.items()}

UNSUPPORTED = frozenset(
    {
        "business_connection_id",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "message_effect_id",
        "allow_paid_broadcast",
        "inline_message_id",
        "rich_message",
        "certificate",
        "ip_address",
        "thumbnail",
        "cover",
        "user",
        "quote",
        "quote_parse_mode",
        "quote_entities",
        "quote_position",
        "checklist_task_id",
        "poll_option_id",
        "login_url",
        "switch_inline_query_chosen_chat",
        "callback_game",
        "pay",
        "request_users",
        "request_chat",
        "request_managed_bot",
        "request_poll",
    }
)
"""Known to Telegram, not played here: refused, because pretending would hide a mistake."""
