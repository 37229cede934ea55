"""How a text is said: obscenity, insult, threat, «в прокуратуру», «пишу третий раз».

Flags with the words they were raised by, for people and for the conflict detector (domain.md §4,
E09 and E17); nothing is refused or hidden because of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from services.understanding.lemmas import plain


class Manner(StrEnum):
    """What stands out in how a text is said."""

    OBSCENE = "obscene"
    INSULT = "insult"
    THREAT = "threat"
    PROTEST = "protest"
    """To block a road, to rally, to starve."""
    AUTHORITY = "authority"
    """He goes, or has gone, to the prosecutor, to court, to the governor."""
    MEDIA = "media"
    REPEATED = "repeated"
    """He has written or called about it before."""


@dataclass(frozen=True, slots=True)
class Tone:
    """One manner of a text and its words as the citizen wrote them."""

    manner: Manner
    words: str


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern of words: between two of them any number of spaces may stand."""
    return re.compile(text.replace(r"\s?$", "$").replace(r"\s", r"\s+"))


_LOOKALIKES = str.maketrans("aeopcyxkmtbh", "аеорсухкмтвн")
_MIXED = re.compile(r"\b(?=\w*[а-я])(?=\w*[a-z])\w+\b|\bxy[йяеи]\w*")

_OBSCENE = _pattern(
    r"\b(?:на|по|о|а|за|до|не|ни|от|при|вы)?ху(?:[йяюе]|и(?:\b|л|щ))(?!ж)\w*"
    r"|\w*пизд\w*|\bпзд[еац]\w*"
    r"|\b(?:за|на|от|до|вы|про|у|об|долбо|по|пере|при|под|раз|из|с|въ?|недо)?[ъь]?е[б6]"
    r"(?:а[нлтшщ]|у[чтщн]|о[шн]|л[аиоя]|н[уи]|ись|и[тс]|ы|е[тнй]|ц|$|\b)\w*"
    r"|\b(?:за|на|от|до|вы|про|съ|разъ|объ|у)е[бп](?:ал|ыв|енит)\w*"
    r"|\bбля(?:д\w*|т[ьб]?)?\b|\bмуда[кч]\w*|\bмуди?л[аоы]\w*|\bгандон\w*|\bзалуп\w*|\bпид[оа]р\w*"
    r"|\bманд[аы]\b|\bдроч\w+|\bшлюх\w*"
    r"|\b[хпбе][а-я]?[*#@$]{2,}[а-я]*"
)
_PEACEFUL = _pattern(r"\b(?:подебат|ебонит|учеб|небес|за?худа)\w*")
"""Words that only look like obscenity."""

_INSULT = _pattern(
    r"\b(?:идиот|дебил|кретин|ублюд[ок]|сволоч|мраз[ьие]|придур[ок]|недоум[ок]|бездар[ьие]|дармоед"
    r"|бездельни[кц]|взяточни[кц]|негодя[йяе]|подон[ок]|гнид|быдл|ворюг|дегенерат|подлец|мерзав[ец]"
    r"|хамл[оаы]|твари\sбессовестн|уроды?\b|уродов\b)[а-я]*"
    r"|\bдур(?:ак|ы|а|аки|аков|ой)\b|\bсук[аи]\b(?!\sсо\s|\sс\s)"
)
_AT_SOMEBODY = (
    r"вы|вас|ты|эти|этот|эта|там|все|чиновник\w*|администраци\w*|начальник\w*|власт\w*|одни"
    r"|директор"
)
_BEASTS = (
    r"козл[ыа]|козел|баран[ыа]?|крыс[ыа]|свинь[ия]|твар[ьи]|вор[ыа]?|жулик[иа]?|паразит[ыа]?"
    r"|скот[ыа]?|скотина|тупы[ей]|тупая|тупой|гад[ыа]?|мошенник[иа]?"
)
_BEAST_AT = _pattern(
    rf"\b(?:{_AT_SOMEBODY})\s(?:[а-я]+\s){{0,2}}?(?:{_BEASTS})\b"
    rf"|\b(?:тупые|воры|козлы)\s(?:чиновник|начальник|люди)\w*"
)
_BEFORE_BEASTS = _pattern(r"собака-?\s?$")

