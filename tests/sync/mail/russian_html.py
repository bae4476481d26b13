"""HTML as the same programs write it, where a letter has no plain text beside it."""

from __future__ import annotations

from tests.sync.mail.russian_letters import Reply

_ANSWER = "Картридж заменили, полосы остались."

HTML: tuple[Reply, ...] = (
    Reply(
        "html-gmail",
        f'<div dir="ltr">{_ANSWER}</div><br>'
        '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">вт, 3 нояб. 2026 г. в '
        '10:15, Служба поддержки &lt;<a href="mailto:help@desk.example">help@desk.example</a>&gt;:<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,20'
        '4);padding-left:1ex"><div>Замените картридж.</div></blockquote></div>',
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-outlook-new",
        '<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>'
        '</head><body dir="ltr"><div class="elementToProof" style="font-family: Aptos">Картридж заменили, полосы '
        'остались.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr">'
        '<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"><b>От:</b> Служба поддержки '
        "&lt;help@desk.example&gt;<br><b>Отправлено:</b> 3 ноября 2026 г. 10:15<br><b>Кому:</b> Иван Петров "
        "&lt;ivan@example.ru&gt;<br><b>Тема:</b> Re: Принтер</font><div>&nbsp;</div></div><div>Замените картридж."
        "</div></body></html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-outlook-mobile",
        f'<html><body><div dir="ltr">{_ANSWER}</div>'
        '<div id="ms-outlook-mobile-signature" dir="ltr"><div><br></div>Отправлено из '
        '<a href="https://aka.ms/o0ukef">Outlook для iOS</a></div>'
        '<div id="mail-editor-reference-message-container"><hr style="display: inline-block; width: 98%;">'
        '<div id="divRplyFwdMsg"><b>От:</b> Служба &lt;help@desk.example&gt;<br><b>Дата:</b> вторник, 3 ноября '
        "2026 г. в 10:15<br><b>Кому:</b> Иван<br><b>Тема:</b> Re: Принтер</div><div>Замените.</div></div></body>"
        "</html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-thunderbird",
        f'<html><body><p>{_ANSWER}</p><div class="moz-cite-prefix">03.11.2026 10:15, '
        'Служба поддержки пишет:<br></div><blockquote type="cite" cite="mid:1@x"><p>Замените картридж.</p>'
        '</blockquote><pre class="moz-signature" cols="72">-- \nИван Петров</pre></body></html>',
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-proton",
        f'<div style="font-family: Arial">{_ANSWER}</div>'
        '<div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Отправлено с '
        'помощью безопасной электронной почты <a target="_blank" href="https://proton.me/mail/home">Proton Mail'
        '</a>.</div></div><div class="protonmail_quote">вторник, 3 ноября 2026 г. в 10:15, Служба поддержки '
        '&lt;help@desk.example&gt; написал(а):<br><blockquote class="protonmail_quote" type="cite"><p>Замените.'
        "</p></blockquote></div>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-roundcube",
        f'<html><body><p>{_ANSWER}</p><p id="reply-intro">Служба поддержки писал(а) '
        "2026-11-03 10:15:</p>"
        '<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div>'
        "Замените.</div></blockquote></body></html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-samsung",
        f'<html><body><div>{_ANSWER}</div><div><br></div><div id="composer_signature">'
        '<div style="font-size:85%;color:#575757" dir="auto">Отправлено с устройства Samsung Galaxy</div></div>'
        '<div><br></div><div><br></div><div style="font-size:100%;color:#000000" dir="auto">'
        "<!-- originalMessage --><div>-------- Исходное сообщение --------</div><div>От: Служба "
        "&lt;help@desk.example&gt; </div><div>Дата: 03.11.2026  10:15  (GMT+03:00) </div><div>Кому: "
        "ivan@example.ru </div><div>Тема: Re: Принтер </div><div><br></div></div><p>Замените.</p></body></html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-notes",
        f'<font size=2 face="sans-serif">{_ANSWER}</font><br><br><br><br>'
        '<table width=100%><tr><td><font size=1 color=#5f5f5f face="sans-serif">От: &nbsp; &nbsp; &nbsp; &nbsp;'
        '</font><td><font size=1 face="sans-serif">"Служба" &lt;help@desk.example&gt;</font><tr><td>'
        "<font size=1 color=#5f5f5f>Кому: &nbsp; &nbsp;</font><td><font size=1>ivan@example.ru</font><tr><td>"
        "<font size=1 color=#5f5f5f>Дата: &nbsp; &nbsp;</font><td><font size=1>03.11.2026 10:15</font><tr><td>"
        "<font size=1 color=#5f5f5f>Тема: &nbsp; &nbsp;</font><td><font size=1>Re: Принтер</font></table>"
        "<hr noshade><br><font size=2>Замените.</font>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-apple",
        f'<html><body style="word-wrap: break-word;">{_ANSWER}'
        '<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>3 нояб. 2026 г., в 10:15, '
        'Служба поддержки &lt;help@desk.example&gt; написал(а):</div><br class="Apple-interchange-newline"><div>'
        "Замените.</div></blockquote></div><br></body></html>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-yandex-html-new",
        f"<div>{_ANSWER}</div><div> </div><div>-- </div><div>Отправлено из мобильного "
        "приложения Яндекс Почты</div><div> </div><div>10:15, 3 ноября 2026 г., Служба поддержки "
        "&lt;help@desk.example&gt;:</div><blockquote><p>Замените.</p></blockquote>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-mailru-new",
        f'<HTML><BODY><div class="js-helper js-readmsg-msg"><div>{_ANSWER}</div><div>'
        '&nbsp;</div><div>--<br>Иван Петров<br>Отправлено из <a href="https://trk.mail.ru/c/y1">Почты Mail</a>'
        "</div><div>&nbsp;</div><div>&nbsp;</div>"
        '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Вторник, 3 ноября '
        "2026, 10:15 +03:00 от Служба &lt;help@desk.example&gt;:<br>&nbsp;<div>Замените.</div></blockquote></div>"
        "</BODY></HTML>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-wordmail-table",
        f'<div class="WordSection1"><p class="MsoNormal">{_ANSWER}<o:p></o:p></p>'
        '<p class="MsoNormal"><span>С уважением,<o:p></o:p></span></p><table class="MsoNormalTable"><tr><td><p>'
        "Иван Петров</p><p>ООО «Ромашка»</p></td><td><p>+7 495 123-45-67</p></td></tr></table><div>"
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        "<b><span>От:</span></b><span> Служба &lt;help@desk.example&gt; <br><b>Отправлено:</b> 3 ноября 2026 г. "
        "10:15<br><b>Кому:</b> Иван<br><b>Тема:</b> RE: Принтер<o:p></o:p></span></p></div></div>"
        '<p class="MsoNormal">Замените.</p></div>',
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-vk-cloud",
        f"<div>{_ANSWER}</div><br><div>Вторник, 3 ноября 2026 г., 10:15 +03:00 от "
        "Служба поддержки help@desk.example:</div><br><blockquote>Замените.</blockquote>",
        _ANSWER,
        html=True,
    ),
    Reply(
        "html-yahoo",
        f'<html><body><div class="ydp1yahoo-style-wrap"><div>{_ANSWER}</div><div><br>'
        '</div></div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted"><div style="font-family:Arial"><div>'
        "вторник, 3 ноября 2026 г. в 10:15:42 GMT+3, Служба &lt;help@desk.example&gt; написал(-а): </div><div>"
        "<br></div><div><br></div><div><div>Замените.</div></div></div></div></body></html>",
        _ANSWER,
        html=True,
    ),
)
