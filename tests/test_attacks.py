"""Somebody who wants harm: hostile letters, a poisoned share, a malicious colleague's change, template or archive.

Each test attacks one wall of docs/security.md. The walls of single parts (passwords tried once, nothing logged by a
transport, spreadsheets' formulas, database roles) have their attacks beside their parts.
"""

from __future__ import annotations

import ast
import http.server
import io
import logging
import os
import stat
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core import crash, log
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile
from deskapp.desk import (
    directory,
    files,
    filetext,
    intake,
    planboard,
    queue,
    saved,
    search,
    setup,
    ticket,
    undo,
    work,
)
from deskapp.desk.desk import Desk
from deskapp.models.schema import Attachment, Erasure
from deskapp.sync.mail import stages
from tests.desk.world import furnish, open_world
from tests.sync.hub.desks import Office
from tests.sync.hub.desks import ticket as shared_ticket
from tests.ui.demo_window import demo_window

ROOT = Path(__file__).resolve().parent.parent
SECRET = "Zauberwort-7781"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    furnish(Profile(tmp_path / "desk"))
    desk = open_world(tmp_path / "desk")
    yield desk
    desk.replica.disconnect()


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server that nobody may ask, and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def hostile(address: str) -> bytes:
    body = (
        f"<html><head><link rel='stylesheet' href='{address}/css'><base href='{address}'>"
        f"<meta http-equiv='refresh' content='0;url={address}/meta'>"
        f"<style>@import url({address}/import);</style></head>"
        f"<body background='{address}/back' onload='fetch(\"{address}/load\")'>"
        f"<script>fetch('{address}/script')</script><img src='{address}/pixel' onerror='alert(1)'>"
        f"<iframe src='{address}/frame'></iframe><object data='{address}/object'></object>"
        f"<svg><image href='{address}/svg'/></svg><video poster='{address}/poster'></video>"
        f"<form action='{address}/form'><input name=p></form><a href='javascript:alert(1)'>press</a>"
        f"<a href='{address}/link'>close the ticket</a><p style='background:url({address}/style)'>Не печатает</p>"
        f"<img src='file:///etc/passwd'><img src='\\\\evil\\share\\x.png'></body></html>"
    )
    return (
        b"From: Evil <evil@evil.example>\r\nTo: help@desk.example\r\nSubject: Hostile\r\nMessage-ID: <h@evil>\r\n"
        b"Date: Tue, 03 Nov 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    ) + body.encode()


def test_a_hostile_letter_is_shown_and_fetches_nothing(qapp: QApplication, tmp_path: Path) -> None:
    with listener() as (address, asked), demo_window(qapp, tmp_path) as stage:
        desk = stage.desktop.desk
        taken = stages.take(desk, hostile(address), "hostile.eml", desk.clock.now())
        assert taken.outcome == "created"
        stage.go_to(taken.number)
        stage.settle()
        view = stage.window.screen_now().pane.view()
        (letter,) = [entry for entry in view.entries if entry.kind == "letter_in"]
        assert "Не печатает" in letter.text
        lower = letter.html.lower()
        assert not any(word in lower for word in ("<script", "onload", "onerror", "<iframe", "<object", "<form", "<svg",
                                                  "javascript:", "<link", "<meta", "file:", "url("))  # fmt: skip
        assert "src=" not in lower
        stage.settle()
        assert asked == []


def test_no_letter_of_ours_closes_anything_by_a_link(desk: Desk) -> None:
    """Mail scanners open links: no template may hold one that acts."""
    for path in sorted((ROOT / "resources" / "letters").glob("*.txt")):
        assert "http" not in path.read_text("utf-8").lower(), path.name


NAMES = (
    "../../../../tmp/evil.sh", "..\\..\\evil.exe", "/etc/cron.d/evil", "C:\\Windows\\evil.dll", "evil.pdf\u202efdp.exe",
    "con", "a\x00b.txt", "x" * 5000 + ".txt", ".bashrc", "~/.ssh/authorized_keys", "$(rm -rf ~).txt", "report.pdf.exe",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_attachment_goes_nowhere_but_where_a_person_says(desk: Desk, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    raw = (
        f"From: e@evil.example\r\nTo: help@desk.example\r\nSubject: {len(name)}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n--b\r\n'
        f'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
        "#!/bin/sh\r\n--b--\r\n"
    ).encode("utf-8", "replace")
    taken = stages.take(desk, raw, "x.eml")
    view = ticket.view(desk, taken.ticket_id)
    (file,) = [file for entry in view.entries for file in entry.files]
    assert not {"/", "\\", "\x00", "\u202e"} & set(file.name) and 0 < len(file.name) <= 255
    fresh = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert all((desk.profile.root) in path.parents for path in fresh)
    target = tmp_path / "chosen" / "saved"
    target.parent.mkdir()
    files.save_as(desk, file.sha256, str(target))
    assert target.read_bytes().startswith(b"#!/bin/sh")
    if os.name == "posix":
        assert not target.stat().st_mode & 0o111, "never executable"


@pytest.mark.parametrize(
    ("name", "risk"),
    [("invoice.pdf.exe", "program"), ("Счёт.XLSM", "macros"), ("x.lnk", "shortcut"), ("run.ps1 ", "script"),
     ("page.html", "page"), ("a.iso", "disk"), ("notes.txt", ""), ("photo.jpeg", ""), ("exe", ""),
     ("a.exe.", "program"), ("x.exe\u00a0", "program"), ("x.ex\u200be", "program"), ("a\u202etxt.exe", "program")],
)  # fmt: skip
def test_dangerous_kinds_are_named(name: str, risk: str) -> None:
    assert files.risk(name) == risk


def test_a_zip_bomb_is_refused_and_the_letter_beside_it_is_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.eml", "w", force_zip64=True) as out:
            for _part in range(300):
                out.write(b"\0" * 1_000_000)
        archive.writestr("good.eml", b"From: a@b.example\r\nSubject: good\r\n\r\nhello\r\n")
        archive.writestr("../../outside.eml", b"From: a@b.example\r\nSubject: outside\r\n\r\nhello\r\n")
    assert path.stat().st_size < 1_000_000
    found = {taken.source: taken for taken in stages.take_paths(desk, [path])}
    bomb = next(taken for source, taken in found.items() if "bomb.eml" in source)
    assert bomb.outcome == "quarantined" and bomb.reason
    assert sorted(t.letter.subject for t in found.values() if t.letter) == ["good", "outside"]
    assert not (tmp_path.parent / "outside.eml").exists() and not (tmp_path / "outside.eml").exists()


TEMPLATES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ self.__init__.__globals__ }}", "{{ cycler.__init__ }}",
    "{% for x in range(999999999) %}a{% endfor %}", "{{ 'a' * 999999999 }}", "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}", "{{ config }}", "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ number.__class__ }}", "{{ (1).__class__.__base__ }}", "{% set x = number %}{{ x.__init__ }}",
)  # fmt: skip


