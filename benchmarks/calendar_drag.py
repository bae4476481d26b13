"""How long a frame of a drag takes in the calendar: 20 people, two weeks, some 800 blocks.

A frame is what a move of the pointer costs on the window's thread: time from pixels, snapping to working time, the new
picture, and painting what has changed. Two kinds are measured:

    ghost     the pointer moved, the planner has not answered: only the ghost moves
    preview   the planner's answer has come: the row that it pushes blocks in is drawn again

The floor is the least that any painted calendar does for a frame: to copy its picture, kept as one pixmap, to the
window. The bar is 16 ms a frame (one of a 60 Hz screen).

    QT_QPA_PLATFORM=offscreen python -m benchmarks.calendar_drag [--frames 200]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measure import Row, table
from deskapp.desk.values import CalendarBlock, CalendarDayView, CalendarRow, CalendarView, Person
from deskapp.planning.values import Busy, Move, PlanDiff, Span
from deskapp.ui import i18n, theme
from deskapp.ui.calendar.board import BoardView
from deskapp.ui.calendar.preview import Held, local_picture, picture
from deskapp.ui.calendar.rows import place, prepare
from deskapp.ui.calendar.timescale import snapped
from deskapp.ui.words import Times

ZONE = ZoneInfo("Europe/Moscow")
START = date(2026, 11, 2)
HOURS = ((540, 780), (840, 1080))
PEOPLE, DAYS, BAR_MS = 20, 14, 16.0


def calendar(seed: int = 1) -> CalendarView:
    """Twenty people, booked to nine tenths in pieces of one to two hours."""
    rng = random.Random(seed)
    days = tuple(START + timedelta(days=n) for n in range(DAYS))
    rows, blocks = [], []
    for index in range(PEOPLE):
        name = f"Person Number {index}"
        person = Person(f"p{index}", name, name, f"N{index}", (2,), "", True, False, "")
        views = []
        for day in days:
            intervals = HOURS if day.weekday() < 5 else ()
            booked = 0
            for start, end in intervals:
                at = start
                while at + 60 <= end:
                    length = min(rng.choice((60, 90, 120)), end - at)
                    if rng.random() < 0.9:
                        blocks.append(_block(len(blocks), person.id, day, at, length, rng))
                        booked += length
                    at += length
            views.append(CalendarDayView(day, intervals, "", "", (), sum(b - a for a, b in intervals), booked))
        rows.append(
            CalendarRow(
                person, "Europe/Moscow", tuple(views), sum(v.working for v in views), sum(v.booked for v in views)
            )
        )
    labels = tuple(("" if day.weekday() < 5 else "weekend", "", 480 if day.weekday() < 5 else 0) for day in days)
    return CalendarView(START, days, labels, tuple(rows), tuple(blocks), (), 0, 4800, "base")


def _block(number: int, person: str, day: date, at: int, length: int, rng: random.Random) -> CalendarBlock:
    start = datetime(day.year, day.month, day.day, at // 60, at % 60, tzinfo=ZONE).astimezone(UTC)
    end = start + timedelta(minutes=length)
    slack = rng.choice((-30, 60, 240, 960))
    return CalendarBlock(
        id=f"b{number}",
        ticket_id=f"t{number}",
        number=4000 + number,
        subject="Documents are not posted after the update",
        customer="Baltpromsnab",
        person_id=person,
        start=start,
        end=end,
        urgency=rng.randint(1, 4),
        kind="work",
        state="planned",
        pinned=False,
        promised_at=end + timedelta(minutes=slack),
        forecast_at=end,
        slack=slack,
        progress=0.0,
        part=1,
        parts=1,
    )


class Floor(QWidget):
    """Shows one kept picture."""

    def __init__(self, image: QPixmap) -> None:
        super().__init__()
        self._image = image
        self.resize(image.deviceIndependentSize().toSize())

    def paintEvent(self, _event: object) -> None:  # noqa: N802
        QPainter(self).drawPixmap(0, 0, self._image)


def timed(frame: Callable[[int], None], frames: int) -> list[float]:
    """Milliseconds of each frame, after a few to warm up."""
    for number in range(10):
        frame(number)
    spent = []
    for number in range(frames):
        before = time.perf_counter()
        frame(number)
        spent.append((time.perf_counter() - before) * 1000)
    return sorted(spent)


def run(_tickets: int = 0, frames: int = 200) -> list[Row]:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    i18n.install("en")
    view = calendar()
    board = prepare(view, ZONE)
    times = Times(ZONE, datetime(2026, 11, 3, 8, 42, tzinfo=UTC))
    shown = BoardView()
    shown.resize(1368, 780)
    shown.show()
    shown.set_board(board, times, "p2", compact=True)
    app.processEvents()
    held = Held("held", 4999, "Volga-Agro", 150)
    geometry = shown.geometry_of()
    assert geometry is not None
    width, height = shown.viewport().width(), shown.viewport().height()

    def aim(number: int) -> tuple[str, tuple[Span, ...]]:
        x, y = (number * 37) % width, (number * 11) % height
        row = board.rows[geometry.row_at(y) or 0]
        at = snapped(geometry.scale.at(x), 60, ZONE)
        return row.person.id, place(row, at.timestamp(), held.minutes)

    def ghost(number: int) -> None:
        person, pieces = aim(number)
        shown.set_picture(local_picture(held, person, pieces), "4999", held.customer)
        app.processEvents()

    def preview(number: int) -> None:
        person, pieces = aim(number)
        row = board.rows[board.row_of[person]]
        pushed = [b for b in row.blocks if pieces and b.start >= pieces[0].start][:3]
        moves = tuple(
            Move(
                Busy(b.id, Span(b.start, b.end), b.ticket_id, b.number),
                person,
                person,
                (Span(b.start + timedelta(hours=1), b.end + timedelta(hours=1)),),
                b.end,
                b.end + timedelta(hours=1),
            )
            for b in pushed
        )
        diff = PlanDiff(assigned=(("held", person, pieces),), moved=moves)
        shown.set_picture(picture(diff, held, view), "4999", held.customer)
        app.processEvents()

    floor_widget = Floor(shown.viewport().grab())
    floor_widget.show()
    app.processEvents()

    def floor(_number: int) -> None:
        floor_widget.repaint()

    base = median(timed(floor, frames))
    rows = []
    for name, frame in (("its ghost alone", ghost), ("with a preview", preview)):
        spent = timed(frame, frames)
        p50, p95 = median(spent), spent[int(len(spent) * 0.95)]
        note = f"p95 {p95:.1f}; {len(view.blocks)} blocks, {width} x {height}"
        bar = f"p95 ≤ {BAR_MS:g} ms"
        rows.append(Row(f"a frame of a drag, {name}", base, p50, "ms", bar, p95 <= BAR_MS, note))
    return rows


def main(frames: int) -> int:
    rows = run(frames=frames)
    print(table(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=200)
    sys.exit(main(parser.parse_args().frames))
