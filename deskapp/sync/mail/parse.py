"""Raw bytes to a `Letter`: never raises anything but `BrokenLetter`, in bounded time and memory.

Which parts are the text and which are files follows the algorithm of JMAP (RFC 8621, section 4.1.4), since it
is the written form of what mail programs do. How large a letter may be is the caller's decision.
"""

from __future__ import annotations

import codecs
import hashlib
import html as html_entities
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from deskapp.core.text import clean_text
from deskapp.sync.mail import classify, forwarded, headers, mime, pgp, rtf, smime, tnef
from deskapp.sync.mail.charsets import codec_name, decode
from deskapp.sync.mail.files import attachment_name
from deskapp.sync.mail.html_text import html_to_text
from deskapp.sync.mail.letter import Address, Attachment, BrokenLetter, Letter, Seal
from deskapp.sync.mail.mime import Part
from deskapp.sync.mail.quotation import reply_text, signs_alone
from deskapp.sync.mail.transports import TRUNCATED_HEADER

MAX_TEXT = 2_000_000
"""Characters of readable text kept; the rest of an endless log stays in the raw letter."""
_MAX_HTML = 8_000_000
_MAX_UUENCODED = 50
_CALENDAR = "text/calendar"
_MAX_SIGNATURES = 4

_KNOWN = frozenset(
    "from to cc subject date message-id received return-path mime-version content-type sender reply-to "
    "delivered-to x-mailer references in-reply-to bcc content-transfer-encoding".split()
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,200})\n", re.MULTILINE)
_UU_END = re.compile(r"^end[ \t]*$", re.MULTILINE)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{40}")
_GIVEN_BACK = frozenset(
    ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers")
)
_ORIGINAL_ID = re.compile(rb"^original-message-id[ \t]*:([^\r\n]{1,300})", re.IGNORECASE | re.MULTILINE)
_ID_IN_TEXT = re.compile(r"^[ \t>]{0,4}message-id[ \t]*:([^\n]{1,300})", re.IGNORECASE | re.MULTILINE)
_ACCEPTS = re.compile(rb"^ATTENDEE\b[^\r\n]{0,1000}?;PARTSTAT=\"?ACCEPTED\b", re.IGNORECASE | re.MULTILINE)
_MEDIA = ("image/", "audio/", "video/")


@dataclass
class _Body:
    """The parts sorted by what they are for."""

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    files: list[tuple[Part, bool]] = field(default_factory=list)
    """(part, inline)"""
    opened: int = 0
    """S/MIME signatures whose content was taken out."""
    inner: Part | None = None
    """What the outermost of them held."""
    signature: Seal = ""
    encrypted: bool = False
    seals: set[int] = field(default_factory=set)
    """Parts, by identity, that are the signature of a multipart/signed."""


def parse(raw: bytes) -> Letter:
    """Read one letter. Raises `BrokenLetter` for nothing at all and for bytes that are no letter; nothing
    else."""
    size = len(raw)
    if not raw.strip(b" \t\r\n\x00"):
        raise BrokenLetter("The letter is empty")
    raw = _as_bytes(raw)
    root, problems = mime.split(raw)
    if not any(name in _KNOWN for name, _ in root.headers):
        raise BrokenLetter("This is not a letter: it has none of the headers that letters have")
    body = _Body()
    _sort([root], "mixed", False, body.html, body.text, body)
    hint = next((part.params["charset"] for part in body.text + body.html if part.params.get("charset")), None)
    values = _headers(root, hint)
    files: list[Attachment] = []
    digest = hashlib.sha256()
    text = _text(body, problems, files, digest)
    html = _html(body, problems)
    if not text.strip() and html:
        text = html_to_text(html)
    status = _add_files(body, files, problems, hint)
    if not text.strip():
        text = _packed_text(files)
    text, by_pgp = pgp.opened(text) if "-----BEGIN PGP SIGNED" in text else (text, False)
    if by_pgp:
        body.signature = body.signature or "pgp"
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        problems.append("The text is very long and is shown in part; the raw letter holds all of it")
    return _letter(root, values, text.strip("\n"), html, files, status, digest, size, problems, hint, body)


