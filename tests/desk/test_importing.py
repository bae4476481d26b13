"""Files of other programs: how they are understood, what is wrong with which row, and what becomes of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.errors import UserCancelled, UserFacingError
from deskapp.desk import contracts, customers, facts, importing, queue, search, ticket, undo
from deskapp.desk.desk import Desk
from deskapp.desk.import_fields import KINDS, BadCell, Cells, guess, guess_kind
from deskapp.desk.sheets import read
from deskapp.models.schema import Customer
from tests.desk.world import MOSCOW, arrive, index_terms, moscow, queue_rows, rebuild

# ruff: noqa: E501  a file of another program has long lines
TICKETS = """Номер;Тема;Описание;Статус;Приоритет;Организация;E-mail;Исполнитель;Создана;Закрыта;Затрачено
501;Не печатает;Принтер HP молчит;Закрыта;Высокий;ООО «Ромашка»;ivan@romashka.example;Белова;12.01.2026 09:15;13.01.2026 10:00;1ч30
502;Нет связи;;В работе;Критическая;Астра;;Серов;01.11.2026 10:00;;
503;Отчёт;;;;Астра;;;30.10.2026;;
"""


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_in_any_encoding_and_with_any_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = 'Тема;Описание\n"Два; слова";"строка\nи ещё ""одна"""\n\n;\nПервая;а,б\n'
    quoted = (
        text if delimiter == ";" else '"Тема"%s"Описание"\n"Два; слова"%s"строка\nи ещё ""одна"""\n\nПервая%s"а,б"\n'
    )
    table = read(write(tmp_path / "a.csv", quoted if delimiter == ";" else quoted % ((delimiter,) * 3), encoding))
    assert table.heads == ("Тема", "Описание")
    assert [list(row) for row in table.rows()] == [["Два; слова", 'строка\nи ещё "одна"'], ["Первая", "а,б"]]
    assert table.count == 2
    assert [list(row) for row in table.rows()][1][0] == "Первая"  # may be walked again


def test_a_spreadsheet_keeps_dates_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "tickets.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Заявки")
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_row(0, 0, ["№", "Subject", "Created", "Priority"])
        sheet.write_number(1, 0, 77)
        sheet.write_string(1, 1, "=1+1 is no formula here")
        sheet.write_datetime(1, 2, datetime(2026, 10, 1, 9, 30), moment)  # noqa: DTZ001  a cell has no zone
        sheet.write_number(1, 3, 2)
    table = read(path)
    assert (table.sheets, table.heads, table.count) == (("Заявки",), ("№", "Subject", "Created", "Priority"), 1)
    (row,) = table.rows()
    cells = Cells(MOSCOW)
    assert cells.read("number", row[0]) == 77
    assert cells.read("moment", row[2]) == int(moscow(1, 9, 30, month=10).timestamp() * 1000)
    assert cells.read("urgency", row[3]) == 2


def test_what_is_no_table_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 nothing")
    for name, text in (("empty.csv", ""), ("gone.csv", None)):
        if text is not None:
            write(tmp_path / name, text)
        with pytest.raises(UserFacingError):
            read(tmp_path / name)
    with pytest.raises(UserFacingError):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("kind", "heads"),
    [
        ("tickets", ["Ticket ID", "Subject", "Status", "Priority", "Requester email", "Created at", "Resolved at"]),
        ("tickets", ["Номер заявки", "Тема", "Дата создания", "Исполнитель", "Срок"]),
        ("customers", ["Контрагент", "Домен", "Телефон", "Номер договора", "Действует до"]),
        ("contacts", ["ФИО", "E-mail", "Должность", "Организация"]),
        ("parts", ["Артикул", "Наименование", "Остаток", "Мин. остаток"]),
        ("articles", ["Заголовок", "Симптомы", "Решение", "Продукт"]),
        ("history", ["Номер заявки", "Комментарий", "Дата", "Автор"]),
    ],
)
def test_columns_are_guessed_by_their_heads(kind: str, heads: list[str]) -> None:
    assert guess_kind(heads) == kind
    assert len(guess(kind, heads)) == len(heads)


