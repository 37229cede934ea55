"""The administrator: a chat bound by a menu, roles with a term, the state of the hub."""

from __future__ import annotations

from bot.demo.acts.moves import push, tell
from bot.demo.plan import Day
from bot.demo.story import Acting

BY_MENU = "TOU"
"""The block whose chat is bound by the menu."""


def bind_by_menu(day: Day) -> Acting[None]:
    """/bind without a code: pages of blocks, the rights, the trial card."""
    stage, admin, name = day.stage, day.cast.admins[1], day.town.blocks[BY_MENU].name
    members = [admin, *day.cast.executors[BY_MENU]]
    chat = stage.name(stage.world.add_group(name, members=members), f"чат «{name}»")
    day.cast.chats[BY_MENU] = chat
    menu = "Какой блок?"
    yield from tell(day, admin, "/bind", menu, chat=chat)
    turned = stage.offers(chat, name[:18], menu)
    stage.press(admin, stage.find(chat, menu), "›", about="страница блоков", seen=turned)
    yield None
    yield from push(day, admin, chat, menu, name[:18], f"Чат привязан: {name}")
    trial = "Это проба"
    stage.expect("шлёт пробную карточку", stage.sees(chat, trial))
    yield None
    stage.press(admin, stage.find(chat, trial), "Удалить пробу", seen=stage.gone(chat, trial))
    yield None


def roles_with_a_term(day: Day) -> Acting[None]:
    """/roles in reply to somebody's words: boxes, a term and an act."""
    stage, admin, chat = day.stage, day.cast.admins[0], day.cast.chats["HCS"]
    colleague = day.cast.executors["HCS"][1]
    stage.say(colleague, "Я на месте", chat=chat, seen=lambda: "")
    said = stage.world.last(chat["id"])
    menu = "Что может?"
    stage.say(admin, "/roles", chat=chat, to=said, seen=stage.sees(chat, menu))
    yield None
    prompt = "каким приказом?"
    yield from push(day, admin, chat, menu, "Срок и приказ", prompt)
    term = "до 31.12.2026, приказ 15-р"
    yield from tell(day, admin, term, menu, term, chat=chat, to=prompt)
    stage.show(chat, menu)
    yield from push(day, admin, chat, menu, "Готово", "Записали")


def health(day: Day) -> Acting[None]:
    """/health in a few lines, «Обновить», «Что не так»."""
    admin, state = day.cast.admins[2], "Состояние ·"
    yield from tell(day, admin, "/health", state)
    day.stage.show(admin, state)
    yield from push(day, admin, admin, state, "Обновить", state)
    yield from push(day, admin, admin, state, "Что не так", "правил не подтверждено")
