"""What citizens of the crash town write: never twice the same, never three of one matter."""

from __future__ import annotations

from collections.abc import Iterator

BLOCKS = ("HCS", "WST", "ROD", "IMP")
_MATTERS = (
    "слабый напор воды, кран еле течёт",
    "не вывозят мусор, баки переполнены",
    "яма на дороге, объехать нельзя",
    "не горит фонарь, вечером темно на улице",
    "холодные батареи во всей квартире",
    "свалка за гаражами, куча мусора с диванами",
    "лужа на дороге, не пройти",
    "сломаны качели на детской площадке",
    "не работает лифт",
    "не вывозят крупногабарит",
    "сбили дорожный знак",
    "заросла клумба, траву не косят",
    "в подъезде грязно, не моют пол",
    "сломаны лавочки, урны переполнены",
    "разбитый тротуар, ямы на тротуаре",
)
_STREETS = (
    "Азовская",
    "Белинского",
    "Больничная",
    "Вишнёвая",
    "Вокзальная",
    "Гоголя",
    "Горького",
    "Грибоедова",
    "Декабристов",
    "Дружбы",
    "Жуковского",
    "Заставная",
    "Киевская",
    "Колхозная",
    "Кольцова",
    "Короленко",
    "Крылова",
    "Крымская",
    "Кубанская",
    "Курортная",
    "Лермонтова",
    "Леселидзе",
    "Луговая",
    "Луначарского",
    "Маяковского",
    "Нахимова",
    "Новороссийская",
    "Одесская",
    "Орджоникидзе",
    "Островского",
    "Полевая",
    "Пушкина",
    "Серафимовича",
    "Солнцедарская",
    "Тельмана",
    "Ульяновская",
    "Херсонская",
    "Чайковского",
    "Чернышевского",
    "Шевченко",
)
TWICE = 2
"""So often one matter is reported from one street: a third would make a problem of it."""


def reports() -> Iterator[str]:
    """Reports, each of them its own; 1,200 of them."""
    for again in range(TWICE):
        for turn in range(len(_STREETS)):
            for place, matter in enumerate(_MATTERS):
                street = _STREETS[(turn + place) % len(_STREETS)]
                yield f"На улице {street}, {10 * turn + again + 1}: {matter}"


def more(number: int) -> str:
    """What somebody adds at once, the words of nobody else."""
    return f"Пожалуйста, посмотрите скорее, ждём {number} дней"


def answer(number: int) -> str:
    """An answer that no checker would send back."""
    return (
        f"Сегодня мастер всё проверил и починил, завтра в 10:00 придёт ещё раз. Наряд {number}, "
        "отвечает за него бригадир участка. Если что-то не так, напишите сюда."
    )