def _letter(
    root: Part,
    values: Mapping[str, tuple[str, ...]],
    text: str,
    html: str,
    files: list[Attachment],
    status: str,
    digest: hashlib._Hash,
    size: int,
    problems: list[str],
    hint: str | None,
    body: _Body,
) -> Letter:
    def people(name: str) -> tuple[Address, ...]:
        return tuple(person for key, raw in root.headers if key == name for person in headers.addresses(raw, hint))

    if root.raw(TRUNCATED_HEADER.lower()):
        problems.append("The letter is too large: only its beginning was read, all of it is in the mailbox")
    senders = people("from") or people("sender")
    sender = next((person for person in senders if person.address), senders[0] if senders else Address())
    to, cc = people("to"), people("cc")
    message_id = next(iter(headers.message_ids(root.raw("message-id"))), "")
    references = headers.message_ids(b" ".join(raw for name, raw in root.headers if name == "references"))
    replied = headers.message_ids(root.raw("in-reply-to"))
    subject = values.get("subject", ("",))[0]
    moment = headers.date(root.raw("date"))
    if root.raw("date") and moment is None:
        problems.append("The date of the letter cannot be read")
    if not sender.address:
        problems.append("The sender's address is missing")
    encrypted = _protection(root, text, files, problems, body)
    core = _core(root, body)
    facts = classify.Facts(
        values,
        sender,
        to + cc,
        subject,
        core.content_type,
        core.params.get("report-type", "").lower(),
        status,
        text,
        bool(replied or references),
        any(file.content_type == "message/rfc822" for file in files),
        *_invitation(body),
    )
    verdict = classify.classify(facts)
    if verdict.kind in ("bounce", "auto"):
        references = tuple(dict.fromkeys((*references, *_returned(files, text))))
    reply = "" if files and signs_alone(text) else reply_text(text)
    return Letter(
        message_id=message_id,
        in_reply_to=replied[0] if replied else "",
        references=references,
        subject=subject,
        sender=sender,
        reply_to=people("reply-to"),
        to=to,
        cc=cc,
        date=moment,
        text=text,
        html=html,
        reply_text=reply,
        attachments=tuple(files),
        headers=MappingProxyType(values),
        size=size,
        key=_key(message_id, sender, subject, moment, digest, files),
        problems=tuple(dict.fromkeys(problems)),
        kind=verdict.kind,
        automatic=verdict.automatic,
        automatic_reason=verdict.reason,
        bounced_address=verdict.bounced_address,
        permanent=verdict.permanent,
        language=classify.language(subject, _speaks(subject, reply, sender, files)),
        ticket_number=classify.ticket_number(subject),
        encrypted=encrypted,
        signed=body.signature != "",
        signature=body.signature,
        hints=classify.hints(facts, reply),
        asker=forwarded.asker(text, files) if verdict.kind == "forward" else Address(),
    )


def _speaks(subject: str, reply: str, sender: Address, files: list[Attachment]) -> str:
    """What tells the language: the text; of a letter without a word the names in it."""
    if any(char.isalpha() for char in f"{subject}{reply[:3000]}"):
        return reply
    return " ".join([sender.name, *(file.name for file in files if file.named)])


def _returned(files: list[Attachment], text: str) -> list[str]:
    """The ids of letters that a report is about: of those that it gives back, in parts of their own or in its text, or
    that it names. Postfix answers to nothing in its own header."""
    found: list[str] = []
    for file in files:
        if file.content_type in _GIVEN_BACK:
            inner, _ = mime.split_headers(file.data[:65536], top=True)
            found += [one for name, value in inner if name == "message-id" for one in headers.message_ids(value)]
        elif file.content_type == "message/disposition-notification":
            found += [one for line in _ORIGINAL_ID.findall(file.data[:65536]) for one in headers.message_ids(line)]
    for line in _ID_IN_TEXT.findall(text[:200_000]):
        found += headers.message_ids(line.encode("utf-8", "replace"))
    return found[:20]


