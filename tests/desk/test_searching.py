"""Operators, saved searches, what lies in attachments, customers and people beside tickets."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.errors import UserFacingError
from deskapp.desk import (
    customers,
    escalation,
    files,
    filetext,
    pdftext,
    queries,
    queue,
    reminders,
    saved,
    search,
    setup,
    triage,
    work,
)
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from tests.desk import world


def found(desk: Desk, words: str) -> list[str]:
    return [hit.subject for hit in search.find(desk, words) if hit.kind == "ticket"]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Three tickets: a printer of Romashka's with a file, an exchange that is Boris', an old one from elsewhere."""
    data = "Ошибка 0x80004005 при открытии склада".encode()
    log = IncomingFile("обмен.log", "text/plain", len(data), files.put(desk, data))
    printer = world.arrive(desk, files=(log,)).ticket_id
    setup.save_rule(desk, {"acknowledge": False})
    exchange = world.arrive(desk, subject="Обмен стоит", text="Выгрузка не идёт", sender=world.OLGA).ticket_id
    triage.set_owner(desk, exchange, "boris")
    triage.set_cause(desk, exchange, "exchange")
    triage.set_urgency(desk, printer, 1)
    world.arrive(desk, subject="Old one", text="nothing", sender=world.STRANGER, at=world.NOW - timedelta(days=40))
    return desk


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("клиент:romashka", ["Обмен стоит", "Не печатает принтер"]),
        ("customer:elsewhere", ["Old one"]),
        ("причина:exchange", ["Обмен стоит"]),
        ("от:ольга", ["Обмен стоит"]),
        ('from:"Иван Петров"', ["Не печатает принтер"]),
        ("владелец:серов", ["Обмен стоит"]),
        ("owner:никто клиент:romashka", ["Не печатает принтер"]),
        ("статус:новая принтер", ["Не печатает принтер"]),
        ("status:closed", []),
        ("после:01.11 до:02.11.2026", ["Обмен стоит", "Не печатает принтер"]),
        ("before:2026-10-01", ["Old one"]),
        ("after:вчера before:сегодня стоит", ["Обмен стоит"]),
        ("has:file", ["Не печатает принтер"]),
        ("есть:файл обмен", ["Не печатает принтер"]),  # by the name of the file
        ("срочность:крит", ["Не печатает принтер"]),
        ("линия:L1 клиент:elsewhere", ["Old one"]),
        ("клиент:незнакомый", []),
        ("после:вчерась", []),
        ("клиент: принтер", ["Не печатает принтер"]),  # no value yet
        ("rkbtyn:hjvfirf", []),  # the domain has no Russian name to be found by
        ("jn:bdfy", ["Не печатает принтер"]),  # от:иван in the other layout
        ("rfktylfhm", []),
        ("ghbynth", ["Не печатает принтер"]),
    ],
)
def test_operators_narrow(filled: Desk, words: str, subjects: list[str]) -> None:
    assert sorted(found(filled, words)) == sorted(subjects)
    page = queue.page(filled, "all", words=words)
    assert sorted(item.subject for item in page.items) == sorted(subjects)


def test_a_query_is_taken_apart_and_put_together() -> None:
    query = queries.parse('клиент:"Рога и копыта" от:иван обмен')
    assert [(one.key, one.value) for one in query.filters] == [("customer", "Рога и копыта"), ("from", "иван")]
    assert query.words == "обмен" and query.without(query.filters[0]) == "от:иван обмен"
    assert queries.parse("http://host:80/x 10:30").filters == ()
    assert queries.complete("обмен кли") == "обмен клиент:" and queries.complete("rkb") == "клиент:"
    assert queries.complete("zzz") == "zzz" and queries.complete("cus") == "customer:"


@given(st.text(max_size=60))
def test_any_text_is_a_query(text: str) -> None:
    query = queries.parse(text)
    assert all(one.typed in text for one in query.filters)
    assert queries.parse(query.words).filters == () or query.filters


def test_customers_and_people_are_found_beside_tickets(filled: Desk) -> None:
    hits = search.everything(filled, "romashka")
    assert {"ticket", "customer", "contact"} == {hit.kind for hit in hits}
    assert [hit.subject for hit in hits if hit.kind == "customer"] == ["romashka.example"]
    assert [(hit.kind, hit.ticket_id) for hit in search.everything(filled, "cthjd") if hit.kind == "person"] == [
        ("person", "boris")
    ]
    assert all(hit.kind == "ticket" for hit in search.everything(filled, "клиент:romashka"))


