"""Reports and automatic answers as the servers write them that Russian firms and their customers use, and letters of
people who write about such things.
"""

from __future__ import annotations

import base64

import pytest

from deskapp.sync.mail.parse import parse
from tests.sync.mail.build_letters import letter, multipart, part
from tests.sync.mail.test_classify import FAILED, report, subject


def dsn(status: str, diagnostic: str, text: str, title: str, sender: str, failed: str = "gone@example.ru") -> bytes:
    return report(
        f"Reporting-MTA: dns; mx.example\r\nArrival-Date: Tue, 3 Nov 2026 10:15:42 +0300\r\n\r\n"
        f"Final-Recipient: rfc822; {failed}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"Remote-MTA: dns; mx.example\r\nDiagnostic-Code: smtp; {diagnostic}\r\n",
        text,
        title,
        sender,
    )


BOUNCES: list[tuple[str, bytes, str, bool]] = [
    (
        "yandex-nouser",
        dsn(
            "5.7.1",
            "550 5.7.1 No such user! 1604390000-abc",
            "Это письмо отправлено почтовым сервером yandex.ru.\r\n\r\nК сожалению, мы вынуждены сообщить Вам о "
            "том, что Ваше письмо не может\r\nбыть отправлено одному или нескольким адресатам.",
            "Недоставленное сообщение",
            "mailer-daemon@yandex.ru",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "policy",
        dsn(
            "5.7.1",
            "550 5.7.1 Message rejected as spam by policy",
            "x",
            "Undelivered Mail Returned to Sender",
            "MAILER-DAEMON@x.ru",
        ),
        "gone@example.ru",
        False,
    ),
    (
        "o365-badsender",
        dsn(
            "5.1.8",
            "550 5.1.8 Access denied, bad outbound sender AS(42004)",
            "x",
            "Undeliverable: a",
            "postmaster@x.ru",
        ),
        "gone@example.ru",
        False,
    ),
    (
        "o365-dbeb",
        dsn(
            "5.4.1",
            "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
            "x",
            "Undeliverable: a",
            "postmaster@x.ru",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "o365-limit",
        dsn(
            "5.1.90",
            "550 5.1.90 Your message can't be sent because you've reached your daily limit",
            "x",
            "Undeliverable: a",
            "postmaster@x.ru",
        ),
        "gone@example.ru",
        False,
    ),
    (
        "mailru",
        dsn(
            "5.0.0",
            "550 Message was not accepted -- invalid mailbox.  Local mailbox gone@mail.ru is unavailable: user "
            "not found",
            "x",
            "Mail failure.",
            "mailer-daemon@corp.mail.ru",
            "gone@mail.ru",
        ),
        "gone@mail.ru",
        True,
    ),
    (
        "mailru-text",
        letter(
            "Subject: Mail failure.",
            "To: help@desk.example",
            sender="mailer-daemon@mail.ru",
            body="This message was created automatically by mail delivery software.\r\n\r\nA message that you "
            "sent could not be delivered to one or more of its\r\nrecipients. This is a permanent error. "
            "The following address(es) failed:\r\n\r\n  gone@mail.ru\r\n    Local mailbox gone@mail.ru is "
            "unavailable: user not found",
        ),
        "gone@mail.ru",
        True,
    ),
    (
        "mailru-quota",
        letter(
            subject("Письмо не доставлено"),
            "To: help@desk.example",
            sender="mailer-daemon@corp.mail.ru",
            body="Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\r\n\r\nК "
            "сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\r\n\r\n"
            "**********************\r\n\r\nfull@mail.ru\r\nпочтовый ящик получателя переполнен / mailbox is "
            "full\r\n",
        ),
        "full@mail.ru",
        False,
    ),
    (
        "mdaemon",
        letter(
            "Subject: Permanent Delivery Failure",
            "To: help@desk.example",
            sender="MDaemon@mx.example.ru",
            body="The attached message had PERMANENT fatal delivery errors!\r\n\r\n--- Session Transcript ---\r\n"
            " RCPT To:<gone@example.ru>\r\n 550 5.1.1 <gone@example.ru>: Recipient address rejected: User "
            "unknown",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "domino",
        letter(
            "Subject: DELIVERY FAILURE: User gone (gone@example.ru) not listed in Domino Directory",
            "To: help@desk.example",
            sender="Postmaster@mx.example.ru",
            body="Your message\r\n\r\n  Subject: Ticket\r\n\r\nwas not delivered to:\r\n\r\n  gone@example.ru\r\n\r\n"
            "because:\r\n\r\n  User gone (gone@example.ru) not listed in Domino Directory",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "qmail",
        letter(
            "Subject: failure notice",
            "To: help@desk.example",
            sender="MAILER-DAEMON@mx.example",
            body="Hi. This is the qmail-send program at mx.example.\r\nI'm afraid I wasn't able to deliver your "
            "message to the following addresses.\r\nThis is a permanent error; I've given up. Sorry it "
            "didn't work out.\r\n\r\n<gone@example.ru>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
            "--- Below this line is a copy of the message.\r\n",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "exchange-ru",
        letter(
            subject("Не доставлено: Заявка [#4117]"),
            "To: help@desk.example",
            sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.ru>",
            body="Не удалось доставить сообщение следующим получателям или группам:\r\n\r\n"
            "gone@example.ru<mailto:gone@example.ru>\r\nНе удалось найти введенный адрес электронной почты. "
            "Проверьте адрес электронной почты получателя и попробуйте отправить сообщение еще раз.\r\n\r\n"
            "Диагностические сведения для администраторов:\r\nСоздающий сервер: ex.example.ru\r\n\r\n"
            "gone@example.ru\r\nRemote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "o365-ru",
        letter(
            subject("Не удается доставить: Re: Заявка [#4117]"),
            "To: help@desk.example",
            sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce36b109@desk.onmicrosoft.com>",
            body="Ваше сообщение для gone@example.ru не может быть доставлено.\r\n\r\ngone не найден на "
            "example.ru.\r\n\r\nhelp\tOffice 365\tgone\r\nТребуется действие\t\tПолучатель\r\n\r\n"
            "Неизвестный адрес получателя\r\n",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "gmail-ru",
        letter(
            "Subject: Delivery Status Notification (Failure)",
            "To: help@desk.example",
            sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            body="** Адрес не найден **\r\n\r\nПисьмо не доставлено получателю gone@gmail.com. Возможно, такого "
            "адреса не существует или на него временно нельзя отправить сообщение.\r\n\r\nПодробнее: "
            "https://support.google.com/mail/?p=NoSuchUser\r\n550 5.1.1 The email account that you tried to "
            "reach does not exist.",
        ),
        "gone@gmail.com",
        True,
    ),
    (
        "gmail-delay",
        report(
            FAILED.format("4.4.1").replace("failed", "delayed"),
            "** Доставка письма не завершена **\r\n\r\nПри отправке письма на адрес gone@example.ru возникла "
            "временная проблема. Gmail будет пытаться доставить его ещё 45 ч.",
            "Delivery Status Notification (Delay)",
            "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        ),
        "gone@example.ru",
        False,
    ),
    (
        "exim-warn",
        letter(
            "Subject: Warning: message 1kZ delayed 24 hours",
            "Auto-Submitted: auto-replied",
            "To: help@desk.example",
            sender="Mail Delivery System <Mailer-Daemon@mx.example>",
            body="This message was created automatically by mail delivery software.\r\nA message that you sent "
            "has not yet been delivered to one or more of its\r\nrecipients after more than 24 hours on the "
            "queue on mx.example.\r\n\r\nThe address to which the message has not yet been delivered is:\r\n\r\n"
            "  slow@example.ru\r\n    host mx.example.ru [1.2.3.4]: Connection timed out\r\n",
        ),
        "slow@example.ru",
        False,
    ),
    (
        "postfix-warn",
        report(
            "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; slow@example.ru\r\nAction: delayed\r\n"
            "Status: 4.4.1\r\n",
            "THIS IS A WARNING ONLY",
            "Delayed Mail (still being retried)",
        ),
        "slow@example.ru",
        False,
    ),
    (
        "eai",
        report(
            "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: utf-8; иван@почта.рф\r\nAction: failed\r\nStatus: "
            "5.1.1\r\n",
            "нет такого",
            "Undelivered Mail Returned to Sender",
        ),
        "иван@почта.рф",
        True,
    ),
    (
        "communigate",
        letter(
            "Subject: Undeliverable mail",
            "To: help@desk.example",
            sender="Mail Delivery System <MAILER-DAEMON@cgp.example.ru>",
            body="Failed to deliver to '<gone@example.ru>'\r\nSMTP module(domain example.ru) reports:\r\n host "
            "mx.example.ru says:\r\n 550 5.1.1 <gone@example.ru>: User unknown in virtual mailbox table\r\n",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "kerio",
        letter(
            "Subject: Delivery Failure - Zayavka",
            "To: help@desk.example",
            sender="Kerio Connect <postmaster@example.ru>",
            body="Your message was not delivered to the following recipients:\r\n\r\n  gone@example.ru\r\n\r\n"
            "550 5.1.1 User unknown",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "sendmail",
        letter(
            "Subject: Returned mail: see transcript for details",
            "To: help@desk.example",
            "Auto-Submitted: auto-generated (failure)",
            sender="Mail Delivery Subsystem <MAILER-DAEMON@mx.example>",
            body="The original message was received at Tue, 3 Nov 2026 10:15:42 +0300\r\nfrom mail.desk.example "
            "[10.0.0.1]\r\n\r\n   ----- The following addresses had permanent fatal errors -----\r\n"
            "<gone@example.ru>\r\n    (reason: 550 5.1.1 <gone@example.ru>... User unknown)\r\n",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "host-gone",
        dsn(
            "5.4.4",
            "Name service error for name=example.ru type=A: Host not found",
            "x",
            "Undelivered Mail Returned to Sender",
            "MAILER-DAEMON@x",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "two",
        report(
            "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ok@example.ru\r\nAction: delivered\r\n"
            "Status: 2.0.0\r\n\r\nFinal-Recipient: rfc822; gone@example.ru\r\nAction: failed\r\nStatus: 5.1.1\r\n",
            "",
            "Undelivered Mail Returned to Sender",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "rfc3464-folded",
        report(
            "Reporting-MTA: dns; mx\r\n\r\nOriginal-Recipient: rfc822;\r\n gone@example.ru\r\nFinal-Recipient: "
            "rfc822;\r\n other@example.ru\r\nAction: failed\r\nStatus: 5.1.1\r\n (user unknown)\r\n",
            "",
            "Undelivered Mail Returned to Sender",
        ),
        "gone@example.ru",
        True,
    ),
    (
        "two-fold-b64",
        multipart(
            "report",
            part("нет"),
            part(
                base64.b64encode(FAILED.format("5.1.1").encode()),
                "message/delivery-status",
                "Content-Transfer-Encoding: base64",
            ),
            headers=("From: MAILER-DAEMON@x", subject("Undelivered Mail"), "To: help@desk.example"),
            parameters="; report-type=delivery-status",
        ),
        "gone@example.ru",
        True,
    ),
]


@pytest.mark.parametrize(("raw", "address", "permanent"), [one[1:] for one in BOUNCES], ids=[one[0] for one in BOUNCES])
def test_bounces_of_many_servers(raw: bytes, address: str, permanent: bool) -> None:
    found = parse(raw)
    assert (found.kind, found.automatic, found.bounced_address, found.permanent) == ("bounce", True, address, permanent)


AUTOMATIC: list[tuple[str, tuple[str, ...], str]] = [
    ("oof1", (subject("Автоматический ответ: Заявка"), "In-Reply-To: <1@d>"), "auto"),
    ("ats", (subject("Автоответчик не работает"),), "new"),
    ("ats-re", (subject("Re: Автоответчик не работает"), "In-Reply-To: <1@d>"), "reply"),
    ("ao", (subject("Автоответ не отправляется клиентам"),), "new"),
    ("ao-re", (subject("Re: Автоматический ответ не включается"), "In-Reply-To: <1@d>"), "reply"),
    ("vpn", (subject("Вне офиса не работает VPN"),), "new"),
    ("vpn-en", ("Subject: Out of office VPN does not connect",), "new"),
    ("ooo-en", ("Subject: Out of Office Re: Ticket", "In-Reply-To: <1@d>"), "auto"),
    ("ooo-header", ("Subject: Out of Office AutoReply: Ticket", "X-Auto-Response-Suppress: All"), "auto"),
    ("uk", (subject("Автоматична відповідь: Заявка"), "In-Reply-To: <1@d>"), "auto"),
    ("kk", (subject("Автоматты жауап: Заявка"), "In-Reply-To: <1@d>"), "auto"),
    ("absent", (subject("Временно отсутствую"), "In-Reply-To: <1@d>"), "auto"),
    ("absent2", (subject("Нахожусь в отпуске до 16.11"), "References: <1@d>"), "auto"),
    ("ill", (subject("Я на больничном"), "In-Reply-To: <1@d>"), "auto"),
    ("ill-new", (subject("Я на больничном, как войти в почту из дома?"),), "new"),
    ("autoauto", (subject("Автоматизация склада"), "In-Reply-To: <1@d>"), "reply"),
    ("auto-en", ("Subject: Auto: engine monitor fails",), "new"),
    ("receipt-plain", (subject("Прочтено: Заявка [#4117]"), "In-Reply-To: <1@d>"), "auto"),
    ("receipt-bat", ("Subject: Return Receipt (displayed) - Re: Ticket", "In-Reply-To: <1@d>"), "auto"),
    ("receipt-new", ("Subject: Read: how to print",), "new"),
    ("calendar", (subject("Принято: Выезд инженера"), "In-Reply-To: <1@d>"), "reply"),
    (
        "vacation-gmail",
        (
            "Subject: Re: Ticket [#4117]",
            "Precedence: bulk",
            "X-Autoreply: yes",
            "Auto-Submitted: auto-replied",
            "In-Reply-To: <1@d>",
        ),
        "auto",
    ),
    (
        "zimbra",
        (
            "Subject: Re: Ticket",
            "Auto-Submitted: auto-replied (zimbra; vacation)",
            "Precedence: bulk",
            "In-Reply-To: <1@d>",
        ),
        "auto",
    ),
    ("communigate", ("Subject: Re: Ticket", "X-Autogenerated: Reply", "In-Reply-To: <1@d>"), "auto"),
    ("kerio", ("Subject: Auto-reply: Ticket", "Precedence: bulk"), "auto"),
    ("rules", ("Subject: Re: Ticket", "X-Autoreply-From: x@y", "In-Reply-To: <1@d>"), "auto"),
    ("mdaemon", ("Subject: Re: Ticket", "X-MDaemon-Autoresponder: yes", "In-Reply-To: <1@d>"), "auto"),
]


@pytest.mark.parametrize(("headers", "kind"), [one[1:] for one in AUTOMATIC], ids=[one[0] for one in AUTOMATIC])
def test_machines_and_people_who_write_of_machines(headers: tuple[str, ...], kind: str) -> None:
    """A letter that is taken for an automatic one opens no ticket: a complaint about an answering machine must."""
    found = parse(letter(*headers, body="Меня нет."))
    assert found.kind == kind and (found.automatic or kind != "auto")


def test_an_absence_notice_that_answers_nothing_is_kept_and_not_answered() -> None:
    found = parse(letter(subject("Автоответ: не приходит"), body="Клиенты не получают автоответ."))
    assert (found.kind, found.automatic) == ("new", True)
