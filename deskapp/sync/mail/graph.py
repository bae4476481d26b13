"""A mailbox in Exchange Online, read and sent from by Microsoft Graph."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from deskapp.core.errors import UserFacingError
from deskapp.desk.mailport import Checked
from deskapp.sync.mail.graph_line import GraphLine, quoted, state_of
from deskapp.sync.mail.graph_send import FIND_SENT, GraphSender
from deskapp.sync.mail.tokens import TokenSource
from deskapp.sync.mail.transports import MAX_LETTER, TRUNCATED_HEADER, Fetched, Listing
from deskapp.sync.mail.web import Answer

log = logging.getLogger(__name__)

_BEGINNING = 256 * 1024
_PAGE = 200
_WINDOW = 10_000  # letters that are put into order at once; of older ones only their ids are kept, in the state
_FIELDS = "receivedDateTime,categories"
#: Codes of a letter that Exchange cannot write down as MIME; it can still be told in words.
_NO_MIME = ("ErrorMimeContent", "ErrorContentConversion", "ErrorItemCorrupt", "ErrorPropertyRequest")
#: Codes of a delta state that is not known any more (410 besides).
_LOST = ("syncstatenotfound", "syncstateinvalid", "resyncrequired", "errorinvalidsyncstatedata")


class GraphTransport:
    """``options``: mailbox, login, folder, after (seen | move | category | flag | leave), processed (folder for
    ``move``), category, graph, ca_file. The letters lie in the mailbox of ``mailbox`` or ``address``; it is opened
    with the rights of whoever signed in."""

    def __init__(self, options: Mapping[str, Any], address: str, tokens: TokenSource) -> None:
        self._options = dict(options)
        self.line = GraphLine(options, address, tokens)
        self._after = str(options.get("after") or "seen")
        self._sender = GraphSender(self.line)
        self._folders: dict[str, str] = {}
        self._listed: dict[str, dict[str, Any]] = {}  # letters of the last listing: received, categories

    # --- what a transport does -----------------------------------------------------------------------------------

    def check(self) -> Checked:
        """Look into the folder and the sent letters."""
        try:
            self._inbox()
            self.line.need(self.line.ask("GET", "/mailFolders/sentitems?$select=id"))
        except UserFacingError as error:
            return Checked(False, error=error)
        return Checked(True, "works")

    def listing(self, state: str, limit: int) -> Listing:
        """By delta from where the last listing ended. The order of the server is no order; letters are put into one
        here, and those of which there are too many for one listing wait in the state. When the server does not know
        the state any more, all are listed again; the caller knows them by their content."""
        known = state_of(state)
        link, waiting = str(known.get("link") or ""), [dict(one) for one in known.get("waiting") or ()]
        if not waiting:
            link, waiting = self._collect(link)
        page, waiting = waiting[:limit], waiting[limit:]
        self._listed = {str(one["id"]): one for one in page}
        dates = {
            remote_id: at for remote_id, one in self._listed.items() if (at := _instant(one.get("at"))) is not None
        }
        return Listing(tuple(self._listed), json.dumps({"link": link, "waiting": waiting}), len(waiting), dates)

    def read(self, remote_id: str) -> Fetched | None:
        """One letter as it came."""
        answer = self._mime(remote_id)
        if answer is None:
            return None
        at = _instant(self._listed.get(remote_id, {}).get("at"))
        if at is None:
            told = self.line.ask("GET", f"/messages/{remote_id}?$select=receivedDateTime").json()
            at = _instant(told.get("receivedDateTime"))
        raw = answer.body
        if answer.size > MAX_LETTER:
            raw = f"{TRUNCATED_HEADER}: {answer.size}\r\n".encode() + raw[:_BEGINNING]
        return Fetched(remote_id, raw, at)

    def file_away(self, remote_id: str) -> None:
        """Mark as read, flag, give the ``category``, or move to ``processed``. What is not there any more is left."""
        if self._after == "leave":
            return
        change: dict[str, Any] = {"isRead": True}
        if self._after == "flag":
            change["flag"] = {"flagStatus": "flagged"}
        if self._after == "category":
            given = self._listed.get(remote_id, {}).get("categories") or ()
            change["categories"] = [*dict.fromkeys([*given, str(self._options.get("category") or "deskapp")])]
        if not self.line.ask("PATCH", f"/messages/{remote_id}", change).good or self._after != "move":
            return
        if not self.line.ask("POST", f"/messages/{remote_id}/move", {"destinationId": self._processed()}).good:
            self._folders.pop("processed", None)  # perhaps it is the folder that is gone: it is looked for again

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        """As an answer to the letter that it answers, so that Outlook keeps the conversation; else as a new one."""
        self._sender.send(raw, recipients)

    def find_sent(self, letter_id: str) -> bool:
        """Search the sent letters by our own mark."""
        return bool(self._sent(letter_id))

    def sent_as(self, letter_id: str) -> str:
        """The id that Exchange Online gave the letter when it left."""
        found = self._sent(letter_id)
        return str(found[0].get("internetMessageId") or "").strip("<> ") if found else ""

    def _sent(self, letter_id: str) -> list[dict[str, Any]]:
        answer = self.line.need(self.line.ask("GET", FIND_SENT + quoted(letter_id) + ")"))
        return list(answer.json().get("value") or ())

    def waker(self, woken: Callable[[], None]) -> None:
        """Only asking tells."""

    def close(self) -> None:
        """Wake whoever waits for a busy server, and let go of the connections."""
        self.line.wake()
        self.line.close()
        self._folders.clear()

    # --- letters in ----------------------------------------------------------------------------------------------

    def _collect(self, link: str) -> tuple[str, list[dict[str, Any]]]:
        """(where to go on, new letters since ``link``, oldest first)."""
        first = f"/mailFolders/{self._inbox()}/messages/delta?changeType=created&$select={_FIELDS}"
        link = link if self.line.ours(link) else ""
        found: dict[str, dict[str, Any]] = {}
        while True:
            answer = self._delta(link or first)
            if answer is None:
                log.info("the server does not know how far the mailbox was read; all letters are listed again")
                found, link = {}, ""
                continue
            told = answer.json()
            for item in told.get("value") or ():
                if "@removed" in item:
                    found.pop(str(item["id"]), None)
                else:
                    kept = {"id": item["id"], "at": str(item.get("receivedDateTime") or "")}
                    found.setdefault(str(item["id"]), kept | {"categories": item.get("categories") or []})
            more, end = str(told.get("@odata.nextLink") or ""), str(told.get("@odata.deltaLink") or "")
            if not end and more in ("", link):
                # an answer without either would be asked for ever, and what it left out would be lost
                raise self.line.trouble(Answer(500, {}, b""), False)
            link = more or end
            if end or len(found) >= _WINDOW:
                break
        return link, sorted(found.values(), key=lambda one: str(one["at"]))

    def _delta(self, link: str) -> Answer | None:
        """A page of changes; None when the server does not know the link any more."""
        try:
            answer = self.line.ask("GET", link, prefer=f"odata.maxpagesize={_PAGE}")
        except UserFacingError as error:
            if any(code in str(error).lower() for code in _LOST):
                return None
            raise
        if answer.good:
            return answer
        if answer.status == 410 or (link.startswith("https://") and answer.status == 404):
            return None
        raise self.line.trouble(answer, False)

    def _mime(self, remote_id: str) -> Answer | None:
        try:
            answer = self.line.ask("GET", f"/messages/{remote_id}/$value", most=MAX_LETTER)
        except UserFacingError as error:
            if not any(code in str(error) for code in _NO_MIME):
                raise
            log.warning("the server cannot give a letter as it came")
            return self._beginning(remote_id)
        return answer if answer.good else None

    def _beginning(self, remote_id: str) -> Answer | None:
        """What can be had of a letter without its MIME: the headers and the text, as a letter again."""
        fields = "internetMessageHeaders,subject,from,body,receivedDateTime"
        answer = self.line.ask(
            "GET", f"/messages/{remote_id}?$select={fields}", prefer='outlook.body-content-type="text"'
        )
        if not answer.good:
            return None
        told = answer.json()
        lines = [
            f"{header.get('name')}: {' '.join(str(header.get('value')).split())}\r\n"
            for header in told.get("internetMessageHeaders") or ()
            if not str(header.get("name")).lower().startswith(("content-", "mime-"))
        ]
        head = "".join([*lines, "Content-Type: text/plain; charset=utf-8\r\n\r\n"])
        body = f"{head}{(told.get('body') or {}).get('content') or ''}".encode("utf-8", "replace")
        return Answer(200, {}, body, len(body))

    # --- folders -------------------------------------------------------------------------------------------------

    def _inbox(self) -> str:
        """The id of the folder that letters are read from."""
        if "inbox" not in self._folders:
            name = str(self._options.get("folder") or "").strip("/")
            if name:
                found = self._named(name)
                if found is None:
                    missing = {"error": {"code": "ErrorFolderNotFound", "message": f"No folder “{name}”"}}
                    raise self.line.trouble(Answer(404, {}, json.dumps(missing).encode()), False)
            else:
                found = str(self.line.need(self.line.ask("GET", "/mailFolders/inbox?$select=id")).json()["id"])
            self._folders["inbox"] = found
        return self._folders["inbox"]

    def _processed(self) -> str:
        """The folder of read letters: below the one they come from, or at the top; made below when there is none."""
        if "processed" not in self._folders:
            name = str(self._options.get("processed") or "Processed").strip("/")
            found = self._named(name)
            if found is None:
                found = self._inbox()
                for part in name.split("/"):
                    found = self._child(found, part) or self._made(found, part)
            self._folders["processed"] = found
        return self._folders["processed"]

    def _named(self, path: str) -> str | None:
        for start in (self._folders.get("inbox") or "inbox", ""):
            found: str | None = start
            for part in path.split("/"):
                found = self._child(found or "", part)
                if found is None:
                    break
            if found:
                return found
        return None

    def _child(self, parent: str, name: str) -> str | None:
        below = f"/mailFolders/{parent}/childFolders" if parent else "/mailFolders"
        for folder in self.line.pages(f"{below}?$select=id,displayName&$top=100"):
            if str(folder.get("displayName")).casefold() == name.casefold():
                return str(folder["id"])
        return None

    def _made(self, parent: str, name: str) -> str:
        answer = self.line.ask("POST", f"/mailFolders/{parent}/childFolders", {"displayName": name})
        return str(self.line.need(answer).json()["id"])


def _instant(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text).replace("Z", "+00:00")).astimezone(UTC)
    except ValueError:
        return None
