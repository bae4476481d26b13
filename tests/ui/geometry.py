"""What a person would see to be wrong with a screen: words without room, things over each other, nameless controls."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QSplitterHandle,
    QWidget,
)

from deskapp.ui.composer.slots import SlotCard
from deskapp.ui.ticket.header import DateCell
from deskapp.ui.ticket.side import FieldButton
from deskapp.ui.trace import TraceTable
from deskapp.ui.widgets import ElidedLabel, Segmented

#: Laid over the ticket where there is no room beside it.
DRAWER = "ticket.sides"


def cut(root: QWidget) -> Iterator[str]:
    """Labels and buttons that have less room than their words need."""
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        metrics = label.fontMetrics()
        if label.wordWrap():
            need = metrics.boundingRect(0, 0, max(label.width(), 1), 10_000, 0x1000, label.text()).height()
            if need > label.height() + 2:
                yield f"{label.text()!r} is {label.height()} high, needs {need}"
        elif metrics.horizontalAdvance(label.text()) > label.width() + 2 or metrics.height() > label.height() + 2:
            yield f"{label.text()!r} has {label.width()}x{label.height()}"
    for field in root.findChildren(Segmented):
        room = field.rect().adjusted(0, 0, 2, 2)
        if field.isVisible() and not all(room.contains(rect) for rect in field.option_rects()):
            yield f"{field.options()} has {field.width()}, needs {field.sizeHint().width()}"
    for field in root.findChildren(QLineEdit):
        within = field.parentWidget()
        if (
            field.isVisible()
            and within is not None
            and not within.rect().adjusted(-1, -1, 1, 1).contains(field.geometry())
        ):
            yield f"{field.objectName()} leaves its place"
    for button in root.findChildren(QAbstractButton):
        fixed = button.isVisible() and button.text() and not button.property("gives_way")
        if fixed and button.minimumSizeHint().width() > button.width() + 2:
            yield f"button {button.text()!r} has {button.width()}, needs {button.minimumSizeHint().width()}"
    for kind in (SlotCard, DateCell):
        for one in root.findChildren(kind):
            metrics, elide = QFontMetrics(one.date_font()), Qt.TextElideMode.ElideRight
            cut_off = metrics.elidedText(one.date(), elide, one.inner_width()) != one.date()
            if cut_off and one.isVisible() and any(sign.isdigit() for sign in one.date()):
                yield f"the date {one.date()!r} has no room in {one.inner_width()}"

    for value in root.findChildren(FieldButton):
        if value.isVisible() and value.rows()[-1].endswith("\u2026"):
            yield f"{value.accessibleName()!r} has no room in {value.width()}"
    for table in root.findChildren(TraceTable):
        for shown in table.shown_texts() if table.isVisible() else ():
            if shown.endswith("\u2026"):
                yield f"a trace says {shown!r}"


def told(widget: QWidget) -> str:
    """How a complaint names a widget."""
    return f"{type(widget).__name__} {widget.objectName()!r} {getattr(widget, 'text', lambda: '')()!r}"


def overlapping(root: QWidget) -> Iterator[str]:
    """Words and controls that stand on each other, wherever in the window they belong."""
    kinds = (QLabel, QAbstractButton, QLineEdit, QComboBox, Segmented)
    shown = [one for kind in kinds for one in root.findChildren(kind) if one.isVisible() and not one.size().isEmpty()]
    shown = [one for one in dict.fromkeys(shown) if not isinstance(one, QLabel) or one.text()]
    places = [(one, _seen(one, root)) for one in shown]
    places = [(one, rect) for one, rect in places if not rect.isEmpty()]
    for at, (one, rect) in enumerate(places):
        for other, where in places[at + 1 :]:
            both = rect.intersected(where)
            if both.width() < 3 or both.height() < 3 or one.isAncestorOf(other) or other.isAncestorOf(one):
                continue
            if _layer(one, root) is _layer(other, root):
                yield f"{told(one)} and {told(other)} overlap by {both.width()}x{both.height()}"


def _seen(widget: QWidget, root: QWidget) -> QRect:
    """The part of a widget that is not scrolled or cut away, in the root's coordinates."""
    rect = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        rect = rect.intersected(QRect(parent.mapTo(root, QPoint(0, 0)), parent.size()))
        parent = parent.parentWidget()
    return rect


def _layer(widget: QWidget, root: QWidget) -> QWidget:
    """The child of the window that it is in: panels that float over others are their own."""
    while widget.parentWidget() is not None and widget.parentWidget() is not root and widget.objectName() != DRAWER:
        widget = widget.parentWidget()
    return widget


def outside(root: QWidget) -> Iterator[str]:
    """Controls that reach over the edge of what holds them, where nothing scrolls."""
    for kind in (QAbstractButton, QLineEdit, QComboBox, Segmented):
        for one in root.findChildren(kind):
            if not one.isVisible() or _scrolls(one, root):
                continue
            rect, seen = QRect(one.mapTo(root, QPoint(0, 0)), one.size()), _seen(one, root)
            if rect.width() - seen.width() > 2 or rect.height() - seen.height() > 2:
                yield f"{told(one)} is cut: {rect.getRect()} shows {seen.getRect()}"


def _scrolls(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def nameless(root: QWidget) -> Iterator[str]:
    """Controls that can take the focus and that a screen reader could not name."""
    for one in root.findChildren(QWidget):
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        if not takes or isinstance(one, QMenuBar | QSplitterHandle) or one.focusProxy() is not None:
            continue
        if one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()):
            continue
        if one.objectName().startswith("qt_"):
            continue
        yield told(one)


def wrong(root: QWidget) -> list[str]:
    """All of it."""
    return [*cut(root), *overlapping(root), *outside(root), *nameless(root)]
