"""What a letter holds that its text does not show, in words: attached letters, winmail.dat, invitations, seals.

The words stand below the letter's own text, in the language of the desk; files found inside join the attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskapp.core.text import clean_text
from deskapp.desk import seals
from deskapp.sync.mail import msg, rtf, tnef
from deskapp.sync.mail.files import attachment_name
from deskapp.sync.mail.letter import Attachment, Letter

#: Letters inside letters inside letters: deeper ones stay files.
_DEPTH = 3
_MAX_FILES = 300
_MAX_TEXT = 200_000
#: Compressed rich text in one letter: it takes more time than its size in any other form.
_MAX_RICH = 2 * 1024 * 1024
_CIPHERED = "pkcs7-mime"

_WORDS = {
    "ru": {
        "smime": "[Письмо зашифровано (S/MIME). Прочитать его может только почтовая программа получателя с его ключом; "
        "исходное письмо сохранено целиком.]",
        "pgp": "[Письмо зашифровано (PGP). Прочитать его может только владелец ключа; исходное письмо сохранено "
        "целиком.]",
        "inside_signature": "[Текст лежит внутри подписи S/MIME. Откройте исходное письмо в почтовой программе.]",
        "more_files": "[Вложений больше, чем показано: остальные %1 лежат в исходном письме.]",
        "winmail": "[Вложения были упакованы Outlook в winmail.dat и распакованы здесь.]",
        "winmail_broken": "[Файл winmail.dat не удалось прочитать. Попросите прислать письмо обычным текстом.]",
        "rich_broken": "[Текст записан в собственном формате Outlook (RTF), и прочитать его не удалось; исходное "
        "письмо сохранено целиком.]",
        "letter": "Вложенное письмо",
        "letter_broken": "[Вложенное письмо «%1» не удалось прочитать; файл сохранён.]",
        "from": "От", "to": "Кому", "sent": "Дата", "subject": "Тема",
        "invitation": "Приглашение", "changed": "Приглашение изменено",
        "cancelled": "Встреча отменена", "answer": "Ответ на приглашение",
        "when": "Когда", "where": "Где", "organizer": "Кто зовёт", "all_day": "весь день",
        "accepted": "принято", "declined": "отклонено", "tentative": "под вопросом",
        "truncated": "[Письмо слишком велико: прочитано только начало, целиком оно лежит в ящике.]",
    },
    "en": {
        "smime": "[The letter is encrypted (S/MIME). Only the recipient's mail program with its key can read it; the "
        "original is kept whole.]",
        "pgp": "[The letter is encrypted (PGP). Only the owner of the key can read it; the original is kept whole.]",
        "inside_signature": "[The text is inside an S/MIME signature. Open the original letter in a mail program.]",
        "more_files": "[There are more attachments than are shown: the other %1 are in the original letter.]",
        "winmail": "[Outlook had packed the attachments into winmail.dat; they were taken out here.]",
        "winmail_broken": "[The file winmail.dat could not be read. Ask for the letter as plain text.]",
        "rich_broken": "[The text is in Outlook's own format (RTF) and could not be read; the original is kept whole.]",
        "letter": "Attached letter",
        "letter_broken": "[The attached letter “%1” could not be read; the file is kept.]",
        "from": "From", "to": "To", "sent": "Date", "subject": "Subject",
        "invitation": "Invitation", "changed": "Invitation changed",
        "cancelled": "Meeting cancelled", "answer": "Answer to an invitation",
        "when": "When", "where": "Where", "organizer": "Organiser", "all_day": "all day",
        "accepted": "accepted", "declined": "declined", "tentative": "tentative",
        "truncated": "[The letter is too large: only its beginning was read, all of it is in the mailbox.]",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Inside:
    """``text`` goes below the letter's own, and ``note`` below that; ``files`` are all of its attachments, the unpacked
    ones included, without the letter's signature."""

    text: str
    files: tuple[Attachment, ...]
    note: str = ""


@dataclass
class _Found:
    """What is being gathered from one letter."""

    words: dict[str, str]
    zone: str
    own: str
    """The letters and digits of the text that the letter shows itself."""
    said: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    rich: int = _MAX_RICH
    """Bytes of compressed rich text that may still be read."""


