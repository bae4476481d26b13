"""No text of the calendar is clipped, runs over its border or over another text, at any size, theme and language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication

from deskapp.models.schema import Specialist, WorkCalendar
from deskapp.ui import i18n, theme
from deskapp.ui.calendar.painting import Labels, Look, PaintedLabel, border, paint_block, wrapped
from deskapp.ui.widgets import Chip

from . import week
from .conftest import Bench
from .hands import drag_card, press

#: Overlap of text boxes that no eye sees: boxes are as high as the font, letters are not.
_AIR = 2.5


def faults(labels: list[PaintedLabel]) -> list[str]:
    """Labels that leave their area, are cut without an ellipsis, or lie on one another."""
    found = []
    for label in labels:
        room = label.inside.adjusted(-_AIR, -_AIR, _AIR, _AIR)
        if not room.contains(label.rect):
            found.append(f"{label.owner}: “{label.shown}” leaves {label.inside}: {label.rect}")
        if label.shown != label.text and not label.shown.endswith("…"):
            found.append(f"{label.owner}: “{label.text}” is cut")
    for one, other in combinations(labels, 2):
        if one.owner == "now" or other.owner == "now":
            continue
        both = one.rect.adjusted(_AIR, _AIR, -_AIR, -_AIR).intersected(other.rect)
        if both.width() > 0 and both.height() > 0:
            found.append(f"{one.owner} “{one.shown}” lies on {other.owner} “{other.shown}”")
    return found


def check(bench: Bench) -> None:
    bench.window.grab()
    board = bench.screen.board
    assert faults(board.labels()) == []
    assert faults(board.header.labels.painted) == []
    assert faults(board.people.labels.painted) == []
    assert board.header.labels.painted and board.people.labels.painted
    if bench.screen.tray.isVisible():
        for labels in bench.screen.tray.delegate.labels.values():
            assert faults(labels.painted) == []
        assert faults(bench.screen.tray.legend.labels.painted) == []
    bar = bench.screen.bar
    if bar.isVisible():
        for chip in bar.chips.findChildren(Chip):
            if chip.isVisible():
                assert chip.width() >= chip.sizeHint().width(), chip.text()
                assert bar.chips.rect().contains(chip.geometry())
        for button in (bar.find, bar.cancel, bar.apply):
            assert button.width() >= button.sizeHint().width()


@pytest.fixture
def size() -> Iterator[None]:
    yield
    theme.current().set_base_font(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_text_is_clipped(bench: Bench, language: str) -> None:
    bench.window.set_language(language)
    for (width, height), span in product(((1440, 900), (1024, 680)), (0, 1, 2)):
        bench.window.resize(width, height)
        bench.screen.show_span(span)
        QApplication.processEvents()
        check(bench)


def test_no_text_is_clipped_in_a_preview(bench: Bench) -> None:
    bench.window.set_language("ru")
    for number, person, day, hour in ((4129, "p3", 5, 9), (4145, "p3", 5, 9), (4144, "p4", 5, 10)):
        drag_card(bench, number, person, day, hour)
        check(bench)
        press(Qt.Key.Key_Escape)


def test_no_text_is_clipped_with_another_font_size(bench: Bench, size: None) -> None:
    for points in (9.0, 11.0, 16.0):
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        font.setPointSizeF(points)
        theme.current().set_base_font(font)
        QApplication.processEvents()
        check(bench)


def test_zoomed_and_scrolled(bench: Bench) -> None:
    board = bench.screen.board
    board.set_zoom(3.0)
    for share in (0.0, 0.4, 1.0):
        board.horizontalScrollBar().setValue(round(board.horizontalScrollBar().maximum() * share))
        check(bench)


def paint(width: float, height: float, number: int, compact: bool = False) -> list[PaintedLabel]:
    block = next(b for b in week.view().blocks if b.number == number)
    image = QImage(400, 120, QImage.Format.Format_ARGB32)
    labels = Labels()
    painter = QPainter(image)
    paint_block(painter, QRectF(0, 0, width, height), block, Look(), labels, compact)
    painter.end()
    return labels.painted


def test_text_follows_the_width(qapp: QApplication) -> None:
    assert paint(10, 66, 4104) == []
    assert [label.shown for label in paint(30, 66, 4104)] == ["4104"]
    narrow = paint(30, 66, 4104)[0]
    assert narrow.rect.height() > narrow.rect.width()
    middle = [label.shown for label in paint(64, 66, 4128)]
    assert middle[0] == "4128" and "3\u00a0h" in middle
    wide = [label.shown for label in paint(180, 66, 4104)]
    assert wide[0] == "4104" and "slack 3\u00a0h" in wide
    assert any("Аркада" in text for text in wide)
    assert [label.shown for label in paint(180, 66, 4104, compact=True)] == ["4104"]


def test_blocks_of_any_size_keep_their_text_inside(qapp: QApplication) -> None:
    numbers = [b.number for b in week.view().blocks if b.number and b.person_id in ("p3", "p6")]
    for number, width, height in product(numbers, (15, 24, 40, 43, 55, 69, 71, 110, 300), (20, 24, 40, 70)):
        labels = paint(width, height, number)
        assert faults(labels) == []
        for label in labels:
            assert QRectF(0, 0, width, height).adjusted(-2, -2, 2, 2).contains(label.rect), (number, width, height)


def test_the_red_corner_leaves_the_number_free(qapp: QApplication) -> None:
    block = next(b for b in week.view().blocks if b.number == 4102)
    for width in (43, 48, 56, 110):
        image = QImage(width, 66, QImage.Format.Format_ARGB32)
        labels, look = Labels(), Look()
        painter = QPainter(image)
        paint_block(painter, QRectF(0, 0, width, 66), block, look, labels, True)
        painter.end()
        (number,) = labels.painted
        assert number.rect.height() < number.rect.width()
        red, line = look.color("crit-bar").rgb(), number.rect.center().toPoint().y()
        inside = [image.pixel(x, line) for x in range(int(number.rect.left()), int(number.rect.right()))]
        assert red not in inside, width
        assert image.pixel(width - 4, 3) == red, "the corner is there"


def test_borders_tell_the_slack() -> None:
    def look(number: int) -> tuple[str, Qt.PenStyle, float]:
        return border(next(b for b in week.view().blocks if b.number == number))

    solid, dashed, dotted = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
    assert look(4140) == ("norm-bar", dotted, 1.0)  # two days
    assert look(4104) == ("norm-bar", dashed, 1.0)  # three hours
    assert look(4117) == ("high-bar", solid, 2.0)  # an hour and a half
    assert look(4093) == ("crit-bar", solid, 2.0)  # late
    assert look(4120) == ("line", solid, 1.0)  # done


def test_wrapping_breaks_between_words(qapp: QApplication) -> None:
    key = Look().caption.toString()
    assert wrapped("one two", key, 4000, 2) == ("one two",)
    assert wrapped("Аркада-Трейд: выгрузка", key, 60, 2) == ("Аркада-Трейд:", "выгрузка")
    assert len(wrapped("a b c d e f g", key, 10, 2)) == 2


def test_the_theme_switches_while_open(bench: Bench) -> None:
    light = bench.screen.board.grab().toImage()
    theme.current().set_mode("dark")
    QApplication.processEvents()
    dark = bench.screen.board.grab().toImage()
    assert light.pixelColor(400, 300) != dark.pixelColor(400, 300)
    i18n.install("ru")
    QApplication.processEvents()
    check(bench)


def test_a_holiday_on_which_somebody_works_keeps_its_name(bench: Bench) -> None:
    with bench.desk.act("hours") as act:
        night = [[[1320, 1800]] if day < 5 else [] for day in range(7)]
        calendar = act.insert(WorkCalendar, name="Night", zone="Europe/Berlin", week=night)
        act.update(Specialist, "p6", calendar_id=calendar, zone="Europe/Berlin")
    bench.screen.refresh(act.changes)
    bench.window.grab()
    (name,) = [label for label in bench.screen.board.header.labels.painted if label.text == "День народного единства"]
    assert name.shown.startswith("День")
    names = [label.text for label in bench.screen.board.people.labels.painted]
    assert any(text.endswith("\u22122\u00a0h") for text in names), "whose clock is another is seen"
    check(bench)
