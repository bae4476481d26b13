"""Where the mailbox of an address is: real name, web and mail servers of our own, on this machine."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dns.message
import dns.rcode
import dns.rrset
import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk.mailport import Detected
from deskapp.sync.mail import detect as detect_module
from deskapp.sync.mail.detect import PROVIDERS, Names, detect
from tests.sync.mail.servers import free_port, make_certificate


class NameServer:
    """Answers by UDP from a table of records; ``deaf`` never answers."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.deaf = False
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                raw, whom = self._socket.recvfrom(2000)
            except OSError:
                return
            query = dns.message.from_wire(raw)
            asked = query.question[0]
            kind = dns.rdatatype.to_text(asked.rdtype)
            answer = dns.message.make_response(query)
            found = self.records.get((str(asked.name).rstrip("."), kind))
            if found:
                answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *found))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            if not self.deaf:
                self._socket.sendto(answer.to_wire(), whom)

    def stop(self) -> None:
        self._socket.close()


class WebServer:
    """HTTPS for any host name: ``told`` by (host, path) is (status, headers, body)."""

    def __init__(self, certificate: Path) -> None:
        told: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.told, self.asked = told, []  # type: ignore[var-annotated]
        asked = self.asked
        release = self.release = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                asked.append((self.path, self.headers.get("Authorization")))
                status, headers, body = told.get(self.path.split("?")[0], (404, {}, b""))
                if status == 0:
                    release.wait(20)
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request: Any, client_address: Any) -> None:
                try:
                    request = context.wrap_socket(request, server_side=True)
                    super().finish_request(request, client_address)
                except OSError:
                    pass  # the client went away
                finally:
                    request.close()

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()


class Greeter:
    """Says one line to whoever comes, over TLS or plainly."""

    def __init__(self, line: bytes, certificate: Path | None) -> None:
        self._line = line
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            try:
                if self._context is not None:
                    line = self._context.wrap_socket(line, server_side=True)
                line.sendall(self._line)
                line.recv(1)
            except OSError:
                pass
            finally:
                line.close()

    def stop(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class Here(Names):
    """Every host is on this machine: web hosts at one port, others where ``ports`` says."""

    def __init__(self, names: NameServer, web: WebServer, certificate: Path) -> None:
        super().__init__("127.0.0.1", names.port)
        self.web, self.certificate = web, certificate
        self.ports: dict[tuple[str, int], int] = {}
        self.unused = free_port()

    def url(self, host: str) -> str:
        return f"https://127.0.0.1:{self.web.port}/{host}"

    def address(self, host: str, port: int) -> tuple[str, int]:
        return "127.0.0.1", self.ports.get((host, port), self.unused)

    def options(self) -> dict[str, str]:
        return {"ca_file": str(self.certificate)}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def here(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Here, NameServer, WebServer]]:
    monkeypatch.setattr(detect_module, "_ONE", 1.5)
    names, web = NameServer(), WebServer(certificate)
    found = Here(names, web, certificate)
    yield found, names, web
    web.release.set()
    for thread in threading.enumerate():
        if thread.name.startswith("detect"):
            thread.join(10)  # questions whose answer nobody waited for
    names.stop()
    web.stop()


@pytest.mark.parametrize(
    ("address", "kind", "host"),
    [
        ("ivan@gmail.com", "imap", "imap.gmail.com"),
        ("Ivan@Yandex.RU", "imap", "imap.yandex.ru"),
        ("ivan@bk.ru", "imap", "imap.mail.ru"),
        ("ivan@outlook.com", "graph", None),
        ("ivan@firm.onmicrosoft.com", "graph", None),
    ],
)
def test_known_providers_need_no_network(address: str, kind: str, host: str | None) -> None:
    found = detect(address)
    assert found.kind == kind and found.options.get("host") == host
    assert found.app_password == (kind == "imap")