def look(letter: Letter, language: str, zone: str = "UTC") -> Inside:
    """``language``: ru or en; ``zone``: in which times of invitations are told. Never raises for what is broken."""
    words = _WORDS["ru" if language == "ru" else "en"]
    found = _Found(words, zone, _bare(letter.text), list(_seals(letter, words)))
    for file in letter.attachments:
        if not file.seal:
            _open(file, found, 0)
    if len(found.files) > _MAX_FILES:
        found.said.append(words["more_files"].replace("%1", str(len(found.files) - _MAX_FILES)))
    text = clean_text("\n\n".join(dict.fromkeys(found.said)))[:_MAX_TEXT]
    note = seals.NOTES["ru" if language == "ru" else "en"].get(letter.signature, "")
    return Inside(text, tuple(found.files[:_MAX_FILES]), note)


def _seals(letter: Letter, words: dict[str, str]) -> Iterator[str]:
    kinds = {file.content_type for file in letter.attachments}
    sealed = any(kind.endswith(_CIPHERED) for kind in kinds) or _CIPHERED in letter.header("content-type").lower()
    if letter.encrypted:
        yield words["smime" if sealed else "pgp"]
    elif letter.signature == "closed":
        yield words["inside_signature"]
    if letter.header("x-deskapp-truncated"):
        yield words["truncated"]


def _open(file: Attachment, found: _Found, depth: int) -> None:
    name = file.name.lower()
    if file.content_type == "application/ms-tnef" or name == "winmail.dat" or tnef.is_one(file.data):
        packed = tnef.unpack(file.data)
        if packed is None:
            found.said.append(found.words["winmail_broken"])
            found.files.append(file)
            return
        if packed.files:
            found.said.append(found.words["winmail"])
        text = _text(packed.text, packed.html, packed.rich, found)
        if _bare(text) not in found.own:  # most servers send the same text beside it, for everybody else
            found.said.append(text)
        _add(packed.files, found, depth)
        return
    found.files.append(file)
    if depth >= _DEPTH or len(found.files) > _MAX_FILES:
        return  # still counted
    if file.content_type == "message/rfc822" or name.endswith(".eml"):
        _open_letter(file, found, depth)
    elif name.endswith(".msg") or file.content_type == "application/vnd.ms-outlook":
        saved = msg.read(file.data)
        if saved is None:
            found.said.append(found.words["letter_broken"].replace("%1", file.name))
            return
        _tell_saved(saved, found, depth)
    elif file.content_type == "text/calendar" or name.endswith(".ics"):
        told = invitation(file.data, found.words, found.zone)
        if told:
            found.said.append(told)


def _text(text: str, html: str, rich: bytes, found: _Found) -> str:
    if not text.strip() and not html.strip():
        found.rich -= len(rich)
    shown = rtf.first_of(text, html, rich) if found.rich >= 0 else None
    return found.words["rich_broken"] if shown is None else shown


def _bare(text: str) -> str:
    return "".join(re.findall(r"\w+", text[:_MAX_TEXT]))


def _tell_saved(saved: msg.Saved, found: _Found, depth: int) -> None:
    """A letter that Outlook saved, and those that it had attached."""
    who = f"{saved.sender} <{saved.address}>" if saved.address else saved.sender
    text = _text(saved.text, saved.html, saved.rich, found)
    found.said.append(_told(found.words, who, saved.to, saved.date, saved.subject, text, found.zone))
    _add(saved.files, found, depth)
    for inner in saved.letters:
        _tell_saved(inner, found, depth + 1)


def _open_letter(file: Attachment, found: _Found, depth: int) -> None:
    from deskapp.sync.mail.parse import parse  # which gives us letters to look into

    try:
        inner = parse(file.data)
    except Exception:  # what breaks inside must not stop the letter around it
        found.said.append(found.words["letter_broken"].replace("%1", file.name))
        return
    to = ", ".join(map(str, inner.to))
    told = _told(found.words, str(inner.sender), to, inner.date, inner.subject, inner.text.strip(), found.zone)
    found.said.append(told)
    for one in inner.attachments:
        _open(one, found, depth + 1)


def _add(packed: list[tuple[str, str, bytes]], found: _Found, depth: int) -> None:
    for given, kind, data in packed:
        kind = kind or "application/octet-stream"
        name, named = attachment_name(given, kind, len(found.files) + 1)
        _open(Attachment(name, kind, data, named=named), found, depth + 1)


def _told(words: dict[str, str], sender: str, to: str, at: datetime | None, subject: str, text: str, zone: str) -> str:
    lines = [f"{words['letter']}:"]
    for name, value in (
        ("from", sender),
        ("to", to),
        ("sent", _moment(at, zone) if at else ""),
        ("subject", subject),
    ):
        if value:
            lines.append(f"{words[name]}: {value}")
    return "\n".join([*lines, "", text[:_MAX_TEXT]]).rstrip()


