"""Replies as Russian (and a few English) mail programs write them, with what a reader should get out of them.

Each entry: name, text after decoding, charset and transfer encoding to send it in, expected reply text.
"""

from __future__ import annotations

import base64
import quopri
from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    name: str
    text: str
    reply: str
    charset: str = "utf-8"
    encoding: str = "base64"
    html: bool = False
    declared: bool = True
    subject: str = "Re: Не печатает принтер [#4117]"
    sender: str = "Иван Петров"

    def raw(self) -> bytes:
        """The letter as it travels."""
        data = self.text.replace("\n", "\r\n").encode(self.charset)
        if self.encoding == "base64":
            body = base64.encodebytes(data)
        elif self.encoding == "quoted-printable":
            body = quopri.encodestring(data)
        else:
            body = data
        kind = "text/html" if self.html else "text/plain"
        if self.declared:
            content = f"Content-Type: {kind}; charset={self.charset}\r\n".encode()
            subject, name = word(self.subject, self.charset), word(self.sender, self.charset)
        else:
            content = f"Content-Type: {kind}\r\n".encode()
            subject, name = self.subject.encode(self.charset), self.sender.encode(self.charset)
        return (
            b"From: " + name + b" <ivan.petrov@example.ru>\r\nTo: help@desk.example\r\nSubject: " + subject + b"\r\n"
            b"Message-ID: <" + self.name.encode("ascii") + b"@example.ru>\r\nIn-Reply-To: <t4117@desk.example>\r\n"
            b"Date: Tue, 3 Nov 2026 11:42:00 +0300\r\nMIME-Version: 1.0\r\n"
            + content
            + f"Content-Transfer-Encoding: {self.encoding}\r\n\r\n".encode()
            + body
        )


def word(text: str, charset: str, size: int = 30) -> bytes:
    """Encoded words cut every ``size`` bytes, in the middle of characters too, as careless programs do."""
    if text.isascii():
        return text.encode()
    data = text.encode(charset)
    pieces = (data[start : start + size] for start in range(0, len(data), size))
    return b"\r\n ".join(b"=?" + charset.encode() + b"?B?" + base64.b64encode(piece) + b"?=" for piece in pieces)


_ANSWER = "Добрый день!\n\nПринтер по-прежнему не печатает, перезагрузка не помогла."

