"""Who wrote the letter that another one forwards: from the attached letter, else from the header block in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deskapp.sync.mail import headers, mime
from deskapp.sync.mail.letter import Address, Attachment
from deskapp.sync.mail.quotation import header_block, label_of, opens_forwarded

_MAILTO = re.compile(r"[\[(<]mailto:\s*([^\s\])>]+)[\])>]", re.IGNORECASE)
_IN_ONE_LINE = re.compile(r"\s*\d{1,2}[.:]\d{2}[^<>]{0,20},\s*([^<>@,]{0,200}<[^<>\s]{3,200}>)\s*:")
_BRACKETED = re.compile(r"[\[(]\s*([^\s\[\]()<>@]+@[^\s\[\]()<>@]+)\s*[\])]")


def asker(text: str, files: Sequence[Attachment]) -> Address:
    """The sender of the forwarded letter, the first where it was forwarded several times; empty where none is told."""
    for file in files:
        if file.content_type == "message/rfc822":
            inner, _body = mime.split_headers(file.data[:65_536], top=True)
            for name, raw in inner:
                if name == "from":
                    found = [one for one in headers.addresses(raw) if "@" in one.address]
                    if found:
                        return found[0]
    lines = text.split("\n")[:400]
    for index in range(len(lines)):
        if len(lines[index]) < 1000 and header_block(lines, index):
            for line in lines[index : index + 10]:
                if label_of(line) == "from":
                    return _address(line.partition(":")[2])
        if opens_forwarded(lines[index]):  # Yandex names the writer in one line: '03.11.2026, 11:02, "Name" <address>:'
            named = _IN_ONE_LINE.match("".join(lines[index + 1 : index + 4])[:1000])
            if named:
                return _address(named.group(1))
    return Address()


def _address(told: str) -> Address:
    told = told.replace("*", " ").strip()
    told = _MAILTO.sub(r"<\1>", told)
    if "<" not in told:
        told = _BRACKETED.sub(r"<\1>", told)
    found = [one for one in headers.addresses(told.encode("utf-8", "replace")) if "@" in one.address]
    if not found:
        return Address()
    name = found[0].name.strip().strip("\"'«»")
    return Address("" if name == found[0].address else name, found[0].address)
