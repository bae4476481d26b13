"""An Exchange server small enough for tests: SOAP over real HTTP, Basic and NTLM, as unkind as the real ones.

What it keeps is read by tests directly (`EwsServer.store`), so that a letter can be looked at without the client that
sent it. Like Exchange it gives neither bodies nor attachments in SyncFolderItems, lists the newest letters first,
gives a moved letter another id, and puts its own Message-ID into a letter unless the id is named as a property.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import spnego
from spnego._ntlm_raw.crypto import ntowfv1

from tests.sync.mail.unkind import Http, Unkind

M = "{http://schemas.microsoft.com/exchange/services/2006/messages}"
T = "{http://schemas.microsoft.com/exchange/services/2006/types}"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
PATH = "/EWS/Exchange.asmx"
_NTLM = threading.Lock()
FOLDERS = {"root": "", "msgfolderroot": "root", "inbox": "msgfolderroot", "sentitems": "msgfolderroot",
           "drafts": "msgfolderroot", "deleteditems": "msgfolderroot", "calendar": "msgfolderroot"}  # fmt: skip

_ENVELOPE = (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
    'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" '
    'xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors"><s:Header><t:ServerVersionInfo '
    'MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="17" Version="V2017_07_11"/>'
    "</s:Header><s:Body>%s</s:Body></s:Envelope>"
)


@dataclass
class Folder:
    id: str
    name: str
    parent: str
    log: list[tuple[str, str]] = field(default_factory=list)  # (created | read | updated | deleted, item id)


@dataclass
class Item:
    id: str
    folder: str
    mime: bytes
    received: datetime
    conversation: str = ""
    message_id: str = ""
    is_read: bool = False
    categories: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)  # extended properties of the set InternetHeaders
    version: int = 1
    damaged: bool = False  # the server cannot give its MIME
    lost: bool = False  # nor anything else of it
    late: int = 0  # so many searches do not find it yet

    @property
    def parsed(self) -> Message:
        return email.message_from_bytes(self.mime)


class Refused(Exception):
    """An operation fails with an EWS code."""


class Store:
    """One mailbox. Every method is called under the server's lock, or by a test while nobody talks to the server."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folders = {key: Folder(key, key.title(), parent) for key, parent in FOLDERS.items()}
        self.items: dict[str, Item] = {}
        self.events: dict[str, dict[str, str]] = {}  # calendar items: Subject, Start, End, booking
        self.epoch = 1  # sync states of another epoch are no longer known
        self._serial = count(1)

    def put(self, folder: str, mime: bytes, message_id: str = "", **more: Any) -> Item:
        parsed = email.message_from_bytes(mime)
        named = message_id or str(parsed.get("Message-ID") or f"<{next(self._serial)}@exchange.invalid>").strip()
        item = Item(f"AAMk{next(self._serial):06d}==", folder, mime, datetime.now(UTC), message_id=named, **more)
        item.conversation = self._conversation(parsed) or f"conversation-{item.id}"
        self.items[item.id] = item
        self.folders[folder].log.append(("created", item.id))
        return item

    def _conversation(self, parsed: Message) -> str:
        named = f"{parsed.get('In-Reply-To', '')} {parsed.get('References', '')}".split()
        return next((item.conversation for item in self.items.values() if item.message_id in named), "")

    def move(self, item_id: str, folder: str) -> Item:
        """Into another folder, under another id."""
        item = self.items.pop(item_id)
        self.folders[item.folder].log.append(("deleted", item.id))
        moved = Item(**{**item.__dict__, "id": f"AAMk{next(self._serial):06d}==", "folder": folder})
        self.items[moved.id] = moved
        self.folders[folder].log.append(("created", moved.id))
        return moved

    def remove(self, item_id: str) -> None:
        item = self.items.pop(item_id)
        self.folders[item.folder].log.append(("deleted", item_id))

    def named(self, folder: str) -> list[Item]:
        """The letters of a folder, by its name or id, oldest first."""
        ids = {found.id for found in self.folders.values() if folder.casefold() in (found.id, found.name.casefold())}
        return [item for item in self.items.values() if item.folder in ids]

    def changes(self, folder: Folder, state: str, limit: int) -> tuple[list[tuple[str, str]], str, bool]:
        """(changes, new state, whether these were the last); the first listing gives the newest letters first."""
        known = {"epoch": self.epoch, "seq": len(folder.log), "left": None, "folder": folder.id}
        if state:
            known = json.loads(base64.b64decode(state))
            if known["epoch"] != self.epoch or known["folder"] != folder.id:
                raise Refused("ErrorInvalidSyncStateData")
        else:
            born = {item_id for kind, item_id in folder.log if kind == "created"}
            known["left"] = [one for one in reversed(self.items) if one in born]
        if known["left"] is not None:
            page, rest = known["left"][:limit], known["left"][limit:]
            known["left"] = rest or None
            found = [("created", one) for one in page if one in self.items]
            last = not rest and known["seq"] == len(folder.log)
        else:
            log = folder.log[known["seq"] : known["seq"] + limit]
            known["seq"] += len(log)
            found = [(kind, one) for kind, one in log if kind == "deleted" or one in self.items]
            last = known["seq"] == len(folder.log)
        return found, base64.b64encode(json.dumps(known).encode()).decode(), last