@pytest.mark.parametrize("address", ["ivan", "@firm.ru", "ivan@", "ivan@firm", "ivan@" + "x" * 70 + ".ru"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UserFacingError, match="no mail address"):
        detect(address)


@pytest.mark.parametrize(
    ("server", "name"),
    [
        ("mx.yandex.net", "Яндекс"),
        ("emx.mail.ru", "Mail.ru"),
        ("aspmx.l.google.com", "Gmail"),
        ("firm-ru.mail.protection.outlook.com", "Exchange Online"),
    ],
)
def test_a_domain_at_a_provider_is_known_by_its_mx(here: Any, server: str, name: str) -> None:
    names, records, _web = here
    records.records["firm.example", "MX"] = ["20 other.example.", f"10 {server}."]
    found = detect("help@firm.example", names)
    assert found.name == name and found.code == ("online" if name == "Exchange Online" else "known")


def test_exchange_tells_its_address_to_anybody(here: Any) -> None:
    names, _records, web = here
    told = {"Protocol": "Ews", "Url": "https://mail.firm.example/EWS/Exchange.asmx"}
    path = "/autodiscover.firm.example/autodiscover/autodiscover.json/v1.0/help@firm.example"
    web.told[path] = (200, {}, json.dumps(told).encode())
    found = detect("help@firm.example", names)
    assert (found.code, found.kind, found.options["server"]) == ("exchange", "ews", told["Url"])
    told["Url"] = "https://outlook.office365.com/EWS/Exchange.asmx"
    web.told[path] = (200, {}, json.dumps(told).encode())
    assert detect("help@firm.example", names).kind == "graph", "EWS is over there"
    assert {secret for _path, secret in web.asked} == {None}


def test_an_older_exchange_shows_its_login(here: Any) -> None:
    names, _records, web = here
    web.told["/mail.firm.example/EWS/Exchange.asmx"] = (401, {"WWW-Authenticate": "Negotiate"}, b"")
    found = detect("help@firm.example", names)
    assert found.code == "exchange" and found.options["server"].endswith("/mail.firm.example/EWS/Exchange.asmx")
    web.told["/mail.firm.example/EWS/Exchange.asmx"] = (401, {"WWW-Authenticate": "Basic"}, b"")
    assert detect("help@firm.example", names).code == "nothing", "any web site may ask for a password"


def test_the_records_of_the_domain_are_believed(here: Any) -> None:
    names, records, _web = here
    records.records["_imaps._tcp.firm.example", "SRV"] = ["0 1 9993 imap.firm.example."]
    records.records["_submission._tcp.firm.example", "SRV"] = ["0 1 587 send.firm.example."]
    found = detect("help@firm.example", names)
    assert found.code == "records" and found.options == {
        "host": "imap.firm.example",
        "port": 9993,
        "security": "tls",
        "smtp_host": "send.firm.example",
        "smtp_port": 587,
        "smtp_security": "starttls",
    }


def test_servers_are_found_where_they_usually_are(here: Any, certificate: Path) -> None:
    names, _records, _web = here
    read, send = Greeter(b"* OK ready\r\n", certificate), Greeter(b"220 mail ESMTP\r\n", None)
    names.ports = {("mail.firm.example", 993): read.port, ("mail.firm.example", 587): send.port}
    try:
        found = detect("help@firm.example", names)
        assert (found.code, found.options["host"], found.options["smtp_port"]) == ("guess", "mail.firm.example", 587)
        assert found.options["smtp_security"] == "starttls"
    finally:
        read.stop()
        send.stop()


def test_servers_that_do_not_answer_take_no_longer_than_allowed(here: Any) -> None:
    names, records, web = here
    records.deaf = True
    for host in ("autodiscover.firm.example", "firm.example"):
        web.told[f"/{host}/autodiscover/autodiscover.json/v1.0/help@firm.example"] = (0, {}, b"")
    took = []
    while not took or (len(took) < 3 and took[-1] >= 3):  # a busy machine may hold up one of them, hardly three
        began = time.monotonic()
        assert detect("help@firm.example", names, budget=1.0) == Detected("nothing")
        took.append(time.monotonic() - began)
    assert min(took) < 3
    web.release.set()


def test_every_provider_is_told_whole() -> None:
    for provider in PROVIDERS:
        assert provider.kind in ("imap", "graph")
        assert provider.kind == "graph" or {"host", "smtp_host"} <= set(provider.options)
