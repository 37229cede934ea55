"""Those above: what waits for them, the rating, the overdue, leave."""

from __future__ import annotations

from bot.demo.acts.moves import push, tell
from bot.demo.plan import Day
from bot.demo.sight import Seen
from bot.demo.story import Acting


def list_of_four_o_clock(day: Day) -> Acting[None]:
    """16:00: what is to be decided today; «До завтра», and still the decisions are made."""
    stage, head = day.stage, day.cast.head
    stage.expect("напоминает руководителю МЦУ", stage.sees(head, "До конца дня"))
    yield None
    stage.show(head, "До конца дня")
    yield from push(day, head, head, "До конца дня", "Решить", "Ждём вас:")
    yield from push(day, head, head, "До конца дня", "До завтра", toast="Не напоминаем до")


def rating_and_overdue(day: Day) -> Acting[None]:
    """/rating by periods, /overdue and a word to every holder."""
    stage, head = day.stage, day.cast.head
    yield from tell(day, head, "/rating", "Рейтинг · 1–25 ноября")
    stage.show(head, "Рейтинг · 1–25 ноября")
    yield from push(day, head, head, "Рейтинг ·", "Неделя", "Рейтинг · 23–25 ноября")
    yield from tell(day, head, "/overdue", "Просрочен")
    stage.show(head, "Просрочен")


def drill_down(day: Day) -> Acting[None]:
    """A number of the digest opens the list behind it, the list the case."""
    stage, head = day.stage, day.cast.head
    digest = ("Сводка ·", "25 ноября")
    stage.show(head, *digest)
    yield from push(day, head, head, digest, "Критическое", "Критическое")
    yield from push(day, head, head, digest, "Сегодня", "Срок сегодня:")
    page = stage.find(head, "Срок сегодня:")
    number = stage.label(page, "d1.open.")
    yield from push(day, head, head, "Срок сегодня:", number, f"№ {number} ·")


def on_leave(day: Day) -> Acting[None]:
    """/away: a substitute is told and reads; back early."""
    stage, deputy = day.stage, day.cast.deputies["CUL"]
    substitute = day.cast.executors["CUL"][0]
    name = substitute["first_name"]
    asked = "Кто вас заменит?"
    yield from tell(day, deputy, "/away", asked)
    while not stage.offers(deputy, f"{name} ·", asked)():
        before = stage.find(deputy, asked)["reply_markup"]
        stage.press(deputy, stage.find(deputy, asked), "›", seen=_turned(day, asked, before))
        yield None
    yield from push(day, deputy, deputy, asked, f"{name} ·", f"Вас заменит {name}")
    until = f"включительно вас замещает {name}"
    yield from tell(day, deputy, "27.11", until)
    stage.expect(f"пишет {stage.called(substitute)}", stage.sees(substitute, "вы замещаете:"))
    yield None
    yield from tell(day, substitute, "/overdue", "Просрочен")
    yield from push(day, deputy, deputy, until, "Вернуть себе", "С возвращением.")


def _turned(day: Day, asked: str, before: object) -> Seen:
    """Another page of names is shown than before."""
    stage, deputy = day.stage, day.cast.deputies["CUL"]

    def seen() -> str | None:
        page = stage.newest(deputy, asked)
        return "следующая страница" if page and page["reply_markup"] != before else None

    return seen
