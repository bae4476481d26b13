"""The composer by keys only, over a real desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskapp.desk import drafts

from .conftest import Bench

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_promise_by_keys(bench: Bench) -> None:
    ticket = bench.shop.new()
    bench.show(ticket)
    assert bench.composer.current_tab() == "promise"
    bench.composer.open_tab("answer")
    effort = bench.find("composer.promise.effort")
    assert effort.hasFocus()
    QTest.keyClicks(effort, "2:30")
    bench.composer._pages["promise"].compute()
    bench.settle()
    page = bench.composer._pages["promise"]
    first = bench.find("composer.promise.slot.1")
    assert first.isChecked()
    QTest.keyClick(effort, KEY.Key_2, ALT)
    assert bench.find("composer.promise.slot.2").isChecked()
    bench.settle()
    promised = page._slot.promise
    QTest.keyClick(effort, KEY.Key_Return, CTRL)
    bench.settle()
    assert page.foot.trouble() == ""
    row = bench.shop.row(ticket)
    assert row["status"] == "promised"
    assert row["promised_at"] == int(promised.timestamp() * 1000)
    assert row["effort"] == 150
    assert [c.said[0] for c in bench.changes] == ["promised"]
    assert drafts.load(bench.shop.desk, ticket) == {}