@pytest.mark.parametrize("body", TEMPLATES)
def test_a_malicious_template_is_refused_with_words(desk: Desk, body: str) -> None:
    with pytest.raises(UserFacingError):
        setup.save_template(desk, "reply", "en", "Re", body)
    assert not desk.replica.rows("SELECT body FROM template WHERE body <> ''")


SQL = ("'; DROP TABLE ticket; --", '"); DELETE FROM message; --', "x' OR '1'='1",
       "%' UNION SELECT sql FROM sqlite_master --",
       'NEAR("a" OR', "* AND *", "a:b", "{x", "\x00", "🙂" * 200)  # fmt: skip


@pytest.mark.parametrize("words", SQL)
def test_words_are_never_statements(desk: Desk, words: str) -> None:
    raw = f"From: {words.encode('unicode_escape').decode()} <a@b.example>\r\nSubject: {words}\r\n\r\n{words}\r\n"
    taken = stages.take(desk, raw.encode("utf-8", "replace"), words)
    assert taken.outcome == "created"
    shape, count = "SELECT name FROM sqlite_master ORDER BY 1", "SELECT count(*) FROM ticket"
    before = desk.replica.rows(shape), desk.replica.value(count)
    search.find(desk, words)
    queue.page(desk, "all", words=words)
    work.note(desk, taken.ticket_id, "note", words)
    assert before == (desk.replica.rows(shape), desk.replica.value(count))
    assert desk.replica.value("PRAGMA integrity_check") == "ok"


