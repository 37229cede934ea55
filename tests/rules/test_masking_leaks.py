"""Masking of generated numbers: whatever the shape, nothing of a valid one stays."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from services.understanding import mask

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
