"""Citizens write: consent, own words, receipt; the emergency goes first to 112 and the duty."""

from __future__ import annotations

from bot.demo.acts.opening import welcome_deputies
from bot.demo.cast import Case
from bot.demo.plan import CRITICAL, LATE, PHOTO, Day, at
from bot.demo.sight import Person, number_in

_WAVES = ((7, 50), (8, 15), (8, 40), (9, 10), (9, 30))
_FIRST, _ALARM, _BUSY = 0, 2, 3


async def citizens_write(day: Day) -> None:
    """Everybody in five waves; some parts have their hour, the rest is the seed's choice."""
    waves = _waves(day)
    for place, ((hour, minute), wave) in enumerate(zip(_WAVES, waves, strict=True)):
        await day.stage.move(at(24, hour, minute), f"пишут жители: {len(wave)} (1.1, 1.2)")
        people = [case.author for case in wave]
        await _consent(day, people if place else people + list(day.cast.guests.values()))
        await _report(day, wave)
        if place == _FIRST:
            _show_first(day, wave[0])
        if place == _ALARM:
            await _accept_emergency(day)
            await welcome_deputies(day)


def _waves(day: Day) -> list[list[Case]]:
    waves: list[list[Case]] = [[] for _ in _WAVES]
    waves[_FIRST].append(day.part(LATE))
    waves[_ALARM].append(day.emergency)
    waves[_BUSY].append(day.part(CRITICAL))
    for place, case in enumerate(day.ordinary(LATE, CRITICAL)):
        waves[place % len(_WAVES)].append(case)
    for wave in waves:
        day.rng.shuffle(wave)
    return waves


async def _consent(day: Day, people: list[Person]) -> None:
    stage = day.stage
    for person in people:
        seen = stage.sees(person, "Нужно ваше согласие")
        stage.start(person, None, "открывает бота", seen)
    await stage.beat()
    for person in people:
        with stage.attempt(f"{stage.called(person)}: согласие"):
            asked = stage.find(person, "Нужно ваше согласие")
            seen = stage.sees(person, "Согласие получено")
            stage.press(person, asked, "Даю согласие", seen=seen)
    await stage.beat()


async def _report(day: Day, wave: list[Case]) -> None:
    stage = day.stage
    for case in wave:
        seen = stage.sees(case.author, "Принято, №", "Займётся: ")
        stage.say(case.author, case.script.text, photo=case.topic == PHOTO, seen=seen)
    await stage.beat()
    for case in wave:
        with stage.attempt(f"{stage.called(case.author)}: квитанция"):
            case.number = number_in(stage.find(case.author, "Принято, №")["text"])


def _show_first(day: Day, case: Case) -> None:
    """What a citizen and the staff see, once in full."""
    stage, number = day.stage, f"№ {case.number}"
    stage.show(case.author, "Здравствуйте")
    stage.show(case.author, "Принято, №")
    home = case.block if not case.script.unsure else "TRIAGE"
    stage.show(day.cast.chats[home], f"{number} ·")


async def _accept_emergency(day: Day) -> None:
    """The citizen was told to call 112 before anything else; the executor accepts at once."""
    stage, case = day.stage, day.emergency
    number = f"№ {case.number}"
    stage.expect("предупреждает жителя", stage.sees(case.author, "Сначала позвоните 112"))
    stage.expect("показывает дежурной смене", stage.sees(day.cast.chats["TRIAGE"], number))
    await stage.beat()
    stage.show(case.author, "Сначала позвоните 112")
    await stage.move(at(24, 8, 44), "аварию принимают (1.5, 2.1)")
    executor, chat = day.cast.holder(case), day.cast.chats[case.block]
    with stage.attempt(f"{number}: принять"):
        card = stage.find(chat, f"{number} ·")
        seen = stage.sees(case.author, "дежурный принял")
        stage.press(executor, card, "Принял", about=number, toast="Взято", seen=seen)
    await stage.beat()
