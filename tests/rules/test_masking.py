"""Masking: what is personal never stays, what is not is never touched."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.municipality import load_municipality
from services.understanding import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("звоните +7 918 123-45-67 вечером", "звоните [телефон] вечером"),
        ("8(918)1234567", "[телефон]"),
        ("89181234567, 8 918 765 43 21", "[телефон], [телефон]"),
        ("8 918 123 45 67 8 918 765 43 21", "[телефон] [телефон]"),
        ("918 123 45 67", "[телефон]"),
        ("8.918.123.45.67", "[телефон]"),
        ("8 (86141) 3-33-33", "[телефон]"),
        ("(86141) 5-43-21", "[телефон]"),
        ("86141 5-43-21", "[телефон]"),
        ("тел. 5-12-34", "тел. [телефон]"),
        ("тел: 51234", "тел: [телефон]"),
        ("пишите ivan.p@mail.example.ru!", "пишите [почта]!"),
        ("карта 4111 1111 1111 1111 5 раз", "карта [карта] 5 раз"),
        ("5 4111-1111-1111-1111", "5 [карта]"),
        ("2024 4111111111111111", "2024 [карта]"),
        ("паспорт 0312 123456", "паспорт [документ]"),
        ("паспорт 03 12 № 123456", "паспорт [документ]"),
        ("паспорт серия 0312 номер 123456", "паспорт серия [документ]"),
        ("паспорт 0312123456", "паспорт [документ]"),
        ("0312 123456", "[документ]"),
        ("112-233-445 95", "[документ]"),
        ("11223344595", "[документ]"),
        ("СНИЛС: 112 233 445 00", "СНИЛС: [документ]"),
        ("ИНН 7707083893", "ИНН [документ]"),
        ("500100732259", "[документ]"),
        ("ул. Мира, 5/2, кв. 114, подъезд 3", "ул. Мира, 5/2, кв. [номер], подъезд 3"),
        ("Иванова Мария Петровна, Мира 5", "[имя], Мира 5"),
        ("с уважением, Сидорова А. П.", "с уважением, [имя]"),
        ("машина А123ВС 123 на газоне", "машина [номер машины] на газоне"),
        ("8-9I8-555-12-34", "[телефон]"),
        ("masha . petrova @ mail . ru", "[почта]"),
        ("пишите masha.petrova(а)mail.example.ru", "пишите [почта]"),
        ("карта банка 2202 2001 1234 5678", "карта банка [карта]"),
        ("полис ОМС 2345 6789 0123 4567", "полис ОМС [документ]"),
        ("свидетельство II-АГ № 123456", "свидетельство [документ]"),
        ("счёт 40817810123456789012", "счёт [документ]"),
        ("загран 71 1234567, ПТС 23 УК 123456", "загран [документ], ПТС [документ]"),
        ("сосед Иванов, соседи Петровы", "сосед [имя], соседи [имя]"),
        ("семья Ивановых шумит", "семья [имя] шумит"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("звоните восемь девятьсот восемнадцать 555 12 34", "звоните [телефон]"),
        (
            "восемь девятьсот восемнадцать пятьсот пятьдесят пять двенадцать тридцать четыре, Оля",
            "[телефон], Оля",
        ),
        ("плюс семь девять один восемь пять пять пять ноль два ноль три", "плюс [телефон]"),
        ("восемь, девятьсот 18, пятдесят пять, пять, двенацать, 34", "[телефон]"),
        ("телефон пять двенадцать тридцать четыре", "телефон [телефон]"),
        ("Мира 5 квартира сорок пять", "Мира 5 квартира [номер]"),
        ("в сорок пятой квартире шумят", "в [номер] квартире шумят"),
        ("дом 12 кв семь", "дом 12 кв [номер]"),
        ("двадцать пять лет живу, в квартире пять градусов", None),
        ("квартира двенадцать метров, в ней две комнаты", None),
        ("вторая квартира пустует, не звоните после двадцати двух", None),
        ("не ходят восемь, девять и тридцать один", None),
    ],
)
def test_numbers_in_words(text: str, masked: str | None) -> None:
    assert mask(text) == (masked or text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("кв 12,14,18 топит", "кв [номер] топит"),
        ("квартиры 12, 14, 45 без воды", "квартиры [номер] без воды"),
        ("кв 12-45 не топят", "кв [номер] не топят"),
        ("в 12й и 14й квартирах", "в [номер] квартирах"),
        ("кв. 12, 8 918 555 12 34", "кв. [номер], [телефон]"),
        ("кв. 12, 31 маршрут", "кв. [номер], 31 маршрут"),
        ("кв. 12 и 3 подъезд", "кв. [номер] и 3 подъезд"),
        ("кв 45 3 подъезд", "кв [номер] 3 подъезд"),
        ("наша квартира - № 45", "наша квартира - № [номер]"),
        ("квартира под номером 45", "квартира под номером [номер]"),
        ("Мира 5кв12, кварт. 45", "Мира 5кв[номер], кварт. [номер]"),
        ("апартаменты 45, этаж 3", "апартаменты [номер], этаж 3"),
        ("flat 45, apt 12", "flat [номер], apt [номер]"),
        ("сосед из 45-й", "сосед из [номер]-й"),
    ],
)
def test_flats_in_odd_ways(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "горячая линия 8 800 200-00-00 не отвечает, +7 (800) 200-00-00 тоже",
        "смета 89 185 551 234 рубля",
        "Кафе «Анна Каренина» орёт музыка",
        "сквер Героя Советского Союза Ивана Петрова",
        "Анны Ахматовой 5 нет света",
        "соседи Ромашка, сосед Алексей",
        "жители с 12-й линии и из 5-й школы, с 3-й по 7-ю улицу",
        "обещали до 2 кв. этого года, 1 кв. 2026 года",
        "квартал 12, квитанция 4512, кв. 45,5 м2, кв. 1000 рублей",
        "удостоверение не дали, полис не принимают с 12.03.2024",
        "На Островского у дома 12 третий день течёт колодец",
        "ул. Мира, 5/2, подъезд 3",
        "№ 1042 от 24.11.2026, ответа нет",
        "обращение № 2026-000123 от 24.11.26",
        "звонил 112, 104 и 01, потом 103",
        "тел 112 не отвечает",
        "с 10:30 до 12:45, с 10-30 до 12-45",
        "24.11.2026 10:12, 2026-11-24, 24-11-2026, 5-12-24",
        "с 8 до 20, 24.11.2024 10 раз",
        "от 10 000 до 20 000 рублей",
        "кадастровый 23:40:0403015:1234",
        "353460 Геленджик",
        "автобус 5, 12, 114 и 118",
        "1234567890123456 — не карта",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("пишите @ivan_petrov85 или t.me/ivan_petrov", "пишите [профиль] или [профиль]"),
        ("https://vk.com/id1234567, ок ok.ru/profile/123456", "[профиль], ок [профиль]"),
        ("wa.me/79181234567", "[профиль]"),
        ("instagram.com/masha.k, инстаграм: masha.k", "[профиль], инстаграм: [профиль]"),
        ("канал @gel_life, паблик vk.com/tipgel, группа ok.ru/group/123", None),
        ("@admgel молчит, бот @gorod_bot и t.me/otklik_bot тоже", None),
        ("пост t.me/gel_life/123, gelendzhik.org, www.gosuslugi.ru/123", None),
        ("телеграм Desktop не открывает карту, instagram.com/p/abc", None),
    ],
)
def test_pages_of_people_but_not_of_offices(text: str, masked: str | None) -> None:
    assert mask(text) == (masked or text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("12.05.1961 г.р., прописан", "[дата] г.р., прописан"),
        ("я 1961 года рождения, жена 65 г.р.", "я [дата] года рождения, жена [дата] г.р."),
        ("родился 12 мая 1961, живу тут", "родился [дата], живу тут"),
        ("дата рождения: 12.05.1961", "дата рождения: [дата]"),
        ("обещали 12.05.2026 г., дом 1961 года постройки", None),
        ("к 12 мая 2026 г. отремонтируют, с рождения двора его не мели", None),
    ],
)
def test_days_of_birth_but_no_other_day(text: str, masked: str | None) -> None:
    assert mask(text) == (masked or text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "лицевой счёт № 1234567890 долг 5000 рублей",
            "лицевой счёт № [документ] долг 5000 рублей",
        ),
        ("л/с 1234567890, лс: 12345-678", "л/с [документ], лс: [документ]"),
        ("на лицевой счёт 15000 руб не дошли, мотор 150 л/с", None),
        ("VIN XTA210990Y2765432 угнали", "VIN [номер машины] угнали"),
        ("машина WBAAA31070B123456 брошена", "машина [номер машины] брошена"),
        ("ул. Мира 12-45, течёт", "ул. Мира 12-[номер], течёт"),
        ("на Островского 12-5 нет света", "на Островского 12-[номер] нет света"),
        ("ул. Мира 12-14 без воды, с 10-30 до 12-45", None),
        ("дома 1-45, работаем 9-18, автобус 5-12, школа 3-45", None),
        ("Мира 22-00 отключили свет, на Мира 8-30 утра, Горная 5-7 лет ждёт", None),
    ],
)
def test_accounts_cars_and_flats_behind_houses(text: str, masked: str | None) -> None:
    assert mask(text) == (masked or text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("меня зовут иван петров, Мира 5", "меня зовут [имя], Мира 5"),
        ("я ольга иванова, инвалид", "я [имя], инвалид"),
        ("я Иванова, мать троих", "я [имя], мать троих"),
        ("пишет вам сергей кузнецов", "пишет вам [имя]"),
        ("с уважением, кузнецова", "с уважением, [имя]"),
        ("my name is ivan petrov, no water", "my name is [имя], no water"),
        ("I am Ivan Petrov from Mira street", "I am [имя] from Mira street"),
        ("врач Иванов хамит", "врач [имя] хамит"),
        ("обратилась к врачу Ивановой", "обратилась к врачу [имя]"),
        ("участковому петрову всё равно", "участковому [имя] всё равно"),
        ("водитель маршрутки Сидоров", "водитель маршрутки [имя]"),
        ("водители Петров и Сидоров", "водители [имя] и [имя]"),
        ("начальник ЖЭУ Петренко хамит", "начальник ЖЭУ [имя] хамит"),
        ("заведующая детским садом Смирнова", "заведующая детским садом [имя]"),
        ("директор школы Смирнова", "директор школы [имя]"),
        ("с уважением, Юрий Гагарин", "с уважением, [имя]"),
        ("на Ивана Петрова напала собака", "на [имя] напала собака"),
        ("жалуюсь на Ивана Петрова, яма", "жалуюсь на [имя], яма"),
    ],
)
def test_people_told_by_the_words_before(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "я света белого не вижу, я вера надеюсь, я волков боюсь",
        "соседа зовут Вася, my name is Ivan and I live here, I am very angry",
        "врач скорой не приехал, врача на Островского нет, врач Марина добрая",
        "на улице Мастера Иванова 5 темно, капитана Петрова 5 тоже",
        "глава Геленджика не отвечает, управляющая компания Орлов не убирает",
        "остановка Доктора Власова, врач Шевченко 5 нужен, в мастерской Кузнецова темно",
        "санаторий Лев Толстой, Лев Толстой санаторий закрыли, на Льва Толстого темно",
        "катер Юрий Гагарин у причала",
        "на Ивана Мичурина яма, на Ивана Петрова нет света, по Ивана Петрова темно",
        "ЕДДС 8 (86141) 2-11-12 не отвечает, 112 и 8-800-200-00-00 тоже",
    ],
)
def test_what_is_no_person_and_nobodys_number(text: str) -> None:
    assert mask(text) == text


def test_numbers_of_the_town_stay_and_mobile_ones_never() -> None:
    text = "набирал 8 (86141) 0-00-00, потом 0-00-00"
    assert mask(text) != text
    assert mask(text, public=frozenset({"88614100000"})) == text
    assert mask(text, public=load_municipality().public_numbers) == text
    assert mask("звонил в аварийную 8 918 123-45-67") == "звонил в аварийную [телефон]"


tails = st.sampled_from(["", " срочно", ", яма", ". Дом 5", "\nспасибо"])
heads = st.sampled_from(["", "мой номер ", "дом 12, ", "№ 1042. ", "Пишу: "])


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=size, max_size=size)


def leaks(text: str, secret: str) -> bool:
    """Whether any six digits in a row of the secret are still there."""
    shown = "".join(char for char in text if char.isdigit())
    return any(secret[i : i + 6] in shown for i in range(len(secret) - 5))


PHONES = (
    "{c}{a}{b}{d}{e}",
    "{c} {a} {b} {d} {e}",
    "{c} ({a}) {b}-{d}-{e}",
    "{c}({a}){b}{d}{e}",
    "{c}-{a}-{b}-{d}-{e}",
    "{c} {a} {b}-{d}-{e}",
    "{c} {a}{b}{d}{e}",
    "{c}.{a}.{b}.{d}.{e}",
)


@given(st.sampled_from(PHONES), st.sampled_from(["+7", "8", "7"]), digits(9), heads, tails)
def test_no_phone_leaks(shape: str, code: str, rest: str, head: str, tail: str) -> None:
    number = "9" + rest
    phone = shape.format(c=code, a=number[:3], b=number[3:6], d=number[6:8], e=number[8:])
    masked = mask(f"{head}{phone}{tail}")
    assert not leaks(masked.removeprefix(head).removesuffix(tail), number)
    assert masked.startswith(head)
    assert masked.endswith(tail)


def _with_luhn(body: str) -> str:
    for check in "0123456789":
        number = body + check
        doubled = [
            sum(divmod(int(char) * 2, 10)) if i % 2 else int(char)
            for i, char in enumerate(reversed(number))
        ]
        if sum(doubled) % 10 == 0:
            return number
    raise AssertionError("one of ten digits always fits")


@given(
    digits(14), st.sampled_from(["2", "4", "5"]), st.sampled_from(["", " ", "-", "\u00a0"]), tails
)
def test_no_card_leaks(body: str, first: str, gap: str, tail: str) -> None:
    number = _with_luhn(first + body)
    card = gap.join(number[i : i + 4] for i in range(0, 16, 4))
    masked = mask(f"карта {card}{tail}")
    assert not leaks(masked, number)
    assert masked.endswith(tail)


@given(digits(9).filter(lambda d: int(d) > 1_001_998), st.sampled_from(["{}{}{}{}", "{}-{}-{} {}"]))
def test_no_snils_leaks(body: str, shape: str) -> None:
    check = sum(int(char) * (9 - i) for i, char in enumerate(body)) % 101 % 100
    text = shape.format(body[:3], body[3:6], body[6:], f"{check:02}")
    assert not leaks(mask(f"вот {text}, проверьте"), body)


def _inn_check(body: str) -> str:
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)[-len(body) :]
    return str(sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11 % 10)


@given(st.one_of(digits(9), digits(10)).filter(lambda d: int(d) > 0))
def test_no_inn_leaks(body: str) -> None:
    number = body + _inn_check(body)
    if len(body) == 10:
        number += _inn_check(number)
    assert not leaks(mask(f"вот {number}, проверьте"), number)


@given(digits(4), digits(6), st.sampled_from([" ", " № ", " номер ", ", номер: "]))
def test_no_passport_leaks(series: str, number: str, gap: str) -> None:
    masked = mask(f"паспорт серии {series[:2]} {series[2:]}{gap}{number} выдан")
    assert number not in masked
    assert masked.endswith(" выдан")


@given(
    st.integers(1, 399),
    st.sampled_from(["", "а", "/2", "б", " к. 1"]),
    st.integers(1, 99_999),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.times(),
    st.sampled_from(["112", "104", "101", "103", "01"]),
)
def test_places_cases_dates_and_short_numbers_stay(
    house: int, letter: str, case: int, day: date, moment: time, short: str
) -> None:
    text = (
        f"ул. Мира, {house}{letter}: № {case} от {day:%d.%m.%Y}, {moment:%H:%M}, "
        f"звонили {short}, снова {day:%Y-%m-%d}"
    )
    assert mask(text) == text