def test_a_preview_tells_what_is_wrong_with_which_row(desk: Desk, tmp_path: Path) -> None:
    text = (
        "Тема;Дата создания;Приоритет;Email;Закрыта\nA;01.02.2026;срочно;;\n;01.02.2026;;;\nB;32.01.2026;;;\n"
        "C;01.02.2026;;nobody;\nD;02.02.2026;;;01.02.2026\nE;02.02.2026;;;\n"
    )
    seen = importing.look(desk, write(tmp_path / "a.csv", text))
    assert (seen.kind, seen.total, seen.wrong) == ("tickets", 6, 5)
    assert [(each.row, each.code, each.field) for each in seen.problems] == [
        (1, "not_urgency", "urgency"),
        (2, "missing", "subject"),
        (3, "not_date", "received"),
        (4, "not_address", "address"),
        (5, "dates_turned", "finished"),
    ]
    result = importing.run(desk, seen).result
    assert (result.made, result.wrong) == (1, 5)
    without = importing.look(desk, tmp_path / "a.csv", "tickets", {"subject": 0})
    assert without.missing == ("received",)
    with pytest.raises(UserFacingError):
        importing.run(desk, without)


def test_tickets_come_with_their_people_history_and_lists(desk: Desk, tmp_path: Path) -> None:
    seen = importing.look(desk, write(tmp_path / "t.csv", TICKETS, "cp1251"))
    changes = importing.run(desk, seen)
    assert changes.result.made == 3 and not changes.result.problems
    first = ticket.view(desk, str(ticket.find(desk, 501)))
    assert (first.subject, first.status, first.urgency, first.owner_id) == ("Не печатает", "closed", 2, "anna")
    assert (first.requester.customer, first.requester.address) == ("ООО «Ромашка»", "ivan@romashka.example")
    assert (first.received_at, first.finished_at, first.spent) == (
        moscow(12, 9, 15, month=1),
        moscow(13, 10, month=1),
        90,
    )
    assert [entry.text for entry in first.entries] == ["Принтер HP молчит"]
    assert {item.number for item in queue.page(desk, "all").items} == {502, 503}
    assert {hit.number for hit in search.find(desk, "принтеру")} == {501}
    assert queue.counts(desk)["answer"] == 1  # 503 is new: somebody owes an answer
    # what was written at once is what the desk would have made one by one
    lists, terms = queue_rows(desk), index_terms(desk)
    rebuild(desk)
    assert queue_rows(desk) == lists
    assert index_terms(desk) == terms
    # the same file again changes nothing
    again = importing.run(desk, importing.look(desk, tmp_path / "t.csv"))
    assert (again.result.known, again.result.made) == (3, 0)
    undo.revert(desk, changes.tx)
    assert queue.page(desk, "all").items == () and customers.page(desk) == () and search.find(desk, "принтеру") == ()


def test_figures_count_what_was_imported_by_the_hours_of_its_contract(desk: Desk, tmp_path: Path) -> None:
    """Closed, refused and promised tickets of customers with and without a contract, beside a rebuilt desk."""
    with desk.act("made") as act:
        act.put(Customer, id="astra", name="Астра", domain="astra.example")
    contracts.save(desk, {"customer_id": "astra", "number": "C-1", "hours": "24×7", "since": "2026-01-01"})
    text = """Номер;Тема;Статус;Организация;Создана;Ответ;Срок;Закрыта;Затрачено
1;Ночью;Закрыта;Астра;12.01.2026 23:00;13.01.2026 01:00;14.01.2026 12:00;13.01.2026 02:30;30м
2;Ночью;Закрыта;Ромашка;12.01.2026 23:00;13.01.2026 10:00;13.01.2026 11:00;13.01.2026 12:00;
3;Позже;Закрыта;Ромашка;12.01.2026 10:00;;12.01.2026 11:00;12.01.2026 11:00;
4;Нет;Отказ;Ромашка;12.01.2026 10:00;;;;
5;Открыта;В работе;Ромашка;12.01.2026 10:00;12.01.2026 11:00;;;
"""
    importing.run(desk, importing.look(desk, write(tmp_path / "t.csv", text)))
    names = "t.number, answer_minutes, resolve_minutes, kept, f.spent, refused, first_line, answered_day - received_day"
    found = "FROM ticket_fact f JOIN ticket t ON t.id = f.ticket_id ORDER BY t.number"
    rows = desk.replica.rows(f"SELECT {names} {found}")
    assert rows == [
        (1, 120, 210, 1, 30, 0, 1, 1), (2, 60, 180, 0, 0, 0, 1, 1), (3, 60, 60, 1, 0, 0, 1, 0),
        (4, 0, None, None, 0, 1, 0, 0), (5, 60, None, None, 0, 0, 0, 0),
    ]  # fmt: skip
    whole = f"SELECT f.* {found}"
    lists, kept = queue_rows(desk), desk.replica.rows(whole)
    rebuild(desk)
    desk.replica.set_state("facts_version", "")
    facts.ensure(desk)
    assert desk.replica.rows(whole) == kept and queue_rows(desk) == lists