def test_statements_hold_no_values_of_people() -> None:
    """What stands in quotes inside a statement by an f-string is the name of a table or a kind, given by the code."""
    names = {"table", "kind", "op"}
    guilty = []
    for path in sorted((ROOT / "deskapp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.JoinedStr):
                continue
            text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if not any(word in text for word in ("SELECT ", "DELETE FROM ", "UPDATE ", "INSERT INTO ")):
                continue
            for before, part in zip(node.values, node.values[1:], strict=False):
                # an odd quotation mark opens one
                quoted = isinstance(before, ast.Constant) and str(before.value).endswith("'")
                quoted = quoted and str(before.value).count("'") % 2 == 1
                if quoted and isinstance(part, ast.FormattedValue):
                    if not (isinstance(part.value, ast.Name) and part.value.id in names):
                        guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    # the functions of a hub are made once, of the models' own names
    assert [one for one in guilty if not one.startswith("deskapp/sync/hub/postgres_sql.py")] == []


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of the user's folder on Windows")
def test_a_profile_is_its_owners_alone(desk: Desk) -> None:
    files.put(desk, b"a secret of a customer")
    assert stat.S_IMODE(desk.profile.root.stat().st_mode) == 0o700
    for folder in (path for path in desk.profile.root.rglob("*") if path.is_dir()):
        assert not stat.S_IMODE(folder.stat().st_mode) & 0o077, folder


def test_letters_and_secrets_are_in_no_log_and_no_crash_report(desk: Desk, tmp_path: Path) -> None:
    log.start(desk.profile.log, logging.DEBUG)
    try:
        raw = f"From: {SECRET} <{SECRET}@b.example>\r\nSubject: {SECRET}\r\n\r\nThe password is {SECRET}\r\n".encode()
        taken = stages.take(desk, raw, "letter")
        work.note(desk, taken.ticket_id, "note", f"said {SECRET}")
        stages.take(desk, b"\xff\xfe" + raw * 3, "broken")
        try:
            raise ValueError(f"could not read {SECRET} of {SECRET}@b.example")
        except ValueError as trouble:
            logging.getLogger("deskapp").exception("a step failed")
            report = crash.report(trouble, "mail")
    finally:
        for handler in logging.getLogger().handlers:
            handler.flush()
    assert SECRET not in report.text and "ValueError" in report.text
    written = b"".join(path.read_bytes() for path in desk.profile.log.rglob("*") if path.is_file())
    assert b"a step failed" in written
    assert SECRET.encode() not in written


PATHS = ("../../../../victim", "/etc/passwd", "..", "", "a" * 64 + "/../../victim", "A" * 64, "\x00" * 64)


@pytest.mark.parametrize("name", PATHS)
def test_a_colleagues_change_names_no_file_outside(tmp_path: Path, name: str) -> None:
    """A file's name that came by the hub is a hash or nothing: it is not read, fetched, uploaded or removed."""
    office = Office(tmp_path)
    try:
        a = office.first("a")
        b = office.join("b")
        victim = tmp_path / "victim"
        victim.write_text("mine")
        one = shared_ticket(a)
        with a.act("") as act:
            act.insert(Attachment, ticket_id=one, name="x", size=4, sha256=name)
            act.insert(Erasure, tbl="attachment", row_id="none", columns=[], files=[name], ticket_id=one)
        office.settle()
        assert not files.has(b, name)
        if name.replace("\x00", ""):
            with pytest.raises(UserFacingError):
                files.read(b, name)
        from deskapp.desk import erase

        erase.finish(b)
        office.settle()
        assert victim.read_text() == "mine"
    finally:
        office.close()


def test_a_poisoned_change_touches_no_table_of_this_machine(tmp_path: Path) -> None:
    """A record that names a local table, a system table or a column that is none is put aside, not carried out."""
    from deskapp.sync.hub.apply import Merge
    from deskapp.sync.hub.hub import Change

    office = Office(tmp_path)
    try:
        a = office.first("a")
        state = a.replica.rows("SELECT * FROM local_state WHERE key <> 'people_version' ORDER BY 1")
        tables = a.replica.rows("SELECT name, sql FROM sqlite_master ORDER BY 1")
        with a.act("") as act:
            merge = Merge(act)
            with merge.uncaptured():
                for table in ("local_state", "sqlite_master", "change", "ticket; DROP TABLE ticket", 'x" (a) --'):
                    merge.change(Change(table, "replica", "I", {"value": [None, "evil"]}, "evil", 1), 99)
                    merge.change(Change(table, "replica", "D", {}, "evil", 1), 99)
                merge.change(Change("ticket", "t1", "I", {'subject" = 1; --': [None, "x"]}, "evil", 1), 99)
        assert a.replica.rows("SELECT name, sql FROM sqlite_master ORDER BY 1") == tables
        assert a.replica.rows("SELECT * FROM local_state WHERE key <> 'people_version' ORDER BY 1") == state
    finally:
        office.close()


def test_nothing_of_the_application_runs_what_came(desk: Desk) -> None:
    """No part of the product evaluates text or loads pickles, and none starts a program but one: the system's own tool
    that takes note of the menu, on the person's command, with our folder and nothing else."""
    told = {"registering.py: subprocess.run", "registration.py: subprocess.list2cmdline"}  # the latter only quotes
    banned = {("os", "system"), ("os", "startfile"), ("os", "popen"), ("pickle", "load"), ("pickle", "loads"),
              ("marshal", "loads"), ("yaml", "load")}  # fmt: skip
    guilty = []
    for path in sorted((ROOT / "deskapp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                function = node.func
                if isinstance(function, ast.Name) and function.id in ("eval", "exec", "__import__", "compile"):
                    guilty.append(f"{path.name}: {function.id}")
                if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                    if (function.value.id, function.attr) in banned or function.value.id == "subprocess":
                        guilty.append(f"{path.name}: {function.value.id}.{function.attr}")
    assert set(guilty) <= told and len(guilty) == len(set(guilty))
    source = ast.parse((ROOT / "deskapp" / "ui" / "registering.py").read_text("utf-8"))
    calls = [
        node
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("subprocess.run", "shutil.which")
    ]
    assert all(not any(word.arg == "shell" for word in call.keywords) for call in calls)
    assert {ast.unparse(call.args[0]) for call in calls} == {
        "'update-desktop-database'", "[tool, '-q', str(data / ENTRY.parent)]"
    }  # fmt: skip


def test_undo_gives_no_right_to_what_was_never_there(desk: Desk) -> None:
    for tx in ("", "none", "'; DROP TABLE ticket; --"):
        with pytest.raises(UserFacingError):
            undo.revert(desk, tx)


def test_the_python_of_the_tests_is_not_optimised() -> None:
    """Walls that are asserts would be gone; these tests must see the application as it is started."""
    assert sys.flags.optimize == 0


# --- a poisoned share: what is no row of a desk


ODD = ({"a": 1}, 1 << 70, None, "\x00x", "no json", "[[[1]]]")
NO_CHANGES: tuple[Any, ...] = (
    ("ticket", 7, "I", {}, "evil", 1), ("ticket", "x", "?", {}, "evil", 1), ("ticket", "x", "U", [], "evil", 1),
    ("ticket", "x", "U", {"subject": "s"}, "evil", 1), ("note", "x" * 5000, "I", {}, "evil", 1),
    ("note", "x", "I", {}, None, 1), ("note", "x", "I", {}, "evil", "soon"), (["note"], "x", "I", {}, "evil", 1),
)  # fmt: skip


def test_values_of_another_kind_stop_no_round_and_no_reading(tmp_path: Path) -> None:
    """Whoever writes into the share writes anything into any column: the rounds go on, and every reading after them."""
    from deskapp.models.tables import defaults, models
    from deskapp.sync.hub.hub import Batch, Change
    from deskapp.sync.hub.state import HubState

    office = Office(tmp_path)
    try:
        a = office.first("a")
        b = office.join("b")
        one = shared_ticket(a)
        office.settle()
        before = _shown(b, one)
        at = 1_790_000_000_000
        found = [Change(*change) for change in NO_CHANGES]
        for turn, value in enumerate(ODD):
            for table in models():
                for column in defaults(table):
                    cols = {column: [None, value], **_of(table, column, one)}
                    found.append(Change(table, f"odd-{table}-{column}-{turn}", "I", cols, "evil", at))
            if isinstance(value, dict | int):
                found.append(Change("ticket", one, "U", {c: ["", value] for c in ("subject", "number")}, "evil", at))
        cursor = HubState(a.replica).cursor
        assert cursor is not None
        office.rounds["a"].hub.append(cursor, Batch("evil", "evil", 1, "0", at, tuple(found)))
        office.settle()
        assert _shown(a, one) == _shown(b, one)
        assert _shown(b, one)[0] == before[0], "a ticket keeps what it had"
    finally:
        office.close()


def _of(table: str, column: str, ticket_id: str) -> dict[str, list[Any]]:
    """A row that belongs to the ticket that is read, where a table has such rows."""
    from deskapp.models.tables import defaults

    return {"ticket_id": [None, ticket_id]} if "ticket_id" in defaults(table) and column != "ticket_id" else {}


def _shown(desk: Desk, ticket_id: str) -> tuple[Any, ...]:
    """What the screens read, which must be readable."""
    desk.schedule  # noqa: B018  read anew
    view = ticket.view(desk, ticket_id)
    pages = [queue.page(desk, tab) for tab in ("answer", "mine", "all", "slipping", "waiting", "confirm")]
    planboard.view(desk, desk.clock.now().date(), 7)
    planboard.day_clock(desk)
    found = directory.read(desk)
    setup.calendars(desk), setup.specialists(desk), setup.causes(desk)
    search.find(desk, "x")
    queue.counts(desk)
    return (view.subject, view.number, view.urgency), len(pages), len(found.people)


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{}\n", b"\xff\xfe", b'{"id":1}\n[1]\n', b"null\n", b""])
def test_a_batch_that_is_none_is_said_to_be_none(body: bytes) -> None:
    """Never an error that a round does not know: it would be shown as a bug, again and again."""
    from deskapp.sync.hub.hub import Batch

    with pytest.raises((ValueError, KeyError, TypeError)):
        Batch.read(body)


# --- names and files from a colleague's machine or a letter


MORE_NAMES = ("CON", "nul.txt", "LPT9.pdf", "COM¹.log", "notes.txt:hidden.exe", "a<b>|c?.txt", "...", "", ". .",
              "photo.jpg \u00a0", "x" * 300)  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, *MORE_NAMES])
def test_a_name_offered_for_saving_is_a_name_everywhere(name: str) -> None:
    """Also one that no letter brought but a colleague's change, which passed no gate of the mail."""
    offered = files.suggested_name(name)
    assert offered and len(offered) <= 120 and not set(offered) & set('<>:"|?*/\\\x00\u202e')
    stem = offered.partition(".")[0].lower()
    assert stem not in {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
    assert offered == offered.strip(". ") and not offered.startswith(".")


def test_a_turned_name_from_a_colleague_is_shown_straight(desk: Desk) -> None:
    one = str(intake.by_hand(desk, "Files", "see").result)
    content = files.put(desk, b"MZ")
    work.note(desk, one, "note", "a file")
    note = desk.replica.value("SELECT id FROM note ORDER BY made_at DESC")
    with desk.act("") as act:
        act.insert(Attachment, ticket_id=one, note_id=note, name="invoice\u202efdp.exe", size=2, sha256=content)
    (file,) = [file for entry in ticket.view(desk, one).entries for file in entry.files]
    assert file.name == "invoicefdp.exe" and files.risk(file.name) == "program"


HOSTILE_TEXTS = {
    "scripts.html": b"<script>" * 500_000, "styles.html": b"<STYLE " * 500_000, "long s.html": "<ſcript>x".encode() * 9,
    "open.html": b"<" * 2_000_000, "marks.html": b"&" * 2_000_000, "tags.xml": b"<a" * 1_000_000,
    "swell.xml": b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;&b;&b;</x>',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_text_of_hostile_files_is_read_in_one_pass(name: str) -> None:
    """By the processor's time: a machine that is busy with others tells nothing."""
    began = time.process_time()
    found = filetext.text_of(name, HOSTILE_TEXTS[name])
    assert time.process_time() - began < 5 and len(found) <= filetext.TEXT
    assert "aaaaaaaaaa" * 4 not in found


@pytest.mark.parametrize(("name", "inner"), [("x.docx", "word/document.xml"), ("x.xlsx", "xl/sharedStrings.xml"),
                                             ("x.odt", "content.xml")])  # fmt: skip
def test_an_office_file_that_swells_is_read_in_part(name: str, inner: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inner, b"<w:p>" + b"word " * 20_000_000)
    assert len(packed.getvalue()) < 1_000_000
    began = time.process_time()
    assert len(filetext.text_of(name, packed.getvalue())) <= filetext.TEXT
    assert time.process_time() - began < 5


def test_scripts_and_styles_of_a_page_are_no_text_of_it() -> None:
    page = b"<p>before</p><SCRIPT>evil()</script ><style type=x>p{}</style>after<script>never ends"
    assert filetext.text_of("x.html", page) == "before after"


# --- searches that are kept, folders with links


SEARCHES = ("owner:\"'; DROP TABLE ticket; --\"", "customer:%_%", "status:' OR 1=1", "has:file UNION SELECT 1",
            "cause:))", "from:\"" + "x" * 5000 + "\"", "клиент:\x00", "-" * 3000)  # fmt: skip


@pytest.mark.parametrize("words", SEARCHES)
def test_operators_and_kept_searches_are_never_statements(desk: Desk, words: str) -> None:
    intake.by_hand(desk, "Printer", "silent")
    shape = "SELECT name, sql FROM sqlite_master ORDER BY 1"
    before = desk.replica.rows(shape)
    queue.page(desk, "all", words=words)
    try:
        saved.keep(desk, "mine", words)
    except UserFacingError:
        return
    for one in saved.read(desk):
        queue.page(desk, "all", words=one.words)
    assert desk.replica.rows(shape) == before and desk.replica.value("SELECT count(*) FROM ticket") == 1


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows that a share's writer does not have")
def test_links_in_a_shared_folder_lead_nowhere(tmp_path: Path) -> None:
    """Whoever writes into the share puts a link where a file is to be: nothing outside is written or taken over."""
    from deskapp.sync.hub.hub import Corrupt

    victim = tmp_path / "victim"
    victim.write_text("mine")
    office = Office(tmp_path)
    try:
        a = office.first("a")
        b = office.join("b")
        office.settle()
        log_ = next(office.share.glob("log-*"))
        following = max(int(path.name) for path in log_.iterdir()) + 1
        (log_ / f"{following:012}").symlink_to(victim)
        blob = files.put(a, b"content")
        place = office.share / "blobs" / blob[:2]
        place.mkdir(parents=True, exist_ok=True)
        (place / blob).symlink_to(victim)
        shared_ticket(a)
        for name in ("a", "b"):
            with suppress(Corrupt):  # said with words; the way out is the one for any damaged record
                office.sync(name)
        assert victim.read_text() == "mine"
        if files.has(b, blob):
            assert files.read(b, blob) == b"content"
        assert b.replica.value("PRAGMA integrity_check") == "ok"
    finally:
        office.close()
