"""The stories of the day: every kind of conversation, once, with what it adds to the counts."""

from __future__ import annotations

from bot.demo.acts import (
    administering,
    asking,
    checking,
    correcting,
    deciding,
    duty,
    handing_over,
    night,
    own_things,
    postponing,
    problem,
    refusing,
    returning,
    shift,
    speaking,
    third_return,
    unreachable,
)
from bot.demo.plan import Day, at
from bot.demo.story import Story, Tally

_EARLY, _FIRST, _WORK = at(24, 7, 46), at(24, 9, 10), at(24, 9, 30)
_ONE = Tally(appeals=1)
_ANSWERED = Tally(appeals=1, answered=1)
_DECIDED = Tally(appeals=1, reopened=1, reminders=1)
_RATED = Tally(appeals=1, answered=1, rated=1)


def stories(day: Day) -> list[Story]:
    """In the order of the transcript."""
    return [*_house(day), *_citizens(day), *_staff(day), *_duty(day), *_above(day)]


def _house(day: Day) -> list[Story]:
    return [
        Story(_EARLY, "чат привязывают через меню (4)", administering.bind_by_menu(day)),
        Story(_EARLY, "роль со сроком и приказом (4)", administering.roles_with_a_term(day)),
        Story(_EARLY, "состояние бота (4)", administering.health(day)),
    ]


def _citizens(day: Day) -> list[Story]:
    told = [
        ("четыре сообщения — одно обращение (1.2)", speaking.burst(day), _ONE),
        ("приветствие и наклейка (1.2, 1.4)", speaking.kind_words(day), Tally()),
        ("альбом из трёх фото (1.4)", speaking.album(day), _ONE),
        ("фото без слов (1.4)", speaking.without_words(day), _ONE),
        ("голосовое (1.4)", speaking.voice(day), _ONE),
        ("житель показывает место кнопкой (1.3)", correcting.asked_for_the_place(day), _ONE),
        ("две улицы с одним названием (1.3)", correcting.two_streets(day), _ONE),
        (
            "житель правит, дополняет, меняет место, спрашивает о сроке (1.6, 1.14, 1.15)",
            correcting.everything_in_the_receipt(day),
            _ONE,
        ),
        ("житель говорит, что отдел не тот (1.6)", correcting.wrong_department(day), _ONE),
        (
            "житель смотрит свои сообщения, забирает одно и возвращает (1.6, 1.13)",
            own_things.own_list(day),
            _ONE,
        ),
        ("житель спрашивает о данных и стирает их (1.16)", own_things.own_data(day), _ONE),
        ("житель читает по-английски (1.16, 5)", own_things.in_english(day), _RATED),
        ("бота зовут в чат дома (1.1)", own_things.house_chat(day), Tally()),
    ]
    return [Story(_FIRST, *one) for one in told]


def _staff(day: Day) -> list[Story]:
    told = [
        ("вопрос жителю одной кнопкой и «Не знаю» (1.8, 2.5)", asking.quick_question(day), _ONE),
        ("передать, отменить, снять с себя (2.2, 2.3)", handing_over.to_a_colleague(day), _ONE),
        ("история и контакт в личном чате (2.7)", handing_over.history(day), _ONE),
        (
            "«Не наше» дважды (2.4, 2.8, 3.2)",
            returning.ping_pong(day),
            Tally(appeals=1, reminders=1),
        ),
        ("отложить до дня (1.9, 2.5, 2.10)", postponing.to_a_day(day), _ANSWERED),
        ("продлить больше чем на месяц (2.5, 3.2)", postponing.past_a_month(day), _ONE),
        ("отложить критическое (2.5, 3.2)", postponing.critical(day), _ANSWERED),
        ("отказ, который понятен (1.11, 2.4)", refusing.understood(day), _ANSWERED),
        (
            "отказ, который оспорили (1.11, 1.12, 3.2)",
            refusing.disputed(day),
            Tally(appeals=1, answered=1, reopened=1),
        ),
        ("флажки и коды контролёра (2.6, 2.9)", checking.boxes_and_codes(day), _ANSWERED),
        (
            "массовая проблема (1.7, 2.1)",
            problem.from_first_to_answer(day),
            Tally(appeals=4, answered=4),
        ),
        (
            "третий возврат — спор (1.10, 1.12, 3.2)",
            third_return.dispute(day),
            Tally(appeals=1, answered=1, reopened=3, reminders=1),
        ),
        ("житель остановил бота и вернулся (1.15, 2.10)", unreachable.away_and_back(day), _RATED),
    ]
    return [Story(_WORK, *one) for one in told]


def _duty(day: Day) -> list[Story]:
    return [
        Story(_EARLY, "смена дежурного (2.8)", shift.on_duty(day)),
        Story(_WORK, "разделить на два (2.8)", duty.split(day), Tally(appeals=2)),
        Story(_WORK, "разделить одним нажатием (2.8)", duty.halve(day), Tally(appeals=2)),
        Story(_FIRST, "объединить два в одно (2.8)", duty.join(day), Tally(appeals=2)),
        Story(_WORK, "«Не проблема» и «Вы ошиблись» (1.11, 1.12)", duty.rejected(day), _DECIDED),
        Story(_WORK, "важность и другая служба (1.11, 2.8)", duty.another_service(day), _ONE),
        Story(_WORK, "звонок дежурному (2.8)", shift.by_phone(day), _ANSWERED),
        Story(at(24, 22, 40), "авария ночью (1.5)", night.called_by_name(day), _ANSWERED),
    ]


def _above(day: Day) -> list[Story]:
    morning = at(25, 8, 35)
    return [
        Story(at(24, 16, 0), "список на 16:00 (3.2)", deciding.list_of_four_o_clock(day)),
        Story(morning, "сводка и что за ней (3.1)", deciding.drill_down(day)),
        Story(morning, "рейтинг и просроченное (3.3)", deciding.rating_and_overdue(day)),
        Story(morning, "отпуск и заместитель (3.2)", deciding.on_leave(day)),
    ]
