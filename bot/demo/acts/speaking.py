"""How people really write: several messages, a greeting alone, an album, a voice, a picture."""

from __future__ import annotations

from bot.demo.acts.moves import number_of, report, take, tell
from bot.demo.plan import Day
from bot.demo.sight import at_once
from bot.demo.story import Acting
from bot.sandbox.samples import picture


def burst(day: Day) -> Acting[None]:
    """A greeting, words, a photo and more words are one appeal; thanks are none."""
    stage, who = day.stage, day.cast.guests["Агата"]
    stage.say(who, "Здравствуйте", seen=at_once)
    words = "На Чайковского у дома 9 провисли провода над двором, столб накренился"
    stage.say(who, words, seen=at_once)
    stage.world.say(who, photo=picture(2))
    stage.did(who, "[фото]", at_once)
    number = yield from report(day, who, "И так уже месяц", "провисшие провода и опоры")
    stage.show(who, f"Принято, № {number}", "Вложения: 1 фото")
    yield from take(day, number, "HCS")
    yield from tell(day, who, "Спасибо большое", "Пожалуйста.")


def kind_words(day: Day) -> Acting[None]:
    """A greeting opens no case, a sticker can't be read."""
    stage, who = day.stage, day.cast.guests["Касьян"]
    yield from tell(day, who, "Здравствуйте!", "Здравствуйте. Что случилось и где?")
    stage.world.say(who, sticker=True)
    stage.did(who, "[наклейка]", stage.sees(who, "Это мы прочитать не сумеем"))
    yield None


def album(day: Day) -> Acting[None]:
    """Three photos sent together are one appeal with three photos."""
    stage, who = day.stage, day.cast.guests["Злата"]
    words = "Старый диван и холодильник выбросили у баков на Крылова 7"
    stage.world.say(who, media_group=[picture(2)] * 3, caption=words)
    stage.did(who, f"[альбом, 3 фото] «{words}»", stage.sees(who, "Принято, №", "Вложения: 3"))
    yield None
    yield from take(day, number_of(day, who, "Вложения: 3 фото"), "WST")


def without_words(day: Day) -> Acting[None]:
    """A photo alone is asked about; two words sort it."""
    stage, who = day.stage, day.cast.guests["Милана"]
    stage.world.say(who, photo=picture(2))
    stage.did(who, "[фото без слов]", stage.sees(who, "Что на фото? Хватит двух слов."))
    yield None
    number = number_of(day, who, "фото без подписи")
    words = "Сломана лавочка в сквере на Гоголя, урны переполнены"
    yield from tell(day, who, words, f"Принято, № {number}", "скамейки и урны")
    yield from take(day, number, "IMP")


def voice(day: Day) -> Acting[None]:
    """A voice is passed on; the duty officer listens and says whose it is."""
    stage, who, triage = day.stage, day.cast.guests["Демид"], day.cast.chats["TRIAGE"]
    stage.world.say(who, voice=b"a voice of the demo")
    stage.did(who, "[голосовое]", stage.sees(who, "Голосовое передали. Пара слов текстом"))
    yield None
    number = number_of(day, who, "голосовое без подписи")
    stage.expect("показывает дежурной смене", stage.sees(triage, f"№ {number} · куда?"))
    yield None
    words = "В библиотеке закрыли читальный зал, дом культуры не отвечает"
    yield from tell(day, who, words, f"Принято, № {number}", "дом культуры")
    yield from take(day, number, "CUL")
