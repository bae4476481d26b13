"""The palette under the omnibox (Ctrl+K): commands, tickets, customers in one list, found while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from . import icons, theme, words
from .actions import Action, ActionRegistry, scope_words
from .filters import FilterChips
from .i18n import fill, translate
from .keys import other_layout
from .widgets import key_cap_size, key_text, paint_key_cap

WIDTH = 640
#: Rows of a group that are shown before the next group begins.
_PER_GROUP = 8
_LIKELY = 6

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Hit:
    """Something found. `kind`: ticket, customer, article, person. `payload` is what opening it needs."""

    kind: str
    title: str
    detail: str = ""
    icon: str = ""
    payload: Any = None


#: Finds `text` and gives the hits to the callable, now or later, once.
Search = Callable[[str, Callable[[Sequence[Hit]], None]], None]

_KIND_ICONS = {
    "ticket": "inbox",
    "customer": "building-2",
    "contact": "circle-user",
    "article": "book-open",
    "person": "user",
}


@dataclass(frozen=True)
class Row:
    """A line of the list: a heading, a command, a hit, or the jump to a number."""

    kind: str  # heading | command | hit | number
    text: str
    detail: str = ""
    icon: str = ""
    key: str = ""
    payload: Any = None
    valid: bool = True


def match(needle: str, texts: Sequence[str]) -> int:
    """How well typed text fits: 0 not at all, more is better. Wrong-layout typing counts, a little less."""
    wanted = needle.casefold().split()
    if not wanted:
        return 1
    best = 0
    for place, spelled in enumerate((wanted, other_layout(needle).casefold().split())):
        for text in texts:
            best = max(best, _match_words(spelled, text.casefold()) - place)
    return best


def _match_words(wanted: list[str], text: str) -> int:
    have = text.split()
    score = 100 if text.startswith(" ".join(wanted)) else 0
    for word in wanted:
        if any(part.startswith(word) for part in have):
            score += 20
        elif len(word) >= 3 and word in text:
            score += 10
        else:
            return 0
    return score


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def put(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.text, row.detail, row.key.replace("+", " ")) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        u = theme.current().u
        model = index.model()
        heading = isinstance(model, _Rows) and model.rows[index.row()].kind == "heading"
        return QSize(0, 6 * u if heading else 8 * u)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        row = model.rows[index.row()]
        look = theme.current()
        u = look.u
        rect = option.rect
        painter.save()
        if row.kind == "heading":
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text3"))
            painter.drawText(rect.adjusted(4 * u, 0, -4 * u, 0), Qt.AlignmentFlag.AlignVCenter, row.text)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("bg-sel"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), look.color("accent"))
        inner = rect.adjusted(4 * u, 0, -4 * u, 0)
        if row.icon:
            icons.paint(painter, QRect(inner.x(), inner.y(), 4 * u, inner.height()), row.icon, "text2")
        inner.setLeft(inner.left() + 6 * u)
        if row.key:
            key = key_text(row.key)
            size = key_cap_size(key)
            top = inner.y() + (inner.height() - size.height()) // 2
            paint_key_cap(painter, QRect(QPoint(inner.right() - size.width() + 1, top), size), key)
            inner.setRight(inner.right() - size.width() - 2 * u)
        painter.setFont(look.font("body"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.setPen(look.color("text" if row.valid else "text3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        used = metrics.horizontalAdvance(title) + 3 * u
        if row.detail and inner.width() - used > 12 * u:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2" if row.valid else "text3"))
            area = inner.adjusted(used, 0, 0, 0)
            detail = painter.fontMetrics().elidedText(row.detail, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()


class PaletteBox(QFrame):
    """The list; its input is the omnibox. `open_hit` and `open_number` say what a person chose.

    The second argument of both is True for Ctrl+Enter: in a second window.
    """

    open_hit = Signal(object, bool)
    open_number = Signal(int, bool)
    closed = Signal()

    def __init__(self, window: QWidget, field: QLineEdit, actions: ActionRegistry) -> None:
        super().__init__(window)
        self.setObjectName("palette.box")
        self._field = field
        self._actions = actions
        self._search: Search | None = None
        self._recent: Callable[[], Sequence[Hit]] | None = None
        self._hits: Sequence[Hit] = ()
        self._asked = 0
        self._came_from: QWidget | None = None
        self._scopes: tuple[str, ...] = ()
        self._model = _Rows(self)
        self.list = QListView()
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(self.tr("Commands and tickets"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        self.chips = FilterChips("palette.chips")
        self.chips.setContentsMargins(12, 4, 12, 4)
        self.chips.taken_off.connect(self._take_off)
        column.addWidget(self.chips)
        column.addWidget(self.list)
        field.installEventFilter(self)
        field.textEdited.connect(self._typed)
        self.hide()

    def set_search(self, search: Search, recent: Callable[[], Sequence[Hit]] | None = None) -> None:
        self._search, self._recent = search, recent

    def rows(self) -> list[Row]:
        return list(self._model.rows)

    # -- opening and closing

    def open(self, text: str = "") -> None:
        """Show it with the cursor in the omnibox; Esc will put the focus back where it is now."""
        if not self.isVisible():
            focus = QApplication.focusWidget()
            if focus is not self._field:
                self._came_from = focus
            self._scopes = self._actions.active_scopes()
        self._field.setText(text)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._fill(text)
        self._show_below()

    def close_box(self, give_back_focus: bool = True) -> None:
        """Hide it and clear the omnibox."""
        came_from, self._came_from = self._came_from, None
        self._asked += 1
        self._hits = ()
        if self.isVisible():
            self.hide()
            self.closed.emit()
        self._field.clear()
        if give_back_focus:
            if came_from is not None and came_from.isVisible():
                came_from.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._field.clearFocus()

    def _show_below(self) -> None:
        window = self.parentWidget()
        width = min(WIDTH, window.width() - 32)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        left = corner.x() + (self._field.width() - width) // 2
        left = max(16, min(left, window.width() - width - 16))
        hint = sum(self.list.sizeHintForRow(row) for row in range(self._model.rowCount()))
        hint += self.chips.heightForWidth(width - 2) + 8 if self.chips.shown() else 0
        height = min(hint + 12, window.height() - corner.y() - 40)
        self.setGeometry(left, corner.y(), width, height)
        self.show()
        self.raise_()

    # -- what is in it

    def _typed(self, text: str) -> None:
        if not self.isVisible():
            self._scopes = self._actions.active_scopes()
        self._fill(text)
        self._show_below()

    def _fill(self, text: str) -> None:
        from ..desk import queries

        self._asked += 1
        self.chips.show_filters(queries.parse(text).filters)
        needle = text.strip()
        if not needle:
            self._hits = self._recent() if self._recent is not None else ()
        elif self._search is not None and not needle.startswith(">"):
            self._search(needle, partial(self._found, self._asked))
        else:
            self._hits = ()
        self._lay_out(needle)

    def _take_off(self, one: object) -> None:
        """The cross of a chip: its operator leaves the text."""
        from ..desk import queries

        query = queries.parse(self._field.text())
        left = next((query.without(each) for each in query.filters if each == one), self._field.text())
        self._field.setText(left)
        self._field.setFocus()
        self._typed(left)

    def _complete(self) -> bool:
        """Tab finishes the operator that the last word begins; False where there is none."""
        from ..desk import queries

        text = self._field.text()
        whole = queries.complete(text)
        if whole == text:
            return False
        self._field.setText(whole)
        self._typed(whole)
        return True

    def _found(self, asked: int, hits: Sequence[Hit]) -> None:
        if asked != self._asked:
            return  # an answer to an earlier text
        self._hits = hits
        self._lay_out(self._field.text().strip())
        self._show_below()

    def _lay_out(self, needle: str) -> None:
        commands_first = needle.startswith(">") or not needle
        commands = self._command_rows(needle.lstrip("> "))
        found = self._hit_rows()
        rows: list[Row] = []
        digits = needle.lstrip("#№ ").replace("\u00a0", "")
        if digits.isascii() and digits.isdigit() and len(digits) <= 9:
            jump = fill(translate("Palette", "Go to %1"), words.number(int(digits)))
            rows.append(Row("number", jump, icon="arrow-right", payload=int(digits)))
        rows += commands + found if commands_first and needle else found + commands
        if not rows:
            rows.append(Row("heading", translate("Palette", "Nothing found")))
        self._model.put(rows)
        self._select(self._next(-1, 1))

    def _command_rows(self, needle: str) -> list[Row]:
        if not needle:
            likely = self._actions.likely(_LIKELY + 1)
            chosen = [action for action in likely if action.id != "palette.open"][:_LIKELY]  # it is open
        else:
            scored = []
            for place, action in enumerate(self._actions.all()):
                score = 0 if action.hidden else match(needle, action.search_words())
                if score:
                    scored.append((-score - (5 if self._valid(action) else 0), place, action))
            chosen = [action for _score, _place, action in sorted(scored, key=lambda item: item[:2])[:_PER_GROUP]]
        if not chosen:
            return []
        head = Row("heading", translate("Palette", "Commands"))
        return [head, *(self._command_row(action) for action in chosen)]

    def _valid(self, action: Action) -> bool:
        return action.scope in self._scopes and action.enabled_when()

    def _command_row(self, action: Action) -> Row:
        where = "" if action.scope == "everywhere" else scope_words(action.scope)
        return Row(
            "command",
            action.words(),
            where,
            action.icon,
            action.key,
            payload=action.id,
            valid=self._valid(action),
        )

    def _hit_rows(self) -> list[Row]:
        heads = {
            "ticket": translate("Palette", "Tickets"),
            "customer": translate("Palette", "Customers"),
            "contact": translate("Palette", "People of customers"),
            "article": translate("Palette", "Articles"),
            "person": translate("Palette", "People"),
        }
        rows: list[Row] = []
        for kind, head in heads.items():
            hits = [hit for hit in self._hits if hit.kind == kind][:_PER_GROUP]
            if hits:
                rows.append(Row("heading", head))
                rows += [Row("hit", hit.title, hit.detail, hit.icon or _KIND_ICONS[kind], payload=hit) for hit in hits]
        return rows

    # -- choosing

    def _next(self, start: int, step: int) -> int:
        rows = self._model.rows
        place = start + step
        while 0 <= place < len(rows):
            if rows[place].kind != "heading":
                return place
            place += step
        return start

    def _select(self, place: int) -> None:
        if 0 <= place < len(self._model.rows):
            self.list.setCurrentIndex(self._model.index(place))
            if place == self._next(-1, 1):
                self.list.scrollToTop()

    def _clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.choose()

    def choose(self, second_window: bool = False) -> None:
        """Run or open the current row."""
        place = self.list.currentIndex().row()
        if not 0 <= place < len(self._model.rows):
            return
        row = self._model.rows[place]
        if row.kind == "heading" or not row.valid:
            return
        self.close_box()
        if row.kind == "command":
            self._actions.trigger(row.payload, by="palette")
        elif row.kind == "number":
            self.open_number.emit(row.payload, second_window)
        else:
            self.open_hit.emit(row.payload, second_window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field:
            return False
        if event.type() == QEvent.Type.MouseButtonPress and not self.isVisible():
            self.open(self._field.text())
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            if QApplication.activePopupWidget() is None:
                self.close_box(give_back_focus=False)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._claims(event):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _claims(self, event: QKeyEvent) -> bool:
        """Keys that must not run a command of the window while the omnibox has the focus."""
        return event.key() in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        )

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        here = self.list.currentIndex().row()
        if key == Qt.Key.Key_Escape:
            self.close_box()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Down:
            if self.isVisible():
                self._select(self._next(here, 1))
            else:
                self.open(self._field.text())
        elif key == Qt.Key.Key_Up:
            self._select(self._next(here, -1))
        elif key == Qt.Key.Key_Tab and not event.modifiers():
            return self._complete()
        else:
            return False
        return True

    def paintEvent(self, _event: Any) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bg-base"))
        painter.setPen(QPen(look.color("line-ctl"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