def _moment(at: datetime, zone: str) -> str:
    try:
        local = at.astimezone(ZoneInfo(zone))
    except (OverflowError, ValueError, ZoneInfoNotFoundError):
        local = at
    return f"{local:%d.%m.%Y %H:%M}"


# --- invitations -------------------------------------------------------------------------------------------------

_LINE = re.compile(r"([A-Za-z-]{1,40})((?:;[^:\"]{0,200}(?:\"[^\"]{0,300}\"[^:\"]{0,200}){0,5}){0,1}):(.*)", re.DOTALL)


def invitation(data: bytes, words: dict[str, str], zone: str) -> str:
    """The first event of an iCalendar file in words; empty if there is none."""
    from deskapp.sync.mail.charsets import decode

    text = re.sub(r"\r?\n[ \t]", "", decode(data[:200_000], "utf-8")[0])
    method, inside, values = "", False, dict[str, tuple[str, str]]()
    for line in text.splitlines():
        matched = _LINE.match(line)
        if matched is None:
            continue
        name, params, value = matched.group(1).upper(), matched.group(2), matched.group(3).strip()
        if name == "METHOD":
            method = value.upper()
        elif name == "BEGIN" and value.upper() == "VEVENT":
            inside = True
        elif name == "END" and value.upper() == "VEVENT":
            break
        elif inside and name not in values:
            values[name] = (params, value)
    if not values:
        return ""
    changed = values.get("SEQUENCE", ("", "0"))[1].strip() not in ("", "0")
    title = words[
        "cancelled"
        if method == "CANCEL" or values.get("STATUS", ("", ""))[1].upper() == "CANCELLED"
        else "answer"
        if method in ("REPLY", "COUNTER")
        else "changed"
        if changed and method == "REQUEST"
        else "invitation"
    ]
    lines = [f"{title}: {_plain(values.get('SUMMARY', ('', ''))[1])}".rstrip(": ")]
    if method == "REPLY":
        state = re.search(r"PARTSTAT=(\w+)", values.get("ATTENDEE", ("", ""))[0], re.IGNORECASE)
        if state and state.group(1).lower() in words:
            lines[0] += f" ({words[state.group(1).lower()]})"
    span = _span(values, words, zone)
    if span:
        lines.append(f"{words['when']}: {span}")
    if where := _plain(values.get("LOCATION", ("", ""))[1]):
        lines.append(f"{words['where']}: {where}")
    if "ORGANIZER" in values:
        params, address = values["ORGANIZER"]
        named = re.search(r"CN=\"?([^\";:]+)", params, re.IGNORECASE)
        address = re.sub(r"^mailto:", "", address, flags=re.IGNORECASE)
        lines.append(
            f"{words['organizer']}: {named.group(1)} <{address}>" if named else f"{words['organizer']}: {address}"
        )
    return "\n".join(lines)


def _plain(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda found: " " if found.group(1) in "nN" else found.group(1), value).strip()


def _span(values: dict[str, tuple[str, str]], words: dict[str, str], zone: str) -> str:
    start = _time(*values.get("DTSTART", ("", "")), zone)
    end = _time(*values.get("DTEND", ("", "")), zone)
    if start is None:
        return ""
    if not isinstance(start, datetime):
        return f"{start:%d.%m.%Y}, {words['all_day']}"
    told = f"{start:%d.%m.%Y %H:%M}"
    if isinstance(end, datetime):
        told += f"–{end:%H:%M}" if end.date() == start.date() else f" – {end:%d.%m.%Y %H:%M}"
    return f"{told} ({start.tzname()})"


def _time(params: str, value: str, zone: str) -> datetime | date | None:
    """A date, or an instant in the reader's zone; a time that floats, or has a zone by Outlook's name, is taken for the
    reader's own."""
    numbers = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", value, re.IGNORECASE)
    if numbers is None:
        return None
    reader = ZoneInfo(zone)
    try:
        day = date(*map(int, numbers.groups()[:3]))
        if numbers.group(4) is None:
            return day
        hour, minute, second = map(int, numbers.groups()[3:6])
        told: tzinfo = UTC if numbers.group(7) else _named_zone(params) or reader
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=told).astimezone(reader)
    except (ValueError, OverflowError):
        return None


def _named_zone(params: str) -> ZoneInfo | None:
    named = re.search(r"TZID=\"?([^\";:]+)", params, re.IGNORECASE)
    try:
        return ZoneInfo(named.group(1)) if named else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
