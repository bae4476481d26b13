"""What the writer of a reply wrote: the letter's text without quotation and signature.

Works on lines, with the forms that Outlook, mail.ru, Yandex, Gmail, Thunderbird, The Bat!, Apple Mail and
phones leave in Russian and English letters, and the common ones of other languages. When in doubt text stays:
the reader can skip a signature, but nobody sees a sentence that was cut.
"""

from __future__ import annotations

import re
from enum import Enum

_LONG_LINE = 1000
_MAX_LINES = 20_000
_I = re.IGNORECASE


class _Mark(Enum):
    TEXT = 0
    QUOTE = 1
    SIGNATURE = 2


# "> text", "| text" and The Bat!'s initials: "ИП> text".
_QUOTED = re.compile(r"[ \t]{0,3}(?:>|[A-ZА-ЯЁ]{1,3}>)")
_PIPED = re.compile(r"\|(?:\s|$)")

_VERB = (
    r"wrote|writes|said|написал(?:\(а\)|а|и|\(-а\))?|пишет|писал(?:\(а\)|а|и)?|сообщил(?:\(а\)|а)?|"
    r"schrieb|a écrit|ha scritto|escribió|escreveu|napisał(?:\(a\)|a)?|kirjoitti|skrev|schreef|írta|yazdı|"
    r"пише|написав"
)
_ENDS_WITH_VERB = re.compile(rf"(?:^|[\s>*\"”»)])(?:{_VERB})(?:\s+следующее)?\s*:?\s*\*?\s*[-–—]{{0,6}}\s*$", _I)
_ENDS_WITH_COLON = re.compile(r"(?:[>\"»)\]]|[^\s@]@[^\s@:]{1,255})\s*:\s*$")
_WROTE_FIRST = re.compile(r"\s*(?:вы писали|you wrote|ваше сообщение от|в ответ на)\b.{0,120}:\s*$", _I)
# Roundcube: "Имя писал 2026-11-03 10:15:"; Notes: "Name wrote on 03/11/2026 10:15:".
_VERB_THEN_DATE = re.compile(rf"(?:^|\s)(?:{_VERB})\s+(?:on\s+)?[\d.:/,\s-]{{6,30}}(?:[ap]m)?:\s*$", _I)
_MAIL = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
# The end of "... <someone@example.com>:" that a program broke before the bracket.
_BROKEN_TAIL = re.compile(r"\s*>\s*:\s*$")
_MONTH = (
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|okt|"
    r"dez|mai|"
    r"janv|févr|avr|juin|juil|août|déc|gen|mag|giu|lug|ago|set|ott|dic"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}[:.]\d{{2}}\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|"
    rf"\b\d{{1,2}}\.?\s+(?:{_MONTH})|\b(?:{_MONTH})\w*\.?\s+\d{{1,2}}\b",
    _I,
)
_LEAD = re.compile(
    r"\s*[-–—*]{0,6}\s*(?:on|le|am|il|el|em|op|den|w dniu|dnia|in data|в|во|от|пн|вт|ср|чт|пт|сб|вс|"
    r"понедельник|вторник|среда|"
    r"четверг|пятница|суббота|воскресенье|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|"
    r"sunday|\d{1,4}[-./: ]\d{1,2})\b",
    _I,
)

