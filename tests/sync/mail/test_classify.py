"""Kinds of letters: bounces, absences, robots, lists, forwards and people, in Russian and English."""

from __future__ import annotations

import pytest

from deskapp.sync.mail import classify
from deskapp.sync.mail.parse import parse
from tests.sync.mail.build_letters import letter, multipart, part
from tests.sync.mail.russian_letters import word


def subject(text: str) -> str:
    return "Subject: " + word(text, "utf-8").decode("ascii")


def report(status: str, text: str, title: str, sender: str = "MAILER-DAEMON@mx.example") -> bytes:
    return multipart(
        "report",
        part(text),
        part(status, "message/delivery-status"),
        part("From: help@desk.example\r\nSubject: x", "text/rfc822-headers"),
        headers=(f"From: {sender}", subject(title), "To: help@desk.example"),
        parameters="; report-type=delivery-status",
    )


FAILED = (
    "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; gone@example.ru\r\nAction: failed\r\nStatus: {}\r\n"
)


@pytest.mark.parametrize(
    ("raw", "address", "permanent"),
    [
        (
            report(FAILED.format("5.1.1"), "no such user", "Undelivered Mail Returned to Sender"),
            "gone@example.ru",
            True,
        ),
        (report(FAILED.format("5.2.2"), "mailbox full", "Недоставленное сообщение: Заявка"), "gone@example.ru", False),
        (report(FAILED.format("5.7.1"), "refused as spam", "Не удается доставить: Заявка"), "gone@example.ru", False),
        (report(FAILED.format("5.4.4"), "host not found", "Mail delivery failed"), "gone@example.ru", True),
        (report(FAILED.format("5.0.0"), "550 user unknown", "failure notice"), "gone@example.ru", True),
        (
            report(FAILED.format("4.4.1").replace("failed", "delayed"), "will be retried", "Доставка отложена"),
            "gone@example.ru",
            False,
        ),
        (
            report(
                FAILED.format("5.1.1").replace("Final", "Original-Recipient: rfc822;asked@example.ru\r\nFinal"),
                "",
                "Недоставлено: Re: [#4117]",
                "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.ru",
            ),
            "asked@example.ru",
            True,
        ),
        (
            letter(
                subject("Письмо не доставлено"),
                "To: help@desk.example",
                body="Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\r\n\r\n"
                "К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\r\n\r\n*****\r\n"
                "gone@mail.ru\r\nuser not found\r\n",
                sender="mailer-daemon@corp.mail.ru",
            ),
            "gone@mail.ru",
            True,
        ),
        (
            letter(
                subject("Недоставленное сообщение"),
                "To: help@desk.example",
                body="Это автоматическое сообщение почтовой системы Яндекса.\r\nНе удалось доставить письмо по адресу "
                "<gone@yandex.ru>:\r\n550 5.7.1 No such user!",
                sender="Mail Delivery System <mailer-daemon@yandex.ru>",
            ),
            "gone@yandex.ru",
            True,
        ),
        (
            letter(
                "Subject: Mail delivery failed: returning message to sender",
                "X-Failed-Recipients: gone@example.ru",
                body="550 Unrouteable address",
                sender="Mail Delivery System <Mailer-Daemon@mx.example>",
            ),
            "gone@example.ru",
            True,
        ),
    ],
)
def test_bounces(raw: bytes, address: str, permanent: bool) -> None:
    found = parse(raw)
    assert (found.kind, found.automatic, found.bounced_address, found.permanent) == ("bounce", True, address, permanent)


def test_a_report_of_success_is_no_bounce() -> None:
    raw = report(FAILED.format("2.0.0").replace("failed", "delivered"), "", "Доставлено: Заявка")
    assert (parse(raw).kind, parse(raw).automatic) == ("auto", True)


@pytest.mark.parametrize(
    "headers",
    [
        (subject("Автоматический ответ: Заявка принята [#4117]"),),
        (subject("Отсутствие на рабочем месте: Re: Заявка"),),
        (subject("Автоответ: я в отпуске"),),
        (subject("Нет на рабочем месте"),),
        (subject("Сотрудник в отпуске до 16 ноября"),),
        ("Subject: Automatic reply: Ticket [#4117]",),
        ("Subject: Out of Office: Ticket",),
        ("Subject: Re: Ticket", "Auto-Submitted: auto-replied"),
        ("Subject: Re: Ticket", "Auto-Submitted: auto-generated; owner-email=x"),
        ("Subject: Re: Ticket", "X-Autoreply: yes"),
        ("Subject: Re: Ticket", "X-Autorespond: Re: Ticket"),
        ("Subject: Re: Ticket", "Precedence: auto_reply"),
        (
            subject("Прочтено: Заявка"),
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        ),
    ],
)
def test_answers_of_machines(headers: tuple[str, ...]) -> None:
    found = parse(letter(*headers, "In-Reply-To: <1@desk.example>", body="Меня нет до понедельника."))
    assert (found.kind, found.automatic) == ("auto", True)
    assert found.automatic_reason


