"""Exchange Online small enough for tests: device-code sign-in, tokens and Microsoft Graph over real HTTPS, as unkind as
the real one.

What it keeps is read by tests directly, so that a letter can be looked at without the client that sent it. Like Graph
it gives ids that change with each move unless immutable ones are preferred, lists letters in no order, refuses headers
that are not ``x-``, writes down what it sends by itself, and knows delta states only for a while.
"""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.sync.mail.servers import JWT_KEY
from tests.sync.mail.unkind import Http, Unkind

CLIENT_ID = "0b3f6f0e-1111-2222-3333-444455556666"
TENANT = "firm.example"
WELL_KNOWN = ("inbox", "sentitems", "drafts", "deleteditems")
_WHITE = re.compile(r"\s+")


@dataclass
class Folder:
    id: str
    name: str
    parent: str = ""
    log: list[tuple[str, str]] = field(default_factory=list)  # (created | updated | deleted, immutable id)


@dataclass
class Item:
    id: str  # the immutable one
    folder: str
    mime: bytes
    received: datetime
    moves: int = 0
    conversation: str = ""
    message_id: str = ""
    is_read: bool = False
    draft: bool = False
    flag: str = "notFlagged"
    categories: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)  # a draft's properties
    files: list[dict[str, Any]] = field(default_factory=list)
    answers: str = ""  # the id of the letter that it answers
    damaged: bool = False  # no MIME can be had of it
    late: int = 0  # so many searches of the sent letters do not find it yet

    @property
    def volatile(self) -> str:
        return f"{self.id}-{self.moves}"

    @property
    def parsed(self) -> Message:
        return email.message_from_bytes(self.mime)


class Refused(Exception):
    """A request fails: (status, code, words)."""

    def __init__(self, status: int, code: str, words: str = "") -> None:
        super().__init__(status, code, words or f"The server says {code}.")


