"""A mailbox read by IMAP and sent from by SMTP."""

from __future__ import annotations

import contextlib
import imaplib
import json
import logging
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.imap_utf7 import utf7_encode

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.desk.mailport import Checked
from deskapp.sync.mail.compose import LETTER_HEADER
from deskapp.sync.mail.smtp import SmtpSender, security_of
from deskapp.sync.mail.tls import tls_context, untrusted
from deskapp.sync.mail.tokens import SignInNeeded, TokenSource
from deskapp.sync.mail.transports import MAX_LETTER, TRUNCATED_HEADER, Fetched, Listing, Waker

log = logging.getLogger(__name__)

TIMEOUT = 60.0
_BEGINNING = 256 * 1024
_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SENT_NAMES = ("sent", "sent items", "sent messages", "отправленные", "inbox.sent", "inbox/sent")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_INTERNAL_DATE = re.compile(
    rb'INTERNALDATE "\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
_UID = re.compile(rb"\bUID (\d+)")
#: Letters whose dates are asked for with one command.
_DATED = 1000
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
# What servers answer to a right password when they cannot let anybody in just now (RFC 5530).
_BUSY = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]", "TOO MANY", "TEMPORAR")
_BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError, EOFError)
_KEPT = "%1. Letters stay in the mailbox; it is tried again."