@pytest.mark.parametrize(
    "headers",
    [
        ("Precedence: bulk",),
        ("Precedence: list", "List-Id: <news.example.ru>"),
        ("List-Unsubscribe: <mailto:x@y>",),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply",),
        ("X-Loop: help@other.example",),
        ("Return-Path: <>",),
        ("From: noreply@example.ru",),
        ("From: zabbix@example.ru",),
        ("From: Name only",),
    ],
)
def test_machines_that_write_first_open_a_ticket_but_get_no_answer(headers: tuple[str, ...]) -> None:
    found = parse(letter(*headers, "Subject: Disk full"))
    assert (found.kind, found.automatic) == ("new", True)
    assert found.automatic_reason


@pytest.mark.parametrize(
    "headers",
    [
        ("Auto-Submitted: no",),
        ("Return-Path: <ivan@example.ru>",),
        ("X-Auto-Response-Suppress: None",),
        ("Precedence: normal",),
        ("From: Postnikova <postnikova@example.ru>",),
        ("From: Alertov <alertov@example.ru>",),
        (subject("Не работает автоответ на заявки"),),
        (subject("Письмо не доставлено клиенту, помогите"),),
        (subject("Ушёл в отпуск, передайте заявку"),),
    ],
)
def test_people_are_people(headers: tuple[str, ...]) -> None:
    found = parse(letter(*headers))
    assert (found.kind, found.automatic, found.automatic_reason) == ("new", False, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Re: Принтер", "reply"),
        ("RE[2]: Принтер", "reply"),
        ("На: Принтер", "reply"),
        ("HA: Принтер", "reply"),
        ("Отв: Принтер", "reply"),
        ("Ответ: Принтер", "reply"),
        ("AW: Drucker", "reply"),
        ("Re: Fwd: Принтер", "reply"),
        ("[#4117] Re: Принтер", "reply"),
        ("Fwd: Принтер", "forward"),
        ("FW: Принтер", "forward"),
        ("Пересл: Принтер", "forward"),
        ("Пересылка: Принтер", "forward"),
        ("WG: Drucker", "forward"),
        ("TR: Imprimante", "forward"),
        ("[Fwd: Принтер]", "forward"),
        ("[#4117] Fwd: Re: Принтер", "forward"),
        ("Реклама: Принтер", "new"),
        ("На складе: принтер", "new"),
        ("Принтер", "new"),
    ],
)
def test_replies_and_forwards(text: str, kind: str) -> None:
    assert parse(letter(subject(text))).kind == kind


def test_an_answer_without_re_is_a_reply() -> None:
    assert parse(letter("Subject: x", "References: <1@desk.example>")).kind == "reply"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("[#4117] a", 4117),
        ("Re: a [№ 4117]", 4117),
        ("[#12] Re: [#4117]", 4117),
        ("#4117", None),
        ("[#]", None),
        ("[#x]", None),
    ],
)
def test_the_token(text: str, number: int | None) -> None:
    assert classify.ticket_number(text) == number


def test_the_bare_subject() -> None:
    assert classify.bare_subject("Re: [#4117] FW: Отв:  Принтер  не печатает") == "Принтер не печатает"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Срочно! Не работает касса", 2),
        ("Не срочно, когда будет время", 4),
        ("Дело не терпит отлагательств, очень срочно", 2),
        ("Авария: производство встало", 1),
        ("Production is down", 1),
        ("Please help ASAP", 2),
        ("Срочность: критическая", 1),
        ("Приоритет: низкий\nЭто срочный отчёт", 4),
        ("На принтере горит лампочка, простой вопрос", None),
        ("Не печатает принтер", None),
    ],
)
def test_hints_of_urgency(text: str, urgency: int | None) -> None:
    assert parse(letter(subject("Помогите"), body=text.replace("\n", "\r\n"))).hints.urgency == urgency


def test_hints_of_cause_and_of_the_mail_program() -> None:
    found = parse(
        letter("X-Priority: 1 (Highest)", subject("x"), body="Причина: обмен данными с 1С\r\nподробности ниже")
    )
    assert found.hints.cause == "обмен данными с 1С"
    assert found.hints.urgency == 2
    assert parse(letter("Importance: low")).hints.urgency == 4


def test_the_language_of_a_russian_letter_with_a_long_trace() -> None:
    trace = 'Traceback (most recent call last):\r\n  File "app.py", line 1, in <module>\r\n' * 3
    assert (
        parse(
            letter(subject("Ошибка в отчёте"), body="Вышла ошибка при проведении накладной, помогите:\r\n" + trace)
        ).language
        == "ru"
    )
    assert parse(letter("Subject: Error", body="It fails in the report for Иванов.")).language == "en"


def test_a_monitors_alarm_is_a_request_that_no_machine_answers() -> None:
    alarm = parse(letter("Subject: PROBLEM: store 2 is down", "Auto-Submitted: auto-generated", body="host down"))
    assert (alarm.kind, alarm.automatic, alarm.automatic_reason) == ("new", True, "Auto-Submitted: auto-generated")
