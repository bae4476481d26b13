"""A letter of ours as Graph takes it. Graph drops headers of a ready letter, so it is told piece by piece: an answer is
made from the letter that it answers, then it gets our words, our id, our mark and our files, and is sent."""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any
from urllib.parse import quote

from deskapp.core.errors import EnvironmentTrouble, UserFacingError
from deskapp.sync.mail.compose import LETTER_HEADER
from deskapp.sync.mail.graph_line import GraphLine, quoted
from deskapp.sync.mail.transports import Undecided
from deskapp.sync.mail.web import Lost

#: Our mark as a property of the item: Graph can search for it, while it cannot search headers.
MARK = "String {5f0c2a5e-9d1b-4c0e-8f57-0d9a1e6b7c31} Name deskapp-letter"
FIND_SENT = (
    "/mailFolders/sentitems/messages?$select=id,internetMessageId&$top=1&$filter="
    + quote(f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}' and ep/value eq ")
)  # fmt: skip
_AT_ONCE = 3 * 1024 * 1024  # a larger file goes by an upload session
_PIECE = 10 * 320 * 1024  # pieces are multiples of 320 KiB and stay below 4 MB
_RESUMED = 5
_A_MOMENT = 0.2
_MOST_HEADERS = 5


class GraphSender:
    def __init__(self, line: GraphLine) -> None:
        self._line = line

    def send(self, raw: bytes, recipients: list[str]) -> None:
        """See `Transport.send`. A draft that could not be made ready is taken away again."""
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        draft = ""
        try:
            draft = self._draft(letter, recipients)
            for part in _files(letter):
                self._attach(draft, part)
        except UserFacingError:
            with contextlib.suppress(UserFacingError):
                if draft:
                    self._line.ask("DELETE", f"/messages/{draft}")
            raise
        try:
            answer = self._line.ask("POST", f"/messages/{draft}/send", sending=True)
            if not answer.good:
                raise self._line.trouble(answer, True)
        except Undecided:
            if self._left(draft):
                return
            raise
        except UserFacingError:
            with contextlib.suppress(UserFacingError):
                self._line.ask("DELETE", f"/messages/{draft}")
            raise

    def _left(self, draft: str) -> bool:
        """Whether a draft is one no more: its id stays when it goes to the sent letters."""
        try:
            answer = self._line.ask("GET", f"/messages/{draft}?$select=isDraft")
        except UserFacingError:
            return False
        return answer.good and answer.json().get("isDraft") is False

    def _draft(self, letter: EmailMessage, recipients: list[str]) -> str:
        """The letter among the drafts; its id."""
        mark = str(letter.get(LETTER_HEADER) or "").strip()
        headers = [
            {"name": name, "value": " ".join(str(value).split())}
            for name, value in letter.items()
            if name.lower().startswith("x-")  # Graph takes no others
        ][:_MOST_HEADERS]
        first: dict[str, Any] = {"internetMessageHeaders": headers}
        if mark:
            first["singleValueExtendedProperties"] = [{"id": MARK, "value": mark}]
        whole = _told(letter, recipients)
        asked = self._answered(letter)
        if asked:
            answer = self._line.ask("POST", f"/messages/{asked}/createReply", {"message": first})
            if answer.good:
                draft = str(answer.json()["id"])
                try:
                    self._line.need(self._line.ask("PATCH", f"/messages/{draft}", whole))
                except UserFacingError:
                    with contextlib.suppress(UserFacingError):
                        self._line.ask("DELETE", f"/messages/{draft}")
                    raise
                return draft
        answer = self._line.ask("POST", "/messages", whole | first)
        return str(self._line.need(answer).json()["id"])

    def _answered(self, letter: EmailMessage) -> str:
        """The id of the letter in the mailbox that this one answers; "" when it is not there."""
        references = str(letter.get("References") or "").split()
        for message_id in dict.fromkeys([str(letter.get("In-Reply-To") or "").strip(), *references[::-1][:3]]):
            if message_id:
                path = f"/messages?$select=id&$top=1&$filter=internetMessageId%20eq%20{quoted(message_id)}"
                found = self._line.need(self._line.ask("GET", path)).json().get("value")
                if found:
                    return str(found[0]["id"])
        return ""

    def _attach(self, draft: str, part: EmailMessage) -> None:
        data = part.get_content()
        content = data.encode() if isinstance(data, str) else bytes(data)
        about: dict[str, Any] = {
            "name": part.get_filename() or "attachment",
            "contentType": part.get_content_type(),
            "isInline": part.get_content_disposition() == "inline",
        }
        if part.get("Content-ID"):
            about["contentId"] = str(part["Content-ID"]).strip("<> ")
        if len(content) <= _AT_ONCE:
            file = {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "contentBytes": base64.b64encode(content).decode(),
            }
            self._line.need(self._line.ask("POST", f"/messages/{draft}/attachments", about | file))
            return
        item = about | {"attachmentType": "file", "size": len(content)}
        answer = self._line.ask("POST", f"/messages/{draft}/attachments/createUploadSession", {"AttachmentItem": item})
        self._upload(str(self._line.need(answer).json()["uploadUrl"]), content)

    def _upload(self, url: str, content: bytes) -> None:
        """Piece by piece; after a broken connection from where the server says it has got to."""
        start = resumed = 0
        while start < len(content):
            try:
                answer = self._line.upload(url, content[start : start + _PIECE], start, len(content))
                if answer.status in (200, 201, 202):
                    start = _next(answer.json(), start + _PIECE)
                    if answer.status == 201:
                        return
                    continue
                if answer.status not in (429, 500, 502, 503, 504, 416):
                    raise self._line.trouble(answer, False)
                wait = answer.retry_after() or _A_MOMENT
            except Lost as lost:
                if not lost.left:
                    raise
                wait = _A_MOMENT
            resumed += 1
            if resumed > _RESUMED or not self._line.wait(wait):
                raise EnvironmentTrouble(
                    "A file could not be uploaded", "The letter was not sent and is kept; it is tried again."
                )
            with contextlib.suppress(Lost):
                start = _next(self._line.uploaded(url).json(), start)


