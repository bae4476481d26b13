"""Names for attachments: readable as given, harmless wherever they are saved."""

from __future__ import annotations

import re

from deskapp.sync.mail.charsets import codec_name, decode
from deskapp.sync.mail.headers import clean_line, decode_words

_EXTENSIONS = {
    "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/calendar": "ics", "text/rtf": "rtf",
    "text/x-vcard": "vcf", "text/vcard": "vcf", "image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png",
    "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tif", "image/webp": "webp",
    "image/svg+xml": "svg", "application/pdf": "pdf", "application/zip": "zip", "application/msword": "doc",
    "application/rtf": "rtf", "application/vnd.ms-excel": "xls", "application/pkcs7-mime": "p7m",
    "application/x-pkcs7-mime": "p7m", "application/pkcs7-signature": "p7s",
    "application/x-pkcs7-signature": "p7s", "application/pgp-signature": "asc",
    "application/pgp-encrypted": "asc", "application/ms-tnef": "dat", "message/rfc822": "eml",
    "audio/mpeg": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "video/mp4": "mp4",
    "message/delivery-status": "txt", "message/disposition-notification": "txt",
    "text/rfc822-headers": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}  # fmt: skip
_PERCENT = re.compile(r"([A-Za-z0-9_-]{2,20})'[A-Za-z-]{0,10}'((?:%[0-9A-Fa-f]{2}|[^%'])*)$")
# Signs that turn a name around on screen ("exe.txt" for "txt.exe") and those that no file system takes.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_FORBIDDEN = re.compile(r"[\\/\x00-\x1f\x7f]")
_MAX_NAME = 120


def attachment_name(given: str, content_type: str, place: int) -> tuple[str, bool]:
    """``(name, named)``: the decoded name, or one made of the type and the place of the file in the
    letter."""
    name = given
    if "=?" in name:
        name = decode_words(name)
    percent = _PERCENT.match(name)
    if percent and codec_name(percent.group(1)):
        name = decode(_unpercent(percent.group(2)), percent.group(1))[0]
    name = _TURNING.sub("", clean_line(name))
    if re.match(r"[A-Za-z]:\\", name):
        name = name.rpartition("\\")[2]
    name = _FORBIDDEN.sub("_", name).strip(" ")
    if not name.strip("._ "):
        extension = _EXTENSIONS.get(content_type, "bin")
        word = (
            content_type.partition("/")[0] if content_type.startswith(("image/", "audio/", "video/")) else "attachment"
        )
        return f"{word}-{place}.{extension}", False
    return _shortened(name), True


def _shortened(name: str) -> str:
    if len(name) <= _MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:_MAX_NAME]
    return f"{stem[: _MAX_NAME - len(extension) - 1]}.{extension}"


def _unpercent(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes((int(found.group(1), 16),)), raw)