@pytest.mark.parametrize(
    "typed",
    ["фёклова", "ФЕКЛОВА мар", "atrkjdf", "m.feklova@", "8 (900) 555-12", "555-12-34", "9005551234", "+7 900 5551234"],
)
def test_who_never_wrote_is_found_by_name_address_and_phone(filled: Desk, typed: str) -> None:
    customer = filled.replica.value("SELECT id FROM customer WHERE name = 'romashka.example'")
    row = {"customer_id": customer, "name": "Мария Фёклова", "address": "m.feklova@romashka.example"}
    contact = customers.save_contact(filled, {**row, "phone": "8 (900) 555-12-34"}).result
    hits = [hit for hit in search.everything(filled, typed) if hit.kind == "contact"]
    assert [(hit.ticket_id, hit.customer_id, hit.subject) for hit in hits] == [(contact, customer, "Мария Фёклова")]
    assert "romashka.example" in hits[0].customer and "555-12-34" in hits[0].customer
    assert not search.find(filled, typed)
    customers.put_away(filled, "contact", contact)
    assert [hit for hit in search.everything(filled, typed) if hit.kind == "contact"] == []


def test_a_saved_search_is_a_tab(filled: Desk) -> None:
    tab = saved.keep(filled, "Ромашка", "клиент:romashka").result
    assert [item.subject for item in queue.page(filled, tab, words="обмен стоит").items] == ["Обмен стоит"]
    assert {item.subject for item in queue.page(filled, tab).items} == {"Обмен стоит", "Не печатает принтер"}
    filled.settings.set("me", "boris")
    assert saved.read(filled) == ()
    everybody = saved.keep(filled, "Срочные", "срочность:1", everybody=True).result
    filled.settings.set("me", "anna")
    assert [one.name for one in saved.read(filled)] == ["Ромашка", "Срочные"]
    saved.drop(filled, tab)
    assert [one.tab for one in saved.read(filled)] == [everybody] and queue.page(filled, tab).items
    with pytest.raises(UserFacingError):
        saved.keep(filled, " ", "x")


# --- what lies in files ------------------------------------------------------------------------------------------


def packed(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", "Ошибка склада".encode(), "Ошибка склада"),
        ("a.LOG", "Ошибка".encode("cp1251"), "Ошибка"),
        ("a.csv", "\ufeffа;б".encode(), "а;б"),
        ("a.txt", "Ошибка".encode("utf-16"), "Ошибка"),
        ("a.html", b"<style>b{}</style><p>One &amp; <b>two</b></p><script>x</script><p>3</p>", "One & two 3"),
        ("a.docx", packed("word/document.xml", "<w:p><w:t>Акт</w:t></w:p><w:p><w:t>сверки</w:t></w:p>"), "Акт сверки"),
        ("a.odt", packed("content.xml", "<text:p>Счёт</text:p><text:p>17</text:p>"), "Счёт 17"),
        ("a.xlsx", packed("xl/sharedStrings.xml", "<si><t>Итого</t></si><si><t>ИНН</t></si>"), "Итого ИНН"),
        ("a.docx", b"PK\x03\x04 broken", ""),
        ("a.exe", b"MZ text", ""),
        ("a.txt", b"\x00\x01\x02", ""),
        ("noextension", b"text", ""),
    ],
)
def test_the_text_of_common_formats(name: str, data: bytes, text: str) -> None:
    assert filetext.text_of(name, data) == text


def test_a_bomb_is_read_by_its_beginning() -> None:
    bomb = packed("word/document.xml", "<w:t>начало</w:t>" + "0" * 60_000_000)
    assert len(bomb) < 200_000
    text = filetext.text_of("bomb.docx", bomb)
    assert text.startswith("начало") and len(text) <= filetext.TEXT
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>&b;</p>"
    assert "haha" not in filetext.text_of("x.xml", laughs.encode())


def pdf(content: bytes, packed_: bool = True, mapped: str = "") -> bytes:
    """A page with a content stream; ``mapped``: letters that its font writes as codes from 1 on."""
    codes = "".join(f"<{place:02X}> <{ord(letter):04X}>\n" for place, letter in enumerate(mapped, 1))
    table = f"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{len(mapped)} beginbfchar\n{codes}" \
        "endbfchar\nendcmap"  # fmt: skip
    stream = zlib.compress(content) if packed_ else content
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d%s >> stream\n%s\nendstream"
        % (len(stream), b" /Filter /FlateDecode" if packed_ else b"", stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica%s >>" % (b" /ToUnicode 6 0 R" if mapped else b""),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(table), table.encode()),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return (
        out + head + rows + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))
    )


