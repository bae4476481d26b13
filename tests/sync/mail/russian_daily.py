"""What else comes to a Russian desk in a day, whole letters with all that a person would read out of them: phones,
robots of other programs, chains, pictures without a word, answers to invitations, receipts. That a text calls itself
automatic makes it no machine's: people paste such texts and are owed their acknowledgement; the cap stops a robot's.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.sync.mail.build_letters import letter, multipart, part

_CALENDAR = """BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:visit-1042
SUMMARY:Обследование серверной
DTSTART:20261105T080000Z
DTEND:20261105T093000Z
ORGANIZER:mailto:help@desk.example
ATTENDEE;PARTSTAT={state};CN="Ольга Сидорова":mailto:olga@romashka.example
END:VEVENT
END:VCALENDAR
"""


@dataclass(frozen=True)
class Daily:
    """``reply``: what the writer wrote; ``forwarded``: who wrote the letter that was forwarded."""

    name: str
    raw: bytes
    reply: str
    kind: str = "new"
    automatic: bool = False
    files: tuple[str, ...] = ()
    ticket: int | None = None
    forwarded: str = ""
    urgency: int | None = None
    holds: tuple[str, ...] = ()
    """Words that must stand in the whole text."""


def _from(name: str, address: str, *more: str) -> tuple[str, ...]:
    return (f"From: {name} <{address}>", "To: help@desk.example", *more)


OLGA = _from("Ольга Сидорова", "olga@romashka.example")
_REPLY = (*OLGA, "Subject: Re: Касса не печатает [#1042]", "In-Reply-To: <p1042@desk.example>")


def _html(head: tuple[str, ...], body: str) -> bytes:
    return letter(*head, "Content-Type: text/html; charset=utf-8", body=f"<html><body>{body}</body></html>")


def _invitation(state: str, words: str, *head: str, text: str = "") -> bytes:
    return multipart(
        "alternative",
        part(text),
        part(_CALENDAR.format(state=state), "text/calendar; charset=utf-8; method=REPLY"),
        headers=(*OLGA, f"Subject: {words}: Обследование серверной", *head),
    )


DAILY: tuple[Daily, ...] = (
    Daily(
        "outlook-ios-reply",
        _html(
            _REPLY,
            '<div dir="ltr" style="font-family:Aptos">Стоим с утра, очередь до двери.</div><div id="ms-outlook-mobile-'
            'signature"><div><br></div>Получить <a href="https://aka.ms/o0ukef">Outlook для iOS</a></div>'
            '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>От:</b> '
            'Служба '
            "поддержки &lt;help@desk.example&gt;<br><b>Отправлено:</b> вторник, ноября 3, 2026 10:15<br><b>Кому:</b> "
            "Ольга "
            "Сидорова &lt;olga@romashka.example&gt;<br><b>Тема:</b> Касса не печатает [#1042]<div>&nbsp;</div></div>"
            "<div>Исправим до 12:00.</div>",
        ),
        "Стоим с утра, очередь до двери.",
        "reply",
        ticket=1042,
        holds=("Исправим до 12:00.",),
    ),
    Daily(
        "outlook-android-forward",
        _html(
            (*OLGA, "Subject: FW: Ошибка обмена"),
            "<div>Это к вам, коллеги. Срочно!</div><div><br></div><div id=\"ms-outlook-mobile-signature\">Получить "
            '<a href="https://aka.ms/AAb9ysg">Outlook для Android</a></div><hr><div id="divRplyFwdMsg"><b>From:</b> '
            'Пётр '
            "Кассиров &lt;petr@romashka.example&gt;<br><b>Sent:</b> Tuesday, November 3, 2026 9:40:12 "
            "AM<br><b>To:</b> Ольга "
            "Сидорова &lt;olga@romashka.example&gt;<br><b>Subject:</b> Ошибка обмена</div><div>Обмен с 1С "
            "падает.</div>",
        ),
        "Это к вам, коллеги. Срочно!",
        "forward",
        forwarded="petr@romashka.example",
        urgency=2,
        holds=("Обмен с 1С падает.",),
    ),
    Daily(
        "yandex-mobile-html",
        _html(
            _REPLY,
            "<div>Второй кабинет тоже.</div><div><br /></div><div><br /></div><div>-- </div><div>Отправлено из "
            "мобильного "
            "приложения Яндекс Почты</div><div><br /></div><div>03.11.2026, 10:15, Служба поддержки "
            "&lt;help@desk.example&gt;:<br /></div><blockquote><div>Где ещё не печатает?</div></blockquote>",
        ),
        "Второй кабинет тоже.",
        "reply",
        ticket=1042,
    ),
    Daily(
        "vk-mail-android",
        letter(
            *_REPLY,
            body="Да, чек пустой.\n\n--\nОтправлено из Почты Mail для Android\nвторник, 03 ноября 2026г., 10:15 "
                 "+03:00 от "
            "Служба поддержки  help@desk.example :\n\n> Чек пустой?\n",
        ),
        "Да, чек пустой.",
        "reply",
        ticket=1042,
    ),
    Daily(
        "vk-workspace",
        _html(
            _REPLY,
            "<div>Перезагрузили, без изменений.</div><div>&nbsp;</div><div data-signature-widget=\"container\"><div "
            'data-signature-widget="content"><div>--<br>Ольга Сидорова<br>ООО '
            '«Ромашка»</div></div></div><div>&nbsp;</div>'
            '<blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Вторник, 3 ноября '
            '2026, 10:15 '
            '+03:00 от Служба поддержки &lt;help@desk.example&gt;:<br>&nbsp;<div>Перезагрузите, '
            'пожалуйста.</div></blockquote>',
        ),
        "Перезагрузили, без изменений.",
        "reply",
        ticket=1042,
    ),
    Daily(
        "bitrix24-task",
        multipart(
            "alternative",
            part("Комментарий к задаче «Касса не печатает»\n\nОльга Сидорова: Чек пустой.\n\nОткрыть: "
                 "https://b24.example/1532/\n"),
            part("<p>Комментарий к задаче</p>", "text/html; charset=utf-8"),
            headers=(
                *_from("Битрикс24", "no-reply@romashka.bitrix24.example"),
                "Subject: Битрикс24: Касса не печатает [Комментарий]",
                "X-Bitrix-Posting: 1532",
                "Precedence: bulk",
            ),
        ),
        "Комментарий к задаче «Касса не печатает»\n\nОльга Сидорова: Чек пустой.\n\nОткрыть: https://b24.example/1532/",
        automatic=True,
    ),
    Daily(
        "1c-task",
        letter(
            *_from("1С:Документооборот", "1c@romashka.example", "X-Mailer: 1C:Enterprise 8.3", "Subject: Вам "
                                                                                               "назначена задача"),
            body="Вам назначена задача «Проверить обмен».\nСрок: 05.11.2026 18:00\nВажность: Высокая\n\n---\nЭто "
                 "письмо "
            "сформировано автоматически, отвечать на него не нужно.\n",
        ),
        "Вам назначена задача «Проверить обмен».\nСрок: 05.11.2026 18:00\nВажность: Высокая\n\n---\nЭто письмо "
        "сформировано автоматически, отвечать на него не нужно.",
    ),
    Daily(
        "other-desk-registers",
        letter(
            *_from("Служба поддержки ТехноСервис", "support@techno.example", "Subject: Заявка №88120 зарегистрирована"),
            "In-Reply-To: <ask@desk.example>",
            body="Здравствуйте!\n\nВаше обращение зарегистрировано под номером 88120.\nДанное сообщение отправлено "
            "автоматически, пожалуйста, не отвечайте на него.\n",
        ),
        "Здравствуйте!\n\nВаше обращение зарегистрировано под номером 88120.\nДанное сообщение отправлено "
        "автоматически, "
        "пожалуйста, не отвечайте на него.",
        "reply",
    ),
    Daily(
        "other-desk-asks",
        letter(
            *_from("Техподдержка", "help@vendor.example", "Subject: [#77] Уточнение по вашему запросу"),
            "Auto-Submitted: auto-generated",
            body="##- Пожалуйста, пишите ответ выше этой строки -##\n\nКакая версия кассы?\n",
        ),
        "##- Пожалуйста, пишите ответ выше этой строки -##\n\nКакая версия кассы?",
        automatic=True,
        ticket=77,
    ),
    Daily(
        "chain-of-four",
        letter(
            *_from("Директор", "boss@romashka.example", "Subject: Fwd: Fwd: FW: Касса"),
            body="Прошу разобраться.\n\n-------- Пересылаемое сообщение --------\n03.11.2026, 11:02, \"Бухгалтерия\" "
            "<buh@romashka.example>:\n\nПересылаю.\n\n-------- Начало пересылаемого сообщения --------\nОт: Ольга "
            "Сидорова "
            "<olga@romashka.example>\nДата: 3 ноября 2026 г. в 10:30\nКому: buh@romashka.example\nТема: FW: "
            "Касса\n\nСмотрите "
            "ниже\n\nОт: Пётр Кассиров <petr@romashka.example>\nОтправлено: 3 ноября 2026 г. 9:40\nКому: Ольга "
            "Сидорова\n"
            "Тема: Касса\n\nКасса не печатает чек 4411.\n",
        ),
        "Прошу разобраться.",
        "forward",
        forwarded="buh@romashka.example",
        holds=("Пересылаю.", "Смотрите ниже", "чек 4411"),
    ),
    Daily(
        "top-and-between",
        letter(
            *_REPLY,
            body="Коротко: не помогло, подробности ниже.\n\n03.11.2026 10:15, Служба поддержки пишет:\n> "
                 "Перезагружали?\nДа, "
            "дважды.\n\n> Когда началось?\nВчера в 18:00, после обновления.\n\n> --\n> Служба поддержки\n\n-- "
            "\nОльга\n",
        ),
        "Коротко: не помогло, подробности ниже.\n\nДа, дважды.\n\nВчера в 18:00, после обновления.",
        "reply",
        ticket=1042,
    ),
    Daily(
        "between-in-html",
        _html(
            _REPLY,
            "<blockquote type='cite'><div>Какая касса?</div></blockquote><div>Атол 30Ф, вторая от "
            "входа.</div><blockquote "
            "type='cite'><div>Кто кассир?</div></blockquote><div>Пётр.</div>",
        ),
        "Атол 30Ф, вторая от входа.\n\nПётр.",
        "reply",
        ticket=1042,
    ),
    Daily(
        "nothing-but-a-picture",
        multipart(
            "mixed",
            part(b"\xff\xd8\xff", "image/jpeg; name=IMG_2041.jpeg", "Content-Disposition: inline; "
                                                                    "filename=IMG_2041.jpeg"),
            part("\n\nОтправлено с iPhone"),
            headers=(*OLGA, "Subject:"),
        ),
        "",
        files=("IMG_2041.jpeg",),
        holds=("Отправлено с iPhone",),
    ),
    Daily(
        "nothing-but-a-picture-english-phone",
        multipart(
            "mixed",
            part("\n\nSent from my iPhone"),
            part(b"\xff\xd8\xff", "image/heic", "Content-Disposition: attachment; filename=IMG_7.HEIC"),
            headers=OLGA,
        ),
        "",
        files=("IMG_7.HEIC",),
    ),
    Daily(
        "pictures-between-words",
        multipart(
            "mixed",
            part("Вот экран:\n"),
            part(b"\x89PNG", "image/png; name=image0.png", "Content-Disposition: inline; filename=image0.png"),
            part("\nА вот чек:\n"),
            part(b"\x89PNG2", "image/png; name=image1.png", "Content-Disposition: inline; filename=image1.png"),
            part("\n\nОтправлено с iPhone"),
            headers=(*OLGA, "Subject: Касса"),
        ),
        "Вот экран:\n\nА вот чек:",
        files=("image0.png", "image1.png"),
    ),
    Daily(
        "nothing-but-a-scan",
        multipart(
            "mixed",
            part(b"%PDF-1.4", "application/pdf", "Content-Disposition: attachment; "
                                                 "filename*=utf-8''%D0%90%D0%BA%D1%82.pdf"),
            headers=(*_from("МФУ Бухгалтерия", "mfu@romashka.example"), "Subject:"),
        ),
        "",
        files=("Акт.pdf",),
    ),
    Daily(
        "iphone-asks",
        letter(
            *OLGA, "Subject: Касса",
            body="Здравствуйте! Касса не печатает, очередь. Когда будете?\n\nС уважением, Ольга\nОтправлено с iPhone",
        ),
        "Здравствуйте! Касса не печатает, очередь. Когда будете?",
    ),
    Daily(
        "samsung-reply",
        letter(
            *_REPLY,
            body="Приезжайте.\n\n\nОтправлено с моего устройства Samsung Galaxy\n\n\n-------- Исходное сообщение "
                 "--------\nОт: "
            "Служба поддержки <help@desk.example>\nДата: 03.11.2026 10:15 (GMT+03:00)\nКому: Ольга Сидорова "
            "<olga@romashka.example>\nТема: Касса\n\nПриехать в 12?\n",
        ),
        "Приезжайте.",
        "reply",
        ticket=1042,
    ),
    Daily(
        "xiaomi-reply",
        letter(
            *_REPLY,
            body="Работает, спасибо!\n\nОтправлено с моего устройства Xiaomi\nСлужба поддержки <help@desk.example> "
            "написал(а) 3 ноября 2026 г., 10:15:\n> Проверьте, пожалуйста.\n",
        ),
        "Работает, спасибо!",
        "reply",
        ticket=1042,
    ),
    Daily(
        "accepted",
        _invitation("ACCEPTED", "Принято"),
        "",
        "auto",
        automatic=True,
        files=("attachment-1.ics",),
    ),
    Daily(
        "accepted-with-words",
        _invitation("ACCEPTED", "Принято", text="Приеду сама, ключ от серверной у охраны."),
        "Приеду сама, ключ от серверной у охраны.",
        automatic=True,
        files=("attachment-1.ics",),
    ),
    Daily(
        "accepted-in-google",
        _invitation(
            "ACCEPTED", "Принято", "Sender: Google Календарь <calendar-notification@google.com>",
            text="Ольга Сидорова примет участие во встрече.\n\nПриглашение от Google Календаря: "
                 "https://calendar.google.com/\n",
        ),
        "Ольга Сидорова примет участие во встрече.\n\nПриглашение от Google Календаря: https://calendar.google.com/",
        "auto",
        automatic=True,
        files=("attachment-1.ics",),
    ),
    Daily(
        "declined",
        _invitation("DECLINED", "Отклонено"),
        "",
        automatic=True,
        files=("attachment-1.ics",),
    ),
    Daily(
        "read-receipt-outlook",
        multipart(
            "report",
            part("Ваше сообщение\n\n   Кому: Ольга Сидорова\n   Тема: Касса не печатает [#1042]\n   Отправлено: "
                 "03.11.2026 "
                 "10:15\n\nбыло прочитано 03.11.2026 10:40.\n"),
            part("Final-Recipient: RFC822; olga@romashka.example\nDisposition: "
                 "automatic-action/MDN-sent-automatically; "
                 "displayed\nOriginal-Message-ID: <p1042@desk.example>\n", "message/disposition-notification"),
            headers=(*OLGA, "Subject: Прочтено: Касса не печатает [#1042]"),
            parameters="; report-type=disposition-notification",
        ),
        "Ваше сообщение\n\n   Кому: Ольга Сидорова\n   Тема: Касса не печатает [#1042]\n   Отправлено: 03.11.2026 "
        "10:15\n\n"
        "было прочитано 03.11.2026 10:40.",
        "auto",
        automatic=True,
        ticket=1042,
        files=("attachment-1.txt",),
    ),
    Daily(
        "subject-alone",
        letter(*OLGA, "Subject: Не работает 1С, кабинет 205, срочно", body="\r\n"),
        "",
        urgency=2,
    ),
    Daily(
        "operator-of-documents",
        letter(
            *_from("Контур.Диадок", "noreply@diadoc.example", "Subject: Новый документ: счёт № 512"),
            "List-Unsubscribe: <https://diadoc.example/u>",
            body="ООО «Ромашка» прислало документ.\n\nС уважением,\nКоманда Диадока\n",
        ),
        "ООО «Ромашка» прислало документ.",
        automatic=True,
    ),
)  # fmt: skip
