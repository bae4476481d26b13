"""Where the mailbox of an address is: known providers, the domain's own records, Exchange's autodiscover. No password
is asked for and none leaves: a wrong one tried at five places locks an account. The only file that knows dnspython."""

from __future__ import annotations

import concurrent.futures
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from deskapp.core.errors import UserFacingError
from deskapp.desk.mailport import Detected
from deskapp.sync.mail.web import Web

#: Seconds that all questions together may take.
BUDGET = 12.0
_ONE = 4.0  # a single question


@dataclass(frozen=True)
class Provider:
    """A provider by its name, its domains, and the ending of the servers that take mail for other domains there."""

    name: str
    domains: tuple[str, ...]
    mx: tuple[str, ...]
    kind: str
    options: Mapping[str, Any]
    app_password: bool = True


def _imap(host: str, smtp: str) -> dict[str, Any]:
    return {"host": host, "port": 993, "security": "tls", "smtp_host": smtp, "smtp_port": 465, "smtp_security": "tls"}


PROVIDERS = (
    Provider("Gmail", ("gmail.com", "googlemail.com"), ("google.com", "googlemail.com"), "imap",
             _imap("imap.gmail.com", "smtp.gmail.com")),
    Provider("Яндекс", ("yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "narod.ru"),
             ("yandex.ru", "yandex.net"), "imap", _imap("imap.yandex.ru", "smtp.yandex.ru")),
    Provider("Mail.ru", ("mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru", "xmail.ru"), ("mail.ru",), "imap",
             _imap("imap.mail.ru", "smtp.mail.ru")),
    Provider("Рамблер", ("rambler.ru", "lenta.ru", "autorambler.ru", "myrambler.ru", "ro.ru"), ("rambler.ru",), "imap",
             _imap("imap.rambler.ru", "smtp.rambler.ru"), app_password=False),
    Provider("iCloud", ("icloud.com", "me.com", "mac.com"), ("icloud.com",), "imap",
             _imap("imap.mail.me.com", "smtp.mail.me.com") | {"smtp_port": 587, "smtp_security": "starttls"}),
    Provider("Outlook.com", ("outlook.com", "hotmail.com", "live.com", "msn.com"), ("olc.protection.outlook.com",),
             "graph", {"tenant": "consumers"}, app_password=False),
    Provider("Exchange Online", ("onmicrosoft.com",), ("mail.protection.outlook.com", "mx.microsoft"),
             "graph", {}, app_password=False),
)  # fmt: skip


class Names:
    """What the network knows of a domain: its records, and its hosts. Tests put their own servers in its place."""

    def __init__(self, server: str = "", port: int = 53) -> None:
        self._server, self._port = server, port

    def _ask(self, name: str, kind: str) -> list[Any]:
        import dns.exception
        import dns.resolver

        try:
            resolver = dns.resolver.Resolver(configure=not self._server)
            if self._server:
                resolver.nameservers, resolver.port = [self._server], self._port
            return list(resolver.resolve(name, kind, lifetime=_ONE))
        except (dns.exception.DNSException, OSError, ValueError):
            return []

    def mx(self, domain: str) -> list[str]:
        """The servers that take the domain's mail, the preferred one first."""
        found = sorted(self._ask(domain, "MX"), key=lambda one: int(one.preference))
        return [str(one.exchange).rstrip(".").lower() for one in found]

    def service(self, name: str) -> tuple[str, int] | None:
        """Host and port of a service (RFC 6186); None where the domain offers none."""
        for one in sorted(self._ask(name, "SRV"), key=lambda record: (int(record.priority), -int(record.weight))):
            host = str(one.target).rstrip(".").lower()
            if host:
                return host, int(one.port)
        return None

    def address(self, host: str, port: int) -> tuple[str, int]:
        """Where to connect for a service of a host."""
        return host, port

    def url(self, host: str) -> str:
        return f"https://{host}"

    def options(self) -> Mapping[str, Any]:
        return {}


def detect(address: str, names: Names | None = None, budget: float = BUDGET) -> Detected:
    """The most certain answer within ``budget`` seconds. UserFacingError for what is no address."""
    local, _, domain = address.strip().lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        domain = ""
    if not local or "." not in domain:
        raise UserFacingError("“%1” is no mail address", "Nothing was changed.", address)
    for provider in PROVIDERS:
        if any(domain == known or domain.endswith(f".{known}") for known in provider.domains):
            return _of(provider)
    return _Search(address.strip(), domain, names or Names(), budget).run()


def _of(provider: Provider) -> Detected:
    code = "online" if provider.name == "Exchange Online" else "known"
    return Detected(code, provider.kind, dict(provider.options), provider.name, provider.app_password)


class _Search:
    """All questions go out at once; the most telling answer counts, however late it comes within the budget."""

    def __init__(self, address: str, domain: str, names: Names, budget: float) -> None:
        self._address, self._domain, self._names = address, domain, names
        self._end = time.monotonic() + budget

    def run(self) -> Detected:
        questions: tuple[Callable[[], Detected | None], ...] = (
            self._by_mx,
            self._by_autodiscover,
            self._by_records,
            self._by_probing,
        )
        self._over = threading.Event()
        pool = concurrent.futures.ThreadPoolExecutor(len(questions) + 8, thread_name_prefix="detect")
        self._pool = pool
        try:
            for asked in [pool.submit(question) for question in questions]:
                try:
                    found = asked.result(max(0.0, self._end - time.monotonic()))
                except (concurrent.futures.TimeoutError, OSError, ValueError, UserFacingError):
                    continue
                if found is not None:
                    return found
        finally:
            self._over.set()
            pool.shutdown(wait=False, cancel_futures=True)
        return Detected("nothing")

    def _by_mx(self) -> Detected | None:
        hosts = self._names.mx(self._domain)
        for provider in PROVIDERS:
            if any(host == end or host.endswith(f".{end}") for host in hosts[:3] for end in provider.mx):
                return _of(provider)
        return None

    def _by_autodiscover(self) -> Detected | None:
        """Exchange 2016 and later tell their address to anybody (autodiscover.json); older ones show a login of theirs
        where they are looked for."""
        web = Web(self._names.options())
        try:
            for host in (f"autodiscover.{self._domain}", self._domain):
                path = f"/autodiscover/autodiscover.json/v1.0/{quote(self._address, safe='@')}?Protocol=Ews"
                answer = {} if self._over.is_set() else _quiet(web, f"{self._names.url(host)}{path}")
                url = str(answer.get("Url") or "") if answer else ""
                if urlsplit(url).scheme == "https":
                    name = (urlsplit(url).hostname or "").lower()
                    if name.endswith(("office365.com", "outlook.com")):
                        return _of(PROVIDERS[-1])
                    return Detected("exchange", "ews", {"server": url}, name)
            for host in (f"mail.{self._domain}", f"autodiscover.{self._domain}", f"owa.{self._domain}"):
                url = f"{self._names.url(host)}/EWS/Exchange.asmx"
                if not self._over.is_set() and _is_exchange(web, url):
                    return Detected("exchange", "ews", {"server": url}, host)
        finally:
            web.close()
        return None

    def _by_records(self) -> Detected | None:
        options: dict[str, Any] = {}
        for service, security in (("_imaps", "tls"), ("_imap", "starttls")):
            found = self._names.service(f"{service}._tcp.{self._domain}")
            if found:
                options |= {"host": found[0], "port": found[1], "security": security}
                break
        if not options:
            return None
        for service, security in (("_submissions", "tls"), ("_submission", "starttls")):
            found = self._names.service(f"{service}._tcp.{self._domain}")
            if found:
                options |= {"smtp_host": found[0], "smtp_port": found[1], "smtp_security": security}
                break
        return Detected("records", "imap", options, str(options["host"]))

    def _by_probing(self) -> Detected | None:
        """Where mail servers usually are, asked for their greeting alone."""
        imap = [(f"imap.{self._domain}", 993), (f"mail.{self._domain}", 993), (self._domain, 993)]
        smtp = [(f"{name}.{self._domain}", port) for port in (465, 587) for name in ("smtp", "mail")]
        greetings = dict(
            zip([*imap, *smtp], self._pool.map(lambda one: self._greets(*one), [*imap, *smtp]), strict=True)
        )
        read = next((one for one in imap if greetings[one].startswith("* OK")), None)
        if read is None:
            return None
        options: dict[str, Any] = {"host": read[0], "port": read[1], "security": "tls"}
        sends = next((one for one in smtp if greetings[one].startswith("220")), None)
        if sends is not None:
            security = "starttls" if sends[1] == 587 else "tls"
            options |= {"smtp_host": sends[0], "smtp_port": sends[1], "smtp_security": security}
        return Detected("guess", "imap", options, read[0])

    def _greets(self, host: str, port: int) -> str:
        """The first line of a server; "" where there is none. Its certificate is looked at later, by the trial."""
        wait = min(_ONE, self._end - time.monotonic())
        if wait <= 0 or self._over.is_set():
            return ""
        try:
            with socket.create_connection(self._names.address(host, port), timeout=wait) as plain:
                if port == 587:
                    return plain.recv(200).decode("ascii", "replace")
                context = ssl.create_default_context()
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
                with context.wrap_socket(plain, server_hostname=host) as line:
                    return line.recv(200).decode("ascii", "replace")
        except (OSError, ValueError):
            return ""


def _quiet(web: Web, url: str) -> dict[str, Any]:
    try:
        answer = web.ask("GET", url, {"Accept": "application/json"}, most=64 * 1024, timeout=_ONE)
    except UserFacingError:
        return {}
    return answer.json() if answer.good else {}


def _is_exchange(web: Web, url: str) -> bool:
    """Exchange asks for a login and names itself; a page of a web site does neither."""
    try:
        answer = web.ask("GET", url, most=64 * 1024, timeout=_ONE)
    except UserFacingError:
        return False
    offered = answer.header("www-authenticate").lower()
    told = any(name.lower().startswith(("x-feserver", "x-owa", "x-calculatedbetarget")) for name in answer.headers)
    return answer.status == 401 and ("ntlm" in offered or "negotiate" in offered or told)