_LABELS = {
    "from": r"from|от|от кого|отправитель|de|von|van|da|fra|från|od|lähettäjä|від|кімнен|жіберуші|ад|kimdan",
    "date": r"sent|date|отправлено|отправленные|дата|дата отправки|послано|message du|envoyé(?: le)?|gesendet|datum|"
    "verzonden|inviato|"
    r"data|dato|sendt|skickat|enviado(?: el)?|fecha|wysłano|надіслано|жіберілді|жіберілген|адпраўлена|"
    "yuborilgan",
    "to": r"to|кому|à|a|an|aan|til|till|para|do|получатель|кімге|алушы|каму|kimga",
    "cc": r"cc|копия|копии|copie à|kopie|kopia|bcc|скрытая копия",
    "subject": r"subject|тема|objet|sujet|betreff|onderwerp|oggetto|emne|ämne|temat|assunto|asunto|важность|"
    "importance|тақырып|тақырыбы|тэма|mavzu",
}
_LABEL = re.compile(
    r"\s{0,8}[>*]{0,3}\s?(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items())
    + r")\s{0,2}\*?\s{0,2}:",
    _I,
)
_ORIGINAL = (
    r"original message|original appointment|исходное сообщение|исходное письмо|оригинальное сообщение|"
    r"(?:пересылаемое|пересланное|перенаправленное|переадресованное) (?:сообщение|письмо)|forwarded message|"
    r"forwarded by .{1,80}|reply message|ursprüngliche nachricht|message d'origine|oprindelig besked|"
    r"mensaje original|"
    r"messaggio originale|oryginalna wiadomość|originalmeddelande|oorspronkelijk bericht|mensagem original"
)
_SEPARATOR = re.compile(rf"\s*[>*]?\s*[-_=*‐–—]{{2,}}\s*(?:{_ORIGINAL})\s*[-_=*‐–—]*\s*:?\s*$", _I)
_FORWARD_START = re.compile(
    r"\s*(?:begin forwarded message|начало (?:пере(?:адресованного|сылаемого|сланного)) сообщения|"
    r"(?:исходное|пересылаемое) сообщение)\s*:\s*$",
    _I,
)
_ABOVE_THIS_LINE = re.compile(
    r".{0,20}(?:(?:type|write|enter)? ?your reply above this line|reply above this line|"
    r"(?:пишите|отвечайте|введите|напишите).{0,30}выше этой (?:строки|линии)).{0,20}$",
    _I,
)

_DASHES = re.compile(r"--[ \t\u00a0]?$")
_DEVICE = re.compile(
    r"\s*[-–—*]{0,3}\s*(?:"
    r"sent (?:from|via|with|using) (?:my |the |a )?[^,;:?!<>]{2,60}"
    r"|sent (?:from|via|with) [^,;:?!<>()]{2,40}\(https?://[^\s()]{1,200}\)[^?!<>]{0,60}"
    r"|get outlook for (?:ios|android|mac)"
    r"|отправлено (?:с|со|из|от|через|при помощи|с помощью) [^;:?!<>]{2,80}"
    r"|(?:скачать|получить|загрузить|скачайте|получите) outlook (?:для|for) [^,;:?!<>]{2,20}"
    r"|послано (?:с|из) (?:моего|мобильн)[^,;:?!<>]{2,60}"
    r"|написано (?:с|на) (?:моего|мобильн|iphone|ipad|телефон)[^,;:?!<>]{0,60}"
    r"|gesendet (?:von|mit) [^,;:?!<>]{2,60}"
    r"|envoyé (?:à partir de|de|depuis) (?:mon )?[^,;:?!<>]{2,60}"
    r"|inviato da [^,;:?!<>]{2,60}|enviado (?:desde|de|do) (?:mi |meu )?[^,;:?!<>]{2,60}"
    r")\.?\s*(?:<[^<>\s]{1,300}>|\(https?://[^\s()]{1,300}\))?\s*[.*]?$",
    _I,
)
_FORMULA = (
    r"(?:(?:с|со)\s+(?:наилучшими\s+|искренним\s+|глубоким\s+|большим\s+|неизменным\s+)?(?:уважением|пожеланиями)"
    r"|с/у|(?:with |my )?(?:best|kind|warm|kindest|warmest)? ?regards|best wishes|mit freundlichen grüßen|"
    r"cordialement|yours (?:faithfully|truly))"
)
_REGARDS = re.compile(
    rf"\s*[-–—*]{{0,3}}\s*{_FORMULA}(?:\s*[/|]\s*{_FORMULA})?(?:\s+и\s+наилучшими пожеланиями)?\s*\*?\s*"
    r"(?:[,.!–—-]\s*(?:[^?]{0,60})|[А-ЯЁA-Z][^?!]{0,50})?$",
    _I,
)
#: What a firm's gateway puts under every letter.
_NOTICE = re.compile(
    r"[*_]{0,3}(?:(?:настоящее|данное|это|указанное)\s+(?:электронное\s+|почтовое\s+)?(?:сообщение|письмо|послание)"
    r"[^.]{0,120}конфиденциальн|внимание[!:.]?\s+.{0,80}конфиденциальн|информация,\s+содержащаяся\s+в\s+(?:этом|данном|"
    r"настоящем)|уведомление о конфиденциальности|confidentiality (?:notice|note)|"
    r"(?:this|the information (?:contained )?in this)\s+(?:e-?mail|message|communication)[^.]{0,160}"
    r"(?:confidential|intended (?:only|solely|for))|(?:пожалуйста,\s+)?(?:подумайте|берегите)[^.]{0,40}(?:природ|лес|"
    r"окружающ)|please consider the environment)",
    _I,
)
#: What scanners for viruses put there.
_SCANNED = re.compile(
    r"(?:\[https?://[^\]\s]{1,300}\])?(?:<https?://[^>\s]{1,300}>)?[\s_-]*(?:(?:это|данное)\s+(?:сообщение|письмо)\s+"
    r"(?:было\s+)?проверено\s+(?:на\s+(?:вирусы|наличие вирусов)|антивирус|eset|dr\.?\s?web|касперск|kaspersky|avast)|"
    r"(?:без вирусов|virus-free)\W{0,3}\s*(?:www\.|<|$)|(?:информация от|information from) eset|"
    r"this (?:e-?mail|message) has been (?:checked|scanned) (?:for|by))",
    _I,
)
#: One of them stands in every notice and footer: letters without are not looked through for either.
_OF_NOTICES = (
    "конфиденциальн", "содержащаяся", "confidential", "intended", "подумайте", "берегите", "environment", "проверено",
    "без вирусов", "virus-free", " eset", "has been ",
)  # fmt: skip
#: What the gateway of the reader's own firm puts above letters from outside, with what not to do about them.
_FROM_OUTSIDE = re.compile(
    r"\W{0,6}(?:external\b|(?:caution|warning|attention)\b.{0,80}\boutside\b|(?:this|the) (?:e-?mail|message)\b.{0,60}"
    r"\b(?:outside|external)\b|(?:внимание|осторожно|предупреждение)\b.{0,120}\b(?:внешн\w+|за пределами)\b|"
    r"внешн(?:ее|ий) (?:письмо|сообщение|отправитель)\b|(?:это |данное )?(?:письмо|сообщение)\b.{0,60}\b(?:внешн\w+|"
    r"за пределами)\b)",
    _I | re.DOTALL,
)
_DANGERS = re.compile(
    r"\bне (?:открывайте|переходите|нажимайте|кликайте|отвечайте)|будьте (?:осторожны|внимательны|бдительны)|"
    r"(?:do not|don't|avoid|before) (?:click|open|reply|respond)|be (?:careful|cautious)|(?:use|exercise) caution",
    _I,
)
_MARKED_LINK = re.compile(r"\[([^\[\]]{1,60})\]\(https?://[^\s()]{1,300}\)")
_UNSEEN = "\u200b\u2063\ufeff \t"
_LETTER = re.compile(r"[^\W\d_]")
_POSTSCRIPT = re.compile(r"\s{0,8}(?:p\.\s?s\.|ps[:.]|п\.\s?с\.|з\.\s?ы\.|постскриптум)", _I)
_LIST_FOOTER = re.compile(r"_{2,}\s*$")
_MAX_SIGNATURE = 15


