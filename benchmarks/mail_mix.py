"""Letters as a support desk gets them, half in Russian: what a mail program, a phone, a monitor and a scanner send.

From one seed. Of a hundred: 45 of mail programs with HTML beside the text (Outlook, Gmail, mail.ru), 25 plain, 15 from
phones, 10 with a picture of a screen or a file, 5 from machines. Every third answers an earlier one and quotes it. All
carry what servers on the way write above a letter. Attachments are random bytes of 20 to 200 KB.
"""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime

from benchmarks import words
from benchmarks.big_desk import NOW

_OUTLOOK_STYLE = (
    "<!-- /* Font Definitions */ @font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;} "
    "/* Style Definitions */ p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; margin-bottom:.0001pt; "
    'font-size:11.0pt; font-family:"Calibri",sans-serif; mso-fareast-language:EN-US;} a:link, span.MsoHyperlink '
    "{mso-style-priority:99; color:#0563C1; text-decoration:underline;} span.EmailStyle17 {mso-style-type:"
    'personal-compose; font-family:"Calibri",sans-serif; color:windowtext;} @page WordSection1 {size:612.0pt 792.0pt; '
    "margin:2.0cm 42.5pt 2.0cm 3.0cm;} div.WordSection1 {page:WordSection1;} -->"
)
_PROGRAMS = (
    "Microsoft Outlook 16.0",
    "Mail.Ru Mailer 1.0",
    "The Bat! 10.5",
    "Mozilla Thunderbird",
    "iPhone Mail (21F90)",
)


def _paragraphs(lines: list[str], outlook: bool) -> str:
    opened, closed = (
        ('<p class="MsoNormal"><span lang="RU">', "</span><o:p></o:p></p>") if outlook else ("<div>", "</div>")
    )
    return "\n".join(f"{opened}{html.escape(line) or '&nbsp;'}{closed}" for line in lines)


def _as_html(lines: list[str], quoted: list[str], outlook: bool, russian: bool) -> str:
    body = _paragraphs(lines, outlook)
    if quoted and outlook:
        body += (
            '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>'
            f"{'От:' if russian else 'From:'}</b> help@desk.example<br><b>{'Отправлено:' if russian else 'Sent:'}</b> "
            f"02.11.2026 10:14<br></p></div>{_paragraphs(quoted, True)}"
        )
    elif quoted:
        body += f'<blockquote class="gmail_quote" type="cite">{_paragraphs(quoted, False)}</blockquote>'
    head = f"<style>{_OUTLOOK_STYLE}</style>" if outlook else ""
    return f'<html><head><meta charset="utf-8">{head}</head><body lang="RU"><div>{body}</div></body></html>'


def _transport(letter: EmailMessage, rng: random.Random, place: int, address: str) -> None:
    host = address.partition("@")[2]
    letter["Return-Path"] = f"<{address}>"
    for hop in range(rng.randint(2, 5)):
        letter["Received"] = (
            f"from mx{hop}.{host} (mx{hop}.{host} [192.0.2.{rng.randrange(255)}]) by relay{hop}.desk.example (Postfix) "
            f"with ESMTPS id {rng.randrange(16**10):010X} for <help@desk.example>; {format_datetime(NOW)}"
        )
    signature = "".join(rng.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", k=344))
    letter["DKIM-Signature"] = (
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={host}; s=mail; t=1793692920; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NM=; "
        f"h=From:To:Subject:Date; b={signature}"
    )
    letter["X-Mailer"] = rng.choice(_PROGRAMS)
    letter["X-Spam-Status"] = "No, score=-1.9 required=5.0 tests=BAYES_00,DKIM_SIGNED,DKIM_VALID,SPF_PASS"


def letters(count: int, seed: int = 7) -> Iterator[bytes]:
    """``count`` raw letters, one after the other."""
    rng = random.Random(seed)
    texts = words.Texts(rng, 800)
    earlier: list[list[str]] = []
    for place in range(count):
        russian = rng.random() < 0.5
        name = words.person(rng.randrange(10**6), russian)
        address = f"user{rng.randrange(max(40, count // 20))}@client{place % 25}.example"
        kind = rng.random()
        answers = place % 3 == 2
        letter = EmailMessage()
        _transport(letter, rng, place, address)
        letter["From"] = f'"{name}" <{address}>'
        letter["To"] = '"Служба поддержки" <help@desk.example>'
        letter["Subject"] = f"Re: {texts.subject(russian)}" if answers else texts.subject(russian)
        letter["Message-ID"] = f"<intake.{seed}.{place}@client.example>"
        letter["Date"] = format_datetime(NOW)
        lines = [line for part in range(rng.randint(1, 3)) for line in texts.letter(rng, russian, name)]
        quoted: list[str] = []
        if answers:
            letter["In-Reply-To"] = f"<intake.{seed}.{place - 2}@client.example>"
            letter["References"] = f"<intake.{seed}.{place - 2}@client.example>"
            quoted = earlier[0]
        earlier = [*earlier[-1:], lines]
        text = "\n".join([*lines, *([""] + [f"> {line}" for line in quoted] if quoted else [])])
        if kind < 0.05:
            letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text, cte=rng.choice(("8bit", "base64", "quoted-printable")))
        if kind >= 0.45:
            outlook = rng.random() < 0.5
            letter.add_alternative(_as_html(lines, quoted, outlook, russian), subtype="html", cte="quoted-printable")
        if kind >= 0.9:
            picture = rng.random() < 0.6
            letter.add_attachment(
                rng.randbytes(rng.randint(20_000, 200_000)),
                maintype="image" if picture else "application",
                subtype="png" if picture else "pdf",
                filename="снимок экрана.png" if picture else "акт.pdf",
            )
        yield letter.as_bytes()
