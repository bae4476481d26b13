"""Letters say what they must in right Russian and English; a person's template may be wrong, not harmful."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.errors import UserFacingError
from deskapp.core.paths import resources
from deskapp.desk import templates, wording

MOSCOW = ZoneInfo("Europe/Moscow")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


VALUES: templates.LetterValues = {
    "name": "Руслан Галеев",
    "number": 4129,
    "subject": "Загрузка УПД из ЭДО: ошибка 1045",
    "urgency": 2,
    "cause": "Обмен данными",
    "specialist": "Дмитрий Орлов",
    "date": at(5, 17),
    "old_date": at(3, 17),
    "due": at(3, 12, 20),
    "now": at(3, 11, 42),
    "zone": "Europe/Moscow",
    "days_off": (date(2026, 11, 4),),
    "status": "in_progress",
    "reason": "выездной инженер занят аварией",
    "instead": "обратитесь к оператору с журналом во вложении",
    "question": "Пришлите журнал обмена за 3 ноября.",
    "text": "Посмотрели, всё верно.",
    "solution": "снят запрет периода для складов 2 и 4",
    "prevention": "перед обновлением сохраните параметры запрета, порядок во вложении",
    "window": (at(5, 10), at(5, 13)),
    "address": "Промышленная ул., 3",
    "access": "пропуск на двоих",
    "ask": "статус",
    "signature": "Марина Соколова, служба поддержки",
    "desk": "Служба поддержки",
}
ENGLISH: templates.LetterValues = {
    **VALUES,
    "name": "Oleg Petrov",
    "cause": "Data exchange",
    "specialist": "Dmitry Orlov",
    "reason": "the field engineer is on an outage",
    "instead": "send the operator the attached log",
    "question": "Please send the log of 3 November.",
    "text": "We had a look, all is well.",
    "solution": "the period lock on stores 2 and 4",
    "prevention": "save the lock settings before an update, steps attached",
    "address": "3 Industrial St",
    "access": "a pass for two",
    "ask": "status",
    "signature": "Marina Sokolova, support desk",
}

#: The sentences that ui.md 8.3 fixes.
SAID = {
    ("ack", "ru"): [
        "Письмо получено, номер заявки №4129. До 12:20 сообщим дату и время решения.",
        "ответьте на это письмо одним словом «статус».",
    ],
    ("ack", "en"): [
        "We have your letter, ticket #4129. By 12:20 you will have a date and time of resolution.",
        "answer this letter with the one word “status”.",
    ],
    ("promise", "ru"): [
        "Заявка №4129 принята. Срочность: высокая. Причина по первой оценке: обмен данными.",
        "Решим до четверга, 5 ноября 2026, 17:00 (МСК). Специалист: Дмитрий Орлов.",
        "Если срок изменится, напишем заранее. 4 ноября праздничный день, не работаем.",
    ],
    ("promise", "en"): [
        "Ticket #4129 is accepted. Urgency: high. First view of the cause: data exchange.",
        "We will resolve it by Thursday 5 November 2026, 17:00 (MSK). Specialist: Dmitry Orlov.",
        "If the date changes, we will write beforehand. 4 November is a public holiday, we do not work.",
    ],
    ("refusal", "ru"): [
        "По заявке №4129 мы не сможем помочь: выездной инженер занят аварией.",
        "Что сделать: обратитесь к оператору с журналом во вложении.",
        "Если мы ошиблись, ответьте на это письмо.",
    ],
    ("refusal", "en"): [
        "We cannot help with ticket #4129: the field engineer is on an outage.",
        "What to do: send the operator the attached log.",
        "If we are wrong, reply to this letter.",
    ],
    ("question", "ru"): ["заявку №4129", "Пришлите журнал обмена за 3 ноября."],
    ("question", "en"): ["ticket #4129", "Please send the log of 3 November."],
    ("reply", "ru"): ["Посмотрели, всё верно."],
    ("reply", "en"): ["We had a look, all is well."],
    ("slip", "ru"): [
        "Мы обещали решить заявку №4129 до вторника, 3 ноября, 17:00.",
        "Не успеваем: выездной инженер занят аварией.",
        "Новый срок: четверг, 5 ноября 2026, 17:00 (МСК).",
    ],
    ("slip", "en"): [
        "We promised ticket #4129 by Tuesday 3 November, 17:00.",
        "We will not make it: the field engineer is on an outage.",
        "New date: Thursday 5 November 2026, 17:00 (MSK).",
    ],
    ("done", "ru"): [
        "Заявка №4129 решена.",
        "Что исправлено: снят запрет периода для складов 2 и 4.",
        "Как предупредить: перед обновлением сохраните параметры запрета, порядок во вложении.",
        "Всё работает? Ответьте «да», и мы закроем заявку.",
    ],
    ("done", "en"): [
        "Ticket #4129 is resolved.",
        "What was fixed: the period lock on stores 2 and 4.",
        "How to prevent it: save the lock settings before an update, steps attached.",
        'Does everything work? Reply "yes" and we will close the ticket.',
    ],
    ("reminder", "ru"): [
        "Заявка №4129 решена",
        "Всё работает? Ответьте «да», и мы закроем заявку.",
        "снят запрет",
    ],
    ("reminder", "en"): ["Ticket #4129 is resolved", 'Reply "yes" and we will close the ticket.'],
    ("status", "ru"): [
        "Заявка №4129: в работе. Специалист: Дмитрий Орлов.",
        "Обещанный срок: четверг, 5 ноября 2026",
    ],
    ("status", "en"): [
        "Ticket #4129: in progress. Specialist: Dmitry Orlov.",
        "Promised date: Thursday 5 November 2026",
    ],
    ("visit", "ru"): [
        "приедет специалист: Дмитрий Орлов.",
        "Когда: четверг, 5 ноября 2026, 10:00–13:00 (МСК).",
        "Адрес: Промышленная ул., 3.",
        "Просим подготовить доступ: пропуск на двоих.",
    ],
    ("visit", "en"): [
        "When: Thursday 5 November 2026, 10:00 to 13:00 (MSK).",
        "Please prepare access: a pass for two.",
    ],
    ("holding", "ru"): [
        "Мы обещали решить заявку №4129 до вторника, 3 ноября, 17:00. Работа ещё не закончена.",
        "не позднее четверга, 5 ноября 2026, 17:00 (МСК)",
    ],
    ("holding", "en"): ["We promised to resolve ticket #4129 by Tuesday 3 November, 17:00."],
    ("followup", "ru"): ["По заявке №4129 ждём вашего ответа. Мы спрашивали: Пришлите журнал обмена за 3 ноября."],
    ("followup", "en"): ["We are waiting for your answer about ticket #4129. We asked: Please send the log"],
    ("rating", "ru"): ["Заявка №4129 закрыта с вашего согласия, спасибо.", "Достаточно цифры в ответе на это письмо."],
    ("rating", "en"): ["Ticket #4129 is closed with your consent", "A digit in reply to this letter is enough."],
}


@pytest.mark.parametrize("kind", templates.KINDS)
@pytest.mark.parametrize("language", templates.LANGUAGES)
class TestEveryKind:
    def values(self, language: str) -> templates.LetterValues:
        return VALUES if language == "ru" else ENGLISH

    def test_says_what_the_design_fixes(self, kind: str, language: str) -> None:
        _, body = templates.render(kind, language, self.values(language))
        for sentence in SAID[kind, language]:
            assert sentence in body
        assert templates.unfilled(body) == ()
        assert body.endswith(f"\n\n{self.values(language)['signature']}\n")
        assert body.startswith("Руслан, здравствуйте." if language == "ru" else "Hello, Oleg.")

    def test_is_calm_plain_text(self, kind: str, language: str) -> None:
        _, body = templates.render(kind, language, self.values(language))
        assert "!" not in body and "  " not in body and "\n\n\n" not in body and ".." not in body
        assert not re.search(r"\{|\}|%|http|SLA|deadline", body)
        if language == "en":
            assert not re.search("[а-яё№]", body, re.IGNORECASE)

    def test_subject_carries_the_token_once(self, kind: str, language: str) -> None:
        values = self.values(language)
        subjects = ("УПД", "Re: [#4129] УПД", "На: Re[2]: [#4129]  УПД [#4129]", "Fwd: [#17] УПД\r\nBcc: x")
        for subject in subjects:
            title, _ = templates.render(kind, language, {**values, "subject": subject})
            assert title.startswith("[#4129] УПД")
            assert len(re.findall(r"\[#\d+\]", title)) == 1
            assert "\n" not in title and "\r" not in title

    def test_misses_nothing_silently(self, kind: str, language: str) -> None:
        _, body = templates.render(kind, language, {"zone": "UTC"})
        if kind == "reply":  # a frame to write in
            assert "‹" not in body.replace("‹впишите: подпись›", "").replace("‹fill in: signature›", "")
        else:
            assert ("номер" if language == "ru" else "number") in templates.unfilled(body)

    def test_own_text_with_the_token_in_its_subject_has_it_once(self, kind: str, language: str) -> None:
        values = self.values(language)
        subject = "[#{{ number }}] {{ subject }} [#{{ number }}]"
        title, body = templates.render(kind, language, values, "Дело {{ number }}", subject)
        assert title == "[#4129] Загрузка УПД из ЭДО: ошибка 1045"
        assert body == "Дело 4129\n"


def test_built_in_files_are_exactly_the_kinds() -> None:
    files = {path.name for path in Path(resources() / "letters").iterdir()}
    assert files == {f"{kind}.{language}.txt" for kind in templates.KINDS for language in templates.LANGUAGES}


def test_unknown_language_gets_english_and_unknown_kind_is_an_error() -> None:
    assert templates.render("ack", "de", ENGLISH) == templates.render("ack", "en", ENGLISH)
    with pytest.raises(KeyError):
        templates.render("invoice", "ru", VALUES)


def test_what_is_missing_is_named_and_what_was_left_empty_is_not_told() -> None:
    values: templates.LetterValues = {**VALUES, "date": None, "specialist": ""}
    _, body = templates.render("promise", "ru", values)
    assert "Решим до ‹впишите: срок›. Специалист: ‹впишите: специалист›." in body
    assert templates.unfilled(body) == ("срок", "специалист")
    _, body = templates.render("done", "ru", {**VALUES, "prevention": ""})
    assert "предупредить" not in body and templates.unfilled(body) == ()
    del values["prevention"]
    _, body = templates.render("done", "ru", values)
    assert "Как предупредить: ‹впишите: как предупредить›." in body


def test_a_letter_without_a_number_has_no_token() -> None:
    title, _ = templates.render("reply", "ru", {**VALUES, "number": None})
    assert title == "Загрузка УПД из ЭДО: ошибка 1045"


def test_the_answer_due_on_another_day_is_a_whole_date() -> None:
    _, body = templates.render("ack", "ru", {**VALUES, "due": at(5, 10, 20)})
    assert "До четверга, 5 ноября 2026, 10:20 (МСК) сообщим" in body
    _, body = templates.render("ack", "ru", {**VALUES, "zone": "Asia/Vladivostok", "due": at(3, 18, 20)})
    assert "До среды, 4 ноября 2026, 01:20 (МСК+7) сообщим" in body


def test_the_promise_is_told_in_the_readers_zone() -> None:
    _, body = templates.render("promise", "ru", {**VALUES, "zone": "Asia/Yekaterinburg"})
    assert "до четверга, 5 ноября 2026, 19:00 (МСК+2)" in body
    _, body = templates.render("promise", "en", {**ENGLISH, "zone": ZoneInfo("Europe/Berlin")})
    assert "by Thursday 5 November 2026, 15:00 (CET)" in body


def test_values_are_never_read_as_templates() -> None:
    _, body = templates.render("reply", "ru", {**VALUES, "text": "{{ number }} {% for x in y %}"})
    assert "{{ number }} {% for x in y %}" in body


# --- templates that people write ---

HOSTILE = {
    "attribute": "{{ number.__class__.__mro__ }}",
    "item": "{{ number['__class__'] }}",
    "filter to an attribute": "{{ number|attr('__class__') }}",
    "call": "{{ range(10) }}",
    "own object": "{{ self._TemplateReference__context }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "loop": "{% for i in range(1000000000) %}{% endfor %}",
    "power at compile time": "{{ 10**10**10 }}",
    "long string at compile time": "{{ 'a' * 10000000000 }}",
    "format": "{{ '%1000000000d' % 1 }}",
    "format call": "{{ '{0.__class__}'.format(1) }}",
    "padding": "{{ number|center(10000000000) }}",
    "doubling": "{% set a = 'aaaa' %}{% set a = a ~ a %}{{ a }}",
    "replace": "{{ text|replace('', text) }}",
    "macro": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "extends": "{% extends 'x' %}",
    "call block": "{% call f() %}{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "with": "{% with a = 1 %}{% endwith %}",
    "list": "{{ [1, 2] }}",
    "dict": "{{ {'a': 1} }}",
    "tuple test": "{% if number in (1, 2) %}{% endif %}",
    "slice": "{{ text[0:1] }}",
    "concat": "{{ text ~ text }}",
    "unknown value": "{{ nummer }}",
    "unknown filter": "{{ number|rot13 }}",
    "filter with wrong arguments": "{{ number|upper(1, 2, 3) }}",
    "unknown test": "{% if number is callable %}{% endif %}",
    "not closed": "{% if number %}",
    "not opened": "{% endif %}",
    "half a value": "{{ number",
    "wrong sign": "{{ number ? }}",
    "order of unlike": "{% if number < 5 %}{% endif %}",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_wrong_template_is_refused_with_its_line(source: str) -> None:
    started = time.process_time()
    with pytest.raises(UserFacingError) as caught:
        templates.render("promise", "ru", VALUES, f"Здравствуйте.\n\n{source}\n\nДо связи.")
    assert time.process_time() - started < 2
    assert caught.value.args_[0] in (3, 5)  # an unclosed block is noticed at the end
    assert str(caught.value.args_[1])
    assert f"Line {caught.value.args_[0]}: " in caught.value.filled()


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "not " * 5000 + "number",
        "number" + "|upper" * 3000,
        "1 " + "if number else 1 " * 3000,
        "9" * 5000,
    ],
)
def test_what_is_too_deep_or_too_big_is_refused(source: str) -> None:
    with pytest.raises(UserFacingError):
        templates.check("", "{{ " + source + " }}", "ru")


def test_deep_conditions_are_refused() -> None:
    with pytest.raises(UserFacingError):
        templates.check("", "{% if number %}" * 400 + "{% endif %}" * 400, "ru")


def test_size_is_bounded() -> None:
    with pytest.raises(UserFacingError, match="longer than"):
        templates.render("reply", "ru", {**VALUES, "text": "я" * 10_000}, "{{ text }}\n" * 1000)
    with pytest.raises(UserFacingError, match="at most"):
        templates.check("", "я" * 30_000, "ru")


def test_check_accepts_what_a_person_would_write() -> None:
    for kind in templates.KINDS:
        for language in templates.LANGUAGES:
            templates.check(*templates.builtin(kind, language), language)
    templates.check(
        "{{ subject|upper }}",
        "{% if cause is defined and cause != '' %}{{ cause|capitalize }}{% elif number %}"
        "{{ number|default('?') }}{% else %}нет{% endif %} {# для себя #} {{ 'да' if solution else 'нет' }}",
        "ru",
    )


@given(st.text(alphabet="{}%#|()[]'\"~*+-.,: \nifelsnodumbrcaut5", max_size=80))
def test_any_text_gives_a_letter_or_words_about_the_mistake(source: str) -> None:
    try:
        _, body = templates.render("reply", "ru", VALUES, source or "x")
    except UserFacingError as error:
        assert isinstance(error.args_[0], int) and error.args_[0] >= 1
    else:
        assert len(body) <= len(source) * 200 + 2


# --- wording ---


def test_every_weekday_and_month_in_both_cases() -> None:
    weekdays = [wording.weekday(date(2026, 11, day), "ru") for day in range(2, 9)]
    assert weekdays == ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
    genitive = [wording.weekday(date(2026, 11, day), "ru", genitive=True) for day in range(2, 9)]
    assert genitive == ["понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"]
    months = [wording.day_month(date(2026, month, 1), "ru").split()[1] for month in range(1, 13)]
    assert months == [
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ]
    assert wording.weekday(date(2026, 11, 4), "en", genitive=True) == "Wednesday"
    assert wording.day_month(date(2026, 5, 9), "en") == "9 May"


@pytest.mark.parametrize(
    "zone, ru, en",
    [
        ("Europe/Moscow", "МСК", "MSK"),
        ("Europe/Volgograd", "МСК", "MSK"),
        ("Europe/Kaliningrad", "МСК−1", "MSK−1"),
        ("Asia/Yekaterinburg", "МСК+2", "MSK+2"),
        ("Asia/Kamchatka", "МСК+9", "MSK+9"),
        ("Europe/Berlin", "UTC+1", "CET"),
        ("America/New_York", "UTC−5", "EST"),
        ("Asia/Almaty", "UTC+5", "UTC+5"),
        ("Asia/Kathmandu", "UTC+5:45", "UTC+5:45"),
        ("Europe/Minsk", "UTC+3", "UTC+3"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_zones_as_their_people_call_them(zone: str, ru: str, en: str) -> None:
    there = at(5, 17).astimezone(ZoneInfo(zone))
    assert wording.zone_name(there, "ru") == ru
    assert wording.zone_name(there, "en") == en


def test_the_date_is_found_in_whatever_case_it_stands() -> None:
    when = at(5, 17)
    for genitive in (True, False):
        form = wording.full_date(when, "ru", genitive=genitive)
        assert wording.date_in(f"Решим: {form}. Ждите.", when, "ru") == form
    assert wording.date_in("Решим скоро.", when, "ru") == ""
    assert wording.date_in("Решим до пятницы", datetime(2026, 11, 6, tzinfo=UTC), "ru") == ""


@pytest.mark.parametrize(
    "days, ru, en",
    [
        ([], "", ""),
        (
            [date(2026, 11, 4)],
            "4 ноября праздничный день, не работаем.",
            "4 November is a public holiday, we do not work.",
        ),
        (
            [date(2027, 1, day) for day in range(8, 0, -1)],
            "С 1 по 8 января праздничные дни, не работаем.",
            "1 to 8 January are public holidays, we do not work.",
        ),
        (
            [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 7)],
            "С 31 декабря по 1 января и 7 января праздничные дни, не работаем.",
            "31 December to 1 January and 7 January are public holidays, we do not work.",
        ),
        (
            [date(2026, 5, 1), date(2026, 5, 9), date(2026, 5, 11)],
            "1 мая, 9 мая и 11 мая праздничные дни, не работаем.",
            "1 May, 9 May and 11 May are public holidays, we do not work.",
        ),
        (
            [date(2026, 5, 2), date(2026, 5, 3)],
            "Со 2 по 3 мая праздничные дни, не работаем.",
            "2 to 3 May are public holidays, we do not work.",
        ),
    ],
)
def test_holidays_are_told(days: list[date], ru: str, en: str) -> None:
    assert wording.holiday_remark(days, "ru") == ru
    assert wording.holiday_remark(days, "en") == en


def test_durations_and_plurals() -> None:
    assert wording.duration(150, "ru").replace("\u00a0", " ") == "2 ч 30 мин"
    assert wording.duration(120, "en").replace("\u00a0", " ") == "2 h"
    assert wording.duration(0, "ru").replace("\u00a0", " ") == "0 мин"
    assert wording.duration(-45, "en").replace("\u00a0", " ") == "−45 min"


@pytest.mark.parametrize(
    "name, greeting",
    [
        ("Руслан Галеев", "Руслан"),
        ("Рудакова Елена Павловна", "Елена Павловна"),
        ("Елена Павловна Рудакова", "Елена Павловна"),
        ("Олег Ильич", "Олег Ильич"),
        ("Smith, John", "John"),
        ("Oleg Petrov", "Oleg"),
        ("Галеев, Руслан Ильдарович", "Руслан Ильдарович"),
        ("ООО «Лира»", ""),
        ("support@lira.example", ""),
        ("HP LaserJet 4050", ""),
        ("", ""),
        (" , ", ""),
    ],
)
def test_people_are_greeted_by_name_and_machines_are_not(name: str, greeting: str) -> None:
    assert wording.greeting_name(name) == greeting


def test_statuses_and_urgencies_are_words_in_both_languages() -> None:
    levels = [wording.urgency(level, "ru") for level in (1, 2, 3, 4)]
    assert levels == ["критическая", "высокая", "обычная", "низкая"]
    assert wording.status("waiting", "customer", "ru") == "ждём вашего ответа"
    assert wording.status("waiting", "visit", "en") == "we wait for the visit"
    for code in ("new", "promised", "in_progress", "waiting", "resolved", "closed", "refused", "merged"):
        assert set(wording.status(code, "", "ru").lower()) & set("абвгдежзиклмнопрст")
        assert "_" not in wording.status(code, "", "en")


def test_names_of_causes_within_a_sentence() -> None:
    assert wording.uncapitalised("Обмен данными") == "обмен данными"
    assert wording.uncapitalised("ЭДО и обмен") == "ЭДО и обмен"
    assert wording.uncapitalised("") == ""
    assert wording.sentence("готово") == "готово."
    assert wording.sentence("готово. ") == "готово."