def reply_text(text: str) -> str:
    """The new text of a letter. The whole text comes back when nothing else would remain."""
    lines = text.split("\n")
    if len(lines) > _MAX_LINES:
        return text.strip()
    marks = [_Mark.TEXT] * len(lines)
    end = _mark_quotation(lines, marks)
    _mark_wrapped(lines, marks, end)
    _mark_banner(lines, marks, end)
    lower = text.lower()
    if any(word in lower for word in _OF_NOTICES):
        _mark_notices(lines, marks, end)
    _mark_signatures(lines, marks, end)
    kept = _kept(lines, marks, end)
    return kept or text.strip()


def _kept(lines: list[str], marks: list[_Mark], end: int) -> str:
    if end < len(lines):
        # The rule or blank space above a quoted letter belongs to it.
        while end and (marks[end - 1] is not _Mark.TEXT or not lines[end - 1].strip("-_=*–— \t")):
            end -= 1
    out: list[str] = []
    for line, mark in zip(lines[:end], marks[:end], strict=True):
        if mark is _Mark.TEXT:
            out.append(line.rstrip())
        elif out and out[-1]:
            out.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n").rstrip()


def _mark_quotation(lines: list[str], marks: list[_Mark]) -> int:
    """Mark quoted lines with what introduces them; the number of lines before the point where all the rest is
    quoted."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if len(line) > _LONG_LINE or not line.strip():
            if _QUOTED.match(line):  # a paragraph on one line
                marks[index] = _Mark.QUOTE
            index += 1
            continue
        if _is_quoted(line) and not _BROKEN_TAIL.match(line):
            marks[index] = _Mark.QUOTE
        elif _opens_quotation(line.strip()):
            return index
        elif header_block(lines, index):
            return index
        else:
            start = _attribution(lines, index)
            if start is not None:
                above = _headers_above(lines, start)
                following = _next_text(lines, index + 1)
                if following is None or _is_quoted(lines[following]):
                    for place in range(above, index + 1):
                        marks[place] = _Mark.QUOTE
                elif _strong(lines, start, index):
                    return above
        index += 1
    return len(lines)


def opens_forwarded(line: str) -> bool:
    """Whether a line says that a forwarded letter begins below it."""
    return len(line) <= _LONG_LINE and bool(_SEPARATOR.match(line) or _FORWARD_START.match(line))


def signs_alone(text: str) -> bool:
    """Whether a text is nothing but what a phone writes under every letter."""
    lines = [line.strip(_UNSEEN) for line in text[:2_000].split("\n")]
    return len(text) <= 2_000 and all(not line or _DASHES.match(line) or _DEVICE.match(line) for line in lines)


def _opens_quotation(line: str) -> bool:
    return bool(_SEPARATOR.match(line) or _FORWARD_START.match(line) or _ABOVE_THIS_LINE.match(line))


def _is_quoted(line: str) -> bool:
    return bool(_QUOTED.match(line) or (_PIPED.match(line) and line.count("|") == 1))


def _next_text(lines: list[str], index: int) -> int | None:
    while index < len(lines):
        if lines[index].strip():
            return index
        index += 1
    return None


def header_block(lines: list[str], index: int) -> bool:
    """Whether the header of a quoted letter begins here: From:/Sent:/To:/Subject: in any order and language. A sender
    without a letter in it ("From: 10.0.0.1") is that of a log."""
    first = _LABEL.match(lines[index]) if ":" in lines[index] else None
    if first is None:
        return False
    seen: dict[str | None, str] = {}
    blanks = 0
    for line in lines[index : index + 10]:
        if not line.strip():
            blanks += 1
            if blanks > 1:
                break
            continue
        if len(line) > _LONG_LINE:
            continue
        found = _LABEL.match(line)
        if found is not None:
            seen.setdefault(found.lastgroup, line[found.end() :])
    sender = seen.get("from")
    return sender is not None and len(seen) >= 3 and (not sender.strip() or _LETTER.search(sender) is not None)


def label_of(line: str) -> str:
    """What a line of such a header names: from, date, to, cc, subject; empty for other lines."""
    found = _LABEL.match(line) if len(line) <= _LONG_LINE else None
    return (found.lastgroup or "") if found else ""


def _attribution(lines: list[str], last: int) -> int | None:
    """The first line of an introduction like "On ... wrote:" that ends at ``last``, or None."""
    line = lines[last].strip()
    if _WROTE_FIRST.match(line) and _DATE.search(line):
        return last
    if _VERB_THEN_DATE.search(line) and len(line) < 300 and not _is_quoted(line):
        return last
    if not (_ENDS_WITH_VERB.search(line) or _ENDS_WITH_COLON.search(line)):
        return None
    best: int | None = None
    for start in range(last, max(-1, last - 5), -1):
        if not lines[start].strip() or len(lines[start]) > 300:
            break
        if _is_quoted(lines[start]) and not (start == last and _BROKEN_TAIL.match(line)):
            break
        block = " ".join(" ".join(lines[start : last + 1]).split())
        if len(block) > 500:
            break
        dated, mailed = _DATE.search(block), _MAIL.search(block)
        verb = _ENDS_WITH_VERB.search(block)
        if (dated and (verb or mailed)) or (verb and mailed):
            if _LEAD.match(lines[start]):
                return start
            if best is None and dated:
                best = start
    if best is not None:
        return best
    # "Иван Петров написал(а):" with neither date nor address counts only above quoted lines.
    following = _next_text(lines, last + 1)
    if following is not None and _is_quoted(lines[following]) and len(line) < 200:
        return last
    return None


def _headers_above(lines: list[str], start: int) -> int:
    """Where a quotation begins whose introduction has "Кому: ...; Тема: ..." above it, as Yandex writes it."""
    first = start
    while first and start - first < 8 and label_of(lines[first - 1]):
        first -= 1
    if first < start and first and not lines[first - 1].strip("-_ "):
        first -= 1
    return first


def _strong(lines: list[str], start: int, last: int) -> bool:
    """Clear enough to take everything below as quoted although no line carries a mark."""
    block = " ".join(" ".join(lines[start : last + 1]).split())
    if not _DATE.search(block):
        return False
    return bool(_LEAD.match(block) or _WROTE_FIRST.match(block) or _MAIL.search(block))


def _mark_wrapped(lines: list[str], marks: list[_Mark], end: int) -> None:
    """The tail of a quoted line that a gateway broke: long quoted line, a lower-case rest, quoted line."""
    for index in range(1, end - 1):
        if (
            marks[index] is _Mark.TEXT
            and marks[index - 1] is _Mark.QUOTE
            and len(lines[index - 1]) >= 66
            and lines[index][:1].islower()
            and marks[index + 1] is _Mark.QUOTE
        ):
            marks[index] = _Mark.QUOTE


def _mark_banner(lines: list[str], marks: list[_Mark], end: int) -> None:
    """A gateway's warning at the very top, if anything follows it."""
    first = _next_text(lines, 0)
    if first is None:
        return
    last = first
    while last < end and last - first < 8 and marks[last] is _Mark.TEXT and lines[last].strip():
        last += 1
    banner = " ".join(lines[first:last])
    if (
        len(banner) <= 700
        and _FROM_OUTSIDE.match(banner)
        and _DANGERS.search(banner)
        and any(marks[place] is _Mark.TEXT and lines[place].strip(" _-*=") for place in range(last, end))
    ):
        _sign(marks, first, last)


