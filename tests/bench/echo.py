"""The floors: an aiogram bot that says back what it hears, and nothing more.

`python -m tests.bench.echo polling|webhook nothing|commit API [PORT] [FOLDER]`: it stores nothing,
or one row with one SQLAlchemy commit (aiosqlite, WAL, synchronous=FULL) for every update.
`… sends nothing API COUNT REST`: it sends so many messages and says how long each took.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy import String, event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.bench.feed import SECRET
from tests.bench.messenger import TOKEN

Save = Callable[[Message], Awaitable[None]]


class _Base(DeclarativeBase):
    pass


class _Report(_Base):
    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(String(4096))
    created: Mapped[float]


async def _nothing(_message: Message) -> None:
    return


async def _commits(folder: str) -> Save:
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/echo.db")

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    async with engine.begin() as connection:
        await connection.run_sync(_Base.metadata.create_all)
    sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    async def save(message: Message) -> None:
        async with sessions() as session:
            session.add(
                _Report(
                    message_id=message.message_id,
                    user_id=message.chat.id,
                    text=message.text or "",
                    created=time.time(),
                )
            )
            await session.commit()

    return save


async def _sends(bot: Bot, sends: int, rest: float) -> None:
    """Send so many messages, one after another, and print how long each took."""
    times = []
    for n in range(sends):
        begun = time.perf_counter()
        await bot.send_message(1000 + n, "Принято, № 1")
        times.append(time.perf_counter() - begun)
        await asyncio.sleep(rest)
    print(json.dumps(times), flush=True)
    await bot.close()
    await asyncio.Event().wait()


async def _main(way: str, keeps: str, api: str, port: str = "0", folder: str = "") -> None:
    save = await _commits(folder) if keeps == "commit" else _nothing
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    if way == "sends":
        await _sends(bot, int(port), float(folder))
    dispatcher = Dispatcher()
    if way == "polling":

        @dispatcher.message()
        async def answer(message: Message) -> None:
            await save(message)
            await message.answer(message.text or "")

        await dispatcher.start_polling(bot, polling_timeout=25, tasks_concurrency_limit=40)
        return

    @dispatcher.message()
    async def reply(message: Message) -> SendMessage:
        """In the answer to the webhook's request: no call of its own, nothing is faster."""
        await save(message)
        return SendMessage(chat_id=message.chat.id, text=message.text or "")

    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
    handler.register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
