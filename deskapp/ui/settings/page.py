"""What every page of the settings is: rows of fields, saved as they are left, and a line that says what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ...core.errors import UserFacingError
from ...desk.rights import LEAST
from ...desk.values import Changes
from .. import theme
from ..fields import Body, Choice, EffortEdit, LineField, TextField
from ..i18n import language, translate
from ..messages import error_words
from ..widgets import Label, SectionHeader
from ..words import Times
from .rows import RowList

if TYPE_CHECKING:
    from .screen import SettingsScreen

Rows = list[dict[str, Any]]
_FIELD_LEAST = 42  # width of a field, of u, where a large font leaves little


def named(row: Mapping[str, Any]) -> str:
    """The name of a row in the language of the window, where it has one in both."""
    return str((language() == "en" and row.get("name_en")) or row["name"])


class SettingsPage(QWidget):
    """One page. ``load`` asks for its rows; ``tables`` are those whose change makes it ask again."""

    id = ""
    tables: tuple[str, ...] = ()
    right = ""  # of ``rights.LEAST``, without which the page can only be read

    def __init__(self, screen: SettingsScreen) -> None:
        super().__init__()
        self.screen = screen
        self.setObjectName(f"settings.{self.id}")
        self.loaded = False
        self.allowed = True
        self._changeable = True  # there is something to be changed
        self._beside: QWidget | None = None
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * u, 5 * u, 6 * u, 3 * u)
        column.setSpacing(3 * u)
        column.addWidget(Label(self.title(), "title"))
        self.reason = Label("", "small", "text2")
        self.reason.setObjectName(f"settings.{self.id}.reason")
        self.reason.hide()
        column.addWidget(self.reason)
        self.area = Body()
        self.body = self.area.column
        self.body.setSpacing(3 * u)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(6 * u)
        self._middle.addWidget(self.area, 1)
        column.addLayout(self._middle, 1)
        self.says = Label("", "small", "text2")
        self.says.setObjectName(f"settings.{self.id}.says")
        self.says.setWordWrap(True)
        column.addWidget(self.says)
        self.build()

    # -- to be said by each page

    @staticmethod
    def title() -> str:
        raise NotImplementedError

    def build(self) -> None:
        raise NotImplementedError

    def load(self) -> None:
        """Read what the page shows and show it."""

    def follow_rights(self, mine: frozenset[str]) -> None:
        """Whoever may not change this page reads it, and is told why."""
        if not self.right:
            return
        forbidden = self.right not in mine
        self.allowed = not forbidden
        self.open_area(self._changeable)
        if isinstance(self._beside, RowList):
            self._beside.add.setEnabled(self.allowed)
        self.reason.setVisible(forbidden)
        if forbidden:
            self.reason.setText(
                translate("Settings pages", "An administrator of the desk can change this.")
                if LEAST[self.right] == "administrator"
                else translate("Settings pages", "A lead or an administrator of the desk can change this.")
            )

    # -- given to each page

    def read(self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        def arrived(result: Any) -> None:
            if isValid(self):  # the page may have been made anew meanwhile, in another language
                done(result)

        self.screen.runner.run("reader", fn, *args, on_done=arrived, key=f"settings.{self.id}.{fn.__name__}")

    def save(self, intention: Callable[..., Any], *args: Any, done: Callable[[Changes], None] | None = None) -> None:
        """Apply now. Refused, the field keeps what was typed and the last line says why."""

        def saved(changes: Changes) -> None:
            if isValid(self):
                self.say("")
                if done is not None:
                    done(changes)

        self.screen.acts.act(intention, *args, on_done=saved, on_error=self.refused)

    def save_hours(
        self, what: str, intention: Callable[..., Any], *args: Any, done: Callable[[Changes], None] | None = None
    ) -> None:
        """The same for what changes working time: where it touches the plan or the due times by contracts,
        that is shown and asked first."""
        from ...desk import sla
        from ..calendar.plan_dialog import save_with_consequences
        from ..ticket.contract import moved_words

        screen = self.screen
        zone = ZoneInfo(screen.directory.zone_name if screen.directory else "UTC")

        def looked(moved: sla.Preview) -> None:
            def saved(changes: Changes) -> None:
                if isValid(self):
                    self.say(moved_words(moved))
                    if done is not None:
                        done(changes)

            if isValid(self):
                save_with_consequences(
                    self,
                    screen.runner,
                    screen.acts,
                    Times(zone, screen.runner.now()),
                    what,
                    intention,
                    *args,
                    on_done=saved,
                    on_error=self.refused,
                    on_cancel=self.load,
                    moved=moved,
                )

        # the due times of contracts rest on hours too
        screen.runner.run("writer", sla.preview, intention, *args, on_done=looked, on_error=self.refused)

    def refused(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError) or not isValid(self):
            raise trouble
        self.say(". ".join(part.rstrip(".") for part in error_words(trouble) if part) + ".", trouble=True)

    def say(self, text: str, trouble: bool = False) -> None:
        self.says.setText(text)
        self.says.set_token("crit" if trouble else "text2")

    def section(self, text: str) -> QVBoxLayout:
        """A foldable part of the page; returns the column to fill."""
        header = SectionHeader(text)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 2 * theme.current().u)
        column.setSpacing(2 * theme.current().u)
        header.toggled_open.connect(box.setVisible)
        self.body.addWidget(header)
        self.body.addWidget(box)
        return column

    def open_area(self, on: bool) -> None:
        """Whether the chosen row, if any, can be changed: never by who may only read the page."""
        self._changeable = on
        self.area.setEnabled(on and self.allowed)

    def beside(self, widget: QWidget) -> None:
        """Put a list at the left of the form; it stays while the form scrolls, and can be read by everybody."""
        self._beside = widget
        self._middle.insertWidget(0, widget)

    def form(self, column: QVBoxLayout | None = None) -> Form:
        form = Form(self)
        (column or self.body).addLayout(form.layout)
        return form

    def begin_with(self, name: str, form: Form) -> None:
        """Into a field of a row that was just made, its text ready to be replaced."""
        field: Any = form.fields[name]
        field.setFocus()
        field.selectAll()

    def words(self) -> str:
        """Everything written on the page, for the search."""
        texts = [label.text() for label in self.findChildren(QLabel)]
        texts += [box.text() for box in self.findChildren(QCheckBox)]
        texts += [header.text() for header in self.findChildren(SectionHeader)]
        return " ".join([self.title(), *texts]).casefold()


class _Hint(Label):
    """What a field means, in as many lines as that takes: a form gives a row the height of its field alone."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "small", "text3")
        self.setWordWrap(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.fit()

    def fit(self) -> None:
        box = self.parentWidget()
        layout = box.layout() if box is not None else None
        if box is not None and layout is not None:
            box.setMinimumHeight(layout.heightForWidth(box.width()))


class Form:
    """Rows of name and field. Each field tells when it was changed by a person: `changed(name, value)`."""

    def __init__(self, page: SettingsPage) -> None:
        self._page = page
        self.layout = QFormLayout()
        u = theme.current().u
        self.layout.setHorizontalSpacing(4 * u)
        self.layout.setVerticalSpacing(2 * u)
        self.layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.fields: dict[str, QWidget] = {}
        self.changed: Callable[[str, Any], None] = lambda _name, _value: None
        self._shown: dict[str, Any] = {}

    def add(self, name: str, text: str, field: QWidget, hint: str = "", width: int = 80) -> QWidget:
        """Put a field into a row. ``width`` in units."""
        field.setObjectName(f"{self._page.objectName()}.{name}")
        field.setAccessibleName(text)
        u = theme.current().u
        if isinstance(field, TextField):
            field.setMinimumWidth(_FIELD_LEAST * u)
            field.setMaximumWidth(width * u)
        elif not isinstance(field, QCheckBox):
            field.setMinimumWidth(min(width, _FIELD_LEAST) * u)
            field.setMaximumWidth(width * u)
            field.setMinimumHeight(7 * u)
        if hint:
            field.setToolTip(hint)
            field.setAccessibleDescription(hint)
        if isinstance(field, QAbstractSpinBox):
            field.lineEdit().setAccessibleName(text)
        label = Label(text, "body", "text2")
        label.setMinimumWidth(40 * u)
        label.setWordWrap(True)
        label.setMaximumWidth(46 * u)
        label.setBuddy(field)
        box: QWidget = field
        if hint:
            box = QWidget()
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(field)
            column.addWidget(_Hint(hint))
        self.layout.addRow(label, box)
        self.fields[name] = field
        self._listen(name, field)
        return field

    def line(self, name: str, text: str, hint: str = "", width: int = 80) -> LineField:
        field = LineField(text)
        self.add(name, text, field, hint, width)
        return field

    def text(self, name: str, text: str, lines: int = 3, hint: str = "", width: int = 110) -> TextField:
        field = TextField(text, lines, lines + 1)
        self.add(name, text, field, hint, width)
        return field

    def check(self, name: str, text: str, hint: str = "") -> QCheckBox:
        field = QCheckBox()
        self.add(name, text, field, hint)
        return field

    def choice(
        self, name: str, text: str, options: Sequence[tuple[str, Any]] = (), hint: str = "", width: int = 70
    ) -> Choice:
        field = Choice()
        for words, data in options:
            field.addItem(words, data)
        self.add(name, text, field, hint, width)
        return field

    def number(self, name: str, text: str, low: int, high: int, suffix: str = "", hint: str = "") -> QSpinBox:
        field = Spin()
        field.setRange(low, high)
        if suffix:
            field.setSuffix(f"\u00a0{suffix}")
        self.add(name, text, field, hint, 34)
        return field

    def minutes(self, name: str, text: str, hint: str = "") -> EffortEdit:
        field = EffortEdit(text)
        self.add(name, text, field, hint, 34)
        return field

    # -- values

    def show(self, row: dict[str, Any]) -> None:
        """Show values without telling; a field in which somebody is typing is left alone."""
        for name, field in self.fields.items():
            if name in row and not (field.hasFocus() and self._shown.get(name) != self.value(name)):
                self._set(field, row[name])
                self._shown[name] = self.value(name)

    def set(self, name: str, value: Any) -> None:
        """Show one value without telling, also in a field that has the focus."""
        self._set(self.fields[name], value)
        self._shown[name] = self.value(name)

    def value(self, name: str) -> Any:
        field = self.fields[name]
        if isinstance(field, QCheckBox):
            return field.isChecked()
        if isinstance(field, QSpinBox):
            return field.value()
        if isinstance(field, EffortEdit):
            return field.minutes()
        if isinstance(field, Choice):
            return field.currentData()
        assert isinstance(field, LineField | TextField)
        return field.text().strip()

    def values(self) -> dict[str, Any]:
        return {name: self.value(name) for name in self.fields}

    def _set(self, field: QWidget, value: Any) -> None:
        blocked = field.blockSignals(True)
        if isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, QSpinBox):
            field.setValue(int(value or 0))
        elif isinstance(field, EffortEdit):
            field.set_minutes(int(value) if value else None)
        elif isinstance(field, Choice):
            field.select(value)
        elif isinstance(field, TextField):
            field.set_text(str(value or ""))
        elif isinstance(field, LineField):
            field.setText(str(value or ""))
            field.setCursorPosition(0)
        field.blockSignals(blocked)

    def _listen(self, name: str, field: QWidget) -> None:
        tell = partial(self._tell, name)
        if isinstance(field, QCheckBox):
            field.toggled.connect(lambda _on: tell())
        elif isinstance(field, QSpinBox):
            field.editingFinished.connect(tell)
        elif isinstance(field, Choice):
            field.activated.connect(lambda _index: tell())
        elif isinstance(field, EffortEdit | LineField):
            field.editingFinished.connect(tell)
        elif isinstance(field, TextField):
            field.left.connect(tell)

    def _tell(self, name: str) -> None:
        value = self.value(name)
        if value != self._shown.get(name):
            self._shown[name] = value
            self.changed(name, value)


class Spin(QSpinBox):
    """A number; the wheel scrolls the page and not the number."""

    def wheelEvent(self, event: Any) -> None:
        event.ignore()
