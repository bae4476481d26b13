"""What every tab of the composer is: fields, a foot with the one button, and text that survives everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ...desk import effort
from ...desk.values import Directory, TicketView
from .. import theme, words
from ..widgets import Label, PrimaryButton

if TYPE_CHECKING:
    from .composer import Composer


class Page(QWidget):
    """One tab. The composer calls `load` for another ticket, `refresh` when the shown one changed, `submit` for
    Ctrl+Enter; `state` is what a draft keeps, empty when nothing was typed."""

    name = ""
    edited = Signal()
    left = Signal()

    def __init__(self, composer: Composer) -> None:
        super().__init__()
        self.composer = composer
        self.view: TicketView | None = None
        self.setObjectName(f"composer.{self.name}")
        u = theme.current().u
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4 * u, 2 * u, 4 * u, 2 * u)
        self.column.setSpacing(2 * u)
        self._busy = False

    # -- to be said by each tab

    def title(self) -> str:
        raise NotImplementedError

    def fill_in(self, draft: Mapping[str, Any]) -> None:
        """Show `self.view`; `draft` holds what was typed before."""
        raise NotImplementedError

    def refresh_view(self) -> None:
        """The shown ticket changed; typed text stays."""

    def state(self) -> dict[str, Any]:
        raise NotImplementedError

    def send(self) -> None:
        """Check and start the intention, by `self.act`."""
        raise NotImplementedError

    def wipe(self) -> None:
        """Forget what was typed: it has become part of the ticket."""
        raise NotImplementedError

    def first_focus(self) -> QWidget:
        raise NotImplementedError

    def attach(self) -> None:
        """Let the person choose files, where the tab sends any."""

    def step_back(self) -> bool:
        """Esc: close what is open within the form; False when nothing is, so that the form is left."""
        return False

    # -- given to each tab

    @property
    def directory(self) -> Directory:
        return self.composer.directory

    @property
    def times(self) -> words.Times:
        return self.composer.times()

    def load(self, view: TicketView, draft: Mapping[str, Any]) -> None:
        self.view = view
        self.complain("")
        self.fill_in(draft)

    def refresh(self, view: TicketView) -> None:
        self.view = view
        self.refresh_view()

    def submit(self) -> None:
        if self.view is not None and not self._busy:
            self.complain("")
            self.send()

    def act(self, intention: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Start the intention; refused, the form stays as it is and says why."""
        self._busy = True
        self.button.setEnabled(False)
        self.composer.start(self, intention, args, named)

    def ended(self, trouble: str = "") -> None:
        self._busy = False
        self.button.setEnabled(True)
        if trouble:
            self.complain(trouble)

    def complain(self, text: str, where: QWidget | None = None) -> None:
        self.foot.say(text)
        if where is not None:
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_foot(self, button: str, hint: str = "", icon: str | None = "send") -> None:
        """The last row: what will happen, and the button."""
        self.foot = Foot(hint)
        self.button = PrimaryButton(button, icon, "Ctrl+Return")
        self.button.setObjectName(f"composer.{self.name}.send")
        self.button.setAccessibleName(button)
        self.button.clicked.connect(self.submit)
        self.foot.row.addWidget(self.button)
        self.column.addWidget(self.foot)

    def undo_hint(self) -> str:
        from ..i18n import fill, translate

        seconds = self.composer.undo_seconds()
        return fill(translate("Composer", "%1 s to undo"), seconds) if seconds else ""


class Foot(QWidget):
    """A hint at the left that gives way to a complaint, then what the page adds at the right."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self._hint = hint
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(3 * theme.current().u)
        self.label = Label(hint, "small", "text2")
        self.label.setObjectName("composer.says")
        self.label.setWordWrap(True)
        self.row.addWidget(self.label, 1)
        self._trouble = ""
        self._wrap = False

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        if not self._trouble:
            self.label.setText(hint)

    def shrink(self) -> None:
        """Other things stand in this row: the words take a line of their own, above it, when there are any."""
        self._wrap = True
        self.row.removeWidget(self.label)
        column = self.parentWidget().layout() if self.parentWidget() else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self), self.label)
        self.row.insertStretch(self.row.count() - 1, 1)
        self.label.setVisible(bool(self.label.text()))

    def trouble(self) -> str:
        return self._trouble

    def say(self, trouble: str) -> None:
        self._trouble = trouble
        self.label.setText(trouble or self._hint)
        self.label.set_token("crit" if trouble else "text2")
        if self._wrap:
            self.label.setVisible(bool(self.label.text()))


class Body(QScrollArea):
    """What stands above the foot: as high as it wants to be, scrolled where that is too much."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * theme.current().u)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self.widget().minimumSizeHint()
        return QSize(least.width(), min(least.height(), 50 * theme.current().u))


class TextField(QPlainTextEdit):
    """A few lines of plain text in a frame of its own; Tab moves on."""

    left = Signal()

    def __init__(self, name: str, lines: int = 2, most: int = 0) -> None:
        """``lines``: shown at least; ``most``: at most, 0 for as many as there is room for."""
        super().__init__()
        self._most = most
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("control", True)
        self.viewport().setAutoFillBackground(False)
        self._lines = lines
        theme.current().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        u = theme.current().u
        self.setFont(theme.current().font("body"))
        self.document().setDocumentMargin(1.5 * u)
        spare = 4 * u + 2
        self.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing() + spare)
        if self._most:
            self.setMaximumHeight(self._most * self.fontMetrics().lineSpacing() + spare)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        if text != self.toPlainText():
            self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class EffortEdit(QLineEdit):
    """Effort as people type it; shown in full words when left. `minutes_changed` carries minutes, None when empty."""

    minutes_changed = Signal(object)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(self.tr("2h30, 2:30, 150 or 2.5h"))
        self._minutes: int | None = None
        self.textEdited.connect(self._read)

    def minutes(self) -> int | None:
        return self._minutes

    def set_minutes(self, minutes: int | None) -> None:
        """Show without telling."""
        self._minutes = minutes
        self.setText(words.duration(minutes) if minutes else "")

    def wrong(self) -> bool:
        """Something is typed that is no effort."""
        return bool(self.text().strip()) and effort.parse(self.text()) is None

    def _read(self) -> None:
        minutes = effort.parse(self.text())
        if minutes != self._minutes:
            self._minutes = minutes
            self.minutes_changed.emit(minutes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._tidy()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tidy()
        self.left.emit()

    def _tidy(self) -> None:
        if self._minutes is not None:
            self.setText(words.duration(self._minutes))


class Choice(QComboBox):
    """A list to choose from; keys with Ctrl belong to the form around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 6
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width() - icon - 2
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling past a field must not change it

    def select(self, data: Any) -> None:
        """Show the entry of `data` without telling; the first one when there is none such."""
        blocked = self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(data)))
        self.blockSignals(blocked)


class LineField(QLineEdit):
    """One line that tells when it was left."""

    left = Signal()

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Captioned(QWidget):
    """A control under its name."""

    def __init__(self, caption: str, control: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().u)
        label = Label(caption, "caption", "text2")
        label.setBuddy(control)
        column.addWidget(label)
        column.addWidget(control)
        if not control.accessibleName():
            control.setAccessibleName(caption)


def in_order(*widgets: QWidget) -> None:
    """Tab goes through them as they are read."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)
