"""An IMAP server in this process, for machines without Dovecot and for what Dovecot does not do wrong.

It knows what the desk uses of RFC 3501, with UIDPLUS, MOVE, SPECIAL-USE, IDLE and XOAUTH2 where a test wants them. What
it keeps is read by tests directly.
"""

from __future__ import annotations

import base64
import email
import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_LITERAL = re.compile(rb"\{(\d+)\}$")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|\(([^)]*)\)|(\S+)')


@dataclass
class Letter:
    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass
class Folder:
    validity: int = 1
    next_uid: int = 1
    letters: list[Letter] = field(default_factory=list)
    flags: str = r"\HasNoChildren"

    def put(self, raw: bytes, flags: set[str] | None = None) -> Letter:
        letter = Letter(self.next_uid, raw, flags or set())
        self.next_uid += 1
        self.letters.append(letter)
        return letter


class ImapServer:
    """``able``: capabilities beside IMAP4rev1. ``fail``: what the next commands of a name answer instead."""

    def __init__(
        self,
        user: str,
        password: str,
        able: str = "UIDPLUS MOVE IDLE AUTH=PLAIN AUTH=XOAUTH2",
        certificate: Path | None = None,
    ) -> None:
        self.user, self.password, self.able = user, password, able
        self.tokens: dict[str, str] = {}
        self.folders = {"INBOX": Folder(), "Sent Items": Folder(flags=r"\HasNoChildren \Sent")}
        self.logins: list[bool] = []
        self.fail: dict[str, list[str]] = {}
        self.changed = threading.Condition()
        self.stopping = False
        self.context: ssl.SSLContext | None = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self._server = _Server(("127.0.0.1", 0), _Session, self)
        self.port = int(self._server.server_address[1])

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        with self.changed:
            self.stopping = True
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def deliver(self, raw: bytes) -> Letter:
        with self.changed:
            letter = self.folders["INBOX"].put(raw)
            self.changed.notify_all()
            return letter

    def renumber(self) -> None:
        """What a restored mailbox looks like: another UIDVALIDITY, and numbers that begin again."""
        with self.changed:
            inbox = self.folders["INBOX"]
            inbox.validity += 1
            for number, letter in enumerate(inbox.letters, 1):
                letter.uid = number
            inbox.next_uid = len(inbox.letters) + 1


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], handler: Any, imap: ImapServer) -> None:
        self.imap = imap
        super().__init__(address, handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the client went away


class _Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    server: _Server

    def handle(self) -> None:
        self.imap = self.server.imap
        self.folder: Folder | None = None
        self.known = False
        self._say(b"* OK ready")
        while True:
            line = self.rfile.readline()
            if not line:
                return
            tag, _, rest = line.strip().decode("latin-1").partition(" ")
            name, _, told = rest.partition(" ")
            name = name.upper()
            if name == "UID":
                sub, _, told = told.partition(" ")
                name = f"UID {sub.upper()}"
            planned = self.imap.fail.get(name)
            if planned:
                how = planned.pop(0)
                if how == "hangup":
                    return
                self._say(f"{tag} {how}".encode())
                continue
            act: Callable[[str, str], str] | None = getattr(self, "do_" + name.replace(" ", "_").lower(), None)
            if act is None or (not self.known and name not in _BEFORE):
                self._say(f"{tag} BAD unknown here".encode())
                continue
            with self.imap.changed:
                answer = act(told, tag)
            if name == "STARTTLS":
                self._encrypt(tag)
                continue
            self._say(f"{tag} {answer}".encode())
            if name == "LOGOUT":
                return

    def finish(self) -> None:
        self.rfile.close()
        self.connection.close()

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _encrypt(self, tag: str) -> None:
        assert self.imap.context is not None
        self._say(f"{tag} OK begin".encode())
        self.request = self.connection = self.imap.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]

    # --- before the login

    def do_capability(self, _told: str, _tag: str) -> str:
        start = " STARTTLS" if self.imap.context is not None else ""
        self._say(f"* CAPABILITY IMAP4rev1 {self.imap.able}{start}".encode())
        return "OK done"

    def do_starttls(self, _told: str, _tag: str) -> str:
        return "OK"

    def do_noop(self, _told: str, _tag: str) -> str:
        return "OK done"

    def do_logout(self, _told: str, _tag: str) -> str:
        self._say(b"* BYE see you")
        return "OK done"

    def do_login(self, told: str, _tag: str) -> str:
        user, password = _words(told)
        return self._judge(user == self.imap.user and password == self.imap.password)

    def do_authenticate(self, told: str, _tag: str) -> str:
        self._say(b"+ ")
        answer = base64.b64decode(self.rfile.readline().strip())
        if told.upper() == "PLAIN":
            _, user, password = answer.decode().split("\0")
            return self._judge(user == self.imap.user and password == self.imap.password)
        user, bearer = answer.decode().split("\1")[:2]
        right = self.imap.tokens.get(bearer.removeprefix("auth=Bearer ")) == user.removeprefix("user=")
        if not right:
            self._say(b"+ " + base64.b64encode(b'{"status":"401"}'))
            assert self.rfile.readline().strip() == b"", "the empty answer is due"
        return self._judge(right)

    def _judge(self, right: bool) -> str:
        self.imap.logins.append(right)
        self.known = right
        return "OK welcome" if right else "NO [AUTHENTICATIONFAILED] no"

    # --- folders

    def do_select(self, told: str, _tag: str) -> str:
        (name,) = _words(told)
        self.folder = self.imap.folders.get(name)
        if self.folder is None:
            return "NO no such folder"
        self._say(f"* {len(self.folder.letters)} EXISTS".encode())
        self._say(f"* OK [UIDVALIDITY {self.folder.validity}] valid".encode())
        return "OK [READ-WRITE] done"

    do_examine = do_select

    def do_list(self, told: str, _tag: str) -> str:
        pattern = _words(told)[1]
        for name, folder in self.imap.folders.items():
            if pattern in ("*", "%", name):
                self._say(f'* LIST ({folder.flags}) "/" "{name}"'.encode())
        return "OK done"

    def do_create(self, told: str, _tag: str) -> str:
        self.imap.folders.setdefault(_words(told)[0], Folder())
        return "OK done"

    def do_append(self, told: str, _tag: str) -> str:
        size = _LITERAL.search(told.encode("latin-1"))
        assert size is not None
        self._say(b"+ go on")
        raw = self.rfile.read(int(size.group(1)))
        self.rfile.readline()
        name, *rest = _words(told)
        flags = set(rest[0].split()) if rest and rest[0].startswith("\\") else set()
        self.imap.folders[name].put(raw, flags)
        return "OK done"

    def do_idle(self, _told: str, _tag: str) -> str:
        assert self.folder is not None
        self._say(b"+ idling")
        seen, over = len(self.folder.letters), threading.Event()

        def listen() -> None:
            self.rfile.readline()  # DONE, or the end of the connection
            with self.imap.changed:
                over.set()
                self.imap.changed.notify_all()

        threading.Thread(target=listen, daemon=True).start()
        while not over.is_set() and not self.imap.stopping:
            self.imap.changed.wait()
            if len(self.folder.letters) != seen:
                seen = len(self.folder.letters)
                self._say(f"* {seen} EXISTS".encode())
        return "OK done"

    # --- letters

    def do_uid_search(self, told: str, _tag: str) -> str:
        assert self.folder is not None
        found = self.folder.letters
        numbers = re.search(r"UID (\d+):\*", told)
        if numbers:
            first, last = int(numbers.group(1)), max((one.uid for one in found), default=0)
            found = [one for one in found if one.uid >= min(first, last)]  # "5:*" names the last one too
        header = re.search(r'HEADER (\S+) "([^"]*)"', told)
        if header:
            found = [
                one for one in found if header.group(2) in str(email.message_from_bytes(one.raw).get(header.group(1)))
            ]
        if "UNDELETED" in told:
            found = [one for one in found if r"\Deleted" not in one.flags]
        self._say(f"* SEARCH {' '.join(str(one.uid) for one in found)}".rstrip().encode())
        return "OK done"

    def _named(self, uid: str) -> Iterator[tuple[int, Letter]]:
        assert self.folder is not None
        named = set(uid.split(","))
        for place, letter in enumerate(list(self.folder.letters), 1):
            if str(letter.uid) in named:
                yield place, letter

    def do_uid_fetch(self, told: str, _tag: str) -> str:
        uid, _, what = told.partition(" ")
        for place, letter in self._named(uid):
            parts = [f"UID {letter.uid}"]
            if "RFC822.SIZE" in what:
                parts.append(f"RFC822.SIZE {len(letter.raw)}")
            if "INTERNALDATE" in what:
                parts.append(f'INTERNALDATE "{letter.at:%d-%b-%Y %H:%M:%S} +0000"')
            line = f"* {place} FETCH ({' '.join(parts)}".encode()
            cut = re.search(r"BODY\.PEEK\[\](?:<0\.(\d+)>)?", what)
            if cut:
                raw = letter.raw[: int(cut.group(1))] if cut.group(1) else letter.raw
                start = b"<0>" if cut.group(1) else b""
                line += b" BODY[]" + start + b" {%d}\r\n" % len(raw) + raw
            self._say(line + b")")
        return "OK done"

    def do_uid_store(self, told: str, _tag: str) -> str:
        uid, how, flags = _words(told)
        assert how.upper().startswith("+FLAGS")
        for _place, letter in self._named(uid):
            letter.flags |= set(flags.split())
        return "OK done"

    def do_uid_copy(self, told: str, _tag: str) -> str:
        uid, name = _words(told)
        if name not in self.imap.folders:
            return "NO [TRYCREATE] no such folder"
        for _place, letter in self._named(uid):
            self.imap.folders[name].put(letter.raw, set(letter.flags))
        return "OK done"

    def do_uid_move(self, told: str, tag: str) -> str:
        if "MOVE" not in self.imap.able:
            return "BAD not known"
        answer = self.do_uid_copy(told, tag)
        uid = told.split()[0]
        assert self.folder is not None
        if answer.startswith("OK"):
            for _place, letter in self._named(uid):
                self.folder.letters.remove(letter)
        return answer

    def do_uid_expunge(self, told: str, _tag: str) -> str:
        assert self.folder is not None
        for _place, letter in self._named(told.strip()):
            if r"\Deleted" in letter.flags:
                self.folder.letters.remove(letter)
        return "OK done"


_BEFORE = ("CAPABILITY", "STARTTLS", "LOGIN", "AUTHENTICATE", "NOOP", "LOGOUT")


def _words(told: str) -> list[str]:
    """Atoms, quoted strings and lists, as they are meant."""
    found = []
    for quoted, listed, atom in _WORD.findall(_LITERAL.sub(b"", told.encode("latin-1")).decode("latin-1")):
        found.append(quoted.replace('\\"', '"').replace("\\\\", "\\") if quoted else listed or atom.strip('"'))
    return found
