"""Labelled texts of our own to learn from: templates filled in, a hundred and more of them."""

from __future__ import annotations

from itertools import product

WHERE = ["на Морской", "у рынка", "в нашем районе", "возле дома 7", "на Луначарского", "за школой"]
WHEN = ["", "Уже неделю.", "Сколько можно ждать!", "Просим помочь.", "Писали дважды."]
TEMPLATES = {
    ("Дороги", "Ямы"): ["яма {where}, машины бьются", "асфальт {where} разбит"],
    ("Дороги", "Снег"): ["дорога {where} в снегу, не чистят", "гололёд {where}, не посыпают"],
    ("ЖКХ", "Вода"): ["нет воды {where}", "вода {where} еле течёт из крана"],
    ("ЖКХ", "Тепло"): ["батареи {where} холодные", "отопление {where} не включили"],
    ("Обращение с отходами", "Вывоз"): ["мусор {where} не вывозят", "баки {where} переполнены"],
}


def lessons() -> list[tuple[str, str, str]]:
    """(text, group, topic); the texts are all different."""
    return [
        (f"{template.format(where=where).capitalize()}. {when}".strip(), group, topic)
        for (group, topic), templates in TEMPLATES.items()
        for template, where, when in product(templates, WHERE, WHEN)
    ]