def test_a_number_that_is_taken_is_replaced_and_missing_ones_are_given(desk: Desk, tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "Number,Subject,Created\n700,One,2026-01-01\n,Two,2026-01-02\n")
    write(tmp_path / "b.csv", "Number,Subject,Created\n700,Other,2026-01-03\n")
    importing.run(desk, importing.look(desk, tmp_path / "a.csv"))
    result = importing.run(desk, importing.look(desk, tmp_path / "b.csv")).result
    assert result.renumbered == 1
    numbers = desk.replica.rows("SELECT subject, number FROM ticket ORDER BY received_at")
    assert numbers[0] == ("One", 700)
    given = [number for _subject, number in numbers]
    assert len(set(given)) == 3 and None not in given
    assert desk.replica.rows("SELECT subject, number FROM queue_row ORDER BY received_at") == numbers
    assert {hit.number for hit in search.find(desk, str(given[2]))} == {given[2]}


def test_history_joins_its_tickets(desk: Desk, tmp_path: Path) -> None:
    importing.run(desk, importing.look(desk, write(tmp_path / "t.csv", TICKETS)))
    text = (
        "Номер заявки,Дата,Автор,Комментарий,Минут\n502,01.11.2026 11:00,Борис Серов,Позвонил,15\n"
        "999,,,Nobody's,\n502,01.11.2026 12:00,Кто-то,Ещё раз,\n"
    )
    result = importing.run(desk, importing.look(desk, write(tmp_path / "h.csv", text))).result
    assert (result.made, result.wrong, result.problems[0].code) == (2, 1, "no_ticket")
    view = ticket.view(desk, str(ticket.find(desk, 502)))
    assert [(entry.author, entry.text) for entry in view.entries] == [
        ("Борис Серов", "Позвонил"),
        ("", "Кто-то: Ещё раз"),
    ]
    assert view.spent == 15


def test_customers_contacts_articles_and_parts(desk: Desk, tmp_path: Path) -> None:
    for name, text in {
        "customers": "Клиент;Домен;ВИП;Договор;Режим;Действует до\nРомашка;Romashka.example;да;Д-1;24/7;31.12.2026\n",
        "contacts": "ФИО;Почта;Организация;Подтверждает закрытие\nОльга;OLGA@romashka.example;Ромашка;нет\n",
        "articles": "Заголовок;Симптомы;Решение\nЗамятие бумаги;Лист застрял;Откройте лоток\n",
        "parts": "Артикул;Наименование;Остаток;Минимум\nA-1;Ролик;7;2\n",
    }.items():
        for _again in range(2):
            seen = importing.look(desk, write(tmp_path / f"{name}.csv", text))
            assert (seen.kind, seen.wrong) == (name, 0)
            importing.run(desk, seen)
    (romashka,) = customers.page(desk)
    assert (romashka.name, romashka.domain, romashka.vip, romashka.contract) == (
        "Ромашка", "romashka.example", True, "Д-1, 24×7, 31.12.2026",
    )  # fmt: skip
    (olga,) = customers.card(desk, romashka.id).contacts
    assert (olga["address"], olga["may_agree"]) == ("olga@romashka.example", 0)
    assert desk.replica.rows("SELECT title, fix, state FROM article") == [
        ("Замятие бумаги", "Откройте лоток", "published")
    ]
    stock = "SELECT p.code, p.minimum, sum(m.quantity) FROM part p JOIN stock_movement m ON m.part_id = p.id"
    assert desk.replica.rows(stock) == [("A-1", 2, 7)]


