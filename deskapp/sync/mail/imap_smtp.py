"""A plain mailbox: IMAP to read, SMTP to send. TLS is verified; a wrong password is tried once.

``options``: host, port, security (tls | starttls | none), login, folder, after (seen | move | leave), processed (folder for
``move``), sent_folder, keep_sent, smtp_host, smtp_port, smtp_security, smtp_login, ca_file.
"""

from __future__ import annotations

import base64
import contextlib
import imaplib
import json
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.sync.mail.transports import Fetched, LetterRefused, Listing, Undecided

TIMEOUT = 30.0
_PORTS = {"tls": (993, 465), "starttls": (143, 587), "none": (143, 25)}
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


def _unreachable(host: str, error: object) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "The mail server is not reachable", "%1: %2. Tickets and letters are safe, mail waits.", host, error
    )


class ImapSmtpTransport:
    def __init__(self, options: Mapping[str, Any], address: str, password: str) -> None:
        self._options = options
        self._address = address
        self._password = password
        self._client: imaplib.IMAP4 | None = None
        self._selected = ""
        if not options.get("host"):
            raise UserFacingError("The mail server is not set", "Give its name in Settings, Mail.")

    # --- connections -----------------------------------------------------------------------------------------

    def _text(self, key: str, default: str = "") -> str:
        return str(self._options.get(key) or default)

    def _security(self, key: str) -> str:
        value = self._text(key, self._text("security", "tls"))
        return value if value in _PORTS else "tls"

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._text("ca_file") or None)
        except OSError as error:
            raise UserFacingError(
                "The certificate file cannot be read", "%1: %2", self._text("ca_file"), error
            ) from error

    def _imap(self) -> imaplib.IMAP4:
        if self._client is not None:
            return self._client
        host, security = self._text("host"), self._security("security")
        port = int(self._options.get("port") or _PORTS[security][0])
        try:
            client: imaplib.IMAP4
            if security == "tls":
                client = imaplib.IMAP4_SSL(host, port, ssl_context=self._context(), timeout=TIMEOUT)
            else:
                client = imaplib.IMAP4(host, port, timeout=TIMEOUT)
                if security == "starttls":
                    client.starttls(self._context())
        except ssl.SSLCertVerificationError as error:
            raise EnvironmentTrouble(
                "The mail server's certificate is not trusted",
                "%1: %2. Nothing was sent to it. Name the file of your authority in Settings, Mail.",
                host,
                error.verify_message,
            ) from error
        except (OSError, imaplib.IMAP4.error) as error:
            raise _unreachable(host, error) from error
        try:
            client.login(self._text("login", self._address), self._password)
        except imaplib.IMAP4.error as error:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()
            raise _wrong_password() from error
        except OSError as error:
            raise _unreachable(host, error) from error
        self._client, self._selected = client, ""
        return client

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """Turn what breaks in a conversation into ours, and start anew the next time."""
        try:
            yield
        except (imaplib.IMAP4.error, OSError) as error:
            self.close()
            raise _unreachable(self._text("host"), error) from error

    def _select(self, folder: str) -> imaplib.IMAP4:
        client = self._imap()
        if self._selected != folder:
            status, data = client.select(_quoted(folder))
            if status != "OK":
                raise UserFacingError("There is no folder “%1” in the mailbox", "%2", folder, _said(data))
            self._selected = folder
        return client

    def close(self) -> None:
        if self._client is not None:
            client, self._client, self._selected = self._client, None, ""
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    # --- reading ---------------------------------------------------------------------------------------------

    def check(self) -> tuple[bool, str]:
        with self._talking():
            self._select(self._text("folder", "INBOX"))
        self._smtp().quit()
        return True, "The mailbox can be read and the server takes letters."

    def listing(self, state: str, limit: int) -> Listing:
        """State is {uidvalidity, uid}; another UIDVALIDITY starts from the first letter, what is known is known."""
        known = json.loads(state) if state else {}
        with self._talking():
            client = self._select(self._text("folder", "INBOX"))
            # a fresh NOOP: letters that came since the folder was selected
            client.noop()
            answer = client.response("UIDVALIDITY")[1]
            told = _said(answer) if answer and answer[0] else str(known.get("uidvalidity", ""))
            if not told:
                told = re.sub(
                    r"\D", "", _said(client.status(_quoted(self._selected), "(UIDVALIDITY)")[1]).rpartition("(")[2]
                )
            first = int(known.get("uid", 0)) + 1 if str(known.get("uidvalidity", "")) == told else 1
            _status, data = client.uid("SEARCH", f"UID {first}:*")
        # "n:*" always gives the last letter, even when its number is below n
        uids = sorted(uid for uid in map(int, (data[0] or b"").split()) if uid >= first)[:limit]
        last = uids[-1] if uids else first - 1
        return Listing(tuple(f"{told}/{uid}" for uid in uids), json.dumps({"uidvalidity": told, "uid": last}))

    def read(self, remote_id: str) -> Fetched | None:
        uid = remote_id.rpartition("/")[2]
        with self._talking():
            client = self._select(self._text("folder", "INBOX"))
            _status, data = client.uid("FETCH", uid, "(INTERNALDATE BODY.PEEK[])")
        for part in data:
            if isinstance(part, tuple):
                found = _DATE.search(part[0]) or next(
                    (m for tail in data if isinstance(tail, bytes) and (m := _DATE.search(tail))), None
                )
                return Fetched(remote_id, part[1], _internal_date(found.group(1).decode()) if found else None)
        return None

    def file_away(self, remote_id: str) -> None:
        how = self._text("after", "seen")
        uid = remote_id.rpartition("/")[2]
        if how == "leave":
            return
        with self._talking():
            client = self._select(self._text("folder", "INBOX"))
            client.uid("STORE", uid, "+FLAGS.SILENT", "(\\Seen)")
            if how == "move":
                self._move(client, uid, self._text("processed", "Processed"))

    def _move(self, client: imaplib.IMAP4, uid: str, folder: str) -> None:
        status, _data = client.uid("COPY", uid, _quoted(folder))
        if status != "OK":
            client.create(_quoted(folder))
            status, data = client.uid("COPY", uid, _quoted(folder))
            if status != "OK":
                raise UserFacingError(
                    "Letters cannot be moved to “%1”", "%2. They stay in the inbox.", folder, _said(data)
                )
        client.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")
        if "UIDPLUS" in client.capabilities:
            client.uid("EXPUNGE", uid)
        else:
            client.expunge()

    # --- sending ---------------------------------------------------------------------------------------------

    def _smtp(self) -> smtplib.SMTP:
        host, security = self._text("smtp_host", self._text("host")), self._security("smtp_security")
        port = int(self._options.get("smtp_port") or _PORTS[security][1])
        try:
            server: smtplib.SMTP
            if security == "tls":
                server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=self._context())
            else:
                server = smtplib.SMTP(host, port, timeout=TIMEOUT)
                if security == "starttls":
                    server.starttls(context=self._context())
            server.ehlo_or_helo_if_needed()
            if server.has_extn("auth") and self._password:
                server.login(self._text("smtp_login", self._text("login", self._address)), self._password)
        except smtplib.SMTPAuthenticationError as error:
            raise _wrong_password() from error
        except (OSError, smtplib.SMTPException) as error:
            raise _unreachable(host, error) from error
        return server

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        server = self._smtp()
        leaving = False
        try:
            code, said = server.mail(sender)
            if code != 250:
                raise _refused(code, said)
            answers = [(one, *server.rcpt(one)) for one in dict.fromkeys(recipients)]
            bad = [(one, code, said) for one, code, said in answers if code not in (250, 251)]
            if bad:  # all or nothing: half a delivery would look like a whole one
                server.rset()
                raise _refused(bad[0][1], bad[0][2], bad[0][0])
            leaving = True
            code, said = server.data(raw)
            leaving = False
            if code != 250:
                raise _refused(code, said)
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            if leaving:
                raise Undecided(
                    "Nobody knows whether the letter left", "The connection broke while it was being handed over."
                ) from error
            raise _unreachable(self._text("smtp_host", self._text("host")), error) from error
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
        self._keep_copy(raw)

    def _keep_copy(self, raw: bytes) -> None:
        """Put a copy among the sent letters; the letter has left, so trouble here is none of the sender's."""
        if not self._options.get("keep_sent", True):
            return
        folder = self._text("sent_folder", "Sent")
        with contextlib.suppress(OSError, imaplib.IMAP4.error, UserFacingError):
            client = self._imap()
            if client.append(_quoted(folder), "(\\Seen)", "", raw)[0] != "OK":
                client.create(_quoted(folder))
                client.append(_quoted(folder), "(\\Seen)", "", raw)

    def find_sent(self, letter_id: str) -> bool:
        with self._talking():
            try:
                client = self._select(self._text("sent_folder", "Sent"))
            except EnvironmentTrouble:
                raise
            except UserFacingError:
                return False
            _status, data = client.uid("SEARCH", "HEADER", "X-Deskapp-Letter", f'"{letter_id}"')
        return bool(data and data[0] and data[0].split())


def _wrong_password() -> WrongPassword:
    return WrongPassword(
        "The mail server refused the password",
        "Tickets and letters are safe, sending waits. Check the password in mail settings.",
    )


def _refused(code: int, said: bytes | str, recipient: str = "") -> UserFacingError:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    about = f"{recipient}: " if recipient else ""
    if 400 <= code < 500:
        return EnvironmentTrouble("The mail server asks to try later", "%1%2 %3", about, code, text)
    return LetterRefused("The mail server refused the letter", "%1%2 %3", about, code, text)


def _said(data: Any) -> str:
    return b" ".join(part for part in data or () if isinstance(part, bytes)).decode("utf-8", "replace")


def _quoted(folder: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, section 5.1.3), quoted."""
    out, pending = [], ""

    def flush() -> None:
        nonlocal pending
        if pending:
            coded = pending.encode("utf-16-be")
            out.append("&" + base64.b64encode(coded).decode().rstrip("=").replace("/", ",") + "-")
            pending = ""

    for letter in folder:
        if " " <= letter <= "~":
            flush()
            out.append("&-" if letter == "&" else letter)
        else:
            pending += letter
    flush()
    return '"' + "".join(out).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _internal_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