def _as_bytes(raw: bytes) -> bytes:
    """Files saved by Windows programs may hold the letter as UTF-16; everything else stays as it is."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode("utf-8", "replace")
    head = raw[:400]
    if len(head) >= 16 and head[1::2].count(0) * 10 >= len(head[1::2]) * 9:
        return raw.decode("utf-16-le", "replace").encode("utf-8", "replace")
    return raw


def _headers(root: Part, hint: str | None) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    for name, raw in root.headers:
        values.setdefault(name, []).append(headers.decoded(raw, hint))
    return {name: tuple(found) for name, found in values.items()}


def _sort(
    parts: list[Part],
    multipart: str,
    in_alternative: bool,
    html: list[Part] | None,
    text: list[Part] | None,
    body: _Body,
) -> None:
    """RFC 8621, 4.1.4. ``html`` or ``text`` is None where the other form alone is meant."""
    text_before = len(text) if text is not None else -1
    html_before = len(html) if html is not None else -1
    for place, part in enumerate(parts):
        kind = part.content_type
        if part.children:
            subtype = kind.partition("/")[2]
            if subtype == "signed":
                body.signature = body.signature or _signature_of(part)
                body.seals |= {id(one) for one in part.children[1:] if one.content_type.endswith("-signature")}
            body.encrypted = body.encrypted or subtype == "encrypted"
            _sort(part.children, subtype, in_alternative or subtype == "alternative", html, text, body)
            continue
        if kind in smime.TYPES and body.opened < _MAX_SIGNATURES and (inner := _signed(part)) is not None:
            body.opened += 1
            body.inner = body.inner or inner
            _sort([inner], multipart, in_alternative, html, text, body)
            continue
        media = kind.startswith(_MEDIA)
        shown = kind in ("text/plain", "text/html") or media
        inline = (
            part.disposition != "attachment"
            and shown
            and (place == 0 or (multipart != "related" and (media or not part.file_name)))
        )
        if not inline:
            body.files.append(
                (part, part.disposition == "inline" or (multipart == "related" and bool(part.content_id)))
            )
            continue
        if multipart == "alternative":
            if kind == "text/plain" and text is not None:
                text.append(part)
            elif kind == "text/html" and html is not None:
                html.append(part)
            else:
                body.files.append((part, media))
            continue
        if in_alternative and kind == "text/plain":
            html = None
        if in_alternative and kind == "text/html":
            text = None
        if media:
            body.files.append((part, True))
            continue
        if text is not None:
            text.append(part)
        if html is not None:
            html.append(part)
    if multipart == "alternative" and text is not None and html is not None:
        if len(text) == text_before and len(html) != html_before:
            text.extend(html[html_before:])
        if len(html) == html_before and len(text) != text_before:
            html.extend(text[text_before:])


def _signature_of(part: Part) -> Seal:
    """Of a multipart/signed."""
    protocol = part.params.get("protocol", "").lower() or part.children[-1].content_type
    return "pgp" if "pgp" in protocol else "smime"


def _signed(part: Part) -> Part | None:
    """What lies inside an opaque S/MIME signature; a signed document that somebody attached stays a file."""
    if part.file_name.lower() not in ("", "smime.p7m"):
        return None
    inner = smime.content(mime.decoded_body(part)[0])
    return mime.split(inner)[0] if inner is not None else None


def _decoded(part: Part, problems: list[str]) -> str:
    data, problem = mime.decoded_body(part)
    if problem:
        problems.append(problem)
    charset = part.params.get("charset") or None
    if part.content_type == "text/html" and (charset is None or codec_name(charset) is None):
        found = _META_CHARSET.search(data, 0, 4096)
        # A meta tag that says UTF-16 in a text of single bytes is a copy of the editor's own setting.
        if found and "16" not in (named := found.group(1).decode("ascii")):
            charset = named
    if problem and part.encoding == "base64" and not _BASE64_LINE.search(part.body) and not _begins_as(data, charset):
        data = part.body  # words that were taken for base64
    text, problem = decode(data, charset)
    if problem:
        problems.append(problem)
    text = clean_text(text.removeprefix("\ufeff"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).replace("\x0c", "\n")


def _begins_as(data: bytes, charset: str | None) -> bool:
    """Whether these bytes can be the beginning of a text in its declared charset."""
    codec = codec_name(charset) if charset else None
    try:
        codecs.getincrementaldecoder(codec or "utf-8")().decode(data[:60])
    except UnicodeError:
        return codec is None
    return True


def _text(body: _Body, problems: list[str], files: list[Attachment], digest: hashlib._Hash) -> str:
    pieces: list[str] = []
    for part in body.text:
        content = _decoded(part, problems)
        digest.update(" ".join(content.split()).encode("utf-8", "replace"))
        if part.content_type == "text/html":
            pieces.append(html_to_text(content))
            continue
        if part.params.get("format", "").lower() == "flowed":
            content = unflowed(content, part.params.get("delsp", "").lower() == "yes")
        pieces.append(_without_uuencoded(content, files) if "\nend" in content else content)
    filled = [piece.strip("\n") for piece in pieces if piece.strip()]
    return "\n\n".join(filled)


def _html(body: _Body, problems: list[str]) -> str:
    if not any(part.content_type == "text/html" for part in body.html):
        return ""
    pieces = []
    for part in body.html:
        content = _decoded(part, problems)
        if part.content_type == "text/html":
            pieces.append(content)
        elif content.strip():
            pieces.append(f"<pre>{html_entities.escape(content)}</pre>")
    html = "\n".join(pieces)
    if len(html) > _MAX_HTML:
        problems.append("The HTML of the letter is too long to be shown")
        return ""
    return html


def unflowed(text: str, delete_space: bool) -> str:
    """Join the lines that format=flowed broke softly (RFC 3676); quotation depth is kept."""
    out: list[str] = []
    soft = False
    depth_before = 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        content = bare[1:] if bare.startswith(" ") else bare
        is_signature = content == "-- "
        if soft and depth == depth_before and not is_signature:
            out[-1] += content
        else:
            out.append(">" * depth + " " + content if depth else content)
        soft = content.endswith(" ") and not is_signature
        if soft and delete_space:
            out[-1] = out[-1][:-1]
        depth_before = depth
    return "\n".join(out)


def _without_uuencoded(text: str, files: list[Attachment]) -> str:
    """Take uuencoded files out of a text: what old programs and scanners put there."""
    position = 0
    for _ in range(_MAX_UUENCODED):
        begin = _UU_BEGIN.search(text, position)
        end = _UU_END.search(text, begin.end()) if begin else None
        if begin is None or end is None:
            break
        data = mime.decode_uu(text[begin.start() : end.end()].encode("utf-8", "replace"))
        if not data:
            position = begin.end()
            continue
        name, named = attachment_name(begin.group(1), "application/octet-stream", len(files) + 1)
        files.append(Attachment(name, "application/octet-stream", data, named=named))
        text = text[: begin.start()] + text[end.end() :]
        position = begin.start()
    return text


def _add_files(body: _Body, files: list[Attachment], problems: list[str], hint: str | None) -> str:
    """Append the attachments; the text of a delivery report is returned for the classification."""
    status = ""
    for part, inline in body.files:
        data, problem = mime.decoded_body(part)
        if problem:
            problems.append(problem)
        kind = part.content_type
        given = part.file_name
        if not given and kind == "message/rfc822":
            inner, _ = mime.split_headers(data[:65536], top=True)
            subject = next((headers.decoded(value, hint) for name, value in inner if name == "subject"), "")
            given = f"{subject}.eml" if subject else ""
            name, _ = attachment_name(given, kind, len(files) + 1)
            named = False
        else:
            name, named = attachment_name(given, kind, len(files) + 1)
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            status += decode(data[:65536], "utf-8")[0].replace("\r\n", "\n") + "\n\n"
        _remark(kind, name, part, problems)
        shown_in_text = inline and part.disposition != "attachment"
        seal = id(part) in body.seals or bool(smime.signs_a_letter(kind, given))
        files.append(Attachment(name, kind, data, part.content_id, shown_in_text, named, seal))
    return status


def _packed_text(files: list[Attachment]) -> str:
    """The text of a letter whose own parts hold none, out of winmail.dat."""
    packed = next((found for file in files if (found := tnef.unpack(file.data)) is not None), None)
    text = rtf.first_of(packed.text, packed.html, packed.rich) if packed else ""
    return clean_text(_CONTROL.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")))


def _remark(kind: str, name: str, part: Part, problems: list[str]) -> None:
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        problems.append("Outlook packed the attachments into winmail.dat")
    elif kind == _CALENDAR:
        problems.append("The letter is a calendar invitation")
    elif kind == "message/external-body":
        problems.append("A file is kept elsewhere and did not come with the letter")
    elif kind == "message/partial":
        problems.append("The letter is one piece of a letter that was sent in several")


def _protection(root: Part, text: str, files: list[Attachment], problems: list[str], body: _Body) -> bool:
    """Whether it is encrypted; how it is signed is put into ``body``."""
    encrypted = body.encrypted or "-----BEGIN PGP MESSAGE-----" in text
    if body.opened:
        body.signature = "smime"
        problems.append("The text is inside an S/MIME signature, which is not checked here")
    for part, _inline in body.files:
        of_the_letter = part is root or part.file_name.lower() in ("", "smime.p7m")
        if part.content_type not in smime.TYPES or not of_the_letter:
            continue
        signed = part.params.get("smime-type", "").lower() == "signed-data"
        if signed or smime.is_signed(mime.decoded_body(part)[0]):
            body.signature = body.signature or "closed"
        else:
            encrypted = True
    for file in files:
        if not body.signature:
            body.signature = smime.signs_a_letter(file.content_type, file.name if file.named else "")
    if body.signature == "closed":
        problems.append("The text is inside an S/MIME signature that has to be opened in a mail program")
    if encrypted:
        problems.append("The letter is encrypted")
    return encrypted


def _invitation(body: _Body) -> tuple[str, bool]:
    """The method of the first calendar item, and whether it says no more than that somebody will come."""
    for part, _inline in body.files:
        if part.content_type == _CALENDAR:
            method = part.params.get("method", "").upper()
            item = re.sub(rb"\r?\n[ \t]", b"", mime.decoded_body(part)[0][:65_536])
            return method, method == "REPLY" and _ACCEPTS.search(item) is not None
    return "", False


def _core(root: Part, body: _Body) -> Part:
    """What was signed, where all of the letter is: a report is one in an envelope too."""
    core = body.inner if root.content_type in smime.TYPES and body.inner is not None else root
    for _ in range(_MAX_SIGNATURES):
        if core.content_type != "multipart/signed" or not core.children:
            break
        core = core.children[0]
    return core


def _key(
    message_id: str,
    sender: Address,
    subject: str,
    moment: datetime | None,
    digest: hashlib._Hash,
    files: list[Attachment],
) -> str:
    """Message-ID and content together, without what transports add or re-encode on the way."""
    stamp = str(int(moment.timestamp())) if moment else ""
    for word in (sender.address.lower(), " ".join(subject.split()), stamp):
        digest.update(b"\0" + word.encode("utf-8", "replace"))
    for file in files:
        digest.update(b"\0" + file.sha256.encode("ascii"))
    return hashlib.sha256(f"{message_id}\0{digest.hexdigest()}".encode("utf-8", "replace")).hexdigest()
