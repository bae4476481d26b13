"""The entries of a timeline, a widget for each kind (ui.md 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.clock import from_ms
from ...desk import seals
from ...desk.values import Entry, FileItem
from .. import icons, letterwords, theme, words
from ..i18n import fill, translate
from ..widgets import Chip, ElidedLabel, FlowLayout, Label, LinkButton, ToolButton
from . import sentences
from .attached import FileChip, Picture
from .text_block import LONG_LETTER, TextBlock

#: Letters are no wider than this many characters of text.
READING_WIDTH = 90

PROTOCOL = ("check", "change", "talk", "measure", "visit", "part")
LETTERS = ("letter_in", "letter_out", "held")
#: What a person wrote for the desk and may put right.
CORRECTABLE = (*PROTOCOL, "note")


def gutter_width() -> int:
    look = theme.current()
    return QFontMetrics(look.font("small")).horizontalAdvance("00:00") + 9 * look.u


class EntryRow(QWidget):
    """Time and icon in the gutter, the entry beside them. `save_wanted` carries a file."""

    save_wanted = Signal(object)
    correct_wanted = Signal(object)

    def __init__(self, entry: Entry, times: words.Times, icon: str, token: str = "text2") -> None:
        super().__init__()
        self.entry = entry
        self._icon, self._token = icon, token
        self._time = times.time(entry.at)
        self.setObjectName(f"ticket.entry.{entry.kind}")
        self.setAccessibleName(", ".join(part for part in (self._time, entry.author, entry.text[:200]) if part))
        u = theme.current().u
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(gutter_width(), u, 0, u)
        self.column.setSpacing(u)
        self._when = times.moment_full(entry.at)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_files(self, column: QVBoxLayout, files: Sequence[FileItem]) -> None:
        """A chip for each file."""
        if not files:
            return
        u = theme.current().u
        box = QWidget()
        flow = FlowLayout(box, u + u // 2)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        for file in files:
            chip = FileChip(file)
            chip.clicked.connect(lambda _=False, file=file: self.save_wanted.emit(file))
            flow.addWidget(chip)
        column.addWidget(box)

    def offer_correction(self, text: TextBlock) -> None:
        """The menu of the entry's words also puts them right."""
        text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        text.customContextMenuRequested.connect(lambda at: self.menu(text).popup(text.viewport().mapToGlobal(at)))

    def menu(self, text: TextBlock) -> QMenu:
        menu = QMenu(text)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(translate("Timeline", "Copy with author and time") + "\tCtrl+C", text.copy_with_source)
        copy.setEnabled(text.textCursor().hasSelection())
        correct = translate("Timeline", "Correct")
        menu.addAction(f"{correct}\tF2", lambda: self.correct_wanted.emit(self.entry))
        return menu

    def first_line(self) -> int:
        """Middle of the line that the gutter's time stands beside."""
        look = theme.current()
        return self.column.contentsMargins().top() + QFontMetrics(look.font("body")).height() // 2

    def gutter_rect(self) -> QRect:
        height = 6 * theme.current().u
        return QRect(0, self.first_line() - height // 2, gutter_width(), height)

    def event(self, event) -> bool:  # type: ignore[no-untyped-def]
        if event.type() == event.Type.ToolTip:
            self.setToolTip(self._when if self.gutter_rect().contains(event.pos()) else "")
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        area = self.gutter_rect()
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text3"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._time)
        side = round(3.75 * u)
        left = area.right() - side - 2 * u
        icons.paint(painter, QRect(left, area.center().y() - side // 2, side, side), self._icon, self._token)


class Card(QFrame):
    """A field with a border, or with a bar at its left."""

    def __init__(self, fill_: str, border: str = "line", bar: str = "") -> None:
        super().__init__()
        self._fill, self._border, self._bar = fill_, border, bar
        u = theme.current().u
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(round(2.75 * u), round(1.75 * u), round(2.75 * u), 2 * u)
        self.column.setSpacing(u)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color(self._fill))
        painter.setPen(QPen(look.color(self._border), 1) if self._border else Qt.PenStyle.NoPen)
        radius = 2 if self._bar else 6
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._bar:
            painter.fillRect(QRect(0, 0, 3, self.height()), look.color(self._bar))


class LetterRow(EntryRow):
    """A letter of theirs or of ours. `original_wanted` carries the entry."""

    original_wanted = Signal(object)
    undo_wanted = Signal(str)
    retry_wanted = Signal(str)
    settle_wanted = Signal(str)
    picture_wanted = Signal(object)  # a Picture without its bytes

    def __init__(self, entry: Entry, times: words.Times) -> None:
        ours = entry.kind != "letter_in"
        super().__init__(entry, times, "reply" if ours else "mail", "accent" if ours else "text2")
        self._times = times
        self._full = False
        u = theme.current().u
        self.card = Card("accent-bg" if ours else "bg-base", "line")
        self.column.addWidget(self.card)
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        self.author = Label(entry.author, "strong")
        head.addWidget(self.author)
        second = ElidedLabel(self._second(), "small", "text2")
        head.addWidget(second, 1)
        label = letterwords.chip(entry.label) if ours else ""
        if label:
            token, icon = sentences.LETTER_CHIPS[entry.label]
            head.addWidget(Chip(label, token, icon))
        self._whole, signed = seals.parted(entry.full_text or entry.text)
        self._shown = seals.parted(entry.text)[0]
        if entry.raw_sha256:
            self.original = ToolButton("file-text", translate("Timeline", "Original letter"))
            self.original.setObjectName("ticket.entry.original")
            self.original.setFixedSize(24, 24)
            self.original.clicked.connect(lambda: self.original_wanted.emit(self.entry))
            head.addWidget(self.original)
        self.card.column.addLayout(head)
        self.text = TextBlock(sentences.source_line(entry, times))
        self.text.setMaximumWidth(theme.current().u * 4 * READING_WIDTH)
        self.card.column.addWidget(self.text)
        self._fold = LinkButton("", "small")
        self._fold.setObjectName("ticket.entry.fold")
        self._fold.clicked.connect(self._toggle)
        self.card.column.addWidget(self._fold)
        if signed:
            told = translate(
                "Timeline", "The letter is signed. The signature is not checked here: a mail program does that."
            )
            self.signed = Label(told, "small", "text2")
            self.signed.setObjectName("ticket.entry.signed")
            self.signed.setWordWrap(True)
            self.card.column.addWidget(self.signed)
        if entry.data.get("pictures_held"):
            held = translate(
                "Timeline",
                "Pictures from the internet are not fetched: the sender would see that the letter was opened.",
            )
            self.held = Label(held, "small", "text2")
            self.held.setObjectName("ticket.entry.held")
            self.held.setWordWrap(True)
            self.card.column.addWidget(self.held)
        self.pictures: list[Picture] = []
        self._add_files()
        self._foot = QHBoxLayout()
        self._foot.setSpacing(2 * u)
        self.state = Label("", "small", "text2")
        self.state.setObjectName("ticket.entry.state")
        self.act = LinkButton("", "small")
        self.act.setObjectName("ticket.entry.act")
        self.other_act = LinkButton(translate("Timeline", "It did arrive"), "small")
        self._foot.addWidget(self.state)
        self._foot.addWidget(self.act)
        self._foot.addWidget(self.other_act)
        self._foot.addStretch(1)
        self.card.column.addLayout(self._foot)
        self.act.clicked.connect(self._do)
        self.other_act.clicked.connect(lambda: self.settle_wanted.emit(self.entry.id))
        self._show_text()
        self.tick(times.now)

    def first_line(self) -> int:
        margins = self.column.contentsMargins().top() + self.card.column.contentsMargins().top()
        return margins + QFontMetrics(theme.current().font("strong")).height() // 2 + 1

    def _second(self) -> str:
        if self.entry.kind == "letter_in":
            return self.entry.role
        names = ", ".join(name or address for name, address in self.entry.to)
        return fill(translate("Timeline", "to: %1"), names) if names else ""

    def _add_files(self) -> None:
        shown = [file for file in self.entry.files if file.inline and file.type.startswith("image/")]
        for file in shown:
            picture = Picture(file)
            self.pictures.append(picture)
            self.card.column.addWidget(picture)
        self.add_files(self.card.column, [file for file in self.entry.files if file not in shown])

    def load_pictures(self) -> None:
        for picture in self.pictures:
            self.picture_wanted.emit(picture)

    # -- text, quotation folded

    def _short_text(self) -> str:
        text = self._shown.strip("\n")
        return text if len(text) <= LONG_LETTER else text[:LONG_LETTER].rstrip() + "\u2026"

    def _show_text(self) -> None:
        full = self._whole.strip("\n")
        text = full if self._full else self._short_text()
        self.text.set_runs([(text or translate("Timeline", "(no text)"), "body", "text" if text else "text2")])
        more = full != self._short_text()
        self._fold.setVisible(more)
        self._fold.setText(
            translate("Timeline", "Hide quotation") if self._full else translate("Timeline", "Show the whole letter")
        )
        self._fold.updateGeometry()

    def _toggle(self) -> None:
        self._full = not self._full
        self._show_text()

    # -- the way out

    def tick(self, now: datetime) -> None:
        """The countdown of a held letter, and what became of one that was sent."""
        entry = self.entry
        text, token, act, other = "", "text2", "", False
        if entry.kind == "held" or entry.state == "held":
            left = max(0, round((entry.leaves_at - now).total_seconds())) if entry.leaves_at else 0
            text = fill(translate("Timeline", "leaves in %1 s"), left)
            act = translate("Timeline", "Undo")
        elif entry.state == "ready" or entry.state == "claimed":
            text = translate("Timeline", "being sent")
        elif entry.state == "failed":
            reason = str(entry.data.get("error") or entry.data.get("reason") or "")
            text = fill(translate("Timeline", "not sent: %1"), reason) if reason else translate("Timeline", "not sent")
            token, act = "crit", translate("Timeline", "Retry")
        elif entry.state == "unknown":
            text = translate("Timeline", "it is not known whether it was sent")
            token, act, other = "high", translate("Timeline", "Send again"), True
        self.state.set_token(token)
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.act.setText(act)
        self.act.updateGeometry()
        self.act.setVisible(bool(act))
        self.other_act.setVisible(other)

    def _do(self) -> None:
        if self.entry.kind == "held" or self.entry.state == "held":
            self.undo_wanted.emit(self.entry.id)
        else:
            self.retry_wanted.emit(self.entry.id)


class ProtocolRow(EntryRow):
    """One or two lines: kind, who, what, how long it took."""

    def __init__(self, entry: Entry, times: words.Times) -> None:
        super().__init__(entry, times, sentences.PROTOCOL_ICONS.get(entry.kind, "list"))
        u = theme.current().u
        self.column.setContentsMargins(gutter_width(), u // 2, 0, u // 2)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        chip = Chip(words.note_kind(entry.kind), sentences.PROTOCOL_TOKENS.get(entry.kind, "low"))
        self.chip = chip
        row.addWidget(chip, alignment=Qt.AlignmentFlag.AlignTop)
        self.text = TextBlock(sentences.source_line(entry, times))
        runs = [(f"{surname(entry.author)}. ", "strong", "text"), (entry.text.strip(), "body", "text")]
        if entry.minutes:
            runs.append((f"  {words.duration(entry.minutes)}", "small", "text2"))
        if mark := correction_mark(entry, times):
            runs.insert(1, (f"{mark}: ", "small", "text2"))
        if entry.data.get("corrected"):
            runs.append((f"  {translate('Timeline', 'corrected')}", "small", "text2"))
        self.text.set_runs(runs)
        self.offer_correction(self.text)
        row.addWidget(self.text, 1)
        self.column.addLayout(row)
        self.add_files(self.column, entry.files)

    def first_line(self) -> int:
        return self.column.contentsMargins().top() + max(24, self.chip.sizeHint().height()) // 2 - 2


class NoteRow(EntryRow):
    """An internal note: never mailed."""

    def __init__(self, entry: Entry, times: words.Times) -> None:
        super().__init__(entry, times, "sticky-note")
        card = Card("bg-base", "line", "high-bar")
        head = QHBoxLayout()
        head.addWidget(Label(entry.author, "strong"))
        says = [translate("Timeline", "note, internal"), correction_mark(entry, times)]
        if entry.data.get("corrected"):
            says.append(translate("Timeline", "corrected"))
        head.addWidget(ElidedLabel(", ".join(each for each in says if each), "small", "text2"), 1)
        card.column.addLayout(head)
        self.text = TextBlock(sentences.source_line(entry, times))
        self.text.set_runs([(entry.text.strip(), "body", "text")])
        self.offer_correction(self.text)
        card.column.addWidget(self.text)
        self.add_files(card.column, entry.files)
        self.column.addWidget(card)

    def first_line(self) -> int:
        return self.column.contentsMargins().top() + 4 * theme.current().u


class EscalationRow(EntryRow):
    """Handed over, with what was tried, what is suspected, what is wanted."""

    def __init__(self, entry: Entry, times: words.Times) -> None:
        super().__init__(entry, times, "arrow-up", "esc")
        card = Card("esc-bg", "", "esc-bar")
        data = entry.data
        card.column.addWidget(ElidedLabel(sentences.handed(entry), "strong", "esc"))
        runs = []
        asked = str(data.get("asked") or "").strip()
        if asked:
            runs = [(translate("Timeline", "Asked") + ": ", "small", "text2"), (f"{asked}\n", "small", "text")]
        for label, key in (
            (translate("Timeline", "Tried"), "tried"),
            (translate("Timeline", "Hypothesis"), "hypothesis"),
            (translate("Timeline", "Wanted"), "wanted"),
        ):
            said = str(data.get(key) or "").strip()
            if said:
                end = "\n" if "\n" in said else " "
                runs += [(f"{label}: ", "small", "text2"), (f"{said.rstrip('.')}.{end}", "small", "text")]
        if not runs and entry.text:
            runs = [(entry.text, "small", "text")]
        self.text = TextBlock(sentences.source_line(entry, times))
        self.text.set_runs(runs)
        card.column.addWidget(self.text)
        answered = data.get("answered_at")
        if isinstance(answered, int) and entry.state == "accepted":
            accepted = fill(translate("Timeline", "Accepted %1"), times.moment(from_ms(answered)))
            card.column.addWidget(Label(accepted, "small", "text2"))
        elif entry.state == "returned":
            said = translate("Timeline", "Returned by %1: %2")
            by, reason = str(data.get("answered_by") or ""), str(data.get("reason") or "")
            returned = Label(fill(said, by, reason), "small", "crit")
            returned.setWordWrap(True)
            card.column.addWidget(returned)
        elif entry.state == "given":
            card.column.addWidget(Label(translate("Timeline", "Not accepted yet"), "small", "text2"))
        self.add_files(card.column, entry.files)
        self.column.addWidget(card)

    def first_line(self) -> int:
        return self.column.contentsMargins().top() + 4 * theme.current().u


class EventRow(EntryRow):
    """One grey line: the desk, the plan, an automatic letter; the last unfolds."""

    def __init__(self, entry: Entry, times: words.Times) -> None:
        auto = entry.kind == "auto" or is_acknowledgement(entry)
        super().__init__(entry, times, "mail" if auto else "history", "text3")
        u = theme.current().u
        self.column.setContentsMargins(gutter_width(), u // 2, 0, u // 2)
        line = sentences.event(entry, times)
        if is_acknowledgement(entry):
            line = translate("Timeline", "Acknowledgement sent")
        elif auto:
            line = entry.subject or line
        self.text = TextBlock(sentences.source_line(entry, times))
        author = surname(entry.author) if entry.author and not is_acknowledgement(entry) else ""
        runs = [(f"{author}: " if author else "", "small", "text2"), (line, "small", "text2")]
        self._short = runs
        self._open = False
        self._fold: LinkButton | None = None
        self.text.set_runs(runs)
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        row.addWidget(self.text, 1)
        if auto and entry.text:
            self._fold = LinkButton(translate("Timeline", "Show the letter"), "small")
            self._fold.clicked.connect(self._toggle)
            row.addWidget(self._fold, alignment=Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def _toggle(self) -> None:
        self._open = not self._open
        tail = [("\n" + self.entry.text.strip(), "small", "text")] if self._open else []
        self.text.set_runs([*self._short, *tail])
        assert self._fold is not None
        self._fold.setText(
            translate("Timeline", "Hide the letter") if self._open else translate("Timeline", "Show the letter")
        )
        self._fold.updateGeometry()

    def first_line(self) -> int:
        top = self.column.contentsMargins().top()
        line = QFontMetrics(theme.current().font("small")).height()
        if self._fold is not None and not self._open:
            return top + max(line, self._fold.sizeHint().height()) // 2
        return top + line // 2


class DayRow(QWidget):
    """The line between two days."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.setAccessibleName(text)
        self.setObjectName("ticket.day")

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(100, QFontMetrics(look.font("small")).height() + 3 * look.u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        font = look.font("small")
        font.setWeight(look.font("strong").weight())
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self.text)
        middle = self.height() // 2
        left = gutter_width()
        painter.fillRect(QRect(0, middle, left - 2 * look.u, 1), look.color("line"))
        painter.setPen(look.color("text2"))
        painter.drawText(
            QRect(left, 0, width + 2, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text,
        )
        start = left + width + 2 * look.u
        painter.fillRect(QRect(start, middle, max(0, self.width() - start), 1), look.color("line"))


def correction_mark(entry: Entry, times: words.Times) -> str:
    """What a later correction says of itself: which entry it is about."""
    if not entry.data.get("corrects"):
        return ""
    at = entry.data.get("corrects_at")
    if not isinstance(at, datetime):
        return translate("Timeline", "Correction")
    return fill(translate("Timeline", "Correction to %1"), times.moment(at))


def is_acknowledgement(entry: Entry) -> bool:
    """The automatic answer says nothing that a colleague must read: a line is enough."""
    return entry.kind == "letter_out" and entry.label == "ack" and entry.state not in ("failed", "unknown")


def surname(name: str) -> str:
    """How colleagues are named in short lines."""
    return name.split()[-1] if name.split() else name


def make(entry: Entry, times: words.Times) -> EntryRow:
    """The widget of an entry; an unknown kind is shown as an event rather than not at all."""
    if entry.kind in LETTERS and not is_acknowledgement(entry):
        return LetterRow(entry, times)
    if entry.kind in PROTOCOL:
        return ProtocolRow(entry, times)
    if entry.kind == "note":
        return NoteRow(entry, times)
    if entry.kind == "escalation":
        return EscalationRow(entry, times)
    return EventRow(entry, times)