def test_a_second_file_changes_what_differs_and_counts_what_is_here(desk: Desk, tmp_path: Path) -> None:
    def take(name: str, text: str) -> Any:
        return importing.run(desk, importing.look(desk, write(tmp_path / "a.csv", text), name)).result

    take("customers", "Клиент;Телефон;Адрес\nРомашка;111;Казань\n")
    told = take("customers", "Клиент;Телефон\nРомашка;222\n")
    assert (told.made, told.changed, told.known) == (0, 1, 0)
    assert desk.replica.rows("SELECT phone, address FROM customer") == [("222", "Казань")]
    for here in (7, 5):
        take("parts", f"Артикул;Остаток\nA-1;{here}\n")
    assert desk.replica.rows("SELECT quantity FROM stock_movement ORDER BY made_at, id") == [(7,), (-2,)]
    take("contacts", "ФИО;Почта\nПётр;petr@gmail.com\nОльга;olga@lotos.example\n")
    assert {name for (name,) in desk.replica.rows("SELECT name FROM customer")} == {"Ромашка", "lotos.example"}
    number = desk.replica.value("SELECT number FROM ticket WHERE id = ?", (arrive(desk).ticket_id,))
    take("articles", f"Заголовок;Номер;Решение\nЗамятие;{number};Откройте\nСвет;77;Включите\n")
    numbers = dict(desk.replica.rows("SELECT title, number FROM article"))
    assert numbers["Свет"] == 77 and numbers["Замятие"] not in (None, number), "it is a ticket's"


def test_cancelled_in_one_step_nothing_is_kept_and_a_large_one_stops_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Number,Subject,Created,Closed\n" + "".join(f"{n},S {n},2026-01-01,2026-01-02\n" for n in range(1, 26))
    seen = importing.look(desk, write(tmp_path / "a.csv", text))
    with pytest.raises(UserCancelled):
        importing.run(desk, seen, lambda _done, _total: False)
    assert desk.replica.value("SELECT count(*) FROM ticket") == 0
    monkeypatch.setattr(importing, "ONE_STEP", 10)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 20

    seen = importing.look(desk, tmp_path / "a.csv")
    changes = importing.run(desk, seen, progress)
    assert (seen.one_step, changes.tx, changes.result.cancelled, changes.result.made) == (False, "", True, 10)
    assert told[0] == (10, 25) and changes.result.backup
    assert importing.run(desk, importing.look(desk, tmp_path / "a.csv")).result.made == 15


@given(st.text(max_size=40), st.sampled_from(sorted({each.kind for fields in KINDS.values() for each in fields})))
def test_any_cell_is_read_or_refused(text: str, kind: str) -> None:
    try:
        Cells(MOSCOW).read(kind, text)
    except BadCell as error:
        assert str(error)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("moment", "2026-11-02T09:20:00Z", moscow(2, 12, 20)),
        ("moment", "02.11.2026 9:20", moscow(2, 9, 20)),
        ("moment", "2/11/2026", moscow(2)),
        ("flag", "Да", True),
        ("minutes", "2:30", 150),
        ("minutes", 45.0, 45),
        ("urgency", "Высокий", 2),
        ("urgency", "1 - Critical", 1),
        ("status", "Work in progress", "in_progress"),
        ("status", "Решён", "resolved"),
        ("hours", "24х7", "24×7"),
        ("number", "№ 1 234", 1234),
        ("day", "31.12.2026", "2026-12-31"),
    ],
)
def test_cells(kind: str, cell: Any, value: Any) -> None:
    if isinstance(value, datetime):
        value = int(value.timestamp() * 1000)
    assert Cells(MOSCOW).read(kind, cell) == value
