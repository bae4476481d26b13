"""The stream of a ticket: kinds, filter, earlier entries, held and failed letters, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from deskapp.desk import letters, seals, ticket
from deskapp.desk.values import Entry, FileItem
from deskapp.ui import words
from deskapp.ui.ticket import attached, sentences
from deskapp.ui.ticket import entries as rows
from deskapp.ui.ticket.pane import OriginalWindow
from deskapp.ui.ticket.text_block import TextBlock
from deskapp.ui.ticket.timeline import Stream, Timeline
from tests.ui.queue_desk import MOSCOW, NOW, Window, moscow

TIMES = words.Times(MOSCOW, NOW)


def entry(n: int, kind: str = "check", **more: object) -> Entry:
    values: dict[str, object] = {
        "id": f"e{n}",
        "kind": kind,
        "at": moscow(3, 9) + timedelta(minutes=n),
        "author": "Марина Соколова",
    }
    return Entry(**(values | {"text": f"text {n}"} | more))  # type: ignore[arg-type]


def open_main(window: Window) -> Timeline:
    window.screen.tabs.choose("all")
    window.settle()
    window.screen.show_ticket(window.shop.tickets["main"])
    window.settle()
    return window.screen.pane.main.timeline


@pytest.fixture
def stream(qtbot) -> Stream:
    found = Stream()
    qtbot.addWidget(found)
    found.resize(640, 400)
    found.show()
    qtbot.waitExposed(found)
    return found


def test_letters_and_work_stand_in_one_stream(desk_window: Window) -> None:
    timeline = open_main(desk_window)
    kinds = [row.entry.kind for row in timeline.stream.entry_rows()]
    assert kinds == sorted(kinds, key=lambda _: 0)
    assert {"letter_in", "letter_out", "check", "change", "note", "event"} <= set(kinds)
    times = [row.entry.at for row in timeline.stream.entry_rows()]
    assert times == sorted(times), "oldest first"


def test_it_opens_at_the_newest(desk_window: Window) -> None:
    bar = open_main(desk_window).stream.verticalScrollBar()
    assert bar.maximum() > 0 and bar.value() == bar.maximum()


def test_the_filter_shows_one_kind(desk_window: Window) -> None:
    timeline = open_main(desk_window)
    assert timeline.filter.options()[1:3] == ["Letters 3", "Protocol 3"]
    timeline.filter.choose(2)
    assert {row.entry.kind for row in timeline.stream.entry_rows()} == {"check", "change", "note"}
    QTest.keyClick(timeline.filter, Qt.Key.Key_Left)
    assert {row.entry.kind for row in timeline.stream.entry_rows()} == {"letter_in", "letter_out"}


@pytest.mark.parametrize(
    ("kind", "widget"),
    [
        ("letter_in", rows.LetterRow),
        ("letter_out", rows.LetterRow),
        ("held", rows.LetterRow),
        ("check", rows.ProtocolRow),
        ("visit", rows.ProtocolRow),
        ("note", rows.NoteRow),
        ("escalation", rows.EscalationRow),
        ("event", rows.EventRow),
        ("auto", rows.EventRow),
        ("something new", rows.EventRow),
    ],
)
def test_every_kind_has_its_look(qtbot, kind: str, widget: type) -> None:
    made = rows.make(entry(1, kind, label="promise" if kind == "letter_out" else ""), TIMES)
    qtbot.addWidget(made)
    assert type(made) is widget
    assert made.accessibleName()


def test_an_acknowledgement_is_a_line(qtbot) -> None:
    made = rows.make(entry(1, "letter_out", label="ack"), TIMES)
    qtbot.addWidget(made)
    assert isinstance(made, rows.EventRow) and "Acknowledgement sent" in made.text.toPlainText()


def test_unchanged_entries_keep_their_widgets(stream: Stream) -> None:
    first = [entry(1), entry(2)]
    stream.show_entries(first, 0, TIMES)
    before = stream.entry_rows()
    stream.show_entries([first[0], replace(first[1], text="other"), entry(3)], 0, TIMES)
    after = stream.entry_rows()
    assert after[0] is before[0] and after[1] is not before[1] and len(after) == 3


def test_earlier_entries_do_not_move_what_is_read(stream: Stream, qtbot) -> None:
    late = [entry(n, text="line of text " * 12) for n in range(40, 80)]
    stream.show_entries(late, 40, TIMES)
    QGuiApplication.processEvents()
    bar = stream.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    first = next(row for row in stream.entry_rows() if row.visibleRegion().boundingRect().height() > 10)
    seen = first.mapTo(stream, first.rect().topLeft()).y()
    asked: list[bool] = []
    stream.earlier_wanted.connect(lambda: asked.append(True))
    stream.earlier.click()
    assert asked
    stream.show_entries([entry(n, text="older " * 30) for n in range(40)] + late, 0, TIMES)
    qtbot.waitUntil(lambda: abs(first.mapTo(stream, first.rect().topLeft()).y() - seen) <= 1)
    assert not stream.earlier.isVisible()


def test_the_quotation_is_folded(desk_window: Window) -> None:
    stream = open_main(desk_window).stream
    last = [row for row in stream.entry_rows() if isinstance(row, rows.LetterRow)][-1]
    assert ">" not in last.text.toPlainText()
    last._fold.click()
    assert "> Заявка принята." in last.text.toPlainText()
    last._fold.click()
    assert ">" not in last.text.toPlainText()


def test_copied_text_says_who_and_when(desk_window: Window) -> None:
    stream = open_main(desk_window).stream
    last = [row for row in stream.entry_rows() if isinstance(row, rows.LetterRow)][-1]
    last.text.setFocus()
    last.text.selectAll()
    QTest.keyClick(last.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied == ["Елена Рудакова, today, 11:31:", "Склад 2 пошёл, спасибо! Склад 4 проверим после 12:00."]


def test_pictures_of_a_letter_are_shown_scaled_to_its_width(desk_window: Window, qtbot) -> None:
    stream = open_main(desk_window).stream
    first = next(row for row in stream.entry_rows() if isinstance(row, rows.LetterRow))
    (picture,) = first.pictures
    assert picture.isVisible()
    assert picture.heightForWidth(320) == 100, "640 by 200, scaled down"
    assert picture.heightForWidth(2000) == 200, "never scaled up"


@pytest.mark.parametrize("kind", ["check", "note"])
def test_files_of_the_protocol_can_be_saved(qtbot, kind: str) -> None:
    file = FileItem("f1", "log.txt", "text/plain", 2048, "0" * 64)
    made = rows.make(entry(1, kind, files=(file,)), TIMES)
    qtbot.addWidget(made)
    asked: list[FileItem] = []
    made.save_wanted.connect(asked.append)
    QTest.mouseClick(made.findChild(attached.FileChip), Qt.MouseButton.LeftButton)
    assert asked == [file]


def test_what_is_no_picture_is_not_shown(qtbot) -> None:
    assert attached.decode(b"<svg onload=...>").isNull()
    assert attached.decode(b"").isNull()


def test_attachments_are_saved_where_a_person_says(desk_window: Window, tmp_path: Path, monkeypatch) -> None:
    stream = open_main(desk_window).stream
    chip = stream.findChild(attached.FileChip)
    target = tmp_path / "copy.xml"
    suggested: list[str] = []

    def ask(_parent: object, _title: str, name: str) -> tuple[str, str]:
        suggested.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    desk_window.settle()
    assert suggested == ["rn_000871.xml"] and target.read_bytes() == b"<rn/>"


def test_the_original_opens_read_only(desk_window: Window, qtbot) -> None:
    stream = open_main(desk_window).stream
    first = next(row for row in stream.entry_rows() if isinstance(row, rows.LetterRow))
    QTest.mouseClick(first.original, Qt.MouseButton.LeftButton)
    desk_window.settle()
    window = desk_window.frame.findChild(OriginalWindow)
    assert window is not None and window.text.isReadOnly() and window.text.toPlainText().startswith("Subject: ")
    window.close()


def test_a_held_letter_counts_down_and_comes_back(desk_window: Window) -> None:
    timeline = open_main(desk_window)
    shop, main = desk_window.shop, desk_window.shop.tickets["main"]
    changes = letters.send(shop.desk, main, "reply", letters.draft(shop.desk, main, "reply"))
    desk_window.screen.refresh(changes)
    desk_window.settle()
    held = next(row for row in timeline.stream.entry_rows() if row.entry.kind == "held")
    assert isinstance(held, rows.LetterRow)
    assert held.state.text() == "leaves in 15 s"
    shop.clock.advance(seconds=3)
    timeline._tick()
    assert held.state.text() == "leaves in 12 s"
    held.act.click()
    desk_window.settle()
    assert not [row for row in timeline.stream.entry_rows() if row.entry.kind == "held"]
    assert not [e for e in ticket.view(shop.desk, main).entries if e.kind == "held"]


@pytest.mark.parametrize(
    ("state", "said", "act"),
    [
        ("failed", "not sent: mailbox is full", "Retry"),
        ("unknown", "it is not known whether it was sent", "Send again"),
        ("ready", "being sent", ""),
        ("sent", "", ""),
    ],
)
def test_what_became_of_our_letter(qtbot, state: str, said: str, act: str) -> None:
    made = rows.LetterRow(entry(1, "letter_out", state=state, data={"error": "mailbox is full"}), TIMES)
    qtbot.addWidget(made)
    assert (made.state.text(), made.act.text()) == (said, act)
    asked: list[str] = []
    made.retry_wanted.connect(asked.append)
    if act:
        made.act.click()
        assert asked == ["e1"]


def test_an_escalation_tells_its_briefing(qtbot) -> None:
    data = {
        "from": "Ковалёва",
        "to": "Соколова",
        "from_line": 1,
        "to_line": 2,
        "tried": "роль, сеанс",
        "wanted": "доступ",
    }
    made = rows.EscalationRow(entry(1, "escalation", data=data), TIMES)
    qtbot.addWidget(made)
    assert made.text.toPlainText() == "Tried: роль, сеанс. Wanted: доступ. "


def test_a_long_letter_is_cut_until_asked_for(qtbot) -> None:
    made = rows.LetterRow(entry(1, "letter_in", text="слово " * 5000), TIMES)
    qtbot.addWidget(made)
    assert len(made.text.toPlainText()) < 7000
    made._fold.click()
    assert len(made.text.toPlainText()) > 25_000


def test_a_letter_says_in_one_line_that_its_pictures_are_not_fetched(stream: Stream) -> None:
    held = entry(1, "letter_in", data={"pictures_held": True})
    stream.show_entries([held, entry(2, "letter_in", data={"pictures_held": False}), entry(3, "letter_in")], 0, TIMES)
    told = [row.findChild(QLabel, "ticket.entry.held") for row in stream.entry_rows()]
    assert [line is not None for line in told] == [True, False, False]
    line = told[0]
    assert isinstance(line, QLabel) and line.text().startswith("Pictures from the internet are not fetched")
    assert line.isVisible() and line.height() >= line.heightForWidth(line.width()) > 0  # whole, however narrow


def test_a_signed_letter_reads_as_any_other_and_says_that_nobody_checked(stream: Stream) -> None:
    note = seals.NOTES["ru"]["pgp"]
    short = entry(1, "letter_in", text="Спасибо", full_text=f"Спасибо\n\n{note}")
    quoting = entry(2, "letter_in", text="Спасибо", full_text=f"Спасибо\n\n> Готово\n\n{note}")
    bare = entry(3, "letter_in", text=note)
    stream.show_entries([short, quoting, bare, entry(4, "letter_in", text="Спасибо")], 0, TIMES)
    made = stream.entry_rows()
    told = [row.findChild(QLabel, "ticket.entry.signed") for row in made]
    assert [line is not None for line in told] == [True, True, True, False]
    line = told[0]
    assert isinstance(line, QLabel) and line.text().startswith("The letter is signed. The signature is not checked")
    assert line.isVisible() and line.height() >= line.heightForWidth(line.width()) > 0  # whole, however narrow
    assert [row.text.toPlainText() for row in made] == ["Спасибо", "Спасибо", "(no text)", "Спасибо"]
    assert [row._fold.isVisible() for row in made] == [False, True, False, False]
    made[1]._fold.click()
    assert made[1].text.toPlainText() == "Спасибо\n\n> Готово"


def test_a_refresh_leaves_focus_and_selection_alone(stream: Stream, qtbot) -> None:
    shown = [entry(1, "note"), entry(2, "note")]
    stream.show_entries(shown, 0, TIMES)
    text = stream.entry_rows()[0].text
    text.setFocus()
    text.selectAll()
    stream.show_entries([*shown, entry(3)], 0, TIMES)
    assert text.hasFocus() and text.textCursor().selectedText() == "text 1"
    assert [row.entry.id for row in stream.entry_rows()] == ["e1", "e2", "e3"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"urgency": 2, "words": ["urgent"], "cause": "", "asker": ["", ""]}, "The letter speaks of urgency: high"),
        (
            {"urgency": None, "words": [], "cause": "", "asker": ["Nina", "n@x.example"]},
            "The letter was forwarded, written by Nina",
        ),
        ({"urgency": None, "words": ["asap"], "cause": "", "asker": ["", ""]}, "Noticed in the letter: asap"),
    ],
)
def test_what_was_read_out_of_a_letter_is_told_in_words(data: dict[str, object], told: str) -> None:
    assert sentences.event(entry(1, "event", label="hint", text="", data=data), TIMES) == told


def test_a_text_is_drawn_in_its_own_width_whatever_was_measured(qtbot: QtBot) -> None:
    block = TextBlock()
    qtbot.addWidget(block)
    block.set_runs([("several words that need more than one line in a narrow card " * 3, "body", "text")])
    block.resize(240, block.heightForWidth(240))
    with qtbot.waitExposed(block):
        block.show()
    before = block.grab().toImage()
    assert block.heightForWidth(900) < block.heightForWidth(240)  # as a layout asks before it decides
    assert block.grab().toImage() == before
