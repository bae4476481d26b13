"""Header values: encoded words, addresses, ids and dates, forgiving what real mail programs write."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from deskapp.core.text import clean_text
from deskapp.sync.mail.charsets import decode
from deskapp.sync.mail.letter import Address
from deskapp.sync.mail.mime import decode_base64

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]{0,200}){0,5})(?:\?=|\?$|$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_BETWEEN = re.compile(r"\s*")
_ID = re.compile(r"<([^<>]{1,998})>")
_SIMPLE = re.compile(
    r"\s*\"?([^\"<>@,;:()\\\[\]]{0,200})\"?\s*<\s*([^<>@\s,;:()\"\\]{1,64}@[^<>@\s,;()\"\\]{1,255})\s*>\s*"
)
_BARE = re.compile(r"\s*([^<>@\s,;:()\"\\\[\]]{1,64}@[^<>@\s,;:()\"\\\[\]]{1,255})\s*")
_MAX_ADDRESSES = 2000


def decoded(raw: bytes, hint: str | None = None) -> str:
    """A header value as one line of text: encoded words joined across splits, undeclared 8-bit guessed. Never
    raises."""
    text = raw.decode("ascii") if raw.isascii() else decode(raw, None, hint)[0]
    if "=?" in text:
        text = decode_words(text)
    return clean_line(text)


def clean_line(text: str) -> str:
    """One line without control characters, safe to store."""
    return _CONTROL.sub(" ", clean_text(text)).strip()


def decode_words(text: str) -> str:
    """Replace RFC 2047 encoded words. Neighbours of one charset are joined as bytes first, since many
    programs split in the middle of a character (GLPI #7876, roundcube #10069)."""
    result = _decode_words_once(text)
    # A gateway that encodes what was already encoded.
    return _decode_words_once(result) if "=?" in result and _ENCODED.search(result) else result


def _decode_words_once(text: str) -> str:
    out: list[str] = []
    run: list[tuple[str, str, str]] = []
    position = 0
    for matched in _ENCODED.finditer(text):
        between = text[position : matched.start()]
        if between.strip() or (between and not run):
            out.append(_decode_run(run))
            run = []
            out.append(between)
        charset, how, payload = matched.groups()
        run.append((charset.partition("*")[0].lower(), how.lower(), payload))
        position = matched.end()
    out.append(_decode_run(run))
    out.append(text[position:])
    return "".join(out)


def _decode_run(run: list[tuple[str, str, str]]) -> str:
    out: list[str] = []
    at = 0
    while at < len(run):
        charset = run[at][0]
        data = bytearray()
        pending = ""
        while at < len(run) and run[at][0] == charset:
            _, how, payload = run[at]
            at += 1
            if how == "q":
                data += _base64(pending)
                pending = ""
                data += binascii.a2b_qp(payload.replace(" ", "_").encode("utf-8", "surrogateescape"), header=True)
                continue
            pending += payload
            if len(pending.rstrip()) % 4 == 0 or payload.rstrip().endswith("="):
                data += _base64(pending)
                pending = ""
        data += _base64(pending)
        out.append(decode(bytes(data), charset)[0])
    return "".join(out)


def _base64(text: str) -> bytes:
    return decode_base64(text.encode("ascii", "ignore"))[0] if text else b""


def addresses(raw: bytes, hint: str | None = None) -> tuple[Address, ...]:
    """The mailboxes of an address header; groups are flattened, comments join the name, nothing raises."""
    if not raw:
        return ()
    text = raw.decode("ascii") if raw.isascii() else decode(raw, None, hint)[0]
    simple = _SIMPLE.fullmatch(text)
    if simple:
        return (Address(_name(simple.group(1)), clean_line(simple.group(2))),)
    bare = _BARE.fullmatch(text)
    if bare and "=?" not in text:
        return (Address("", clean_line(bare.group(1))),)
    found = _scan(text)
    if len(found) == 1 and not found[0].address and "@" in found[0].name and "=?" in text:
        # The whole mailbox inside an encoded word.
        found = _scan(found[0].name) or found
    return tuple(found[:_MAX_ADDRESSES])


def _name(text: str) -> str:
    text = clean_line(decode_words(text) if "=?" in text else text)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    return text


class _Mailbox:
    """What was collected of one mailbox until its comma."""

    __slots__ = ("address", "comments", "quoted", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comments: list[str] = []
        self.address: str | None = None
        self.quoted = False

    def value(self) -> Address | None:
        text = re.sub(r"\s+", " ", "".join(self.words)).strip()
        comment = " ".join(part for part in map(_name, self.comments) if part)
        if self.address is not None:
            name = _name(text)
            if comment:
                name = f"{name} ({comment})" if name else comment
            address = clean_line(re.sub(r"\s+", "", decode_words(self.address)))
            # An obsolete route: <@hop,@hop:user@host>.
            if address.startswith("@") and ":" in address:
                address = address.rpartition(":")[2]
            return Address(name, address) if name or address else None
        if not text and not comment:
            return None
        if "@" in text and "=?" not in text:
            words = text.split(" ")
            with_at = [word for word in words if "@" in word]
            if (
                len(words) > 1
                and len(with_at) == 1
                and not self.quoted
                and not with_at[0].startswith("@")
                and not with_at[0].endswith("@")
            ):
                rest = " ".join(word for word in words if word is not with_at[0])
                return Address(_name(rest), clean_line(with_at[0]))
            return Address(comment, clean_line("".join(words)))
        return Address(_name(text) or comment, "")


def _scan(text: str) -> list[Address]:
    found: list[Address] = []
    orphan = ""
    for mailbox in _mailboxes(text):
        if len(found) >= _MAX_ADDRESSES:
            break
        value = mailbox.value()
        if value is None:
            continue
        if orphan:
            # Unquoted comma in a name: "Petrov, Ivan <ivan@example.com>".
            if mailbox.address is not None and value.name and not mailbox.quoted:
                value = Address(f"{orphan}, {value.name}", value.address)
            else:
                found.append(Address(orphan, ""))
            orphan = ""
        if not value.address and not mailbox.quoted:
            orphan = value.name
            continue
        found.append(value)
    if orphan:
        found.append(Address(orphan, ""))
    return found


def _mailboxes(text: str) -> list[_Mailbox]:
    result: list[_Mailbox] = []
    current = _Mailbox()
    position = 0
    length = len(text)
    in_group = False

    def flush() -> None:
        nonlocal current
        result.append(current)
        current = _Mailbox()

    while position < length:
        char = text[position]
        if char == '"':
            inner, position = _until(text, position + 1, '"')
            current.words.append(inner)
            current.quoted = True
        elif char == "(":
            inner, position = _comment(text, position + 1)
            current.comments.append(inner)
        elif char == "<":
            inner, position = _until(text, position + 1, ">")
            if current.address is None or "@" not in current.address:
                current.address = inner.strip()
        elif char == ",":
            flush()
            position += 1
        elif char == ";":
            flush()
            in_group = False
            position += 1
        elif char == ":" and not in_group and current.address is None and not any("@" in w for w in current.words):
            current = _Mailbox()  # the name of a group
            in_group = True
            position += 1
        elif char == "\\" and position + 1 < length:
            current.words.append(text[position + 1])
            position += 2
        else:
            end = position + 1
            while end < length and text[end] not in '"(<,;:\\':
                end += 1
            current.words.append(text[position:end])
            position = end
    flush()
    return result


def _until(text: str, position: int, closing: str) -> tuple[str, int]:
    """Text up to an unescaped closing sign, and the place behind it; the rest when it never comes."""
    out: list[str] = []
    while position < len(text):
        char = text[position]
        if char == "\\" and position + 1 < len(text):
            out.append(text[position + 1])
            position += 2
            continue
        if char == closing:
            return "".join(out), position + 1
        out.append(char)
        position += 1
    return "".join(out), position


def _comment(text: str, position: int) -> tuple[str, int]:
    depth = 1
    out: list[str] = []
    while position < len(text):
        char = text[position]
        position += 1
        if char == "\\" and position < len(text):
            out.append(text[position])
            position += 1
            continue
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                break
        out.append(char)
    return "".join(out), position


def message_ids(raw: bytes) -> tuple[str, ...]:
    """Ids without their brackets, in order, each once. Ids that lost their brackets count as well."""
    text = clean_line(raw.decode("utf-8", "replace"))
    found = _ID.findall(text) or [word for word in text.split() if "@" in word]
    ids = (re.sub(r"\s+", "", word).strip("<>") for word in found[:1000])
    return tuple(dict.fromkeys(word for word in ids if word))


def date(raw: bytes) -> datetime | None:
    """The moment of a Date: header, aware (UTC where no zone was told), or None when it says no moment."""
    text = clean_line(raw.decode("ascii", "replace"))[:200]
    try:
        parts = parsedate_tz(text)
        if parts is None:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        offset = parts[9] or 0
        zone = UTC if abs(offset) >= 86_400 else timezone(timedelta(seconds=offset))
        moment = datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if 1970 <= moment.year < 2200 else None
