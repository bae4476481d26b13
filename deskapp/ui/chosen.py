"""What lists and tables have in common in which one row is chosen and shown beside: how they behave, their ground, and
that the chosen row stays chosen when they are read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QTableView

from . import theme


def prepare(view: QAbstractItemView, name: str, title: str) -> None:
    """One row at a time, read and not edited."""
    view.setObjectName(name)
    view.setAccessibleName(title)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def whole_rows(view: QTableView) -> None:
    """A table whose rows are the things: no grid, no heads of rows, and Tab leaves it."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)


@contextmanager
def quiet(view: QAbstractItemView) -> Iterator[None]:
    """While its rows are replaced nothing is picked."""
    selection = view.selectionModel()
    selection.blockSignals(True)
    yield
    selection.blockSignals(False)


def place_of(rows: Sequence[Any], key: Callable[[Any], str], wanted: str) -> int:
    """Where the row of that key stands; the first where it is gone, -1 where there are none. None is no row."""
    places = [at for at, row in enumerate(rows) if row is not None]
    return next((at for at in places if key(rows[at]) == wanted), places[0] if places else -1)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, begins: bool = True, framed: bool = False) -> None:
    """The ground of a row or a cell of it: chosen, under the pointer, the line below. ``begins``: the row begins here;
    ``framed``: with a frame around the row that has the focus."""
    look = theme.current()
    rect = option.rect
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(rect, look.color("bg-sel"))
        if begins:
            bar = "accent" if option.state & QStyle.StateFlag.State_Active else "line-ctl"
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.color(bar))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, look.color("bg-hover"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
    if framed and selected and option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(look.color("accent"), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -2))
