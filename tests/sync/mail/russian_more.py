"""More programs, each as it writes its answers: phones, web mail of firms, other languages of the region, scanners for
viruses and gateways that put lines of their own above and below.
"""

from __future__ import annotations

from tests.sync.mail.russian_letters import Reply

_ENGLISH = {"subject": "Re: Printer [#4117]", "sender": "John Smith"}
_ANSWER = "Картридж заменили, полосы остались."

MORE: tuple[Reply, ...] = (
    Reply(
        "gmail-mobile-ru",
        f"{_ANSWER}\n\nвт, 3 нояб. 2026 г., 10:15 Служба поддержки <help@desk.example>:\n\n> Замените картридж.\n>",
        _ANSWER,
    ),
    Reply(
        "gmail-mobile-wrapped",
        f"{_ANSWER}\n\nвт, 3 нояб. 2026 г. в 10:15, Служба поддержки пользователей ООО «Ромашка»\n"
        "<help@desk.example>:\n\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "yandex-mobile",
        f"{_ANSWER}\n\n-- \nОтправлено из мобильного приложения Яндекс Почты\n\n10:15, 3 ноября 2026 г., "
        '"Служба поддержки" <help@desk.example>:\n\nЗамените картридж.',
        _ANSWER,
    ),
    Reply(
        "yandex-with-headers",
        f"{_ANSWER}\n\n----------------\nКому: Иван Петров (ivan.petrov@example.ru);\nКопия: Анна (anna@example.ru);\n"
        'Тема: Принтер;\n03.11.2026, 10:15, "Служба поддержки" <help@desk.example>:\n\nЗамените картридж.',
        _ANSWER,
    ),
    Reply(
        "yandex-forwarded-below",
        f"{_ANSWER}\n\n\n-------- Пересылаемое сообщение --------\n03.11.2026, 10:15, \"Служба поддержки\" "
        "<help@desk.example>:\n\nЗамените картридж.\n\n-------- Завершение пересылаемого сообщения --------",
        _ANSWER,
    ),
    Reply(
        "iphone-unmarked",
        f"{_ANSWER}\n\nОтправлено с iPhone\n\n3 нояб. 2026 г., в 10:15, Служба поддержки <help@desk.example> "
        "написал(а):\n\n\ufeffЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "iphone-html",
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
        f'{_ANSWER}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Отправлено с iPhone</div><div dir="ltr">'
        '<br><blockquote type="cite">3 нояб. 2026 г., в 10:15, Служба поддержки &lt;help@desk.example&gt; '
        'написал(а):<br><br></blockquote></div><blockquote type="cite">'
        '<div dir="ltr">\ufeffЗамените картридж.</div></blockquote></body>'
        "</html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "outlook-android-new",
        f"{_ANSWER}\n\nОтправлено из Outlook для Android<https://aka.ms/AAb9ysg>\n"
        "________________________________\nFrom: Служба поддержки <help@desk.example>\n"
        "Sent: Tuesday, November 3, 2026 10:15:42 AM\nTo: Иван Петров <ivan.petrov@example.ru>\n"
        "Subject: RE: Принтер [#4117]\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "outlook-mac-ru",
        f"{_ANSWER}\n\nОт: Служба поддержки <help@desk.example>\nДата: вторник, 3 ноября 2026 г. в 10:15\n"
        "Кому: Иван Петров <ivan.petrov@example.ru>\nТема: Re: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "em-client",
        f"{_ANSWER}\n\n------ Исходное сообщение ------\nОт \"Служба поддержки\" <help@desk.example>\n"
        "Кому \"Иван Петров\" <ivan.petrov@example.ru>\nДата 03.11.2026 10:15:42\nТема Re: Принтер\n\nЗамените.",
        _ANSWER,
    ),
    Reply(
        "spark",
        f"{_ANSWER}\n\nОтправлено из Spark\n3 нояб. 2026 г., 10:15 +0300, Служба поддержки <help@desk.example>, "
        "писал:\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "proton-ru",
        f"{_ANSWER}\n\nОтправлено с помощью безопасной электронной почты Proton Mail.\n\n"
        "вторник, 3 ноября 2026 г. в 10:15, Служба поддержки <help@desk.example> написал(а):\n\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "proton-en-hyphens",
        "Still striped.\n\n\nSent with [Proton Mail](https://proton.me/) secure email.\n\n"
        "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Tuesday, November 3rd, 2026 at 10:15 AM, Help Desk <help@desk.example> "
        "wrote:\n\n> Replace the cartridge.",
        "Still striped.",
        **_ENGLISH,
    ),
    Reply(
        "zimbra-ru",
        f"{_ANSWER}\n\n----- Исходное сообщение -----\nОт: \"Служба поддержки\" <help@desk.example>\n"
        "Кому: \"Иван Петров\" <ivan.petrov@example.ru>\nОтправленные: Вторник, 3 Ноябрь 2026 г 10:15:42\n"
        "Тема: Re: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "zimbra-ru-html",
        f'<html><body><div style="font-family: arial"><div>{_ANSWER}</div><div><br></div><hr id="zwchr">'
        '<div><b>От: </b>"Служба поддержки" &lt;help@desk.example&gt;<br><b>Кому: </b>"Иван Петров" '
        "&lt;ivan.petrov@example.ru&gt;<br><b>Отправленные: </b>Вторник, 3 Ноябрь 2026 г 10:15:42<br>"
        "<b>Тема: </b>Re: Принтер<br></div><div>Замените картридж.</div></div></body></html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "roundcube-top",
        f"{_ANSWER}\n\n---\nИван Петров\n\nСлужба поддержки писал(а) 2026-11-03 10:15:\n> Замените картридж.",
        f"{_ANSWER}\n\n---\nИван Петров",
    ),
    Reply(
        "communigate",
        f"{_ANSWER}\n\nOn Tue, 3 Nov 2026 10:15:42 +0300\n  Служба поддержки <help@desk.example> wrote:\n"
        "> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "r7-organizer",
        f"{_ANSWER}\n\nС уважением,\nПетров И. С.\n\n03.11.2026 10:15, Служба поддержки пишет:\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "my-office",
        f"{_ANSWER}\n\n\nОт кого: Служба поддержки <help@desk.example>\nДата: 3 ноября 2026 г., 10:15\n"
        "Кому: Петров Иван <ivan.petrov@example.ru>\nТема: Re: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "k9",
        f"{_ANSWER}\n\n-- \nПростите за краткость, создано в K-9 Mail.\n\n3 ноября 2026 г. 10:15:42 GMT+03:00, Служба "
        "поддержки <help@desk.example> пишет:\n>Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "aqua-mail",
        f"{_ANSWER}\n\n\nОтправлено с помощью Aqua Mail для Android\nhttps://www.mobisystems.com/aqua-mail\n\n\n"
        "Служба поддержки <help@desk.example> 3 ноября 2026 г. 10:15:42 написал:\n\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "blue-mail",
        f"{_ANSWER}\n\n⁣Отправлено из BlueMail для Android ​\n\n3 нояб. 2026 г., в 10:15, \"Служба поддержки\" "
        "<help@desk.example> написал:\n>Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "xiaomi",
        f"{_ANSWER}\n\nОтправлено с Xiaomi\nСлужба поддержки <help@desk.example>, 3 нояб. 2026 г. 10:15:\n\n"
        "Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "horde",
        f"{_ANSWER}\n\nЦитирую Служба поддержки <help@desk.example>:\n\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "rambler",
        f"{_ANSWER}\n\n--\nОтправлено из Рамблер/почты\n\nВторник, 3 ноября 2026, 10:15 +03:00 от Служба поддержки "
        "<help@desk.example>:\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "ukrainian-exchange",
        f"{_ANSWER}\n\nВід: Служба поддержки <help@desk.example>\nНадіслано: вівторок, 3 листопада 2026 р. 10:15\n"
        "Кому: Іван Петров <ivan.petrov@example.ru>\nТема: RE: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "ukrainian-gmail",
        f"{_ANSWER}\n\nвт, 3 лист. 2026 р. о 10:15 Служба поддержки <help@desk.example> пише:\n\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "kazakh-exchange",
        f"{_ANSWER}\n\nКімнен: Служба поддержки <help@desk.example>\nЖіберілді: сейсенбі, 3 қараша 2026 ж. 10:15\n"
        "Кімге: Иван Петров <ivan.petrov@example.ru>\nТақырып: RE: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "belarusian-exchange",
        f"{_ANSWER}\n\nАд: Служба поддержки <help@desk.example>\nАдпраўлена: аўторак, 3 лістапада 2026 г. 10:15\n"
        "Каму: Иван Петров <ivan.petrov@example.ru>\nТэма: RE: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "uzbek-exchange",
        f"{_ANSWER}\n\nKimdan: Служба поддержки <help@desk.example>\nYuborilgan: seshanba, 2026-yil 3-noyabr 10:15\n"
        "Kimga: Иван Петров <ivan.petrov@example.ru>\nMavzu: RE: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "avast",
        f"{_ANSWER}\n\n[https://s-install.avcdn.net/ipm/preview/icons/icon-envelope.png]"
        "<https://www.avast.com/sig-email>\tБез вирусов.www.avast.com<https://www.avast.com/sig-email>\n\n"
        "вт, 3 нояб. 2026 г. в 10:15, Служба поддержки <help@desk.example>:\n\n> Замените картридж.",
        _ANSWER,
    ),
    Reply(
        "avast-rule",
        f"{_ANSWER}\n\n---\nЭто сообщение проверено на вирусы антивирусом Avast.\nhttps://www.avast.com/antivirus",
        _ANSWER,
    ),
    Reply(
        "nod32",
        f"{_ANSWER}\n\n__________ Информация от ESET NOD32 Antivirus, версия базы данных сигнатур 12345 __________\n\n"
        "Это сообщение проверено ESET NOD32 Antivirus.\n\nhttp://www.esetnod32.ru",
        _ANSWER,
    ),
    Reply(
        "gateway-banner-ru",
        "ВНИМАНИЕ! Внешний отправитель. Не переходите по ссылкам и не открывайте вложения, если не уверены в "
        f"отправителе.\n\n{_ANSWER}\n\nОт: Служба поддержки <help@desk.example>\nОтправлено: 3 ноября 2026 г. 10:15\n"
        "Кому: Иван Петров\nТема: Принтер\n\nЗамените картридж.",
        _ANSWER,
    ),
    Reply(
        "gateway-banner-en",
        "[EXTERNAL EMAIL] CAUTION: This email originated from outside of the organization. Do not click links or open "
        "attachments unless you recognize the sender.\n\nStill striped.\n\nFrom: Help Desk <help@desk.example>\n"
        "Sent: Tuesday, November 3, 2026 10:15 AM\nTo: John Smith\nSubject: RE: Printer\n\nReplace the cartridge.",
        "Still striped.",
        **_ENGLISH,
    ),
    Reply(
        "yahoo-unmarked",
        "Still striped.\n\n    On Tuesday, November 3, 2026 at 10:15:42 AM GMT+3, Help Desk <help@desk.example> "
        "wrote:  \n\n Replace the cartridge.",
        "Still striped.",
        **_ENGLISH,
    ),
    Reply(
        "outlook-mac-en",
        "Still striped.\n\nThanks,\nJohn\n\nFrom: Help Desk <help@desk.example>\n"
        "Date: Tuesday, 3 November 2026 at 10:15\nTo: John Smith <ivan.petrov@example.ru>\nSubject: Re: Printer\n\n"
        "Replace the cartridge.",
        "Still striped.\n\nThanks,\nJohn",
        **_ENGLISH,
    ),
    Reply(
        "notes-wrote-on",
        "Still striped.\n\n\"Help Desk\" <help@desk.example> wrote on 03/11/2026 10:15:42:\n\n> Replace the cartridge.",
        "Still striped.",
        **_ENGLISH,
    ),
    Reply(
        "vk-workspace",
        f"{_ANSWER}\n\nИван Петров\n\nОтправлено из Почты VK WorkSpace\n\n \n"
        "вторник, 3 ноября 2026 г., 10:15 +03:00 от Служба поддержки <help@desk.example>:\n \nЗамените картридж.",
        f"{_ANSWER}\n\nИван Петров",
    ),
    Reply(
        "regards-in-two-languages",
        f"{_ANSWER}\n\nBest regards / С уважением,\nSergey Ivanov\nIT Department\n\nFrom: Help <help@desk.example>\n"
        "Sent: 3 ноября 2026 г. 10:15\nTo: Sergey Ivanov <s@vector.example>\nSubject: RE: Server\n\nCheck.",
        _ANSWER,
    ),
    Reply(
        "mailspring",
        f"{_ANSWER}\n\nSent from Mailspring (https://getmailspring.com/), the best free email app for work\n"
        "On нояб. 3 2026, at 10:15 am, Служба <help@desk.example> wrote:\n> Проверьте.",
        _ANSWER,
    ),
    Reply(
        "kmail",
        "В письме от вторник, 3 ноября 2026 г. 10:15:42 MSK пользователь Служба написал:\n> Проверьте.\n\n" + _ANSWER,
        _ANSWER,
    ),
    Reply(
        "evolution",
        f"{_ANSWER}\n\nВ Вт, 03/11/2026 в 10:15 +0300, Служба пишет:\n> Проверьте.",
        _ANSWER,
    ),
    Reply(
        "airmail",
        f"{_ANSWER}\n\n-- \nСергей\nAirmail\nOn 3 ноября 2026 г., 10:15:42, Служба (help@desk.example) wrote:\n\n"
        "Проверьте.",
        _ANSWER,
    ),
    Reply(
        "two-languages-of-separators",
        f"{_ANSWER}\n\n-----Original Appointment-----\nFrom: Служба поддержки\nSent: 3 ноября 2026 г. 10:15\nTo: Иван\n"
        "Subject: Выезд\nWhen: 5 ноября 2026 г. 11:00-12:00\nWhere: серверная",
        _ANSWER,
    ),
)  # fmt: skip
