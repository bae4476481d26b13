"""The promised date in a letter cannot be typed over, by whatever road."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest

from deskapp.ui.composer.letter_edit import LetterEdit

BEFORE, DATE, BEHIND = "Решим до ", "четверга, 5 ноября 2026, 17:00 (МСК)", ". Специалист: Орлов."
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def edit(qtbot) -> LetterEdit:
    editor = LetterEdit()
    qtbot.addWidget(editor)
    editor.set_parts(BEFORE, DATE, BEHIND)
    editor.show()
    return editor


def at(edit: LetterEdit, start: int, end: int | None = None) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(start)
    if end is not None:
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def whole(edit: LetterEdit) -> bool:
    return edit.parts()[1] == DATE and DATE in edit.toPlainText()


def test_typing_beside_the_date_moves_it(edit: LetterEdit) -> None:
    at(edit, 0)
    QTest.keyClicks(edit, "Yes. ")
    at(edit, len("Yes. " + BEFORE))
    QTest.keyClicks(edit, "about ")
    at(edit, len("Yes. " + BEFORE + "about " + DATE))
    QTest.keyClicks(edit, " sure")
    assert edit.parts() == ("Yes. " + BEFORE + "about ", DATE, " sure" + BEHIND)


@pytest.mark.parametrize(
    ("key", "modifier", "position"),
    [
        (KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier, len(BEFORE + DATE)),
        (KEY.Key_Backspace, CTRL, len(BEFORE + DATE)),
        (KEY.Key_Delete, Qt.KeyboardModifier.NoModifier, len(BEFORE)),
        (KEY.Key_Delete, CTRL, len(BEFORE)),
        (KEY.Key_K, CTRL, len(BEFORE) - 2),
    ],
)
def test_keys_that_would_eat_the_date_do_nothing(edit, qtbot, key, modifier, position) -> None:
    at(edit, position)
    QTest.keyClick(edit, key, modifier)
    assert edit.toPlainText() == BEFORE + DATE + BEHIND


def test_a_selection_over_the_date_is_not_replaced_cut_or_pasted_over(edit: LetterEdit, qtbot) -> None:
    for act in (
        lambda: QTest.keyClick(edit, KEY.Key_X),
        lambda: QTest.keyClick(edit, KEY.Key_X, CTRL),
        lambda: QTest.keyClick(edit, KEY.Key_Return),
        lambda: QTest.keyClick(edit, KEY.Key_Delete),
        lambda: QTest.keyClick(edit, KEY.Key_Delete, SHIFT),
        lambda: edit.insertFromMimeData(_text("другое")),
        lambda: edit.cut(),
    ):
        at(edit, 3, len(BEFORE) + 5)
        act()
        assert edit.toPlainText() == BEFORE + DATE + BEHIND
    edit.selectAll()
    with qtbot.waitSignal(edit.refused):
        QTest.keyClick(edit, KEY.Key_Backspace)
    assert whole(edit)


def test_the_cursor_never_rests_inside(edit: LetterEdit) -> None:
    at(edit, len(BEFORE))
    QTest.keyClick(edit, KEY.Key_Right)
    assert edit.textCursor().position() == len(BEFORE + DATE)
    QTest.keyClick(edit, KEY.Key_Left)
    assert edit.textCursor().position() == len(BEFORE)
    at(edit, len(BEFORE) + 6)
    QTest.keyClicks(edit, "x")
    assert whole(edit)


def test_input_method_does_not_write_over_it(edit: LetterEdit) -> None:
    at(edit, 3, len(BEFORE) + 5)
    event = QInputMethodEvent()
    event.setCommitString("か")
    edit.inputMethodEvent(event)
    assert edit.toPlainText() == BEFORE + DATE + BEHIND


def test_changes_behind_the_guard_are_taken_back(edit: LetterEdit) -> None:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(len(BEFORE) + 2)
    cursor.insertText("!!!")
    assert edit.toPlainText() == BEFORE + DATE + BEHIND
    edit.setPlainText("совсем другое")
    assert edit.toPlainText() == BEFORE + DATE + BEHIND


def test_undo_brings_back_words_but_never_an_older_date(edit: LetterEdit) -> None:
    at(edit, 0)
    QTest.keyClicks(edit, "abc ")
    edit.set_parts(edit.parts()[0], "пятницы, 6 ноября 2026, 16:00 (МСК)", edit.parts()[2])
    for _ in range(6):
        QTest.keyClick(edit, KEY.Key_Z, CTRL)
    assert edit.parts()[1] == "пятницы, 6 ноября 2026, 16:00 (МСК)"
    assert DATE not in edit.toPlainText()
    at(edit, 0)
    QTest.keyClicks(edit, "z")
    QTest.keyClick(edit, KEY.Key_Z, CTRL)
    assert edit.toPlainText().startswith("abc ")


def test_pasted_picture_and_files_are_handed_on(edit: LetterEdit, qtbot, tmp_path) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    with qtbot.waitSignal(edit.image_pasted):
        data = QMimeData()
        data.setImageData(image)
        edit.insertFromMimeData(data)
    with qtbot.waitSignal(edit.files_given) as given:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "log.txt"))])
        edit.insertFromMimeData(data)
    assert [p.rsplit("/", 1)[-1] for p in given.args[0]] == ["log.txt"]
    assert edit.toPlainText() == BEFORE + DATE + BEHIND


def test_text_without_a_date_is_an_ordinary_editor(edit: LetterEdit) -> None:
    edit.set_text("")
    QTest.keyClicks(edit, "Hello")
    edit.selectAll()
    QTest.keyClick(edit, KEY.Key_Delete)
    assert edit.text() == ""


def _text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data