def test_the_text_of_a_pdf_is_found_and_a_hostile_one_is_survived(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = "Накладная"
    codes = "".join(f"{word.index(letter) + 1:02X}" for letter in word)
    good = pdf(f"BT /F1 12 Tf 20 700 Td <{codes}> Tj ET BT 20 600 Td (invoice 4711-A) Tj ET".encode(), mapped=word)
    bomb = pdf(b"BT (x) Tj ET" + b" " * 100_000_000)
    endless = pdf(b"BT /F1 1 Tf " + b"1 0 0 1 3 3 Tm (a) Tj " * 300_000 + b"ET")
    assert max(len(endless), len(bomb)) < filetext.LARGEST
    monkeypatch.setattr(pdftext, "SECONDS", 1.0)
    with pdftext.Reader() as reader:
        assert filetext.text_of("a.PDF", good, reader) == "Накладная invoice 4711-A"
        assert filetext.text_of("endless.pdf", endless, reader) == ""  # it was ended
        assert filetext.text_of("bomb.pdf", bomb, reader) in ("", "x")  # it comes back, whatever was made of it
        assert filetext.text_of("broken.pdf", good[:300], reader) == ""
        assert filetext.text_of("none.pdf", b"%PDF-1.4", reader) == ""
        assert "4711-A" in filetext.text_of("again.pdf", good, reader)  # by a new process
    while filetext.read_some(filled) is not None:
        filetext.store(filled, filetext.read_some(filled))  # type: ignore[arg-type]
    sha256 = files.put(filled, good)
    attached = IncomingFile("счёт.pdf", "application/pdf", len(good), sha256)
    world.arrive(filled, subject="Счёт приложен", files=(attached,))
    batch = filetext.read_some(filled)
    assert batch is not None
    filetext.store(filled, batch)
    assert found(filled, "накладные") == ["Счёт приложен"] and found(filled, "4711-A") == ["Счёт приложен"]


@given(st.binary(max_size=300), st.sampled_from(["a.docx", "a.txt", "a.html", "a.xlsx", "a.odt"]))
def test_broken_files_are_no_trouble(data: bytes, name: str) -> None:
    assert isinstance(filetext.text_of(name, data), str)


def test_files_are_read_in_the_background_and_found(filled: Desk) -> None:
    assert found(filled, "0x80004005") == []
    missing = IncomingFile("later.txt", "text/plain", 5, "f" * 64)
    world.arrive(filled, subject="Файл позже", files=(missing,))
    batch = filetext.read_some(filled)
    assert batch is not None and len(batch.wanted) == 1 and not batch.more
    filetext.store(filled, batch)
    assert found(filled, "0x80004005") == ["Не печатает принтер"]
    (hit,) = [hit for hit in search.find(filled, "открытии склада") if hit.kind == "ticket"]
    assert "обмен.log" in hit.snippet
    assert filetext.read_some(filled) is None


# --- what asks for me --------------------------------------------------------------------------------------------


def test_mine_shows_what_was_handed_to_me_reminders_and_mentions_once(filled: Desk) -> None:
    ids = {item.subject: item.ticket_id for item in queue.page(filled, "all").items}
    printer, exchange, old = ids["Не печатает принтер"], ids["Обмен стоит"], ids["Old one"]
    before = queue.counts(filled)["mine"]
    reminders.put(filled, old, reminders.Remind(filled.clock.now() + timedelta(minutes=5), "спросить"))
    filled.settings.set("me", "boris")
    brief = {"asked": "a", "tried": "b", "hypothesis": "c", "wanted": "d"}
    escalation.give(filled, printer, 2, "anna", **brief)
    work.note(filled, exchange, "note", "@Белова глянь")
    filled.settings.set("me", "anna")
    world.advance(filled, minutes=6)
    page = queue.page(filled, "mine")
    groups = {
        item.subject: (item.group, item.hint) for item in page.items if item.group in ("given", "reminder", "mention")
    }
    assert groups == {
        "Не печатает принтер": ("given", ""),
        "Old one": ("reminder", "спросить"),
        "Обмен стоит": ("mention", ""),
    }
    assert len({item.ticket_id for item in page.items}) == len(page.items)
    assert queue.counts(filled)["mine"] == len(page.items) == before + 3