class Store:
    """One mailbox."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folders = {name: Folder(name, name.title()) for name in WELL_KNOWN}
        self.items: dict[str, Item] = {}
        self.events: dict[str, dict[str, Any]] = {}
        self.epoch = 1
        self._serial = count(1)

    def put(self, folder: str, mime: bytes, **more: Any) -> Item:
        parsed = email.message_from_bytes(mime)
        number = next(self._serial)
        item = Item(f"AAkA{number:05d}", folder, mime, datetime.now(UTC) - timedelta(seconds=300 - number), **more)
        item.message_id = item.message_id or str(parsed.get("Message-ID") or f"<{number}@online.invalid>").strip()
        item.conversation = item.conversation or self._conversation(parsed) or f"conversation-{item.id}"
        self.items[item.id] = item
        self.folders[folder].log.append(("created", item.id))
        return item

    def _conversation(self, parsed: Message) -> str:
        named = f"{parsed.get('In-Reply-To', '')} {parsed.get('References', '')}".split()
        return next((item.conversation for item in self.items.values() if item.message_id in named), "")

    def move(self, item: Item, folder: str) -> None:
        self.folders[item.folder].log.append(("deleted", item.id))
        item.folder, item.moves = folder, item.moves + 1
        self.folders[folder].log.append(("created", item.id))

    def remove(self, item: Item) -> None:
        del self.items[item.id]
        self.folders[item.folder].log.append(("deleted", item.id))

    def named(self, folder: str) -> list[Item]:
        ids = {one.id for one in self.folders.values() if folder.casefold() in (one.id, one.name.casefold())}
        return [item for item in self.items.values() if item.folder in ids]


class GraphServer(Unkind):
    """``users``: addresses that may sign in. ``sent``: (recipients, MIME) of each letter that left."""

    def __init__(self, users: tuple[str, ...], certificate: Path) -> None:
        super().__init__(_Handler, certificate)
        self.user = users[0]
        self.stores = {user: Store(user) for user in users}
        self.rights: dict[str, set[str]] = {user: {user} for user in users}
        self.calls: list[str] = []
        self.sent: list[tuple[list[str], bytes]] = []
        self.refused: set[str] = set()
        self.duplicates = False
        self.lifetime = 3600
        self.replaces_ids = False  # some tenants give sent letters ids of their own
        self.late_copies = 0
        self.signed_in = ""  # who entered the code; "!" when it was declined
        self.codes: dict[str, dict[str, Any]] = {}
        self.refresh: dict[str, str] = {}  # refresh token -> user
        self.access: dict[str, str] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self._serial = count(1)
        self.url = f"https://127.0.0.1:{self.port}"
        self.options = {
            "client_id": CLIENT_ID,
            "tenant": TENANT,
            "authority": self.url,
            "graph": self.url,
            "ca_file": str(certificate),
        }

    @property
    def store(self) -> Store:
        return self.stores[self.user]

    def deliver(self, mime: bytes, address: str = "") -> Item:
        with self.lock:
            return self.stores[address or self.user].put("inbox", mime)

    # --- tokens

    def tokens(self, user: str, scope: str) -> dict[str, Any]:
        """What the token endpoint answers; the access token is a JWT that other servers can verify."""
        now = int(time.time())
        access = _jwt({"iss": self.url, "aud": "mail", "sub": user, "email": user, "jti": str(next(self._serial)),
                       "iat": now, "nbf": now - 60, "exp": now + self.lifetime})  # fmt: skip
        refresh = f"refresh-{next(self._serial)}-{'r' * 1500}"
        self.access[access] = user
        self.refresh[refresh] = user
        who = {"uid": hashlib.md5(user.encode()).hexdigest(), "utid": "tenant-id"}
        claims = {"iss": f"{self.url}/{TENANT}/v2.0", "aud": CLIENT_ID, "sub": who["uid"], "oid": who["uid"],
                  "tid": "tenant-id", "preferred_username": user, "iat": now, "nbf": now - 60,
                  "exp": now + 3600}  # fmt: skip
        return {
            "token_type": "Bearer",
            "scope": scope,
            "expires_in": self.lifetime,
            "access_token": access,
            "refresh_token": refresh,
            "id_token": _jwt(claims),
            "client_info": _b64(json.dumps(who).encode()),
        }


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _jwt(claims: dict[str, Any]) -> str:
    head = _b64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "default"}).encode())
    signed = f"{head}.{_b64(json.dumps(claims).encode())}"
    return f"{signed}.{_b64(hmac.new(JWT_KEY, signed.encode(), hashlib.sha256).digest())}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Http

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._any()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        graph = self.server.behind
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        request = _Request(graph, self.command, unquote(parts.path), query, self.headers, body)
        name = request.name()
        how, _, value = graph.fault(name).partition(":")
        with graph.lock:
            graph.calls.append(name)
        if how == "hangup":
            return self._hang_up()
        if how == "busy":
            return self._answer(429, {"error": {"code": "TooManyRequests"}}, {"Retry-After": value})
        if how == "status":
            return self._answer(int(value), b"<html>no JSON here</html>")
        if how == "error":
            status, _, code = value.partition(":")
            return self._answer(int(status), {"error": {"code": code, "message": f"The server says {code}."}})
        with graph.lock:
            try:
                status, told = request.answer()
            except Refused as refused:
                status, code, words = refused.args
                told = {"error": {"code": code, "message": words}}
        if how == "deaf":
            return self._hang_up()
        if how == "slow":
            graph.released.wait(30)
        return self._answer(status, told)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _answer(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
        body = told if isinstance(told, bytes) else (json.dumps(told).encode() if told is not None else b"")
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Type", "application/octet-stream" if isinstance(told, bytes) else "application/json")
        self.send_header("Content-Length", str(len(body)))
        head = b"".join(self._headers_buffer) + b"\r\n"  # type: ignore[attr-defined]
        self._headers_buffer = []
        self.wfile.write(head + body)


Told = tuple[int, Any]


class _Request:
    def __init__(
        self, graph: GraphServer, method: str, path: str, query: dict[str, str], headers: Any, body: bytes
    ) -> None:
        self.graph, self.method, self.path, self.query, self.headers, self.body = (
            graph, method, path, query, headers, body,
        )  # fmt: skip
        self.immutable = 'IdType="ImmutableId"' in (headers.get("Prefer") or "")

    def name(self) -> str:
        last = self.path.rstrip("/").rpartition("/")[2]
        if last in ("devicecode", "token", "openid-configuration", "delta", "$value", "move", "createReply", "send",
                    "createUploadSession", "attachments"):  # fmt: skip
            return last
        if "/upload/" in self.path:
            return "upload"
        if "mailFolders" in self.path and not last == "messages":
            return "folder"
        if "/events" in self.path:
            return f"{self.method} event"
        return f"{self.method} message"

    def answer(self) -> Told:
        if "/oauth2/" in self.path or "openid-configuration" in self.path:
            return self._sign_in()
        if self.path.startswith("/upload/"):
            return self._uploaded()
        user = self.graph.access.get((self.headers.get("Authorization") or "").removeprefix("Bearer "))
        if user is None:
            raise Refused(401, "InvalidAuthenticationToken")
        found = re.fullmatch(r"/v1\.0(?:/me|/users/([^/]+))(/.*)", self.path)
        if found is None:
            raise Refused(400, "BadRequest")
        address = found.group(1) or user
        if address not in self.graph.stores:
            raise Refused(404, "ErrorInvalidUser")
        if address not in self.graph.rights[user]:
            raise Refused(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        self.store, self.rest = self.graph.stores[address], found.group(2)
        parts = self.rest.strip("/").split("/")
        if parts[0] == "mailFolders":
            return self._folders(parts[1:])
        if parts[0] == "events" or parts[0] == "calendarView":
            return self._events(parts)
        return self._messages(parts[1:])

    @property
    def json(self) -> dict[str, Any]:
        found = json.loads(self.body or b"{}")
        assert isinstance(found, dict)
        return found

    # --- signing in

    def _sign_in(self) -> Told:
        graph = self.graph
        base = f"{graph.url}/{TENANT}"
        if "openid-configuration" in self.path:
            if not self.path.startswith(f"/{TENANT}/"):
                return 400, {"error": "invalid_tenant"}
            return 200, {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            }
        form = {key: values[0] for key, values in parse_qs(self.body.decode()).items()}
        if form.get("client_id") != CLIENT_ID:
            return 400, {"error": "unauthorized_client", "error_description": "AADSTS700016: no such application\nx"}
        if self.path.endswith("/devicecode"):
            code = f"device-{next(graph._serial)}"
            graph.codes[code] = {"scope": form["scope"], "until": time.time() + 900}
            return 200, {
                "user_code": "ABCD1234",
                "device_code": code,
                "verification_uri": "https://microsoft.com/devicelogin",
                "expires_in": 900,
                "interval": 1,
                "message": "Enter the code.",
            }
        if form["grant_type"] == "refresh_token":
            user = graph.refresh.pop(form["refresh_token"], None)
            if user is None:
                return 400, {"error": "invalid_grant", "error_description": "AADSTS70008: expired or revoked."}
            return 200, graph.tokens(user, form.get("scope", ""))
        code = graph.codes.get(form.get("device_code", ""))  # type: ignore[assignment]
        if code is None:
            return 400, {"error": "invalid_grant"}
        if code["until"] < time.time():  # type: ignore[index]
            return 400, {"error": "expired_token"}
        if graph.signed_in == "!":
            return 400, {"error": "authorization_declined"}
        if not graph.signed_in:
            return 400, {"error": "authorization_pending", "error_description": "AADSTS70016: pending."}
        return 200, graph.tokens(graph.signed_in, code["scope"])  # type: ignore[index]

    # --- folders

    def _folder(self, name: str) -> Folder:
        if name not in self.store.folders:
            raise Refused(404, "ErrorItemNotFound")
        return self.store.folders[name]

    def _folders(self, parts: list[str]) -> Told:
        if not parts or parts[-1] == "childFolders":
            parent = parts[0] if parts else ""
            if self.method == "POST":
                name = self.json["displayName"]
                made = Folder(f"folder-{len(self.store.folders)}", name, parent)
                self.store.folders[made.id] = made
                return 201, {"id": made.id, "displayName": name}
            found = [one for one in self.store.folders.values() if one.parent == parent]
            return 200, {"value": [{"id": one.id, "displayName": one.name} for one in found]}
        folder = self._folder(parts[0])
        if len(parts) == 1:
            return 200, {"id": folder.id, "displayName": folder.name}
        if parts[1:] == ["messages", "delta"]:
            return 200, self._delta(folder)
        return 200, {"value": [self._shown(one) for one in self._filtered(self.store.named(folder.id))]}

    def _delta(self, folder: Folder) -> dict[str, Any]:
        size = int(next(iter(re.findall(r"odata\.maxpagesize=(\d+)", self.headers.get("Prefer") or "")), 10))
        token = self.query.get("$skiptoken") or self.query.get("$deltatoken")
        if token:
            known = json.loads(base64.urlsafe_b64decode(token))
            if known["epoch"] != self.store.epoch or known["folder"] != folder.id:
                raise Refused(410, "SyncStateNotFound")
        else:
            born = [item.id for item in self.store.named(folder.id)]
            # no order at all: the even ones first
            known = {"epoch": self.store.epoch, "folder": folder.id, "seq": len(folder.log),
                     "left": [*born[::2], *born[1::2][::-1]]}  # fmt: skip
        shown: list[dict[str, Any]] = []
        page, known["left"] = known["left"][:size], known["left"][size:]
        shown += [self._shown(self.store.items[one]) for one in page if one in self.store.items]
        if not known["left"]:
            log = folder.log[known["seq"] : known["seq"] + size - len(page)]
            known["seq"] += len(log)
            for kind, one in log:
                item = self.store.items.get(one)
                if kind == "deleted":
                    if self.query.get("changeType") != "created":
                        shown.append({"id": one, "@removed": {"reason": "deleted"}})
                elif item is not None and item.folder == folder.id:
                    if kind == "created" or self.query.get("changeType") != "created":
                        shown.append(self._shown(item))
        more = bool(known["left"]) or known["seq"] < len(folder.log)
        word = "$skiptoken" if more else "$deltatoken"
        fresh = base64.urlsafe_b64encode(json.dumps(known).encode()).decode()
        link = f"{self.graph.url}{self.path}?changeType={self.query.get('changeType', '')}&{word}={fresh}"
        if self.graph.duplicates:
            shown += shown
        return {"value": shown, "@odata.nextLink" if more else "@odata.deltaLink": link}

    def _filtered(self, items: list[Item]) -> list[Item]:
        test = self.query.get("$filter", "")
        by_id = re.fullmatch(r"internetMessageId eq '(.*)'", test)
        if by_id:
            return [item for item in items if item.message_id == by_id.group(1).replace("''", "'")]
        by_mark = re.fullmatch(r"singleValueExtendedProperties/Any\(ep: ep/id eq '(.*)' and ep/value eq '(.*)'\)", test)
        if by_mark:
            found = [item for item in items if item.marks.get(by_mark.group(1)) == by_mark.group(2)]
            for item in [item for item in found if item.late]:
                item.late -= 1
                found.remove(item)
            return found
        if test:
            raise Refused(400, "ErrorInvalidUrlQueryFilter")
        return items

    # --- letters

    def _item(self, given: str) -> Item:
        for item in self.store.items.values():
            if given == (item.id if self.immutable else item.volatile):
                return item
        raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")

    def _shown(self, item: Item) -> dict[str, Any]:
        parsed = item.parsed
        text = next((part for part in parsed.walk() if part.get_content_type() == "text/plain"), None)
        content = text.get_payload(decode=True) if text is not None else b""
        assert isinstance(content, bytes)
        whole = {
            "receivedDateTime": f"{item.received:%Y-%m-%dT%H:%M:%SZ}",
            "internetMessageId": item.message_id,
            "conversationId": item.conversation,
            "isDraft": item.draft,
            "isRead": item.is_read,
            "categories": item.categories,
            "parentFolderId": item.folder,
            "internetMessageHeaders": [{"name": k, "value": _WHITE.sub(" ", str(v))} for k, v in parsed.items()],
            "body": {"contentType": "text", "content": content.decode("utf-8", "replace")},
        }
        wanted = [one for one in self.query.get("$select", "").split(",") if one]
        shown = {key: value for key, value in whole.items() if key in wanted} if wanted else whole
        return {"id": item.id if self.immutable else item.volatile} | shown

    def _messages(self, parts: list[str]) -> Told:
        if not parts:
            if self.method == "POST":
                item = self.store.put("drafts", b"", draft=True)
                self._change(item, self.json, fresh=True)
                return 201, self._shown(item)
            return 200, {"value": [self._shown(one) for one in self._filtered(list(self.store.items.values()))]}
        item = self._item(parts[0])
        what = parts[1] if len(parts) > 1 else self.method
        if what == "GET":
            return 200, self._shown(item)
        if what == "PATCH":
            self._change(item, self.json, fresh=False)
            return 200, self._shown(item)
        if what == "DELETE":
            self.store.remove(item)
            return 204, None
        if what == "$value":
            if item.damaged:
                raise Refused(500, "ErrorMimeContentConversionFailed")
            return 200, item.mime
        if what == "move":
            self.store.move(item, self._folder(self.json["destinationId"]).id)
            return 201, self._shown(item)
        if what == "createReply":
            reply = self.store.put("drafts", b"", draft=True, conversation=item.conversation)
            reply.answers = item.id
            self._change(reply, self.json.get("message") or {}, fresh=True)
            return 201, self._shown(reply)
        if what == "attachments":
            return self._attach(item, parts[2:])
        if what == "send":
            return self._send(item)
        raise Refused(400, "BadRequest")

    def _change(self, item: Item, told: dict[str, Any], fresh: bool) -> None:
        if "internetMessageHeaders" in told:
            if not fresh:
                raise Refused(400, "ErrorInvalidPropertySet")
            names = [str(one["name"]) for one in told["internetMessageHeaders"]]
            if any(not name.lower().startswith("x-") for name in names) or len(names) > 5:
                raise Refused(400, "InvalidInternetMessageHeader")
        if {"subject", "body", "internetMessageId", "toRecipients"} & set(told) and not item.draft:
            raise Refused(400, "ErrorInvalidPropertySet")
        item.told |= told
        for one in told.get("singleValueExtendedProperties") or ():
            item.marks[one["id"]] = one["value"]
        item.is_read = told.get("isRead", item.is_read)
        item.categories = told.get("categories", item.categories)
        item.flag = (told.get("flag") or {}).get("flagStatus", item.flag)
        if not item.draft:
            self.store.folders[item.folder].log.append(("updated", item.id))

    def _attach(self, item: Item, parts: list[str]) -> Told:
        if parts == ["createUploadSession"]:
            about = self.json["AttachmentItem"]
            key = f"up-{next(self.graph._serial)}"
            self.graph.uploads[key] = {"item": item, "about": about, "data": bytearray()}
            return 201, {"uploadUrl": f"{self.graph.url}/upload/{key}", "nextExpectedRanges": ["0-"]}
        about = self.json
        data = base64.b64decode(about["contentBytes"])
        if len(data) > 3 * 1024 * 1024:
            raise Refused(413, "RequestEntityTooLarge")
        item.files.append(about | {"data": data})
        return 201, {"id": f"file-{len(item.files)}"}

    def _uploaded(self) -> Told:
        if self.headers.get("Authorization"):
            raise Refused(401, "no token belongs here")
        upload = self.graph.uploads[self.path.rpartition("/")[2]]
        data, size = upload["data"], upload["about"]["size"]
        if self.method == "PUT":
            found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", self.headers["Content-Range"])
            assert found is not None and int(found.group(3)) == size
            start, end = int(found.group(1)), int(found.group(2))
            if end - start + 1 > 4 * 1024 * 1024 or (end + 1 < size and (end + 1 - start) % (320 * 1024)):
                raise Refused(400, "ErrorInvalidPiece")
            if start != len(data):
                raise Refused(416, "InvalidRange")
            data += self.body
            if len(data) == size:
                upload["item"].files.append(upload["about"] | {"data": bytes(data)})
                return 201, None
        return 200, {"nextExpectedRanges": [f"{len(data)}-"]}

    def _send(self, item: Item) -> Told:
        people = [
            str(one["emailAddress"]["address"])
            for key in ("toRecipients", "ccRecipients", "bccRecipients")
            for one in item.told.get(key) or ()
        ]
        if self.graph.refused & set(people) or not people:
            raise Refused(400, "ErrorInvalidRecipients")
        sender = item.told["from"]["emailAddress"]["address"]
        if sender != self.store.address:
            raise Refused(403, "ErrorSendAsDenied")
        item.message_id = str(item.told.get("internetMessageId") or item.message_id)
        if self.graph.replaces_ids:
            item.message_id = f"<{item.id}@online.invalid>"
        item.mime = self._written(item)
        self.graph.sent.append((people, item.mime))
        item.draft, item.is_read = False, True
        item.late = self.graph.late_copies
        self.store.move(item, "sentitems")
        return 202, None

    def _written(self, item: Item) -> bytes:
        """The letter as it travels: Exchange writes it by itself."""
        told = item.told
        letter = EmailMessage(policy=email.policy.SMTP)
        letter["From"] = ", ".join(_people([told["from"]]))
        letter["To"] = ", ".join(_people(told.get("toRecipients") or []))
        if told.get("ccRecipients"):
            letter["Cc"] = ", ".join(_people(told["ccRecipients"]))
        letter["Subject"] = told["subject"]
        letter["Message-ID"] = item.message_id
        if item.answers in self.store.items:
            asked = self.store.items[item.answers]
            letter["In-Reply-To"] = asked.message_id
            letter["References"] = " ".join([*str(asked.parsed.get("References") or "").split(), asked.message_id])
        for header in told.get("internetMessageHeaders") or ():
            letter[header["name"]] = header["value"]
        letter.set_content(
            told["body"]["content"], subtype="html" if told["body"]["contentType"] == "html" else "plain"
        )
        for file in item.files:
            main, _, sub = str(file["contentType"]).partition("/")
            inline = "inline" if file.get("isInline") else "attachment"
            cid = f"<{file['contentId']}>" if file.get("contentId") else None
            letter.add_attachment(file["data"], main, sub, filename=file["name"], disposition=inline, cid=cid)
        return letter.as_bytes()

    # --- calendar

    def _events(self, parts: list[str]) -> Told:
        events = self.store.events
        if parts[0] == "calendarView" or (len(parts) == 1 and self.method == "GET"):
            return 200, {"value": list(self._own_events())}
        if self.method == "POST":
            key = f"event-{next(self.graph._serial)}"
            events[key] = self.json | {"id": key}
            return 201, events[key]
        if parts[1] not in events:
            raise Refused(404, "ErrorItemNotFound")
        if self.method == "DELETE":
            del events[parts[1]]
            return 204, None
        if self.method == "PATCH":
            events[parts[1]] |= self.json
        return 200, events[parts[1]]

    def _own_events(self) -> Iterator[dict[str, Any]]:
        mark = re.search(r"ep/id eq '([^']*)'", self.query.get("$filter", ""))
        for event in self.store.events.values():
            marks = {one["id"] for one in event.get("singleValueExtendedProperties") or ()}
            if mark is None or mark.group(1) in marks:
                yield event


def _people(told: list[dict[str, Any]]) -> Iterator[str]:
    for one in told:
        address = one["emailAddress"]
        name = address.get("name") or ""
        yield f'"{name}" <{address["address"]}>' if name else str(address["address"])
