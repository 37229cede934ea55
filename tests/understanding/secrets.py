"""Sentences with generated personal data in many formats: valid numbers of nobody in particular."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Told:
    """A sentence, what it gives away, the kind of that, and what may stay."""

    text: str
    secret: str
    kind: str
    around: tuple[str, str]


def told(random: Random) -> Told:
    """One sentence of any kind."""
    kind = random.choice(list(MAKERS))
    secret = MAKERS[kind](random)
    head, tail = random.choice(_ANY + 3 * _OWN.get(kind, [])).split("{}")
    return Told(head + secret + tail, secret, kind, (head, tail))


def _digits(random: Random, size: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(size))


def _grouped(random: Random, number: str, sizes: list[int], gaps: list[str]) -> str:
    gap = random.choice(gaps)
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return gap.join(parts)


def phone(random: Random) -> str:
    code, rest = random.choice(["+7", "8", "7", "+ 7"]), "9" + _digits(random, 9)
    a, b, c, d = rest[:3], rest[3:6], rest[6:8], rest[8:]
    shapes = [
        f"{code}{rest}",
        f"{code} {a} {b} {c} {d}",
        f"{code} ({a}) {b}-{c}-{d}",
        f"{code}({a}){b}{c}{d}",
        f"{code}-{a}-{b}-{c}-{d}",
        f"{code} {a} {b}-{c}-{d}",
        f"{code} {a} {b}{c}{d}",
        f"{code}.{a}.{b}.{c}.{d}",
        f"{code} {a}-{b}{c}-{d}",
        f"{code}\u00a0{a}\u00a0{b}\u00a0{c}\u00a0{d}",
        f"{code}–{a}–{b}–{c}–{d}",
        f"{code} {rest[:5]} {rest[5:]}",
        f"{code}/{a}/{b}/{c}/{d}",
        f"{code}_{a}_{b}_{c}_{d}",
        f"{a} {b} {c} {d}",
        f"{a}-{b}-{c}-{d}",
        f"({a}) {b} {c}{d}",
        rest,
    ]
    return random.choice(shapes)


def town_phone(random: Random) -> str:
    number = random.choice("23579") + _digits(random, 4)
    a, b, c = number[0], number[1:3], number[3:]
    return random.choice(
        [f"8 (86141) {a}-{b}-{c}", f"(86141){number}", f"8-86141-{a}-{b}-{c}", f"886141{number}"]
    )


def mail(random: Random) -> str:
    name = "".join(random.choice("abcdefghiklmnop") for _ in range(random.randint(3, 9)))
    tail = random.choice(["", "_85", ".k", "-r", "+a", "1979"])
    at = random.choice(["@", "@", "@", " @ ", "(собака)", " собака "])
    return f"{name}{tail}{at}{random.choice(['mail.example', 'ya.example.ru', 'почта.рф'])}"


def card(random: Random) -> str:
    body = random.choice("245") + _digits(random, 14)
    number = next(body + c for c in "0123456789" if _luhn(body + c))
    gaps = ["", " ", "-", "\u00a0", "–", "."]
    return random.choice(
        [
            _grouped(random, number, [4, 4, 4, 4], gaps),
            _grouped(random, number, [4, 4, 4, 4], gaps),
            _grouped(random, number, [8, 8], [" "]),
        ]
    )


def _luhn(number: str) -> bool:
    doubled = [
        sum(divmod(int(char) * 2, 10)) if i % 2 else int(char)
        for i, char in enumerate(reversed(number))
    ]
    return sum(doubled) % 10 == 0


def passport(random: Random) -> str:
    s, n = _digits(random, 4), _digits(random, 6)
    return random.choice(
        [
            f"паспорт {s} {n}",
            f"паспорт {s[:2]} {s[2:]} {n}",
            f"паспорт серия {s} номер {n}",
            f"паспорт: серия {s[:2]} {s[2:]} № {n}",
            f"паспорт {s}{n}",
            f"паспорт гражданина РФ {s[:2]}-{s[2:]} {n}",
            f"паспорт {s} № {n}",
            f"паспорт {s}-{n}",
            f"паспортные данные {s[:2]} {s[2:]} {n[:3]} {n[3:]}",
            f"{s} {n}",
            f"{s[:2]} {s[2:]} {n}",
            f"{s} №{n}",
        ]
    )


def snils(random: Random) -> str:
    body = str(random.randint(1_001_999, 999_999_999)).zfill(9)
    check = sum(int(char) * (9 - i) for i, char in enumerate(body)) % 101 % 100
    number = f"{body}{check:02}"
    return random.choice(
        [
            f"{body[:3]}-{body[3:6]}-{body[6:]} {check:02}",
            f"{body[:3]}-{body[3:6]}-{body[6:]}-{check:02}",
            f"{body[:3]} {body[3:6]} {body[6:]} {check:02}",
            f"{body[:3]}.{body[3:6]}.{body[6:]}.{check:02}",
            f"{body[:3]}–{body[3:6]}–{body[6:]} {check:02}",
            number,
            f"СНИЛС {number}",
            f"СНИЛС: {body} {check:02}",
            f"номер СНИЛС {body[:3]}-{body[3:6]}-{body[6:]}/{check:02}",
        ]
    )


def _inn_digit(body: str) -> str:
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)[-len(body) :]
    return str(sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11 % 10)


def inn(random: Random) -> str:
    body = str(random.randint(1, 99)).zfill(2) + _digits(random, random.choice([7, 8]))
    number = body + _inn_digit(body)
    if len(body) == 10:
        number += _inn_digit(number)
    spaced = [number[i : i + 4] for i in range(0, len(number), 4)]
    return random.choice(
        [number, f"ИНН {number}", f"инн: {number}", f"ИНН {' '.join(spaced)}", f"ИНН-{number}"]
    )


SURNAMES = [
    "Кузнецов",
    "Сидоров",
    "Петров",
    "Смирнов",
    "Васильев",
    "Ковалёв",
    "Мельников",
    "Орлов",
    "Никитин",
    "Фомин",
]
NAMES = [("Иван", "Иванович"), ("Пётр", "Сергеевич"), ("Олег", "Андреевич"), ("Артём", "Ильич")]
LADIES = [("Мария", "Петровна"), ("Анна", "Юрьевна"), ("Ольга", "Игоревна"), ("Нина", "Львовна")]


def person(random: Random) -> str:
    surname = random.choice(SURNAMES)
    name, father = random.choice(NAMES)
    if random.random() < 0.5:
        surname += "а"
        name, father = random.choice(LADIES)
    shapes = [
        f"{surname} {name} {father}",
        f"{name} {father} {surname}",
        f"{name} {father}",
        f"{surname} {name[0]}.{father[0]}.",
        f"{surname} {name[0]}. {father[0]}.",
        f"{name[0]}.{father[0]}. {surname}",
        f"{name[0]}. {father[0]}. {surname}",
        f"{name} {surname}",
        f"{surname} {name}",
        f"{surname} {name} {father}".lower(),
        f"{name} {father}".lower(),
        f"{surname} {name} {father}".upper(),
    ]
    return random.choice(shapes)


def flat(random: Random) -> str:
    number = random.randint(1, 399)
    words = ["кв. {}", "кв {}", "кв.{}", "квартира {}", "квартира № {}", "кв № {}", "кв-ра {}"]
    words += ["в {} квартире", "{}-я квартира", "из {} квартиры", "КВ. {}", "квартире {}"]
    return random.choice(words).format(number)


def plate(random: Random) -> str:
    letters = "АВЕКМНОРСТУХ"
    a, b, c = (random.choice(letters) for _ in range(3))
    number, region = _digits(random, 3), random.choice(["23", "123", "93", "193", "77", "750"])
    shapes = [
        f"{a}{number}{b}{c}{region}",
        f"{a} {number} {b}{c} {region}",
        f"{a}{number}{b}{c} {region}",
        f"{a}{number}{b}{c}",
        f"{a}{number}{b}{c}{region}".lower(),
        f"{a}{number}{b}{c}{region}".translate(str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")),
    ]
    return random.choice(shapes)


def birth(random: Random) -> str:
    year, month, day = random.randint(1930, 2020), random.randint(1, 12), random.randint(1, 28)
    shapes = [
        f"{day:02}.{month:02}.{year} г.р.",
        f"{year} г.р.",
        f"{year} года рождения",
        f"родилась {day}.{month:02}.{year}",
        f"дата рождения {day:02}/{month:02}/{year}",
        f"родился {day} мая {year} года",
    ]
    return random.choice(shapes)


def account(random: Random) -> str:
    number = _digits(random, random.randint(7, 12))
    words = ["л/с {}", "лицевой счёт {}", "лицевой счет № {}", "лиц. счёт: {}", "л/с №{}"]
    return random.choice(words).format(number)


def page(random: Random) -> str:
    nick = "".join(random.choice("aeioklmnrt") for _ in range(random.randint(6, 12)))
    shapes = ["@{}", "t.me/{}", "https://vk.com/{}", "ok.ru/{}", "https://www.instagram.com/{}"]
    return random.choice(shapes).format(nick)


MAKERS: dict[str, Callable[[Random], str]] = {
    "phone": phone,
    "town phone": town_phone,
    "mail": mail,
    "card": card,
    "passport": passport,
    "snils": snils,
    "inn": inn,
    "person": person,
    "flat": flat,
    "plate": plate,
    "birth": birth,
    "account": account,
    "page": page,
}

_ANY = [
    "{}",
    "Здравствуйте. {} Ответьте пожалуйста",
    "пишу вам: {}, дом 12",
    "Мира 5, {}",
    "данные: {}. Спасибо!",
    "нет воды с 24.11.2026, {}",
    "№ 1042 от 24.11.2026; {}; жду",
    "мой вот {} срочно",
    "({})",
    "обращалась дважды,\n{}\nответа нет",
]
_OWN = {
    "phone": ["звоните {} после 18:00", "мой номер {}, Анна", "тел.{}", "телефон: {}"],
    "person": ["меня зовут {}, живу на Мира 5", "С уважением, {}", "Заявитель: {}"],
    "plate": ["машина {} стоит на газоне", "госномер {}, бросили у подъезда"],
    "card": ["деньги ушли на карту {} вчера"],
    "flat": ["ул. Мира, 5, {}, третий этаж", "живу по адресу Гоголя 14 {}"],
}