_THREAT = _pattern(
    r"\b(?:убью|убьем|прибью|прибьем|взорву|взорвем|сожгу|сожжем|спалю|спалим|подожгу|подожжем"
    r"|зарежу|закопаю|закопаем|перестреляю|перестреляем|застрелю|придушу|порешу|изувечу)\b"
    r"|\bвам\sне\sжить\b|\b(?:об\sэтом|еще|сильно)\s(?:вы\s)?пожалеете\b|\bвы\sпожалеете\b"
    r"|\bмор[дд]ы?у?\sнабь\w+|\bнабью\s(?:вам\s)?мор\w+|\b(?:башку|голову|руки)\sоторв(?:у|ем)\b"
    r"|\bвы\sза\sэто\sответите\b|\b(?:я|мы)\sвам\sустро\w+|\bустрою\sвам\b|\bбудет\sрасправа\b"
    r"|\bсамосуд\w*"
)
_PROTEST = _pattern(
    r"\b(?:перекроем|перекрою|заблокируем)\s(?:[а-я]+\s){0,2}(?:трасс|дорог|движени|мост|въезд)\w*"
    r"|\b(?:выйдем|выйду|соберем|устроим|проведем)\s(?:[а-я]+\s){0,2}(?:митинг|пикет|площадь|забастовк)\w*"
    r"|\b(?:объявл\w+|начн\w+|устро\w+)\s(?:[а-я]+\s)?голодовк\w*"
)
_DEED = (
    r"(?:напиш|пиш|писать|написа|обращ|обрат|пожалу|жалу|жалов|жалоб|заявлен|иск\b|подам|подад|подаю"
    r"|подава|пойд|пойт|иду|идем|дойд|сообщ|направ|отправ|буд\w+\sписать)\w*"
)
_BODY = (
    r"(?:прокур\w+|суд\b|суда\b|следственн\w+|следком\w*|роспотребнадзор\w*|жилинспекци\w*"
    r"|жилищн\w+\sинспекци\w*|гжи\b|президент[ау]?\b|путин[ау]?\b|губернатор[ау]?\b|фсб\b|полици[юи]\b"
    r"|трудов\w+\sинспекци\w*|министерств\w*|министр[ау]?\b|депутат[ау]?\b|бастрыкин\w*|фас\b|росприроднадзор\w*)"
)
_AUTHORITY = _pattern(
    rf"\b{_DEED}(?:\s[а-я]+){{0,3}}?\s(?:в|во|к|ко|до|через|на\sимя)\s(?:[а-я]+\s){{0,2}}{_BODY}"
    rf"|\b{_DEED}\s(?:[а-я]+\s){{0,2}}?(?:президенту|путину|губернатору|прокурору)\b"
    rf"|\b(?:увидимся|встретимся)\sв\sсуде\b"
    rf"|\b(?:пусть|теперь|тогда)\s(?:прокуратура|следственный\sкомитет|суд)\s[а-я]+"
    rf"|\b(?:в\sпрокуратуру|в\sполицию|в\sсуд)\s(?:[а-я]+\s){{0,2}}?{_DEED}"
    rf"|\bзаявлени\w+\sв\s(?:полици|прокуратур)\w+\s(?:[а-я]+\s)?{_DEED}"
)
_MEDIA = _pattern(
    r"\b(?:напиш|расскаж|выложу|выложим|выклад|опубликую|опубликуем|сниму|снимем|позову|позовем"
    r"|приглас\w+|вызову|отправлю|отправим|обращусь|обратимся|сообщ\w+)\w*\s(?:[а-я]+\s){0,4}?"
    r"(?:сми\b|газет[ыу]?\b|телевидени\w+|журналист\w+|блогер\w*|соцсет\w+|интернет\w*|тикток\w*|ютуб\w*"
    r"|youtube|паблик\w*|телеканал\w*|нтв\b|первый\sканал|репортер\w*|прессу\b)"
    r"|\b(?:сми|журналисты|газеты|телевидение|пресса)\s(?:обо\sвсем\s)?узна\w+"
)
_NTH = (
    r"(?:втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|сот|тысячн|котор|сколько|\d+-?)"
    r"(?:ый|ой|ий|е|й)?"
)
_WRITE = (
    r"(?:пишу|пишем|обращаюсь|обращаемся|прошу|просим|жалуюсь|жалуемся|звоню|звоним|подаю"
    r"|напоминаю)"
)
_WROTE = r"(?:писал|обращал|звонил|жаловал|подавал|просил|сообщал|оставлял)[а-я]*"
_REPEATED = _pattern(
    rf"\b{_WRITE}\s(?:\w+\s){{0,3}}?(?:в\s)?(?:уже\s)?(?:в\s)?{_NTH}\sраз\b"
    rf"|\b(?:в\s)?{_NTH}\sраз\s(?:\w+\s){{0,2}}?{_WRITE}"
    rf"|\b(?:повторно|снова|опять|вновь)\s(?:\w+\s)?{_WRITE}|\b{_WRITE}\s(?:повторно|снова|опять|вновь)\b"
    rf"|\bнеоднократно\s(?:\w+\s){{0,2}}?{_WROTE}|\b{_WROTE}\s(?:\w+\s)?неоднократно\b"
    rf"|\bуже\s(?:\w+\s){{0,2}}?{_WROTE}|\b{_WROTE}\s(?:\w+\s)?уже\b"
    rf"|\bсколько\s(?:раз\s)?можно\s(?:\w+\s)?(?:писать|обращаться|просить|жаловаться|звонить)"
    rf"|\bне\s(?:в\s)?первый\sраз\s{_WRITE}|\b{_WRITE}\sне\s(?:в\s)?первый\sраз\b"
    rf"|\b(?:втор|трет|четверт|пят|шест|седьм|десят)(?:ое|ая|ья|ье|ья)\s(?:обращение|заявка|жалоба|письмо)"
    rf"|\b{_WROTE}\s(?:\w+\s){{0,4}}?(?:\d+|два|три|четыре|пять|десять|много|несколько)\sраза?\b"
    rf"|\b(?:\d+|два|три|четыре|пять|много|несколько)\sраза?\s(?:\w+\s)?{_WROTE}"
    rf"|\bповторн(?:ое|ая)\s(?:обращение|заявка|жалоба)"
)
_ROOTS = {
    Manner.OBSCENE: (
        *("ху", "пзд", "пизд", "еб", "е6", "еп", "бля", "муд", "гандон", "залуп", "пидо", "пида"),
        *("манд", "дроч", "шлюх", "*", "#", "@", "$"),
    ),
    Manner.PROTEST: ("перекро", "заблокир", "митинг", "пикет", "площад", "забастов", "голодов"),
    Manner.AUTHORITY: (
        *("прокур", "суд", "следств", "следком", "роспотреб", "инспек", "гжи", "путин", "фас"),
        *("президент", "губернат", "фсб", "полиц", "минист", "депутат", "бастрык", "росприр"),
    ),
    Manner.MEDIA: (
        *("сми", "газет", "телев", "журнал", "блог", "соцс", "интерн", "тикт", "ютуб", "youtube"),
        *("паблик", "телек", "нтв", "канал", "репорт", "пресс"),
    ),
    Manner.REPEATED: (
        *("раз", "повтор", "снова", "опять", "вновь", "неоднократ", "уже", "сколько", "обращен"),
        *("заявк", "жалоба", "письмо"),
    ),
}
"""A text without any of these cannot have the manner: the patterns themselves are slow."""
_PATTERNS = (
    (Manner.OBSCENE, _OBSCENE),
    (Manner.INSULT, _INSULT),
    (Manner.INSULT, _BEAST_AT),
    (Manner.THREAT, _THREAT),
    (Manner.PROTEST, _PROTEST),
    (Manner.AUTHORITY, _AUTHORITY),
    (Manner.MEDIA, _MEDIA),
    (Manner.REPEATED, _REPEATED),
)


def tone_of(text: str) -> tuple[Tone, ...]:
    """Everything that stands out in how the text is said, each manner once."""
    said = _MIXED.sub(lambda match: match[0].translate(_LOOKALIKES), plain(text))
    # One character for another, so that a place in `said` is a place in the text.
    said = re.sub(r"[^\w*#@$-]", " ", said)
    found: dict[Manner, Tone] = {}
    for manner, pattern in _PATTERNS:
        roots = _ROOTS.get(manner)
        if manner in found or (roots and not any(root in said for root in roots)):
            continue
        match = _first(pattern, said)
        if match is not None:
            found[manner] = Tone(manner, text[match.start() : match.end()].strip())
    return tuple(found.values())


def _first(pattern: re.Pattern[str], said: str) -> re.Match[str] | None:
    for match in pattern.finditer(said):
        if not _PEACEFUL.match(match[0]) and not _BEFORE_BEASTS.search(said[: match.start()]):
            return match
    return None
