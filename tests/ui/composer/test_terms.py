"""The terms of a ticket in the promise: typed, chosen, kept in the draft, planned by and sent."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from deskapp.desk import terms, visits
from deskapp.desk.values import Terms

from .conftest import MOSCOW, NOW, Bench, moscow
from .test_composer import KEY, open_promise, press, write

THURSDAY = moscow(5, 10)
CTRL = Qt.KeyboardModifier.ControlModifier


def choose(bench: Bench, name: str, data: object) -> None:
    control = bench.find(name)
    control.setCurrentIndex(control.findData(data))
    control.activated.emit(control.currentIndex())


def type_in(bench: Bench, name: str, text: str) -> None:
    line = bench.find(name)
    line.setFocus()
    line.selectAll()
    write(text)
    page = bench.page("promise")
    if page.terms._pause.isActive():  # what a pause in typing does
        page.terms._pause.stop()
        page.compute()
    bench.settle()


def test_terms_are_typed_and_sent_with_the_promise(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    assert not page.terms.isVisible()
    bench.find("composer.promise.terms").click()
    assert page.terms.isVisible() and page.terms.not_before.hasFocus()
    type_in(bench, "composer.promise.not_before", "thu 10:00")
    assert all(slot.pieces[0].start >= THURSDAY for slot in page._shown())
    assert "Not before" in bench.find("composer.promise.terms_says").text()
    type_in(bench, "composer.promise.wanted", "12.11")
    choose(bench, "composer.promise.pieces", -1)
    bench.settle()
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert page.foot.trouble() == ""
    kept = terms.of(bench.shop.row(ticket))
    assert (kept.not_before, kept.whole, kept.wanted_is_day) == (THURSDAY, True, True)
    assert kept.wanted is not None and kept.wanted.astimezone(MOSCOW).date().isoformat() == "2026-11-12"


def test_what_is_no_moment_is_told_and_nothing_is_sent(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.terms.open()
    type_in(bench, "composer.promise.not_before", "some day")
    assert "no moment ahead" in bench.find("composer.promise.terms_says").text()
    press(KEY.Key_Return, CTRL)
    bench.settle()
    assert page.foot.trouble() and page.terms.not_before.hasFocus()
    assert bench.shop.row(ticket)["status"] == "new"


def test_on_site_shows_the_way_and_books_a_visit(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.terms.open()
    choose(bench, "composer.promise.travel", 45)
    bench.settle()
    slot = page._slot
    assert slot is not None and sum(way.minutes for way in slot.ways) == 90
    assert "the way 45 min" in page.side.trace.as_text().replace("\u00a0", " ")
    press(KEY.Key_Return, CTRL)
    bench.settle()
    (visit,) = visits.of_ticket(bench.shop.desk, ticket)
    assert visit.travel == 45 and visit.start == slot.pieces[0].start


def test_a_draft_keeps_the_terms_and_a_colleagues_change_shows(bench: Bench) -> None:
    ticket = open_promise(bench)
    page = bench.page("promise")
    page.terms.open()
    choose(bench, "composer.promise.travel", 30)
    bench.settle()
    kept = page.state()
    assert kept["terms"]["travel"] == 30
    page.terms.set_terms(Terms(), page.times)
    page.terms.restore(kept)
    assert page.terms.terms() == Terms(travel=30)

    page.wipe()
    terms.set_not_before(bench.shop.desk, ticket, NOW + timedelta(days=3))
    page.view = bench.shop.view(ticket)
    page.refresh_view()
    bench.settle()
    assert page.terms.isVisible() and page.terms.not_before.text() == "06.11.2026 11:42"
    assert page.terms.terms() is None
