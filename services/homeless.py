"""Blocks without a chat: their cases stand with the duty officer until a chat is bound."""

from __future__ import annotations

from services.desk import Desk
from services.model import Appeal, Purpose


async def blocks(desk: Desk) -> list[str]:
    """Codes of the blocks that no chat is bound to, in the municipality's order."""
    chats = await desk.uow.overview.chats()
    housed = {chat.block for chat in chats if chat.purpose is Purpose.BLOCK and not chat.is_lost}
    return [code for code in desk.town.blocks if code not in housed]


async def unowned(desk: Desk) -> list[Appeal]:
    """What nobody answers for yet: without a block, or free in a block without a chat."""
    return await desk.uow.appeals.unowned(await blocks(desk))