REPLIES = (
    Reply(
        "outlook-2016-ru",
        _ANSWER + "\n\nС уважением,\nИван Петров\nинженер ПТО\nтел. +7 (812) 555-01-23\n\n"
        "От: Служба поддержки [mailto:help@desk.example]\nОтправлено: вторник, 3 ноября 2026 г. 10:15\n"
        "Кому: Иван Петров <ivan.petrov@example.ru>\nТема: Не печатает принтер [#4117]\n\nЗдравствуйте!\n"
        "Перезагрузите принтер.",
        _ANSWER,
    ),
    Reply(
        "outlook-rule-ru",
        _ANSWER + "\n________________________________\nОт: help@desk.example <help@desk.example>\n"
        "Отправлено: 3 ноября 2026 г. 10:15:42\nКому: Петров И.И.\nКопия: Сидорова А.А.\nТема: Принтер\n\n"
        "Перезагрузите.",
        _ANSWER,
        charset="windows-1251",
        encoding="quoted-printable",
    ),
    Reply(
        "outlook-original-ru",
        _ANSWER + "\n\n-----Исходное сообщение-----\nОт: help@desk.example\nОтправлено: 3 ноября 2026 г. 10:15\n"
        "Кому: Петров\nТема: Принтер\nВажность: Высокая\n\nПерезагрузите принтер.",
        _ANSWER,
        charset="koi8-r",
        encoding="8bit",
    ),
    Reply(
        "outlook-express-ru",
        _ANSWER + "\n  ----- Original Message ----- \n  From: Служба поддержки \n  To: Иван Петров \n"
        "  Sent: Tuesday, November 03, 2026 10:15 AM\n  Subject: Принтер\n\n  Перезагрузите принтер.",
        _ANSWER,
        charset="koi8-r",
        encoding="base64",
    ),
    Reply(
        "outlook-html-ru",
        "<html><body lang=RU><div class=WordSection1><p class=MsoNormal>Добрый день!</p><p class=MsoNormal>"
        "Принтер не печатает.<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
        "<p class=MsoNormal><b>From:</b> help@desk.example <br><b>Sent:</b> Tuesday, November 3, 2026 10:15 AM<br>"
        "<b>To:</b> Петров Иван<br><b>Subject:</b> Принтер</p></div></div><p class=MsoNormal>"
        "Перезагрузите.</p></div></body></html>",
        "Добрый день!\n\nПринтер не печатает.",
        html=True,
    ),
    Reply(
        "owa-ru",
        "<div dir=ltr><p>Не работает.</p></div><hr style='display:inline-block;width:98%'>"
        "<div id=divRplyFwdMsg dir=ltr>"
        "<font face=Calibri><b>От:</b> help@desk.example<br><b>Отправлено:</b> 3 ноября 2026 г. 10:15:00<br>"
        "<b>Кому:</b> Петров<br>"
        "<b>Тема:</b> Принтер</font></div><div>Перезагрузите.</div>",
        "Не работает.",
        html=True,
    ),
    Reply(
        "mail-ru",
        _ANSWER + "\n\n--\nИван Петров\nОтправлено из Почты Mail.ru\n\n\n"
        "Вторник, 3 ноября 2026, 10:15 +03:00 от Служба поддержки <help@desk.example>:\n \n>Перезагрузите принтер.\n>",
        _ANSWER,
    ),
    Reply(
        "mail-ru-unmarked",
        _ANSWER + "\n \nВторник, 3 ноября 2026, 10:15 +03:00 от help@desk.example:\n\nПерезагрузите принтер.",
        _ANSWER,
        charset="windows-1251",
        encoding="8bit",
        declared=False,
    ),
    Reply(
        "mail-ru-android",
        "Всё равно не печатает\n\nОтправлено из мобильной Почты Mail.ru\n\n"
        "вторник, 3 ноября 2026 г., 10:15 +0300 от help@desk.example <help@desk.example>:\n>Перезагрузите принтер.",
        "Всё равно не печатает",
    ),
    Reply(
        "yandex",
        _ANSWER + "\n\n03.11.2026, 10:15, \"Служба поддержки\" <help@desk.example>:\n"
        "> Перезагрузите принтер.\n\n-- \nИван",
        _ANSWER,
    ),
    Reply(
        "yandex-html",
        "<div>Не помогло.</div><div>\xa0</div><div>"
        "03.11.2026, 10:15, \"Служба поддержки\" &lt;help@desk.example&gt;:</div>"
        "<blockquote><p>Перезагрузите принтер.</p></blockquote><div>\xa0</div><div>\xa0</div><div>--\xa0</div>"
        "<div>Иван</div>",
        "Не помогло.",
        html=True,
    ),
    Reply(
        "yandex-original",
        _ANSWER + "\n\n----------------\nКому: Иван Петров (ivan.petrov@example.ru);\nТема: Принтер;\n"
        "03.11.2026, 10:15, \"Служба\" <help@desk.example>:\n"
        "> Перезагрузите принтер.",
        _ANSWER,
    ),
    Reply(
        "gmail-ru",
        _ANSWER + "\n\nвт, 3 нояб. 2026 г. в 10:15, Служба поддержки <help@desk.example>:\n\n"
        "> Перезагрузите принтер.\n>",
        _ANSWER,
    ),
    Reply(
        "gmail-ru-old",
        _ANSWER + "\n\n3 ноября 2026 г., 10:15 пользователь Служба поддержки <\nhelp@desk.example> написал:\n"
        "\n> Перезагрузите принтер.",
        _ANSWER,
    ),
    Reply(
        "gmail-html-ru",
        "<div dir=ltr>Не помогло, нужен мастер.</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>"
        "вт, 3 нояб. 2026&nbsp;г. в 10:15, "
        "Служба &lt;<a href=mailto:help@desk.example>help@desk.example</a>&gt;:<br></div><blockquote class=gmail_quote>"
        "Перезагрузите принтер.</blockquote></div>",
        "Не помогло, нужен мастер.",
        html=True,
    ),
    Reply(
        "thunderbird-ru",
        "03.11.2026 10:15, Служба поддержки пишет:\n> Перезагрузите принтер.\n> Помогло?\n\nНет, не помогло.\n"
        "\n-- \nИван Петров",
        "Нет, не помогло.",
        encoding="8bit",
    ),
    Reply(
        "the-bat",
        "Здравствуйте, Служба.\n\nВы писали 3 ноября 2026 г., 10:15:42:\n\n> Перезагрузите принтер.\n\n"
        "Перезагрузил, без толку.\n\n"
        "-- \nС уважением,\n Иван                          mailto:ivan.petrov@example.ru",
        "Здравствуйте, Служба.\n\nПерезагрузил, без толку.",
        charset="windows-1251",
        encoding="8bit",
    ),
    Reply(
        "the-bat-initials",
        "Здравствуйте, Анна.\n\nAN> Перезагрузите принтер.\nAN> Помогло?\n\nНет.",
        "Здравствуйте, Анна.\n\nНет.",
        charset="koi8-r",
        encoding="8bit",
        declared=False,
    ),
    Reply(
        "apple-mail-ru",
        "Не помогло.\n\n> 3 нояб. 2026 г., в 10:15, Служба поддержки <help@desk.example> написал(а):\n> \n"
        "> Перезагрузите принтер.\n",
        "Не помогло.",
    ),
    Reply(
        "iphone-ru",
        "Не печатает\n\nОтправлено с iPhone\n\n> 3 нояб. 2026 г., в 10:15, help@desk.example написал(а):\n> \n"
        "> ﻿Перезагрузите принтер.",
        "Не печатает",
    ),
    Reply(
        "samsung-ru",
        "Когда придёт мастер?\n\n\nОтправлено с моего смартфона Samsung Galaxy.\n-------- Исходное сообщение --------"
        "От: help@desk.example Дата: 03.11.2026  10:15  (GMT+03:00) Кому: ivan Тема: Принтер \nПерезагрузите.",
        "Когда придёт мастер?",
    ),
    Reply(
        "android-sent-from-ru",
        "Да, помогло, спасибо\n\nОтправлено с устройства Huawei\n\n\n-------- Исходное сообщение --------\n"
        "От: help@desk.example\n"
        "Дата: вт, 3 нояб. 2026 г., 10:15\nКому: Иван\nТема: Принтер\nПерезагрузите.",
        "Да, помогло, спасибо",
    ),
    Reply(
        "outlook-ios-ru",
        "Согласен\n\nПолучить Outlook для iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "От: help@desk.example\n"
        "Отправлено: Tuesday, November 3, 2026 10:15:42 AM\nКому: Иван Петров\nТема: Re: Принтер\n\nГотово.",
        "Согласен",
    ),
    Reply(
        "inline-answers",
        "> Какая модель?\n\nHP 1020\n\n> Что на экране?\n\nОшибка 49\n\n> Перезагружали?\n\nДа, трижды.",
        "HP 1020\n\nОшибка 49\n\nДа, трижды.",
    ),
    Reply(
        "no-quotation",
        "Коллеги, причина такая:\nот: бухгалтерия прислала файл\nи он не открывается.",
        "Коллеги, причина такая:\nот: бухгалтерия прислала файл\nи он не открывается.",
        subject="Не открывается файл",
    ),
    Reply(
        "said-in-text",
        "Сергей вчера написал:\nу него всё открывается.\n\nА у меня нет.",
        "Сергей вчера написал:\nу него всё открывается.\n\nА у меня нет.",
    ),
    Reply(
        "reply-above-line",
        "Подтверждаю\n\n##- Пожалуйста, пишите ответ выше этой строки -##\n\nЗаявка 4117 решена. Согласны?",
        "Подтверждаю",
    ),
    Reply(
        "gmail-en",
        "It works now, thank you.\n\nOn Tue, Nov 3, 2026 at 10:15 AM Help Desk <help@desk.example> wrote:\n\n"
        "> Please restart.",
        "It works now, thank you.",
        subject="Re: Printer [#4117]",
        sender="John Smith",
    ),
    Reply(
        "outlook-en",
        "Still broken.\n\nBest regards,\nJohn Smith\n+44 20 7946 0018\n\nFrom: Help Desk <help@desk.example>\n"
        "Sent: 03 November 2026 10:15\n"
        "To: John Smith\nSubject: Printer\n\nPlease restart.",
        "Still broken.",
        subject="RE: Printer [#4117]",
        sender="John Smith",
    ),
)  # fmt: skip
