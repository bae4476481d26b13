"""Texts for a big desk: Russian and English sentences whose words are as unevenly frequent as those of a language.

The frequent words are the field's own; the long tail is made of syllables with real endings, so that stemming has work
to do. Each sentence is put through the index's own function once and remembered.
"""

from __future__ import annotations

import itertools
import random

from deskapp.models.search import index_text

SKILLS = ("Печать", "Почта", "Базы данных", "Телефония", "Сети", "Код")
CAUSES = (
    "Настройка", "Ошибка программы", "Обмен данными", "Работа пользователя", "Оборудование", "Линия связи",
    "Права доступа", "Обновление", "Печать", "Телефония",
)  # fmt: skip
DESK_SIGNATURE = "Служба поддержки"

_RUSSIAN = (
    "принтер не печатает после обновления программы сервер почта клиент база данных отчёт счёт накладная "
    "ошибка вход пароль пользователь компьютер сеть интернет телефон звонок связь кабель экран монитор "
    "клавиатура файл папка доступ права обмен выгрузка загрузка документ заявка договор склад касса чек "
    "терминал сканер картридж бумага драйвер лицензия ключ подпись сертификат сайт форма кнопка поле список "
    "таблица запрос ответ письмо вложение адрес ящик открывается закрывается зависает работает медленно "
    "быстро сегодня вчера утром вечером снова опять всегда иногда проверили перезапустили настроили заменили "
    "обновили установили удалили восстановили отправили получили исправили бухгалтерия отдел кадров директор "
    "менеджер филиал офис магазин цех участок станок календарь расписание месяц"
).split()
_ENGLISH = (
    "printer does not print after the update of program server mail client database report invoice error "
    "login password user computer network internet phone call line cable screen monitor keyboard file folder "
    "access rights exchange export import document request contract store terminal scanner cartridge paper "
    "driver licence key signature certificate site form button field list table query answer letter "
    "attachment address opens closes hangs works slowly today yesterday morning again always sometimes "
    "checked restarted configured replaced updated installed removed restored sent received fixed accounting "
    "department director manager branch office calendar schedule month"
).split()
_SYLLABLES = (
    ["ба", "ве", "ги", "до", "жу", "за", "ки", "ло", "мы", "не", "пр", "ра", "си", "ту", "фе", "хо", "ча", "ше"],
    ["ba", "ve", "gi", "do", "ju", "za", "ki", "lo", "my", "ne", "pr", "ra", "si", "tu", "fe", "ho", "cha", "she"],
)
_ENDINGS = (["ание", "ания", "анию", "ный", "ного", "ать", "ает", "ом"], ["ing", "ed", "s", "ation", "er", "ness"])
_FIRST = ("Анна", "Борис", "Вера", "Глеб", "Дина", "Егор", "Жанна", "Захар", "Инна", "Кирилл", "Лидия", "Марк", "Нина")
_LAST = ("Орлов", "Белов", "Серов", "Чернов", "Крылов", "Громов", "Седов", "Титов", "Фомин", "Зуев", "Лапин", "Рогов")
_FIRST_EN = ("Alice", "Bob", "Carol", "David", "Erin", "Frank", "Grace", "Henry", "Irene", "Jack", "Kate", "Liam")
_LAST_EN = ("Adams", "Brown", "Clark", "Davis", "Evans", "Foster", "Green", "Hughes", "Irwin", "Jones", "King")
_COMPANY = ("Ромашка", "Балтпром", "Север", "Вектор", "Гранит", "Импульс", "Орион", "Прогресс", "Техно", "Союз")
#: What stands in one ticket only is not worth remembering.
_ONCE = ("[#", "SN-", "screen-")
_GREETING = ("Добрый день!", "Здравствуйте!", "Good morning,", "Hello,")


def person(place: int, russian: bool = True) -> str:
    first, last = (_FIRST, _LAST) if russian else (_FIRST_EN, _LAST_EN)
    return f"{first[place % len(first)]} {last[place // len(first) % len(last)]}"


def company(rng: random.Random, place: int) -> str:
    return f"{rng.choice(_COMPANY)}-{rng.choice(_COMPANY)} {place}"


def vocabulary(rng: random.Random, english: int, size: int) -> list[str]:
    """Words, the most frequent first."""
    known = (_RUSSIAN, _ENGLISH)[english]
    words = dict.fromkeys(known)
    while len(words) < size:
        root = "".join(rng.choice(_SYLLABLES[english]) for _ in range(rng.choice((2, 2, 3, 4))))
        words[root + rng.choice(_ENDINGS[english])] = None
    return list(words)


class Texts:
    """Sentences in both languages and what the index keeps of them."""

    def __init__(self, rng: random.Random, sentences: int) -> None:
        self._sentences = []
        for english, share in ((0, 3), (1, 1)):
            words = vocabulary(rng, english, max(400, sentences * share // 6))
            weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(words))))
            self._sentences.append(
                [
                    " ".join(rng.choices(words, cum_weights=weights, k=rng.randrange(6, 15))).capitalize() + "."
                    for _ in range(max(50, sentences * share // 4))
                ]
            )
        self._indexed: dict[str, str] = {}
        self._rng = rng

    def indexed(self, piece: str) -> str:
        """``index_text`` of a piece; pieces that come again are read once."""
        known = self._indexed.get(piece)
        if known is None:
            known = index_text(piece)
            if not piece.startswith(_ONCE):
                self._indexed[piece] = known
        return known

    def sentence(self, rng: random.Random, russian: bool) -> str:
        return rng.choice(self._sentences[0 if russian else 1])

    def subject(self, russian: bool) -> str:
        words = self._rng.choice(self._sentences[0 if russian else 1]).rstrip(".").split()
        return " ".join(words[: self._rng.randrange(3, 7)])

    def letter(self, rng: random.Random, russian: bool, signature: str) -> list[str]:
        """The lines of a letter; one in five names a thing by a code of its own."""
        lines = [rng.choice(_GREETING[:2] if russian else _GREETING[2:])]
        lines += [self.sentence(rng, russian) for _ in range(rng.choice((2, 3, 3, 4, 6)))]
        if rng.random() < 0.2:
            lines.append(f"SN-{rng.randrange(10**7):07}")
        lines.append(signature)
        return lines