class ImapSmtpTransport:
    """``options``: host, port, security (tls | starttls | none), login, folder, after (seen | flag | move | leave),
    processed (folder for ``move``), sent_folder (else found by its mark or name), keep_sent, and those of
    `SmtpSender`. TLS is verified; a wrong password is tried once. With ``tokens`` XOAUTH2 takes its place."""

    def __init__(
        self, options: Mapping[str, Any], address: str, password: str, tokens: TokenSource | None = None
    ) -> None:
        self._options = dict(options)
        self._host = str(options.get("host") or "")
        if not self._host:
            raise UserFacingError("The mail server is not set", "Enter it in the settings of the mailbox.")
        self._security = security_of(options, "security")
        self._port = int(options.get("port") or _PORTS[self._security])
        self._user = str(options.get("login") or address)
        self._password = password
        self._folder = str(options.get("folder") or "INBOX")
        self._refused = False
        self._box: BaseMailBox | None = None
        self._validity = 0  # of the folder that is open
        self._address = address
        self._tokens = tokens
        self._sender = SmtpSender(options, address, password, tokens)

    def check(self) -> Checked:
        """Log in to both servers and look into the folder."""
        try:
            with self._talking():
                self._sender.check()
        except UserFacingError as error:
            return Checked(False, error=error)
        return Checked(True, "works")

    def listing(self, state: str, limit: int) -> Listing:
        """By UID from where the last listing ended. When the server renumbered its letters (another
        UIDVALIDITY), all are listed again; the caller knows them by their content."""
        with self._talking() as box:
            validity = self._validity
            known = _state(state)
            last = known[1] if known[0] == validity else 0
            found = box.uids(f"UID {last + 1}:* UNDELETED", charset=None)
            # "5:*" always names the newest letter too, even when its number is below five (RFC 3501, 6.4.8).
            fresh = sorted(uid for uid in map(int, found) if uid > last)
            uids = fresh[:limit]
            dated = self._options.get("since") is not None and len(uids) <= _DATED
            dates = self._dates(box, validity, uids) if dated else {}
        reached = uids[-1] if uids else last
        return Listing(
            tuple(f"{validity}/{uid}" for uid in uids),
            json.dumps({"uidvalidity": validity, "uid": reached}),
            len(fresh) - len(uids),
            dates,
        )

    @staticmethod
    def _dates(box: BaseMailBox, validity: int, uids: list[int]) -> dict[str, datetime]:
        """When letters came, asked for at once: what is too old to be read is not fetched."""
        if not uids:
            return {}
        answer = box.client.uid("FETCH", ",".join(map(str, uids)), "(UID INTERNALDATE)")
        _told(answer)
        found: dict[str, datetime] = {}
        for line in answer[1]:
            uid = _UID.search(line) if isinstance(line, bytes) else None
            at = _internal_date(line) if isinstance(line, bytes) else None
            if uid is not None and at is not None:
                found[f"{validity}/{int(uid.group(1))}"] = at
        return found

    def read(self, remote_id: str) -> Fetched | None:
        """One letter; None when it was taken away, or the letters were renumbered meanwhile."""
        validity, _, uid = remote_id.partition("/")
        with self._talking() as box:
            if str(self._validity) != validity or not uid.isdecimal():
                return None
            size = self._size(box, uid)
            what = "BODY.PEEK[]" if size <= MAX_LETTER else f"BODY.PEEK[]<0.{_BEGINNING}>"
            answer = box.client.uid("FETCH", uid, f"(UID INTERNALDATE {what})")
            _told(answer)
        for piece in answer[1]:
            if isinstance(piece, tuple) and b"BODY[]" in piece[0].upper():
                raw = bytes(piece[1])
                if size > MAX_LETTER:
                    raw = f"{TRUNCATED_HEADER}: {size}\r\n".encode() + raw
                told = b" ".join([piece[0], *(one for one in answer[1] if isinstance(one, bytes))])
                return Fetched(remote_id, raw, _internal_date(told))
        return None

    def file_away(self, remote_id: str) -> None:
        """Mark as read, flag, or move to ``processed``."""
        validity, _, uid = remote_id.partition("/")
        how = str(self._options.get("after") or "seen")
        target = str(self._options.get("processed") or "Processed")
        if how == "leave":
            return
        with self._talking() as box:
            if str(self._validity) != validity or not uid.isdecimal():
                return  # renumbered meanwhile: the letter comes again and is recognised
            marks = r"(\Seen \Flagged)" if how == "flag" else r"(\Seen)"
            _told(box.client.uid("STORE", uid, "+FLAGS.SILENT", marks))
            if how != "move":
                return
            if not box.folder.exists(target):
                box.folder.create(target)
            able = _capabilities(box)
            if "MOVE" in able:
                _told(box.client.uid("MOVE", uid, _quoted(target)))
                return
            _told(box.client.uid("COPY", uid, _quoted(target)))
            _told(box.client.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))
            # A plain EXPUNGE would take along what people only marked as deleted.
            if "UIDPLUS" in able:
                _told(box.client.uid("EXPUNGE", uid))

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        """By SMTP; then a copy into the sent letters, whose failure cannot unsend the letter and is only
        logged."""
        self._sender.send(raw, sender, recipients)
        if self._options.get("keep_sent", True):
            try:
                with self._talking() as box:
                    box.append(raw, self._sent_folder(box), dt=datetime.now(UTC), flag_set=[r"\Seen"])
            except UserFacingError as error:
                log.warning("a letter left, but its copy could not be kept in the sent letters: %s", error.title)

    def find_sent(self, letter_id: str) -> bool:
        """Search the sent letters by our own header."""
        with self._talking() as box:
            box.folder.set(self._sent_folder(box), readonly=True)
            wanted = letter_id.replace("\\", "").replace('"', "")
            return bool(box.uids(f'HEADER {LETTER_HEADER} "{wanted}"', charset=None))

    def sent_as(self, letter_id: str) -> None:
        """The copy among the sent ones is our own: it tells nothing of what left."""

    def waker(self, woken: Callable[[], None]) -> Waker | None:
        """By IDLE, over a connection of its own; not where ``idle`` is switched off."""
        if not self._options.get("idle", True):
            return None
        from deskapp.sync.mail.imap_idle import ImapIdle

        return ImapIdle(self.opened, self._folder, woken, (*_BROKEN, ValueError))

    def close(self) -> None:
        """Log out of both servers."""
        self._drop()
        self._sender.close()

    # --- inside
    # ----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _talking(self) -> Iterator[BaseMailBox]:
        """A live, logged-in connection; vendor errors are turned into ours and end the connection."""
        try:
            yield self._connected()
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise untrusted(self._host, error.verify_message) from error
        except _BROKEN as error:
            self._drop()
            raise EnvironmentTrouble(
                "The mail server cannot be found"
                if isinstance(error, socket.gaierror)
                else "The mailbox cannot be read",
                _KEPT,
                f"{self._host}: {_words(error)}",
            ) from error

    def _connected(self) -> BaseMailBox:
        if self._box is not None:
            try:  # opening the folder tells whether the connection lives, and whether letters were renumbered
                self._validity = self._select(self._box)
                return self._box
            except _BROKEN:
                self._drop()
        box = self._box = self.opened()
        self._validity = self._select(box)
        return box

    def opened(self) -> BaseMailBox:
        """A connection of one's own, logged in. Raises ours and those of the network."""
        if self._refused:
            raise self._wrong_password("")
        if self._security == "tls":
            box: BaseMailBox = MailBox(self._host, self._port, timeout=TIMEOUT, ssl_context=tls_context(self._options))
        elif self._security == "starttls":
            box = MailBoxStartTls(self._host, self._port, timeout=TIMEOUT, ssl_context=tls_context(self._options))
        else:
            box = MailBoxUnencrypted(self._host, self._port, timeout=TIMEOUT)
        try:
            if self._tokens is not None:
                self._show_token(box, self._tokens)
            elif (self._user + self._password).isascii():
                box.login(self._user, self._password, initial_folder=None)
            else:
                box.login_utf8(self._user, self._password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                box.client.shutdown()
            if isinstance(error, imaplib.IMAP4.abort) or self._tokens is not None:
                raise
            words = _words(error)
            if any(mark in words.upper() for mark in _BUSY):
                raise EnvironmentTrouble("The mail server is busy", _KEPT, f"{self._host}: {words}") from error
            self._refused = True
            raise self._wrong_password(words) from error
        except UserFacingError:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                box.client.shutdown()
            raise
        return box

    def _show_token(self, box: BaseMailBox, tokens: TokenSource) -> None:
        """A token may have been withdrawn before its time: a refused one is renewed once."""
        for fresh in (False, True):
            answers = [f"user={self._user}\1auth=Bearer {tokens.token(fresh)}\1\1".encode()]
            try:
                # To the refusal, told as JSON, the empty answer is due; the library would say the token again.
                box.client.authenticate("XOAUTH2", lambda _told: answers.pop() if answers else b"")  # noqa: B023
                return
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                words = str(error)
                if any(mark in words.upper() for mark in _BUSY):
                    raise EnvironmentTrouble("The mail server is busy", _KEPT, f"{self._host}: {words}") from error
        self._refused = True
        raise self._wrong_password("")

    def _wrong_password(self, words: str) -> WrongPassword:
        if self._tokens is not None:
            return SignInNeeded(self._address)
        return WrongPassword(
            "The mail server refuses the password",
            "%1 does not accept the name “%2” with this password. Letters stay in the mailbox; enter it again. %3",
            self._host,
            self._user,
            words,
        )

    def _drop(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.logout()
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                box.client.shutdown()

    def _select(self, box: BaseMailBox) -> int:
        box.folder.set(self._folder)
        found = box.client.response("UIDVALIDITY")[1]
        return int(found[0]) if found and found[0] else 0

    @staticmethod
    def _size(box: BaseMailBox, uid: str) -> int:
        answer = box.client.uid("FETCH", uid, "(UID RFC822.SIZE)")
        _told(answer)
        found = (_SIZE.search(line) for line in answer[1] if isinstance(line, bytes))
        return next((int(size.group(1)) for size in found if size), 0)

    def _sent_folder(self, box: BaseMailBox) -> str:
        named = str(self._options.get("sent_folder") or "")
        if named:
            if not box.folder.exists(named):
                box.folder.create(named)
            return named
        folders = box.folder.list()
        for folder in folders:
            if r"\sent" in (flag.lower() for flag in folder.flags):
                return str(folder.name)
        for folder in folders:
            if folder.name.lower() in _SENT_NAMES:
                return str(folder.name)
        box.folder.create("Sent")
        return "Sent"


def _capabilities(box: BaseMailBox) -> set[str]:
    """Asked anew: before the login servers tell only half of them."""
    answer = box.client.capability()[1]
    return set(answer[0].decode("ascii", "ignore").upper().split()) if answer and answer[0] else set()


def _state(state: str) -> tuple[int, int]:
    try:
        known = json.loads(state) if state else {}
        return int(known.get("uidvalidity", -1)), int(known.get("uid", 0))
    except (ValueError, TypeError, AttributeError):
        return -1, 0


def _quoted(folder: str) -> str:
    name = utf7_encode(folder).decode("ascii").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}"'


def _told(answer: tuple[str, list[Any]]) -> None:
    """Turn a NO into an exception."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(f"{answer[0]} {answer[1]}")


def _internal_date(response: bytes) -> datetime | None:
    found = _INTERNAL_DATE.search(response)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = (part.decode() for part in found.groups())
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    try:
        return datetime(
            int(year),
            _MONTHS.index(month.lower()) + 1,
            int(day),
            int(hour),
            int(minute),
            min(int(second), 59),
            tzinfo=timezone(-offset if sign == "-" else offset),
        )
    except ValueError:
        return None


def _words(error: BaseException) -> str:
    if isinstance(error, MailboxLoginError):
        found = error.command_result[1]
        return " ".join(one.decode("utf-8", "replace") for one in found if isinstance(one, bytes))
    if isinstance(error, ImapToolsError) and hasattr(error, "command_result"):
        return str(error.command_result)
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
