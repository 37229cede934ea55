"""Whether a text only thanks: «спасибо за ремонт детской площадки» is no complaint of a playground.

Strict, for a complaint taken for thanks is lost time: it begins with thanks, names a good thing,
and no word of it tells of a trouble, asks or denies.
"""

from __future__ import annotations

from services.understanding.lemmas import Token, grammar_of

THANKS = "thanks"
"""The code of the topic of a municipality that takes what only thanks."""
_THANKS = {"спасибо", "благодарить", "поблагодарить", "благодарность", "признательный"}
_BEFORE = {"здравствуйте", "добрый", "день", "утро", "вечер", "хотеть", "хотеться", "выразить"}
_BEFORE |= {"выражать", "огромный", "большой", "очень", "весь", "уважаемый", "администрация", "мы"}
_BEFORE |= {"я", "от", "душа", "сердце", "житель", "искренний", "искренне", "сердечный", "просто"}
_BEFORE |= {"вам", "вы", "город", "дом", "наш", "двор", "и", "передать", "сказать", "глава"}
_FOR = {"за", "что"}
_GOOD = {"ремонт", "отремонтировать", "починить", "починка", "сделать", "убрать", "уборка"}
_GOOD |= {"помощь", "помочь", "работа", "труд", "оперативность", "внимание", "отзывчивость"}
_GOOD |= {"забота", "замена", "заменить", "установка", "установить", "построить", "новый"}
_GOOD |= {"благоустройство", "чистота", "озеленение", "покраска", "покрасить", "праздник"}
_GOOD |= {"решение", "решить", "вывезти", "асфальт", "заасфальтировать", "восстановить", "цветок"}
_GOOD |= {"организация", "красота", "порядок", "ответ", "реакция", "концерт", "площадка", "фонарь"}
_BUT = {"но", "однако", "только", "если", "когда", "почему", "зачем", "не", "нет", "ни", "без"}
_BUT |= {"опять", "снова", "заранее", "никто", "ничего", "просить", "нужно", "надо", "можно"}
_BUT |= {"пожалуйста", "ещё", "еще", "жаль", "хотя", "лишь", "теперь", "через", "такой", "подобный"}
_BUT |= {"ждать", "обещать", "жалоба", "штраф", "долг", "вместо", "после", "вопрос", "помогите"}
_BUT |= {"а", "же", "бы", "прошу", "сломать", "сломаться", "сломанный", "яма", "лужа", "грязь"}
_BUT |= {"мусор", "свалка", "темно", "темнота", "запах", "вонь", "шум", "пыль", "холод", "холодный"}
_BUT |= {"очередь", "пробка", "хамство", "бардак", "безобразие", "потоп", "отсутствие", "течь"}
_BUT |= {"отключение", "отключить", "развалиться", "провалиться", "протекать", "плохой", "ужасный"}
_BUT |= {"тариф", "цена", "повышение", "платный", "счет", "квитанция", "оплата"}
_BUT |= {"опасный", "кривой", "разбитый", "разбить", "испортить", "некачественный", "ломать"}
_LONGEST = 30
"""Words: a longer letter says more than thanks."""


def only_thanks(text: str, tokens: tuple[Token, ...]) -> bool:
    """Nothing but thanks for something that was done."""
    if len(tokens) > _LONGEST or "?" in text:
        return False
    opening = next((t for t in tokens if not t.lemmas & _BEFORE), None)
    if opening is None or not opening.lemmas & _THANKS:
        return False
    if any("impr" in grammar_of(token.text) for token in tokens):
        return False
    words = {word for token in tokens for word in (*token.lemmas, token.word)}
    return not words & _BUT and bool(words & _GOOD) and bool(words & _FOR)
