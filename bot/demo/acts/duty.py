"""The duty officer's card: two matters in one, one matter twice, nothing to do."""

from __future__ import annotations

from bot.demo.acts.moves import number_of, push, report, take, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_MORE, _VAGUE = "что ещё?", "Поняли так: "


def split(day: Day) -> Acting[None]:
    """«Разделить»: the second matter becomes a case of its own; the first goes to a block."""
    who, duty, triage = day.cast.guests["Лукьян"], day.cast.duty, day.cast.chats["TRIAGE"]
    words = "Сделайте уже наконец хоть что-нибудь, безобразие"
    number = yield from report(day, who, words, "")
    yield from _more(day, number, "Разделить", "вторая проблема")
    second = "На Гоголя разбитый тротуар, плитка торчит"
    twin_of = f"Второй вопрос из № {number}"
    yield from tell(day, duty, second, twin_of, chat=triage, to="вторая проблема", into=who)
    twin = number_of(day, who, twin_of)
    day.stage.expect("в чате блока", day.stage.sees(day.cast.chats["ROD"], f"№ {twin} · никто"))
    yield None
    yield from take(day, twin, "ROD")
    yield from _to_block(day, number, "SAF")
    yield from take(day, number, "SAF")


def halve(day: Day) -> Acting[None]:
    """Two problems that the hub tells apart: one tap, two cases, each in its block."""
    stage, who, triage = day.stage, day.cast.guests["Лада"], day.cast.chats["TRIAGE"]
    words = "На Горького 31 яма на дороге. А ещё во дворе не вывозят мусор третий день."
    number = yield from report(day, who, words, "")
    card, made = f"№ {number} · куда?", "Второй вопрос завели отдельно"
    half = "Разделить: яма / мусор"
    yield from push(day, day.cast.duty, triage, card, half, made, into=who, toast="Разделили")
    twin = number_of(day, who, made)
    stage.expect("в чате блока", stage.sees(day.cast.chats["WST"], f"№ {twin} · никто"))
    yield None
    yield from take(day, number, "ROD")
    yield from take(day, twin, "WST")


def join(day: Day) -> Acting[None]:
    """«Объединить»: the same person about the same; the double is closed."""
    who, duty, triage = day.cast.guests["Марьяна"], day.cast.duty, day.cast.chats["TRIAGE"]
    words = "На Луговой высокая трава, заросли у забора"
    first = yield from report(day, who, words, "высокая трава")
    yield from take(day, first, "IMP")
    yield at(24, 10, 20)
    number = yield from report(day, who, "Ну когда уже приедут, никого нет", "Ну когда")
    yield from _more(day, number, "Объединить", "какое сообщение о том же")
    joined = f"№ {number} объединили с № {first}"
    yield from tell(
        day, duty, str(first), joined, chat=triage, to="какое сообщение о том же", into=who
    )


def rejected(day: Day) -> Acting[None]:
    """«Не проблема», «Вы ошиблись»: the head of the centre has it looked at anew."""
    stage, who, head = day.stage, day.cast.guests["Устин"], day.cast.head
    triage = day.cast.chats["TRIAGE"]
    number = yield from report(day, who, "Ну сколько можно, примите меры уже", "")
    yield from _more(day, number, "Не проблема", "почему не проблема")
    closed = f"№ {number} закрыли: не увидели, что нужно сделать"
    yield from push(
        day, day.cast.duty, triage, "почему не проблема", "t1.", closed, into=who, toast=""
    )
    yield from push(day, who, who, closed, "Вы ошиблись", "посмотрим ещё раз")
    question = (f"№ {number}", "решаете вы")
    stage.expect("спрашивает руководителя МЦУ", stage.sees(head, *question))
    yield at(24, 16, 15)
    yield from push(day, head, head, question, "Вернуть в работу", f"№ {number} возвращаем")
    again = (f"№ {number}: разобрались", "Возвращаем в работу")
    yield from tell(day, head, "Позвоните человеку и узнайте, что случилось", *again, into=who)
    stage.expect("снова у дежурной смены", stage.sees(triage, f"№ {number} · куда?"))
    yield None
    yield from _to_block(day, number, "ADM")
    yield from take(day, number, "ADM")


def another_service(day: Day) -> Acting[None]:
    """«Важность», then «Передать службе»: the citizen knows who answers and when."""
    stage, who, triage = day.stage, day.cast.guests["Влас"], day.cast.chats["TRIAGE"]
    words = "Во дворе после ремонта труб осталась яма, у тротуара, ребёнок упал"
    number = yield from report(day, who, words, "")
    card = f"№ {number} · куда?"
    yield from _more(day, number, "Важность", "какая важность")
    raised = (card, "важность: критическая")
    yield from push(
        day, day.cast.duty, triage, "какая важность", "☐ Критическая", *raised, toast=""
    )
    stage.show(triage, *raised)
    yield from _more(day, number, "Передать службе", "кто этим ведает?")
    passed = f"№ {number}: этим ведает Водоканал"
    yield from push(
        day, day.cast.duty, triage, "кто этим ведает?", "Водоканал", passed, into=who, toast=""
    )
    yield from push(day, who, who, passed, "Понятно", passed, "Вы ответили: понятно.")


def _more(day: Day, number: int, button: str, comes: str) -> Acting[None]:
    """«Ещё» and one of its buttons."""
    duty, triage = day.cast.duty, day.cast.chats["TRIAGE"]
    menu = f"№ {number}: {_MORE}"
    yield from push(day, duty, triage, f"№ {number} · куда?", "Ещё", menu)
    yield from push(day, duty, triage, menu, button, comes)


def _to_block(day: Day, number: int, block: str) -> Acting[None]:
    """«Другой блок» and its name."""
    duty, triage, name = day.cast.duty, day.cast.chats["TRIAGE"], day.town.blocks[block].name[:18]
    stage, menu = day.stage, f"№ {number}: какой блок?"
    yield from push(day, duty, triage, f"№ {number} · куда?", "Другой блок", menu)
    if not stage.offers(triage, name, menu)():
        seen = stage.offers(triage, name, menu)
        stage.press(duty, stage.find(triage, menu), "›", about=f"№ {number}", seen=seen)
        yield None
    yield from push(
        day,
        duty,
        triage,
        menu,
        name,
        f"№ {number} ·",
        into=day.cast.chats[block],
        toast=name,
    )