class EwsServer(Unkind):
    """``schemes``: what is offered, best first. ``logins``: one entry for each password that was judged."""

    def __init__(
        self,
        users: dict[str, str],
        folder: Path,
        schemes: tuple[str, ...] = ("Basic",),
        certificate: Path | None = None,
    ) -> None:
        super().__init__(_Handler, certificate)
        self.users = users
        self.schemes = schemes
        self.stores = {user: Store(user) for user in users}
        self.rights: dict[str, set[str]] = {user: {user} for user in users}  # login -> mailboxes that it may open
        self.logins: list[bool] = []
        self.calls: list[str] = []
        self.sent: list[tuple[list[str], bytes]] = []
        self.refused: set[str] = set()
        self.duplicates = False
        self.delegates: dict[str, str] = {}  # login -> how it may send for others: as | behalf | no
        self.news = threading.Condition()
        self.streams = 0  # that are open
        self.cut = 0  # raised to end all that are
        self.replaces_ids = False  # Exchange Online does it, whatever it was told
        self.late_copies = 0
        self._ntlm_file = folder / "ntlm-users"
        self._ntlm_file.write_text(
            "".join(f"{user}:0:{'0' * 32}:{ntowfv1(word).hex().upper()}:[U]:LCT-0\n" for user, word in users.items()),
            encoding="utf-8",
        )
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.port}{PATH}"

    @property
    def store(self) -> Store:
        return next(iter(self.stores.values()))

    def deliver(self, mime: bytes, address: str = "") -> Item:
        with self.lock:
            item = self.stores[address or self.store.address].put("inbox", mime)
        with self.news:
            self.news.notify_all()
        return item


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Http

    def setup(self) -> None:
        super().setup()
        self.user = ""
        self.ntlm: Any = None

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        ews = self.server.behind
        if not self._let_in():
            return
        try:
            operation = ElementTree.fromstring(body).find(f"{SOAP}Body")[0]  # type: ignore[index]
        except (ElementTree.ParseError, TypeError, IndexError):
            self._answer(500, b"no SOAP")
            return
        name = operation.tag.removeprefix(M)
        how, _, value = ews.fault(name).partition(":")
        with ews.lock:
            ews.calls.append(name)
        if how == "hangup":
            self._hang_up()
        elif how == "status":
            self._answer(int(value), b"", {"WWW-Authenticate": "Basic"} if value == "401" else {})
        elif name == "GetStreamingEvents" and not how:
            self._stream(ews, operation)
        elif how in ("busy", "fault"):
            self._answer(500, (_ENVELOPE % _soap_fault(value, how == "busy")).encode())
        else:
            with ews.lock:
                answer = self._perform(ews, name, operation, value if how == "error" else "")
            if how == "deaf":
                self._hang_up()
                return
            if how == "slow":
                ews.released.wait(30)
            self._answer(200, (_ENVELOPE % answer).encode())

    def _perform(self, ews: EwsServer, name: str, operation: ElementTree.Element, error: str) -> str:
        ids = max(1, sum(1 for _ in operation.iter(f"{T}ItemId")))
        messages = _error(name, error) * ids if error else ""
        if not messages:
            try:
                messages = getattr(_Operations(ews, self.user, operation), name)()
            except AttributeError as missing:
                if missing.name != name:
                    raise
                return _soap_fault("ErrorInvalidRequest", False)
            except Refused as refused:
                messages = _error(name, str(refused))
        return f"<m:{name}Response><m:ResponseMessages>{messages}</m:ResponseMessages></m:{name}Response>"

    # --- who it is

    def _let_in(self) -> bool:
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        ews = self.server.behind
        if scheme == "Basic" and "Basic" in ews.schemes:
            user, _, word = base64.b64decode(token).decode("utf-8").partition(":")
            right = ews.users.get(user) == word
            if not right or self.user != user:
                ews.logins.append(right)
            self.user = user if right else ""
        elif scheme == "NTLM" and "NTLM" in ews.schemes:
            return self._ntlm_step(base64.b64decode(token))
        if self.user:
            return True
        self._answer(401, b"", {"WWW-Authenticate": ", ".join(self._offers())})
        return False

    def _offers(self) -> Iterator[str]:
        for scheme in self.server.behind.schemes:
            yield 'Basic realm="127.0.0.1"' if scheme == "Basic" else scheme

    def _ntlm_step(self, token: bytes) -> bool:
        with _NTLM:  # the library looks into the file that the environment names, and another server may have said so
            os.environ["NTLM_USER_FILE"] = str(self.server.behind._ntlm_file)
            if token[8:9] == b"\1":
                self.user, self.ntlm = "", spnego.server(protocol="ntlm")
                challenge = base64.b64encode(self.ntlm.step(token)).decode()
                self._answer(401, b"", {"WWW-Authenticate": f"NTLM {challenge}"})
                return False
            try:
                self.ntlm.step(token)
                self.user = self.ntlm.client_principal.lstrip("\\")
            except spnego.exceptions.SpnegoError:
                self.user = ""
        self.server.behind.logins.append(bool(self.user))
        if not self.user:
            self._answer(401, b"", {"WWW-Authenticate": "NTLM"})
        return bool(self.user)

    # --- the wire

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        lines = [f"HTTP/1.1 {status} {'OK' if status == 200 else 'Trouble'}", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: text/xml; charset=utf-8"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("ascii") + body)

    def _stream(self, ews: EwsServer, operation: ElementTree.Element) -> None:
        """Notifications as they come, in chunks, until the client goes or the test cuts the line."""
        folder = ews.stores[self.user].folders["inbox"]
        known, cut = len(folder.log), ews.cut
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.wfile.write(head.encode("ascii"))
        with ews.news:
            ews.streams += 1
            ews.news.notify_all()
        try:
            told = ""
            while ews.cut == cut and not ews.released.is_set():
                chunk = (_ENVELOPE % _notification(told)).encode()
                self.wfile.write(f"{len(chunk):x}\r\n".encode("ascii") + chunk + b"\r\n")
                with ews.news:
                    if len(folder.log) == known and ews.cut == cut and not ews.released.is_set():
                        ews.news.wait(0.2)
                    told = "".join(one for _kind, one in folder.log[known:])
                    known = len(folder.log)
        finally:
            with ews.news:
                ews.streams -= 1
                ews.news.notify_all()
        self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class _Operations:
    """Each method is one EWS operation and returns its response messages."""

    def __init__(self, ews: EwsServer, user: str, request: ElementTree.Element) -> None:
        self.ews, self.user, self.request = ews, user, request
        self.store = ews.stores[user]

    def _of(self, address: str) -> Store:
        if address not in self.ews.rights[self.user]:
            raise Refused("ErrorItemNotFound")
        return self.ews.stores[address]

    def _folder(self, holder: ElementTree.Element | None) -> Folder:
        assert holder is not None
        for one in holder.iter():
            if one.tag in (f"{T}DistinguishedFolderId", f"{T}FolderId"):
                address, _, key = str(one.get("Id")).rpartition("|")
                address = address or str(one.findtext(f"{T}Mailbox/{T}EmailAddress") or "")
                self.store = self._of(address) if address else self.store
                if key not in self.store.folders:
                    raise Refused("ErrorFolderNotFound")
                return self.store.folders[key]
        raise Refused("ErrorFolderNotFound")

    def _shown(self, folder: Folder) -> str:
        kind = "t:CalendarFolder" if folder.id == "calendar" else "t:Folder"
        holds = "IPF.Appointment" if folder.id == "calendar" else "IPF.Note"
        return (
            f"<{kind}><t:FolderId Id={quoteattr(self.store.address + '|' + folder.id)} ChangeKey='AQ'/>"
            f"<t:ParentFolderId Id={quoteattr(self.store.address + '|' + folder.parent)} ChangeKey='AQ'/>"
            f"<t:FolderClass>{holds}</t:FolderClass><t:DisplayName>{escape(folder.name)}</t:DisplayName>"
            f"<t:TotalCount>{len(self.store.named(folder.id))}</t:TotalCount>"
            f"<t:ChildFolderCount>0</t:ChildFolderCount></{kind}>"
        )

    def GetFolder(self) -> str:
        return _done(
            "GetFolder", f"<m:Folders>{self._shown(self._folder(self.request.find(f'{M}FolderIds')))}</m:Folders>"
        )

    def FindFolder(self) -> str:
        parent = self._folder(self.request.find(f"{M}ParentFolderIds"))
        wanted = next((str(one.get("Value")) for one in self.request.iter(f"{T}Constant")), "")
        found = [
            self._shown(one)
            for one in self.store.folders.values()
            if one.parent == parent.id and (not wanted or one.name.casefold() == wanted.casefold())
        ]
        return _done("FindFolder", _page("Folders", found))

    def CreateFolder(self) -> str:
        parent = self._folder(self.request.find(f"{M}ParentFolderId"))
        name = next(str(one.text) for one in self.request.iter(f"{T}DisplayName"))
        folder = Folder(f"folder-{len(self.store.folders)}", name, parent.id)
        self.store.folders[folder.id] = folder
        return _done("CreateFolder", f"<m:Folders>{self._shown(folder)}</m:Folders>")

    def SyncFolderItems(self) -> str:
        folder = self._folder(self.request.find(f"{M}SyncFolderId"))
        state = self.request.findtext(f"{M}SyncState") or ""
        limit = min(int(self.request.findtext(f"{M}MaxChangesReturned") or 100), 512)
        changes, fresh, last = self.store.changes(folder, state, limit)
        shown = []
        for kind, item_id in changes:
            if kind == "created":
                shown.append(f"<t:Create>{self._item(self.store.items[item_id], synced=True)}</t:Create>")
            elif kind == "deleted":
                shown.append(f"<t:Delete>{self._id(item_id)}</t:Delete>")
            elif kind == "read":
                shown.append(f"<t:ReadFlagChange>{self._id(item_id)}<t:IsRead>true</t:IsRead></t:ReadFlagChange>")
            else:
                shown.append(f"<t:Update>{self._item(self.store.items[item_id], synced=True)}</t:Update>")
        if self.ews.duplicates:
            shown += shown
        return _done(
            "SyncFolderItems",
            f"<m:SyncState>{fresh}</m:SyncState><m:IncludesLastItemInRange>{str(last).lower()}"
            f"</m:IncludesLastItemInRange><m:Changes>{''.join(shown)}</m:Changes>",
        )

    def _id(self, item_id: str, version: int = 1) -> str:
        return f"<t:ItemId Id={quoteattr(self.store.address + '|' + item_id)} ChangeKey='CQ{version}'/>"

    def _item(self, item: Item, synced: bool = False) -> str:
        """Those properties that the shape asks for; in a sync only the small ones, whatever it asks for."""
        if item.lost and not synced:
            raise Refused("ErrorItemCorrupt")
        asked = {str(one.get("FieldURI")) for one in self.request.iter(f"{T}FieldURI")}
        parts = [self._id(item.id, item.version)]

        def give(uri: str, text: Callable[[], str]) -> None:
            if uri in asked:
                parts.append(text())

        if "item:MimeContent" in asked and not synced:
            if item.damaged:
                raise Refused("ErrorMimeContentInvalid")
            encoded = base64.b64encode(item.mime).decode()
            parts.insert(0, f"<t:MimeContent CharacterSet='UTF-8'>{encoded}</t:MimeContent>")
        give("item:Subject", lambda: f"<t:Subject>{escape(_decoded(item.parsed['Subject']))}</t:Subject>")
        give(
            "item:DateTimeReceived",
            lambda: f"<t:DateTimeReceived>{item.received:%Y-%m-%dT%H:%M:%SZ}</t:DateTimeReceived>",
        )
        give("item:Size", lambda: f"<t:Size>{len(item.mime)}</t:Size>")
        give(
            "item:Categories",
            lambda: (
                f"<t:Categories>{''.join(f'<t:String>{escape(c)}</t:String>' for c in item.categories)}</t:Categories>"
            ),
        )
        give("message:IsRead", lambda: f"<t:IsRead>{str(item.is_read).lower()}</t:IsRead>")
        give(
            "message:InternetMessageId", lambda: f"<t:InternetMessageId>{escape(item.message_id)}</t:InternetMessageId>"
        )
        give("item:ConversationId", lambda: f"<t:ConversationId Id={quoteattr(item.conversation)}/>")
        if not synced:
            give("item:TextBody", lambda: f"<t:TextBody BodyType='Text'>{escape(_text(item.parsed))}</t:TextBody>")
            give("item:Body", lambda: f"<t:Body BodyType='Text'>{escape(_text(item.parsed))}</t:Body>")
            give("item:InternetMessageHeaders", lambda: _headers(item.parsed))
        return f"<t:Message>{''.join(parts)}</t:Message>"

    def _found(self, holder: str) -> Iterator[Item | str]:
        for one in self.request.iter(f"{T}ItemId"):
            address, _, item_id = str(one.get("Id")).rpartition("|")
            try:
                self.store = self._of(address) if address else self.store
            except Refused as refused:
                yield str(refused)
                continue
            yield self.store.items.get(item_id) or "ErrorItemNotFound"

    def GetItem(self) -> str:
        ids = list(self._event_ids())
        if any(one in self.store.events for one in ids):
            return "".join(
                _done("GetItem", f"<m:Items>{self._event(one)}</m:Items>")
                if one in self.store.events
                else _error("GetItem", "ErrorItemNotFound")
                for one in ids
            )
        messages = []
        for item in self._found("ItemIds"):
            try:
                messages.append(
                    _error("GetItem", item)
                    if isinstance(item, str)
                    else _done("GetItem", f"<m:Items>{self._item(item)}</m:Items>")
                )
            except Refused as refused:
                messages.append(_error("GetItem", str(refused)))
        return "".join(messages)

    def MoveItem(self) -> str:
        target = self._folder(self.request.find(f"{M}ToFolderId"))
        messages = []
        for item in self._found("ItemIds"):
            if isinstance(item, str):
                messages.append(_error("MoveItem", item))
            else:
                moved = self.store.move(item.id, target.id)
                messages.append(_done("MoveItem", f"<m:Items><t:Message>{self._id(moved.id)}</t:Message></m:Items>"))
        return "".join(messages)

    def UpdateItem(self) -> str:
        if any(True for _ in self.request.iter(f"{T}CalendarItem")):
            messages = []
            for event_id, change in zip(
                list(self._event_ids()), list(self.request.iter(f"{T}ItemChange")), strict=True
            ):
                if event_id not in self.store.events:
                    messages.append(_error("UpdateItem", "ErrorItemNotFound"))
                    continue
                self.store.events[event_id] |= self._told(change)
                shown = f"<m:Items><t:CalendarItem>{self._id(event_id, 2)}</t:CalendarItem></m:Items>"
                messages.append(_done("UpdateItem", shown))
            return "".join(messages)
        return self._update_letters()

    def _update_letters(self) -> str:
        blind = any(not one.get("ChangeKey") for one in self.request.iter(f"{T}ItemId"))
        if blind and self.request.get("ConflictResolution") != "AlwaysOverwrite":
            raise Refused("ErrorChangeKeyRequired")
        if self.request.get("SuppressReadReceipts") != "true":
            raise Refused("ErrorInvalidRequest")  # nobody wants a receipt sent to each customer
        messages = []
        for item, change in zip(self._found("ItemChanges"), self.request.iter(f"{T}ItemChange"), strict=True):
            if isinstance(item, str):
                messages.append(_error("UpdateItem", item))
                continue
            for flag in change.iter(f"{T}IsRead"):
                item.is_read = flag.text in ("true", "1")
                self.store.folders[item.folder].log.append(("read", item.id))
            for names in change.iter(f"{T}Categories"):
                item.categories = [str(one.text) for one in names.iter(f"{T}String")]
                self.store.folders[item.folder].log.append(("updated", item.id))
            item.version += 1
            messages.append(
                _done("UpdateItem", f"<m:Items><t:Message>{self._id(item.id, item.version)}</t:Message></m:Items>")
            )
        return "".join(messages)

    def FindItem(self) -> str:
        folder = self._folder(self.request.find(f"{M}ParentFolderIds"))
        items = self.store.named(folder.id)
        if folder.id == "calendar":
            own = {event_id: told for event_id, told in self.store.events.items() if told.get("booking")}
            exists = any(True for _ in self.request.iter(f"{T}Exists"))
            return _done(
                "FindItem", _page("Items", [self._event(one) for one in (own if exists else self.store.events)])
            )
        for test in self.request.iter(f"{T}IsEqualTo"):
            value = next(str(one.get("Value")) for one in test.iter(f"{T}Constant"))
            named = next((str(one.get("PropertyName")) for one in test.iter(f"{T}ExtendedFieldURI")), "")
            items = [item for item in items if item.headers.get(named.lower()) == value]
            for item in [item for item in items if item.late]:
                item.late -= 1
                items.remove(item)
        offset = int(next((one.get("Offset") or 0 for one in self.request.iter(f"{M}IndexedPageItemView")), 0))
        return _done("FindItem", _page("Items", [self._item(item, synced=True) for item in items[offset:]]))

    def _event(self, event_id: str) -> str:
        told = self.store.events[event_id]
        booking = told.get("booking")
        mark = (
            '<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" '
            f'PropertyName="deskapp-booking" PropertyType="String"/><t:Value>{booking}</t:Value></t:ExtendedProperty>'
            if booking
            else ""
        )
        parts = f"<t:Subject>{escape(told['Subject'])}</t:Subject>{mark}"
        times = f"<t:Start>{told['Start']}</t:Start><t:End>{told['End']}</t:End>"
        return f"<t:CalendarItem>{self._id(event_id)}{parts}{times}</t:CalendarItem>"

    def _told(self, item: ElementTree.Element) -> dict[str, str]:
        found = {name: str(one.text) for name in ("Subject", "Start", "End") for one in item.iter(f"{T}{name}")}
        marks = [str(one.findtext(f"{T}Value")) for one in item.iter(f"{T}ExtendedProperty")]
        return found | ({"booking": marks[0]} if marks else {})

    def _event_ids(self) -> Iterator[str]:
        for one in self.request.iter(f"{T}ItemId"):
            address, _, event_id = str(one.get("Id")).rpartition("|")
            self.store = self._of(address) if address else self.store
            yield event_id

    def DeleteItem(self) -> str:
        messages = []
        for event_id in self._event_ids():
            gone = self.store.events.pop(event_id, None) is None
            messages.append(_error("DeleteItem", "ErrorItemNotFound") if gone else _done("DeleteItem", ""))
        return "".join(messages)

    def CreateItem(self) -> str:
        if any(True for _ in self.request.iter(f"{T}CalendarItem")):
            if self.request.get("SendMeetingInvitations") != "SendToNone":
                raise Refused("ErrorInvalidRequest")  # nobody is invited to work
            self.store = self._folder(self.request.find(f"{M}SavedItemFolderId")) and self.store
            event_id = f"event-{next(self.store._serial)}"
            self.store.events[event_id] = self._told(next(self.request.iter(f"{T}CalendarItem")))
            return _done("CreateItem", f"<m:Items><t:CalendarItem>{self._id(event_id)}</t:CalendarItem></m:Items>")
        return self._create_letter()

    def _create_letter(self) -> str:
        """Only ready MIME; the properties given beside it count for more than its headers, as they do in Exchange."""
        how = self.request.get("MessageDisposition")
        message = next(self.request.iter(f"{T}Message"))
        mime = base64.b64decode(message.findtext(f"{T}MimeContent") or "")
        parsed = email.message_from_bytes(mime)
        if not parsed.get("From"):
            raise Refused("ErrorMimeContentInvalid")
        headers = {
            str(uri.get("PropertyName")).lower(): str(prop.findtext(f"{T}Value"))
            for prop in message.iter(f"{T}ExtendedProperty")
            for uri in prop.iter(f"{T}ExtendedFieldURI")
            if uri.get("DistinguishedPropertySetId") == "InternetHeaders"
        }
        people = [
            str(one.text)
            for kind in ("ToRecipients", "CcRecipients", "BccRecipients")
            for holder in message.iter(f"{T}{kind}")
            for one in holder.iter(f"{T}EmailAddress")
        ]
        people += [address for _, address in getaddresses([*parsed.get_all("To", []), *parsed.get_all("Cc", [])])]
        people = list(dict.fromkeys(people))
        message_id = message.findtext(f"{T}InternetMessageId") or f"<{len(self.ews.sent)}@exchange.invalid>"
        if self.ews.replaces_ids:
            message_id = f"<own-{len(self.ews.sent)}@exchange.invalid>"
            del parsed["Message-ID"]
            parsed["Message-ID"] = message_id
            mime = parsed.as_bytes()
        if how != "SaveOnly":
            mime = self._signed(message, parsed, mime)
            if self.ews.refused & set(people):
                raise Refused("ErrorInvalidRecipients")
            self.ews.sent.append((people, mime))
        if how == "SendOnly":
            return _done("CreateItem", "<m:Items/>")
        folder = self._folder(self.request.find(f"{M}SavedItemFolderId"))
        late = self.ews.late_copies if how != "SaveOnly" else 0
        item = self.store.put(folder.id, mime, message_id, headers=headers, is_read=True, late=late)
        shown = f"<t:Message>{self._id(item.id)}</t:Message>" if how == "SaveOnly" else ""
        return _done("CreateItem", f"<m:Items>{shown}</m:Items>")

    def _signed(self, message: ElementTree.Element, parsed: Message, mime: bytes) -> bytes:
        """The letter of a delegate: as the owner's own, or with who sent it beside, by the right that there is."""
        named = next((str(one.text) for one in message.iterfind(f"{T}From/{T}Mailbox/{T}EmailAddress")), "")
        whose = named or next((address for _, address in getaddresses([str(parsed["From"])])), "")
        if whose == self.user:
            return mime
        right = self.ews.delegates.get(self.user, "as")
        if right == "no":
            raise Refused("ErrorSendAsDenied")
        if named != next((address for _, address in getaddresses([str(parsed["From"])])), ""):
            raise Refused("ErrorInvalidRequest")  # two different senders
        if right == "as":
            return mime
        parsed["Sender"] = self.user
        return parsed.as_bytes()

    def Subscribe(self) -> str:
        if not any(True for _ in self.request.iter(f"{M}StreamingSubscriptionRequest")):
            raise Refused("ErrorInvalidSubscriptionRequest")
        return _done("Subscribe", "<m:SubscriptionId>stream</m:SubscriptionId>")

    def SendItem(self) -> str:
        messages = []
        for item in list(self._found("ItemIds")):
            if isinstance(item, str):
                messages.append(_error("SendItem", item))
                continue
            to = getaddresses([*item.parsed.get_all("To", []), *item.parsed.get_all("Cc", [])])
            self.ews.sent.append(([address for _, address in to], item.mime))
            if self.request.get("SaveItemToFolder") == "true":
                self.store.move(item.id, "sentitems")
            else:
                self.store.remove(item.id)
            messages.append(_done("SendItem", ""))
        return "".join(messages)


def _done(name: str, inside: str) -> str:
    return (
        f'<m:{name}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{inside}'
        f"</m:{name}ResponseMessage>"
    )


def _error(name: str, code: str) -> str:
    sync = (
        "<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
        if code == "ErrorInvalidSyncStateData"
        else ""
    )
    return (
        f'<m:{name}ResponseMessage ResponseClass="Error"><m:MessageText>The server says {code}.</m:MessageText>'
        f"<m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>{sync}"
        f"</m:{name}ResponseMessage>"
    )


def _notification(item: str) -> str:
    """A sign of life, or that an item came."""
    event = (
        "<m:Notifications><m:Notification><t:SubscriptionId>stream</t:SubscriptionId><t:NewMailEvent>"
        f'<t:TimeStamp>2026-11-03T08:42:00Z</t:TimeStamp><t:ItemId Id={quoteattr(item)} ChangeKey="CQ1"/>'
        '<t:ParentFolderId Id="inbox" ChangeKey="CQ1"/></t:NewMailEvent></m:Notification></m:Notifications>'
    )
    return (
        "<m:GetStreamingEventsResponse><m:ResponseMessages>"
        "<m:GetStreamingEventsResponseMessage ResponseClass='Success'>"
        f"<m:ResponseCode>NoError</m:ResponseCode>{event if item else '<m:ConnectionStatus>OK</m:ConnectionStatus>'}"
        "</m:GetStreamingEventsResponseMessage></m:ResponseMessages></m:GetStreamingEventsResponse>"
    )


def _page(name: str, found: list[str]) -> str:
    return (
        f'<m:RootFolder IndexedPagingOffset="{len(found)}" TotalItemsInView="{len(found)}" '
        f'IncludesLastItemInRange="true"><t:{name}>{"".join(found)}</t:{name}></m:RootFolder>'
    )


def _soap_fault(value: str, busy: bool) -> str:
    code = "ErrorServerBusy" if busy else value
    wait = f'<t:MessageXml><t:Value Name="BackOffMilliseconds">{value}</t:Value></t:MessageXml>' if busy else ""
    return (
        f"<s:Fault><faultcode>e:{code}</faultcode><faultstring>The server says {code}.</faultstring><detail>"
        f"<e:ResponseCode>{code}</e:ResponseCode><e:Message>The server says {code}.</e:Message>{wait}"
        "</detail></s:Fault>"
    )


def _decoded(value: Any) -> str:
    return str(email.header.make_header(email.header.decode_header(str(value or ""))))


def _text(parsed: Message) -> str:
    for part in parsed.walk():
        if part.get_content_type() == "text/plain":
            found = part.get_payload(decode=True)
            assert isinstance(found, bytes)
            return found.decode(part.get_content_charset() or "utf-8", "replace")
    return ""


def _headers(parsed: Message) -> str:
    lines = "".join(
        f"<t:InternetMessageHeader HeaderName={quoteattr(name)}>{escape(str(value))}</t:InternetMessageHeader>"
        for name, value in parsed.items()
    )
    return f"<t:InternetMessageHeaders>{lines}</t:InternetMessageHeaders>"
