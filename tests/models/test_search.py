"""One way from a text to its stems; queries that no typing can break."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.models import search
from deskapp.models.database import Replica
from deskapp.models.schema import NumberAlias, Ticket

NOW = datetime(2026, 11, 2, 6, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Принтеры не печатают счёта", "принтер"),
        ("Принтер не печатает", "принтерами"),
        ("Счёт не найден", "счет"),
        ("Счет не найден", "счёта"),
        ("The printers were printing invoices", "printer"),
        ("Printing failed", "prints"),
        ("Пишите на Anna.Petrova@Firm.example", "anna.petrova@firm.example"),
        ("Пишите на anna.petrova@firm.example", "petrova"),
        ("Сервер srv-db01.local упал", "srv-db01.local"),
        ("Заказ АБ-4412/7 потерян", "аб-4412/7"),
        ("Начинается неожиданно", "неожид"),
        ("ОБМЕН ДАННЫМИ", "обмен данны"),
    ],
)
def test_words_are_found_in_any_form(replica: Replica, said: str, asked: str) -> None:
    with replica.writing("me", NOW) as writing:
        search.put(writing, "note", "n1", "t1", 1, said)
        search.put(writing, "note", "n2", "t2", 2, "Совсем о другом, something else")
    assert [hit[0] for hit in search.find(replica, asked, 10)] == ["t1"]


def test_all_words_must_be_there(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        search.put(writing, "note", "n1", "t1", 1, "красный принтер")
        search.put(writing, "note", "n2", "t2", 2, "синий принтер")
    assert [hit[0] for hit in search.find(replica, "принтер красный ", 10)] == ["t1"]
    assert [hit[0] for hit in search.find(replica, "принтер", 10)] == ["t2", "t1"]
    assert search.find(replica, "принтер зелёный", 10) == []


def test_an_entry_is_replaced_and_dropped(replica: Replica) -> None:
    with replica.writing("me", NOW) as writing:
        search.put(writing, "note", "n1", "t1", 1, "старое слово")
        search.put(writing, "note", "n1", "t1", 2, "новое слово")
    assert search.find(replica, "старое ", 10) == []
    assert len(search.find(replica, "новое ", 10)) == 1
    with replica.writing("me", NOW) as writing:
        search.drop(writing, "note", "n1")
        search.drop(writing, "note", "n1")
    assert search.find(replica, "слово", 10) == []
    assert replica.value("SELECT count(*) FROM search_text") == 0


def test_the_other_keyboard_layout() -> None:
    assert search.swapped_layout("rfktylfhm") == "календарь"
    assert search.swapped_layout("гтвщ") == "undo"


_DB: list[Replica] = []
AWKWARD = st.text(st.sampled_from("\"'*()^:-+{}[]ANDORNEAR \x00\ud800.@/#№ёЙx7%_\\") | st.characters(codec=None))


@settings(max_examples=200)
@given(words=AWKWARD)
def test_no_typing_breaks_a_search(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not _DB:
        path: Path = tmp_path_factory.mktemp("search") / "desk.sqlite"
        _DB.append(Replica(path).open())
        with _DB[0].writing("me", NOW) as writing:
            search.put(writing, "note", "n1", "t1", 1, "принтер and or near")
    search.find(_DB[0], words, 10)
    search.find(_DB[0], search.swapped_layout(words), 10)


@given(st.text(st.sampled_from("абвёЁabc019@.-/ "), min_size=1))
def test_what_is_written_is_found_by_its_own_words(text: str) -> None:
    """Every whole word of a text leads to one of the tokens that are kept of it."""
    kept = set(search.index_text(text).split())
    for word in text.split():
        terms = search.match_query(word + " ")
        assert not terms or set(terms.strip('"').split('" AND "')) <= kept


NUMBERS = (1, 7, 10, 41, 104, 410, 1001, 1041, 4100, 4129, 41290, 99999, 100410)


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    """Tickets of these numbers, the last of which 4129000 leads to as well."""
    replica = Replica(tmp_path_factory.mktemp("numbers") / "desk.sqlite").open()
    with replica.writing("me", NOW) as writing:
        for number in NUMBERS:
            ticket = writing.insert(Ticket, id=f"t{number}", number=number, subject="Заявка 41")
            others = [4_129_000] if number == NUMBERS[-1] else []
            search.put(writing, "ticket", ticket, ticket, number, "Заявка 41", [number, *others])
        writing.insert(NumberAlias, number=4_129_000, ticket_id=f"t{NUMBERS[-1]}")
        search.put(writing, "message", "m1", "t7", 1, "Re: [#41290] #41 41290")
    yield replica
    replica.disconnect()


@given(digits=st.from_regex(r"[0-9]{1,7}", fullmatch=True) | st.sampled_from(NUMBERS).map(str))
def test_numbers_that_contain_digits(digits: str, numbered: Replica) -> None:
    containing = [f"t{number}" for number in NUMBERS if digits in str(number)]
    if digits in "4129000":
        containing.append(f"t{NUMBERS[-1]}")
    found = search.find_numbers(numbered, digits, 50)
    assert len(found) == len(set(found))
    exact = {f"t{int(digits)}"} if int(digits) in NUMBERS else set()
    assert set(found) == set(containing) | exact
    if exact:
        assert found[0] in exact
    assert found[len(exact) :] == sorted(found[len(exact) :], key=lambda row: -int(row[1:]))
