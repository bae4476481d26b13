"""Real mail servers for tests: Dovecot as a process of its own, an SMTP server in this process, own certificates."""

from __future__ import annotations

import base64
import datetime
import imaplib
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER = "help@desk.example"
PASSWORD = 'пароль 1:2"3'
#: What access tokens of the test authority are signed with.
JWT_KEY = b"key of the test authority, 32 byt"


def dovecot_binary() -> str | None:
    return shutil.which("dovecot")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key in the same file; returns that file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk test authority")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "authority.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


class Dovecot:
    """A real IMAP server on free ports where every name gets in with `PASSWORD`; nothing of the system's is touched."""

    def __init__(self) -> None:
        # Not under pytest's folder, which is closed to the accounts that Dovecot's processes take.
        self.root = root = Path(tempfile.mkdtemp(prefix="deskapp-dovecot-"))
        root.chmod(0o755)
        self.port, self.tls_port = free_port(), free_port()
        self.certificate = make_certificate(root)
        import pwd  # not on Windows, where Dovecot is not either

        # Dovecot never serves mail as root, so root lends it an unprivileged account.
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        (root / "mail").mkdir()
        os.chown(root / "mail", self._account.pw_uid, self._account.pw_gid)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        account = self._account.pw_name
        config = self.root / "dovecot.conf"
        config.write_text(
            f"""
base_dir = {self.root}/run
log_path = {self.root}/log
auth_verbose = yes
auth_failure_delay = 0
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{self.certificate}
ssl_key = <{self.certificate}
disable_plaintext_auth = no
mail_location = maildir:{self.root}/mail/%u
first_valid_uid = {self._account.pw_uid}
default_login_user = {account if os.geteuid() else "dovenull"}
default_internal_user = {account if os.geteuid() else "dovecot"}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # After a wrong password it would make this whole machine wait.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {self.root}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={{PLAIN.b64}}{base64.b64encode(PASSWORD.encode()).decode()}
}}
userdb {{
  driver = static
  args = uid={self._account.pw_uid} gid={self._account.pw_gid} home={self.root}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox "Sent Items" {{
    auto = create
    special_use = \\Sent
  }}
}}
""",
            encoding="utf-8",
        )
        # Tokens are verified by their signature; the key lies under <authorized party>/<algorithm>/<key id>.
        keys = self.root / "keys" / "default" / "HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_text(base64.b64encode(JWT_KEY).decode())
        (self.root / "oauth2.conf").write_text(
            "introspection_mode = local\nusername_attribute = email\n"
            f"local_validation_key_dict = fs:posix:prefix={self.root}/keys/\n"
        )
        self._process = subprocess.Popen(
            [dovecot_binary() or "dovecot", "-F", "-c", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                    if connection.recv(4) == b"* OK":
                        return
            except OSError:
                pass
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Dovecot did not start: {self.log()}")

    def log(self) -> str:
        path = self.root / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def client(self, user: str, password: str = PASSWORD) -> imaplib.IMAP4:
        """An independent client, logged in."""
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.authenticate("PLAIN", lambda _: b"\0" + user.encode() + b"\0" + password.encode())
        return client

    def renumber(self, user: str) -> None:
        """What a restored or rebuilt mailbox looks like to clients: another UIDVALIDITY."""
        folder = self.root / "mail" / user
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (folder / name).unlink(missing_ok=True)

    def kick(self, user: str) -> None:
        """End all connections of a user."""
        subprocess.run(
            ["doveadm", "-c", str(self.root / "dovecot.conf"), "kick", user], check=True, capture_output=True
        )

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None
        shutil.rmtree(self.root, ignore_errors=True)


class Postman:
    """What the SMTP server does with letters: keeps them, or behaves as badly as it is told to."""

    def __init__(self, user: str = USER, password: str = PASSWORD) -> None:
        self.user, self.password = user, password
        self.letters: list[tuple[str, list[str], bytes]] = []
        self.tokens: dict[str, str] = {}
        self.logins: list[bool] = []
        self.refuse: dict[str, str] = {}
        self.answer_to_data = "250 OK"
        self.hang_up_before_answer = False

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """A token that `tokens` names gets in."""
        answer = base64.b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        assert isinstance(answer, bytes)
        told = answer.decode().split("\1")
        user, token = told[0].removeprefix("user="), told[1].removeprefix("auth=Bearer ")
        right = self.tokens.get(token) == user
        self.logins.append(right)
        if not right:
            await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=right, handled=False, auth_data=user)

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        right = (
            isinstance(data, LoginPassword)
            and data.login == self.user.encode()
            and data.password == self.password.encode()
        )
        self.logins.append(right)
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.answer_to_data.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.letters.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))
        if self.hang_up_before_answer:
            server.transport.abort()
        return self.answer_to_data


class SmtpServer:
    """aiosmtpd in a thread, with a login, plain or with STARTTLS."""

    def __init__(self, postman: Postman, certificate: Path | None = None) -> None:
        self.port = free_port()
        context = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        self._controller = Controller(
            postman,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=postman.authenticate,
            # Required without TLS, it would be warned about; the tests look at the logins themselves.
            auth_required=context is not None,
            auth_require_tls=context is not None,
            tls_context=context,
            require_starttls=context is not None,
        )

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()