def _mark_signatures(lines: list[str], marks: list[_Mark], end: int) -> None:
    run_ends = _run_ends(lines, marks, end)
    index = 0
    written = False
    while index < end:
        line = lines[index].strip(_UNSEEN)
        if marks[index] is not _Mark.TEXT or not line or len(line) > 300:
            written = written or (marks[index] is _Mark.TEXT and bool(line))
            index += 1
            continue
        until = run_ends[index]
        if _DASHES.match(lines[index]) or (_LIST_FOOTER.match(line) and _names_list(lines[index + 1 : index + 5])):
            index = _sign(marks, index, until)
        elif _DEVICE.match(_MARKED_LINK.sub(r"\1", line) if "](" in line else line):
            if written or not any(lines[place].strip() for place in range(index + 1, until)):
                index = _sign(marks, index, until)
            else:
                marks[index] = _Mark.SIGNATURE
                written = True
                index += 1
        elif written and _REGARDS.match(line) and _like_signature(lines, index + 1, until):
            index = _sign(marks, index, until)
        else:
            written = True
            index += 1


def _mark_notices(lines: list[str], marks: list[_Mark], end: int) -> None:
    """Notices of confidentiality, to the end of the unquoted lines and with the rule above; never all of the letter."""
    for index in range(end):
        line = lines[index].strip()[:400]
        if marks[index] is not _Mark.TEXT or not (_NOTICE.match(line) or _SCANNED.match(line)):
            continue
        if not any(marks[place] is _Mark.TEXT and lines[place].strip(" _-*=") for place in range(index)):
            return
        start = index
        while start and not lines[start - 1].strip(" _-*=\t") and marks[start - 1] is _Mark.TEXT:
            start -= 1
        until = next((place for place in range(index, end) if marks[place] is _Mark.QUOTE), end)
        _sign(marks, start, until)
        return


def _run_ends(lines: list[str], marks: list[_Mark], end: int) -> list[int]:
    """For each line the place where its run of unquoted lines ends; a postscript is written by the writer again."""
    ends = [end] * end
    for index in range(end - 1, -1, -1):
        if marks[index] is not _Mark.TEXT or (
            index and _POSTSCRIPT.match(lines[index]) and not lines[index - 1].strip()
        ):
            ends[index] = index
        elif index + 1 < end:
            ends[index] = ends[index + 1]
    return ends


def _sign(marks: list[_Mark], start: int, until: int) -> int:
    for place in range(start, until):
        marks[place] = _Mark.SIGNATURE
    return until


def _names_list(lines: list[str]) -> bool:
    return any("mailing list" in line.lower() or "рассылк" in line.lower() for line in lines)


def _like_signature(lines: list[str], start: int, until: int) -> bool:
    """Names, posts and telephones: few short lines, no question."""
    filled = 0
    for place in range(start, min(until, start + 4 * _MAX_SIGNATURE)):
        line = lines[place].strip()
        if not line:
            continue
        filled += 1
        if filled > _MAX_SIGNATURE or len(line) > 110 or line.endswith("?"):
            return False
    return until - start <= 4 * _MAX_SIGNATURE
