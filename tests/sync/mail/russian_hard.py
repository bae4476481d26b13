"""Harder Russian letters, in the manner of the programs that write them: answers below and between, several "
"quotations,
signatures without dashes, disclaimers, HTML alone, tables, answers to what was forwarded.
"""

from __future__ import annotations

from tests.sync.mail.russian_letters import Reply

_DISCLAIMER = (
    "Настоящее сообщение и любые приложения к нему содержат конфиденциальную информацию и предназначены "
    "исключительно для адресата. Если вы получили его по ошибке, удалите его и сообщите об этом отправителю."
)

HARD: tuple[Reply, ...] = (
    Reply(
        "thunderbird-below",
        "03.11.2026 10:15, Служба поддержки пишет:\n> Пришлите, пожалуйста, номер модели.\n> Анна\n\n"
        "Модель HP LaserJet 1020, серийный номер на обороте стёрт.",
        "Модель HP LaserJet 1020, серийный номер на обороте стёрт.",
    ),
    Reply(
        "bat-inline",
        "Здравствуйте, Анна.\n\nВы писали 3 ноября 2026 г., 10:15:24:\n\nАБ> Какая версия программы?\n\n8.3.24, "
        "обновляли в пятницу.\n\nАБ> На всех местах?\n\nНет, только на кассе.\n\n-- \nС уважением,\n Иван    "
        "mailto:ivan.petrov@example.ru",
        "Здравствуйте, Анна.\n\n8.3.24, обновляли в пятницу.\n\nНет, только на кассе.",
    ),
    Reply(
        "two-quotations",
        "Да, согласен.\n\nвт, 3 нояб. 2026 г. в 11:02, Служба поддержки <help@desk.example>:\n\n> Закрываем?\n>\n"
        "> пн, 2 нояб. 2026 г. в 18:40, Иван Петров <ivan.petrov@example.ru>:\n>\n>> Заработало.\n>>\n"
        ">> пн, 2 нояб. 2026 г. в 17:00, Служба поддержки <help@desk.example>:\n>>> Проверьте.",
        "Да, согласен.",
    ),
    Reply(
        "outlook-twice",
        "Не помогло.\n\nОт: Служба поддержки <help@desk.example>\nОтправлено: 3 ноября 2026 г. 11:02\n"
        "Кому: Иван Петров\nТема: RE: Не печатает принтер\n\nПопробуйте ещё раз.\n\nОт: Иван "
        "Петров\nОтправлено: 2 ноября 2026 г. 9:00\n"
        "Кому: Поддержка\nТема: Не печатает принтер\n\nПомогите.",
        "Не помогло.",
    ),
    Reply(
        "signature-without-dashes",
        "Когда ждать мастера?\n\nС уважением,\nПетров Иван Сергеевич\nведущий инженер отдела АСУ\nООО «Ромашка»\n"
        "тел. +7 (495) 123-45-67, доб. 12\nмоб. +7 916 000-00-00\nwww.romashka.example",
        "Когда ждать мастера?",
    ),
    Reply(
        "disclaimer",
        f"Акт подписали, высылаю.\n\nС уважением,\nИван Петров\n\n{_DISCLAIMER}",
        "Акт подписали, высылаю.",
    ),
    Reply(
        "disclaimer-under-rule",
        f"Принтер снова молчит.\n\nИван Петров\n\n________________________________\n{_DISCLAIMER}",
        "Принтер снова молчит.\n\nИван Петров",
    ),
    Reply(
        "outlook-html-only",
        '<html><head><style>p.MsoNormal{margin:0cm}</style></head><body lang="RU"><div class="WordSection1">'
        '<p class="MsoNormal">Добрый день!<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        '<p class="MsoNormal">Ошибка та же: <b>0x0000011b</b>.<o:p></o:p></p>'
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        "<b>From:</b> Служба поддержки &lt;help@desk.example&gt;<br><b>Sent:</b> Tuesday, November 3, 2026 "
        "10:15 AM<br>"
        "<b>To:</b> Иван Петров<br><b>Subject:</b> RE: Не печатает</p></div><p>Проверьте "
        "драйвер.</p></div></body></html>",
        "Добрый день!\n\nОшибка та же: 0x0000011b.",
        html=True,
    ),
    Reply(
        "mailru-html-only",
        '<html><body><div>Спасибо, разобрались.</div><div>&nbsp;</div><div data-signature-widget="container">'
        '<div data-signature-widget="content"><div>--<br>Иван Петров</div></div></div><div>&nbsp;</div>'
        '<blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Вторник, 3 ноября 2026, '
        "10:15 +03:00 от Служба поддержки &lt;help@desk.example&gt;:<br>&nbsp;<div>Напишите, заработало ли.</div>"
        "</blockquote>"
        "</body></html>",
        "Спасибо, разобрались.",
        html=True,
    ),
    Reply(
        "yandex-html-below-nothing",
        '<div>Кабель заменили, линк есть.</div><div><br /></div><div>03.11.2026, 10:15, "Служба поддержки" '
        "&lt;help@desk.example&gt;:</div><blockquote><p>Какой кабель стоит?</p></blockquote>",
        "Кабель заменили, линк есть.",
        html=True,
    ),
    Reply(
        "table",
        "Итоги по кассам:\n\nКасса   Версия   Печатает\n-----------------------------\n№1      8.3.24   да\n"
        "№2      8.3.20   нет\n\nИван\n\n-----Original Message-----\nFrom: help@desk.example\nSent: Tuesday\n"
        "To: Ivan\nSubject: кассы\n\nПришлите версии.",
        "Итоги по кассам:\n\nКасса   Версия   Печатает\n-----------------------------\n№1      8.3.24   да\n"
        "№2      8.3.20   нет\n\nИван",
    ),
    Reply(
        "forwarded-in-reply",
        "Вот что ответил провайдер, см. ниже.\n\n-------- Пересылаемое сообщение --------\n"
        "От кого: НОК <noc@isp.example>\nКому: Иван Петров <ivan.petrov@example.ru>\nДата: Вторник, 3 ноября "
        "2026, 9:00 +03:00\nТема: Авария\n\n"
        "Работы до 18:00.",
        "Вот что ответил провайдер, см. ниже.",
    ),
    Reply(
        "iphone-broken-line",
        "Да, можно приезжать\n\nОтправлено с iPhone\n\n> 3 нояб. 2026 г., в 10:15, Служба поддержки\n"
        "> <help@desk.example> написал(а):\n> \n> Будете на месте?",
        "Да, можно приезжать",
    ),
    Reply(
        "android-samsung",
        "Не включается вообще.\n\n\n\nОтправлено со смартфона Samsung Galaxy.\n\n-------- Исходное сообщение "
        "--------\n"
        "От: Служба поддержки <help@desk.example>\nДата: 03.11.2026 10:15 (GMT+03:00)\nКому: ivan.petrov@example.ru\n"
        "Тема: Re: Не печатает\n\nВключите в другую розетку.",
        "Не включается вообще.",
    ),
    Reply(
        "mobile-mailru",
        "Перезагрузил, всё то же\n\n--\nОтправлено из Mail для Android\n\nвторник, 3 ноября 2026 г., 10:15 +0300 от "
        "help@desk.example <help@desk.example>:\n>Перезагрузите роутер.",
        "Перезагрузил, всё то же",
    ),
    Reply(
        "apple-mail-inline",
        "> 3 нояб. 2026 г., в 10:15, Служба поддержки <help@desk.example> написал(а):\n> \n> Сколько мест не "
        "работает?\n\nЧетыре.\n\n> Есть ли доступ в серверную?\n\nДа, ключ на вахте.",
        "Четыре.\n\nДа, ключ на вахте.",
    ),
    Reply(
        "answers-in-colour",
        "Ответы ниже в тексте красным.\n\n1. Модель? - HP 1020\n2. Ошибка? - 49.4C02\n\nС ув., Иван",
        "Ответы ниже в тексте красным.\n\n1. Модель? - HP 1020\n2. Ошибка? - 49.4C02\n\nС ув., Иван",
    ),
    Reply(
        "lotus",
        "Проверили, печатает.\n\nС уважением, Иван Петров\n\n\n\nОт:     help@desk.example\n"
        "Кому:   ivan.petrov@example.ru\nДата:   03.11.2026 10:15\nТема:   Не печатает "
        "принтер\n\n\nПроверьте, пожалуйста.",
        "Проверили, печатает.",
    ),
    Reply(
        "roundcube-below",
        "Служба поддержки писал 2026-11-03 10:15:\n> Добрый день!\n> Нужен адрес.\n\n"
        "ул. Ленина, 5, офис 12. Вход со двора.",
        "ул. Ленина, 5, офис 12. Вход со двора.",
    ),
    Reply(
        "koi8-undeclared-inline",
        "> Что с доступом?\n\nДоступ есть, пароль прежний.\n\n> А права?\n\nПрав не хватает.",
        "Доступ есть, пароль прежний.\n\nПрав не хватает.",
        charset="koi8-r",
        encoding="8bit",
        declared=False,
    ),
    Reply(
        "windows-undeclared-disclaimer",
        f"Счёт не проводится, пишет «нет остатка».\n\nС уважением,\nИван Петров\nбухгалтер\n\n{_DISCLAIMER}",
        "Счёт не проводится, пишет «нет остатка».",
        charset="windows-1251",
        encoding="8bit",
        declared=False,
    ),
    Reply(
        "outlook-mobile",
        "Привезите новый картридж\n\nПолучить Outlook для Android<https://aka.ms/ghei36>\n"
        "________________________________\nОт: Служба поддержки <help@desk.example>\nОтправлено: Tuesday, "
        "November 3, "
        "2026 10:15:00 AM\nКому: Иван Петров <ivan.petrov@example.ru>\nТема: RE: Картридж\n\nЧто привезти?",
        "Привезите новый картридж",
    ),
    Reply(
        "ps-after-signature",
        "Сделали, спасибо.\n\n--\nИван Петров\nООО «Ромашка»\n\nP.S. Второй принтер тоже проверьте.\n\n"
        "03.11.2026 10:15, Служба поддержки пишет:\n> Готово?",
        "Сделали, спасибо.\n\nP.S. Второй принтер тоже проверьте.",
    ),
)