def _next(told: dict[str, Any], otherwise: int) -> int:
    """Where the next piece begins, as the server tells it."""
    ranges = told.get("nextExpectedRanges") or told.get("NextExpectedRanges") or ()
    for one in ranges:
        start = str(one).split("-")[0]
        if start.isdecimal():
            return int(start)
    return otherwise


def _told(letter: EmailMessage, recipients: list[str]) -> dict[str, Any]:
    """The letter's own properties."""
    html = letter.get_body(("html",))
    body = html or letter.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    named = {
        address.lower()
        for _name, address in getaddresses([str(v) for h in ("To", "Cc") for v in letter.get_all(h, [])])
    }
    hidden = [("", one) for one in recipients if one.lower() not in named]
    told: dict[str, Any] = {
        "subject": str(letter.get("Subject") or ""),
        "body": {"contentType": "html" if html is not None else "text", "content": text},
        "toRecipients": _people(letter, "To"),
        "ccRecipients": _people(letter, "Cc"),
        "bccRecipients": [_person(*one) for one in hidden],
        "from": _people(letter, "From")[0],
    }
    if letter.get("Message-ID"):
        told["internetMessageId"] = str(letter["Message-ID"]).strip()
    return told


def _people(letter: EmailMessage, header: str) -> list[dict[str, Any]]:
    return [
        _person(str(one.display_name), str(one.addr_spec))
        for value in letter.get_all(header, [])
        for one in value.addresses
    ]


def _person(name: str, address: str) -> dict[str, Any]:
    return {"emailAddress": {"address": address, **({"name": name} if name else {})}}


def _files(letter: EmailMessage) -> list[EmailMessage]:
    return [
        part
        for part in letter.walk()
        if isinstance(part, EmailMessage)
        and not part.is_multipart()
        and (part.get_content_disposition() == "attachment" or part.get("Content-ID"))
    ]
