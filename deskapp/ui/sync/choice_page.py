"""The main part of the Sync screen for a choice: cards, advice, table, effects, and what to press."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from .. import icons, theme
from ..fields import Body
from ..i18n import translate
from ..style import control_frame
from ..widgets import (
    Button,
    ElidedLabel,
    Label,
    Panel,
    PrimaryButton,
    chip_size,
    key_cap_size,
    paint_avatar,
    paint_chip,
    paint_key_cap,
)
from .cases import Card, Case, Row

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ELIDE = Qt.TextElideMode.ElideRight


class ChoiceCard(QAbstractButton):
    """One of the two values: a ring, what it is, who set it and when, the value large, what follows."""

    def __init__(self, ordinal: int) -> None:
        super().__init__()
        self.setObjectName(f"sync.card.{ordinal}")
        self._ordinal = ordinal
        self._card = Card("", "")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self.updateGeometry)

    def set_card(self, card: Card) -> None:
        self._card = card
        said = (card.title, card.chip[0], card.who, card.value, *card.lines)
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setToolTip("\n".join(part for part in said if part))
        self.updateGeometry()
        self.update()

    def card(self) -> Card:
        return self._card

    def _height(self, role: str) -> int:
        return QFontMetrics(theme.current().font(role)).height()

    def sizeHint(self) -> QSize:
        u = theme.current().u
        lines = max(2, len(self._card.lines))
        height = (
            6 * u + max(5 * u, self._height("small")) + self._height("title") + lines * self._height("small") + 12 * u
        )
        return QSize(70 * u, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(48 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        chosen = self.isChecked()
        fill = "accent-bg" if chosen else "bg-hover" if self.underMouse() else "bg-base"
        control_frame(painter, self.rect(), fill, "accent" if chosen else "line-ctl", 2.0 if chosen else 1.0)
        area = self.rect().adjusted(4 * u, 3 * u, -3 * u, -3 * u)
        top = QRect(area.left(), area.top(), area.width(), 6 * u)
        self._ring(painter, QRect(top.left(), top.center().y() - 2 * u, 4 * u, 4 * u), chosen)
        right = self._corner(painter, top)
        left = area.left() + 6 * u
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text"))
        self._draw(painter, QRect(left, top.top(), right - left - u, top.height()), self._card.title)
        y = top.bottom() + u
        line = max(5 * u, self._height("small"))
        if self._card.who:
            at = left
            if self._card.initials:
                paint_avatar(painter, QRect(at, y, line, line), self._card.initials, self._card.person)
                at += line + 2 * u
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            self._draw(painter, QRect(at, y, area.right() - at, line), self._card.who)
        y += line + u
        painter.setFont(look.fitting_font(self._card.value, area.right() - left, "title", "heading", "strong", "small"))
        painter.setPen(look.color("text" if self._card.ready else "text2"))
        height = self._height("title")
        self._draw(painter, QRect(left, y, area.right() - left, height), self._card.value)
        y += height + u
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        for said in self._card.lines:
            self._draw(painter, QRect(left, y, area.right() - left, self._height("small")), said)
            y += self._height("small")

    def _draw(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.drawText(
            rect.adjusted(0, 0, 2, 0), _MIDDLE, painter.fontMetrics().elidedText(text, _ELIDE, rect.width())
        )

    def _ring(self, painter: QPainter, rect: QRect, chosen: bool) -> None:
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent" if chosen else "line-ctl"), 1.5))
        painter.setBrush(look.color("accent-fill") if chosen else look.color("bg-base"))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("on-accent"))
            painter.drawEllipse(
                QPoint(rect.center().x() + 1, rect.center().y() + 1), rect.width() // 6, rect.width() // 6
            )
        painter.restore()

    def _corner(self, painter: QPainter, row: QRect) -> int:
        """The key and the chip at the right; where they begin."""
        look = theme.current()
        u = look.u
        key = str(self._ordinal)
        size = key_cap_size(key)
        right = row.right() - size.width()
        paint_key_cap(painter, QRect(right, row.center().y() - size.height() // 2, size.width(), size.height()), key)
        text, token, icon = self._card.chip
        if text:
            chip = chip_size(text, icon or None, QFontMetrics(look.font("small")))
            title = QFontMetrics(look.font("strong")).horizontalAdvance(self._card.title)
            room = right - 2 * u - row.left() - 6 * u - title - 2 * u
            if chip.width() <= room or room > 14 * u:
                width = min(chip.width(), room)
                spot = QRect(right - 2 * u - width, row.center().y() - chip.height() // 2, width, chip.height())
                paint_chip(painter, spot, text, token, icon or None)
                right = spot.left()
        return right


class Table(Panel):
    """Field by field: was, shared, yours, will be. Rows in question are tinted."""

    def __init__(self) -> None:
        super().__init__("bg-base", "tblr")
        self.setObjectName("sync.table")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._rows: tuple[Row, ...] = ()
        self._card = -1

    def show_rows(self, rows: tuple[Row, ...], card: int) -> None:
        if (rows, card) == (self._rows, self._card):
            return
        self._rows, self._card = rows, card
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        head = (
            translate("Sync", "Field"), translate("Sync", "Was"), translate("Sync", "In the shared store"),
            translate("Sync", "Joined later"), translate("Sync", "Will be"),
        )  # fmt: skip
        self._add(head, "bg-alt", ["text2"] * 5, "small")
        for row in rows:
            becomes = row.becomes[card]
            tokens = ["text", "text2", "text", "text", "accent" if row.hot else "text2"]
            self._add((row.name, row.was, row.shared, row.mine, becomes), "crit-bg" if row.hot else "bg-base", tokens)

    def texts(self) -> list[list[str]]:
        """What stands in it, row by row."""
        return [[row.name, row.was, row.shared, row.mine, row.becomes[self._card]] for row in self._rows]

    def _add(self, cells: tuple[str, ...], token: str, tokens: list[str], role: str = "body") -> None:
        u = theme.current().u
        line = Panel(token, "b")
        grid = QGridLayout(line)
        grid.setContentsMargins(3 * u, u + 1, 3 * u, u + 2)
        grid.setHorizontalSpacing(3 * u)
        for place, (text, colour, share) in enumerate(zip(cells, tokens, (5, 4, 5, 5, 6), strict=True)):
            label = ElidedLabel("", role if place or role != "body" else "body", colour)
            label.setText(text)
            label.setMinimumHeight(5 * u)
            grid.addWidget(label, 0, place)
            grid.setColumnStretch(place, share)
            grid.setColumnMinimumWidth(place, 1)
        self._column.addWidget(line)


class _Advice(Panel):
    """Why one of the two is proposed."""

    def __init__(self) -> None:
        super().__init__("bg-base", "")
        u = theme.current().u
        row = QHBoxLayout(self)
        row.setContentsMargins(10 * u, 2 * u, 3 * u, 2 * u)
        self.text = Label("", "body", "text")
        self.text.setObjectName("sync.reason")
        self.text.setWordWrap(True)
        row.addWidget(self.text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, 3, self.height()), look.color("accent"))
        icons.paint(painter, QRect(4 * look.u, 0, 4 * look.u, self.height()), "shield", "text2")


class ChoicePage(Panel):
    """Shows a ``Case``. ``applied`` carries the chosen card (0 or 1), ``third`` the other way out."""

    applied = Signal(int)
    third = Signal()
    later = Signal()

    def __init__(self) -> None:
        super().__init__("bg-window", "")
        self.setObjectName("sync.choice")
        u = theme.current().u
        self._case: Case | None = None
        self._by_hand = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = Body()
        area.column.setContentsMargins(5 * u, 3 * u, 5 * u, 4 * u)
        area.column.setSpacing(3 * u)
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        self.number = Label("", "heading", "text2")
        self.subject = ElidedLabel("", "title")
        head.addWidget(self.number)
        head.addWidget(self.subject, 1)
        area.column.addLayout(head)
        self.sentence = Label("", "body", "text2")
        self.sentence.setObjectName("sync.sentence")
        self.sentence.setWordWrap(True)
        area.column.addWidget(self.sentence)
        cards = QHBoxLayout()
        cards.setSpacing(2 * u)
        self.cards = (ChoiceCard(1), ChoiceCard(2))
        for place, card in enumerate(self.cards):
            card.clicked.connect(partial(self.choose, place))
            cards.addWidget(card, 1)
        area.column.addLayout(cards)
        self.advice = _Advice()
        area.column.addWidget(self.advice)
        self.table = Table()
        area.column.addWidget(self.table)
        self.after = Label("", "heading")
        area.column.addWidget(self.after)
        self._effects = Panel("bg-base", "tblr")
        self._effects.setObjectName("sync.effects")
        self._effect_rows = QVBoxLayout(self._effects)
        self._effect_rows.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        self._effect_rows.setSpacing(2 * u)
        area.column.addWidget(self._effects)
        area.column.addStretch(1)
        column.addWidget(area, 1)
        foot = Panel("bg-base", "t")
        row = QHBoxLayout(foot)
        row.setContentsMargins(5 * u, 3 * u, 5 * u, 3 * u)
        row.setSpacing(2 * u)
        self.put_off = Button("")
        self.put_off.setObjectName("sync.later")
        self.put_off.clicked.connect(self.later)
        self.other = Button("", key="3")
        self.other.setObjectName("sync.third")
        self.other.clicked.connect(self.third)
        self.apply = PrimaryButton("", key="Return")
        self.apply.setObjectName("sync.apply")
        self.apply.clicked.connect(self.press)
        row.addWidget(self.put_off)
        row.addStretch(1)
        row.addWidget(self.other)
        row.addWidget(self.apply)
        column.addWidget(foot)

    def show_case(self, case: Case, fresh: bool) -> None:
        """``fresh``: another choice than before, so the proposed card is taken; else a person's own choice stays."""
        self._case = case
        if fresh:
            self._by_hand = False
        place = self.chosen() if self._by_hand else case.proposed
        self.number.setText(case.number)
        self.number.setVisible(bool(case.number))
        self.subject.setText(case.subject)
        self.sentence.setText(case.sentence)
        for widget, card in zip(self.cards, case.cards, strict=True):
            widget.set_card(card)
        self.advice.text.setText(case.reason)
        self.after.setText(translate("Sync", "After your choice"))
        self.put_off.setText(translate("Sync", "Decide later"))
        self.other.setText(case.third)
        self.other.setVisible(bool(case.third))
        self._take(place)

    def case(self) -> Case | None:
        return self._case

    def chosen(self) -> int:
        return 1 if self.cards[1].isChecked() else 0

    def choose(self, place: int, *_checked: object) -> None:
        """Take a card as a person does."""
        self._by_hand = True
        self._take(place)

    def press(self) -> None:
        """Enter: apply what is chosen."""
        if self._case is not None and self._case.cards[self.chosen()].ready:
            self.applied.emit(self.chosen())

    def _take(self, place: int) -> None:
        case = self._case
        if case is None:
            return
        self.cards[place].setChecked(True)
        self.apply.setText(case.primary[place])
        self.apply.setEnabled(case.cards[place].ready)
        self.table.show_rows(case.rows, place)
        while self._effect_rows.count():
            widget = self._effect_rows.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for icon, text in case.effects[place]:
            self._effect_rows.addWidget(Fact(icon, text))


class Fact(QWidget):
    """An icon and a sentence."""

    def __init__(self, icon: str, text: str, token: str = "text2", colour: str = "text") -> None:
        super().__init__()
        u = theme.current().u
        self._icon, self._token = icon, token
        row = QHBoxLayout(self)
        row.setContentsMargins(6 * u, 0, 0, 0)
        self.label = Label(text, "body", colour)
        self.label.setWordWrap(True)
        row.addWidget(self.label, 1)
        theme.current().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        height = QFontMetrics(look.font("body")).height()
        icons.paint(QPainter(self), QRect(0, 0, 4 * look.u, max(height, 4 * look.u)), self._icon, self._token)
