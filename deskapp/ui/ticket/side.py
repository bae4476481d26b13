"""Facts beside a ticket: who asks, its fields, effort, today's plan, similar tickets, files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...desk.values import Directory, FileItem, Similar, TicketView
from .. import agreed, i18n, icons, theme, words, wrapping
from ..buttons import EnterPresses
from ..i18n import fill, translate
from ..widgets import (
    Avatar,
    Chip,
    ElidedLabel,
    Label,
    Line,
    LinkButton,
    SectionHeader,
    initials,
    paint_avatar,
    urgency_icon,
)
from . import besides
from .attached import FileChip
from .contract import TargetRow, rule_words
from .figures import DayPlan, EffortBar

if TYPE_CHECKING:
    from ...desk.beside import Beside
    from ...desk.knowledge import ArticleItem

#: Fields that a popup or a line sets in place, in their order.
FIELDS = ("urgency", "cause", "zone", "owner", "line", "product")


_NAMES = {
    "urgency": QT_TRANSLATE_NOOP("Side", "Urgency"),
    "cause": QT_TRANSLATE_NOOP("Side", "Cause"),
    "zone": QT_TRANSLATE_NOOP("Side", "Zone"),
    "owner": QT_TRANSLATE_NOOP("Side", "Specialist"),
    "line": QT_TRANSLATE_NOOP("Side", "Line"),
    "product": QT_TRANSLATE_NOOP("Side", "Product"),
    "channel": QT_TRANSLATE_NOOP("Side", "Channel"),
    "phone": QT_TRANSLATE_NOOP("Side", "Phone"),
    "contract": QT_TRANSLATE_NOOP("Side", "Contract"),
    "address": QT_TRANSLATE_NOOP("Side", "Mail"),
}


def field_name(field: str) -> str:
    return translate("Side", _NAMES[field]) if field in _NAMES else agreed.name(field)


def channel_name(channel: str) -> str:
    return {
        "mail": translate("Side", "mail"),
        "phone": translate("Side", "phone"),
        "visit": translate("Side", "visit"),
        "hand": translate("Side", "by hand"),
        "chat": translate("Side", "chat"),
        "form": translate("Side", "web form"),
    }.get(channel, channel)


class FieldButton(EnterPresses, QAbstractButton):
    """Name at the left, value beside it; a click or Enter opens its editor."""

    def __init__(self, field: str, editable: bool = True) -> None:
        super().__init__()
        self.field = field
        self._icon: tuple[str, str] | None = None
        self._person: tuple[str, str] | None = None
        self._key = ""
        self.setObjectName(f"ticket.field.{field}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if editable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._editable = editable
        theme.current().changed.connect(self.update)

    def set_value(
        self,
        text: str,
        icon: tuple[str, str] | None = None,
        person: tuple[str, str] | None = None,
        key: str = "",
    ) -> None:
        said = f"{field_name(self.field)}: {text or translate('Side', 'not given')}"
        shown = (self.text(), self._icon, self._person, self._key, self.accessibleName())
        if shown == (text, icon, person, key, said):
            return
        self.setText(text)
        self._icon, self._person, self._key = icon, person, key
        self.setAccessibleName(said)
        self._tell()
        self.updateGeometry()
        self.update()

    def rows(self) -> list[str]:
        """The value as it is shown: what has no room in one row takes a second one."""
        metrics = QFontMetrics(theme.current().font("body"))
        return wrapping.rows(self.text() or translate("Side", "not given"), metrics, self._area().width())

    def _tell(self) -> None:
        cut = self.rows()[-1].endswith("\u2026")
        hint = f"{field_name(self.field)}  {self._key}" if self._key else ""
        self.setToolTip("\n".join(part for part in (self.text() if cut else "", hint) if part))

    def _area(self) -> QRect:
        u = theme.current().u
        left = label_width() + (6 * u if self._icon or self._person else 0)
        return self.rect().adjusted(left, 0, 0, 0)

    def sizeHint(self) -> QSize:
        look = theme.current()
        height = QFontMetrics(look.font("body")).height()
        laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        more = len(self.rows()) - 1 if laid_out else 0
        return QSize(50 * look.u, max(6 * look.u, height + look.u) + more * height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(label_width() + 8 * theme.current().u, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        u = look.u
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._editable and self.underMouse():
            painter.fillRect(self.rect(), look.color("bg-hover"))
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text2"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(field_name(self.field), Qt.TextElideMode.ElideRight, label_width() - u)
        area, rows = self._area(), self.rows()
        height = self.height() - (len(rows) - 1) * metrics.height()  # of the first row, beside which the name stands
        painter.drawText(QRect(0, 0, label_width(), height), middle, name)
        if self._icon is not None:
            side = round(3.25 * u)
            icons.paint(painter, QRect(label_width(), 0, side, height), *self._icon)
        elif self._person is not None:
            side = 5 * u
            paint_avatar(painter, QRect(label_width() - u // 2, (height - side) // 2, side, side), *self._person)
        painter.setPen(look.color("text" if self.text() else "text3"))
        for at, row in enumerate(rows):
            painter.drawText(QRect(area.left(), at * metrics.height(), area.width(), height), middle, row)


def label_width() -> int:
    """The column of names, wide enough for the longest."""
    return _label_width(i18n.language(), theme.current().font("body").toString(), theme.current().u)


@lru_cache(maxsize=8)
def _label_width(_language: str, font: str, u: int) -> int:
    body = QFont()
    body.fromString(font)
    metrics = QFontMetrics(body)
    names = [field_name(name) for name in (*FIELDS, *agreed.FIELDS, "channel", "phone", "contract", "address")]
    return min(max(metrics.horizontalAdvance(name) for name in names), 26 * u) + 3 * u


class Section(QWidget):
    """A head that folds what is under it. `title` is English, marked for translation."""

    def __init__(self, name: str, title: str, right: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName(f"ticket.section.{name}")
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * u, 0, round(2.5 * u))
        column.setSpacing(0)
        self.head = SectionHeader(translate("Side", title), right)
        self._title = title
        column.addWidget(self.head)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, u, 0, 0)
        self.column.setSpacing(u // 2)
        column.addWidget(self.body)
        self.head.toggled_open.connect(self.body.setVisible)

    def retranslate(self) -> None:
        title = translate("Side", self._title)
        self.head.setText(title)
        self.head.setAccessibleName(title)


class SidePanel(QScrollArea):
    """`field_wanted` carries a field and where its editor stands; `opened` another ticket."""

    field_wanted = Signal(str, QRect)
    opened = Signal(str)
    save_wanted = Signal(object)
    calendar_wanted = Signal(str)
    why_wanted = Signal(str, QRect)
    sender_wanted = Signal(QRect)
    address_works = Signal()
    article_wanted = Signal(str)
    visit_wanted = Signal()
    part_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ticket.side")
        self.setAccessibleName(translate("Side", "About the ticket"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view: TicketView | None = None
        self._alike_of = ""
        self.inner = QWidget()
        self.setWidget(self.inner)
        u = theme.current().u
        column = QVBoxLayout(self.inner)
        column.setContentsMargins(round(3.5 * u), u, round(3.5 * u), 3 * u)
        column.setSpacing(0)
        self._lines: list[tuple[QWidget, Line]] = []
        for section in (
            self._customer(),
            self._contract(),
            self._fields(),
            self._effort(),
            self._plan(),
            self._similar(),
            self._service(),
            self._linked(),
            self._files(),
            self._watchers(),
        ):
            line = Line()
            if self._lines:
                column.addWidget(line)
            self._lines.append((section, line))
            column.addWidget(section)
        column.addStretch(1)
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        palette = QPalette(theme.current().palette())
        self.setPalette(palette)
        self.viewport().setPalette(palette)

    # -- the sections

    def _customer(self) -> QWidget:
        u = theme.current().u
        self.customer = Section("customer", QT_TRANSLATE_NOOP("Side", "Customer"))
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        self.avatar = Avatar("", "", 7 * u + 2)
        row.addWidget(self.avatar, alignment=Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(0)
        first = QHBoxLayout()
        self.requester = ElidedLabel("", "strong")
        self.requester.setObjectName("ticket.requester")
        self.vip = Chip(translate("Side", "VIP"), "high")
        first.addWidget(self.requester, 1)
        first.addWidget(self.vip)
        self.post = ElidedLabel("", "small", "text2")
        names.addLayout(first)
        names.addWidget(self.post)
        row.addLayout(names, 1)
        self.customer.column.addLayout(row)
        self.customer.column.addSpacing(u)
        self.phone, self.address, self.contract = (
            FieldButton(name, editable=False) for name in ("phone", "address", "contract")
        )
        for field in (self.phone, self.address, self.contract):
            self.customer.column.addWidget(field)
        self.undeliverable = Label(translate("Side", "Letters to this address come back"), "small", "crit")
        self.undeliverable.setWordWrap(True)
        self.works_again = LinkButton(translate("Side", "The address works again"), "small")
        self.works_again.setObjectName("ticket.works_again")
        self.works_again.clicked.connect(self.address_works)
        self.unknown = Label(translate("Side", "Unknown sender"), "small", "high")
        self.customer.column.addWidget(self.undeliverable)
        self.customer.column.addWidget(self.works_again, alignment=Qt.AlignmentFlag.AlignLeft)
        self.customer.column.addWidget(self.unknown)
        self.add_sender = LinkButton(translate("Side", "Add to customer…"), "small")
        self.add_sender.setObjectName("ticket.add_sender")
        self.add_sender.clicked.connect(lambda: self.sender_wanted.emit(_rect_of(self.add_sender)))
        self.customer.column.addWidget(self.add_sender, alignment=Qt.AlignmentFlag.AlignLeft)
        return self.customer

    def _contract(self) -> QWidget:
        self.contract_section = Section("contract", QT_TRANSLATE_NOOP("Side", "Contract"))
        return self.contract_section

    def _set_contract(self, view: TicketView, times: words.Times) -> None:
        contract = view.contract
        rows: list[QWidget] = []
        for target in contract.targets if contract else ():
            row = TargetRow(target, times)
            row.clicked.connect(lambda _=False, row=row: self.why_wanted.emit(row.target.name, _rect_of(row)))
            rows.append(row)
        if contract is not None and rows:
            rule = Label(rule_words(contract), "small", "text2")
            rule.setWordWrap(True)
            rows.append(rule)
            if contract.expired:
                rows.append(Label(translate("Side", "The contract has ended"), "small", "high"))
        self._refill(self.contract_section, rows)

    def _fields(self) -> QWidget:
        self.fields_section = Section("fields", QT_TRANSLATE_NOOP("Side", "Fields"))
        self.fields: dict[str, FieldButton] = {}
        for name in FIELDS:
            button = FieldButton(name)
            button.clicked.connect(lambda _=False, button=button: self._field(button))
            self.fields[name] = button
            self.fields_section.column.addWidget(button)
        self.channel = FieldButton("channel", editable=False)
        self.fields_section.column.addWidget(self.channel)
        return self.fields_section

    def _effort(self) -> QWidget:
        self.usual = LinkButton("", "small")
        self.usual.setObjectName("ticket.field.effort")
        self.usual.clicked.connect(lambda: self.field_wanted.emit("effort", _rect_of(self.usual)))
        self.effort_section = Section("effort", QT_TRANSLATE_NOOP("Side", "Effort"), self.usual)
        self.effort = EffortBar()
        self.effort_section.column.addWidget(self.effort)
        self.terms = {field: FieldButton(field) for field in agreed.FIELDS}
        for button in self.terms.values():
            button.clicked.connect(lambda _=False, button=button: self._field(button))
            self.effort_section.column.addWidget(button)
        self.more_terms = LinkButton("", "small")
        self.more_terms.setObjectName("ticket.terms")
        self.more_terms.clicked.connect(lambda: self.field_wanted.emit("terms", _rect_of(self.more_terms)))
        self.effort_section.column.addWidget(self.more_terms, alignment=Qt.AlignmentFlag.AlignLeft)
        return self.effort_section

    def _plan(self) -> QWidget:
        self.to_calendar = LinkButton(translate("Side", "In the calendar"), "small")
        self.to_calendar.setObjectName("ticket.to_calendar")
        self.to_calendar.clicked.connect(lambda: self.calendar_wanted.emit(self._view.id if self._view else ""))
        self.plan_section = Section("plan", QT_TRANSLATE_NOOP("Side", "Plan for today"), self.to_calendar)
        self.plan = DayPlan()
        self.plan_section.column.addWidget(self.plan)
        return self.plan_section

    def _similar(self) -> QWidget:
        self.similar_section = Section("similar", QT_TRANSLATE_NOOP("Side", "Similar"))
        return self.similar_section

    def _service(self) -> QWidget:
        self.service_section = Section("service", QT_TRANSLATE_NOOP("Side", "Visit and parts"))
        return self.service_section

    def _linked(self) -> QWidget:
        self.linked_section = Section("linked", QT_TRANSLATE_NOOP("Side", "Same fault"))
        self.linked_section.hide()
        return self.linked_section

    def _files(self) -> QWidget:
        self.files_section = Section("files", QT_TRANSLATE_NOOP("Side", "Files"))
        return self.files_section

    def _watchers(self) -> QWidget:
        self.watchers_section = Section("watchers", QT_TRANSLATE_NOOP("Side", "Followers"))
        self.watchers = Label("", "body", "text")
        self.watchers.setWordWrap(True)
        self.watchers_section.column.addWidget(self.watchers)
        return self.watchers_section

    def _field(self, button: FieldButton) -> None:
        self.field_wanted.emit(button.field, _rect_of(button))

    def retranslate(self) -> None:
        for section, _line in self._lines:
            if isinstance(section, Section):
                section.retranslate()
        self.vip.set(translate("Side", "VIP"))
        self.undeliverable.setText(translate("Side", "Letters to this address come back"))
        self.works_again.setText(translate("Side", "The address works again"))
        self.unknown.setText(translate("Side", "Unknown sender"))
        self.add_sender.setText(translate("Side", "Add to customer…"))
        self.to_calendar.setText(translate("Side", "In the calendar"))
        self.to_calendar.updateGeometry()

    # -- filling

    def set_view(self, view: TicketView, directory: Directory, times: words.Times) -> None:
        self._view = view
        asked = view.requester
        self.avatar.set_person(initials(asked.name), asked.contact_id)
        self.requester.setText(asked.name)
        self.post.setText(", ".join(part for part in (asked.customer, asked.post) if part))
        self.vip.setVisible(asked.vip)
        for field, value in ((self.phone, asked.phone), (self.address, asked.address), (self.contract, asked.contract)):
            field.setVisible(bool(value))
            field.set_value(value)
        self.undeliverable.setVisible(asked.undeliverable)
        self.works_again.setVisible(asked.undeliverable)
        self.unknown.setVisible(not asked.known)
        self.add_sender.setVisible(not asked.known and bool(asked.contact_id))
        self._set_contract(view, times)
        self._set_fields(view, directory)
        if view.usual is not None:
            self.usual.setText(fill(translate("Side", "usually %1"), words.duration(view.usual[1])))
        else:
            self.usual.setText(translate("Side", "Set"))
        self.usual.setToolTip(fill(translate("Side", "Effort  %1"), "M"))
        self.usual.updateGeometry()
        self.effort.set_view(view, times)
        self._set_terms(view, times)
        self.plan.set_view(view, times)
        self.plan_section.setVisible(bool(view.today_hours or view.today))
        if self._alike_of != view.id:
            self.set_similar(view.id, ())
        self._set_files(view)
        self.watchers.setText(", ".join(view.followers))
        self.watchers_section.setVisible(bool(view.followers))
        self._draw_lines()

    def _set_terms(self, view: TicketView, times: words.Times) -> None:
        """What was agreed has a line; the rest is behind a link."""
        for field, button in self.terms.items():
            text = agreed.value(field, view.terms, times)
            button.setVisible(bool(text))
            button.set_value(text)
        self.more_terms.setText(translate("Side", "Not before, deadline, pieces, on site"))
        self.more_terms.setAccessibleName(self.more_terms.text())
        self.more_terms.updateGeometry()

    def set_similar(self, ticket_id: str, found: Sequence[Similar], articles: Sequence[ArticleItem] = ()) -> None:
        """What looks like the ticket; read after it, since nobody waits for it."""
        self._alike_of = ticket_id
        rows: list[QWidget] = [besides.article(item, self.article_wanted.emit) for item in articles]
        rows += [besides.similar(one, self.opened.emit) for one in found]
        self._refill(self.similar_section, rows)
        self._draw_lines()

    def set_beside(self, found: Beside, times: words.Times) -> None:
        """Visits, parts, and the other tickets of the same fault; read after the ticket too."""
        rows = besides.service_rows(found, times, self.visit_wanted.emit, self.part_wanted.emit)
        silent = besides.silence_row(found, times)
        self._refill(self.service_section, [*rows, *([silent] if silent is not None else [])])
        self._refill(self.linked_section, besides.family_rows(found, self.opened.emit))
        self._draw_lines()

    def _draw_lines(self) -> None:
        shown_before = False
        for section, line in self._lines:
            shown = not section.isHidden()
            line.setVisible(shown and shown_before)
            shown_before = shown_before or shown

    def _set_fields(self, view: TicketView, directory: Directory) -> None:
        owner = directory.people.get(view.owner_id)
        zone = next((zone.name for zone in directory.zones if zone.id == view.zone_id), "")
        self.fields["urgency"].set_value(words.urgency(view.urgency), urgency_icon(view.urgency), key="U")
        self.fields["cause"].set_value(directory.cause(view.cause_id), key="C")
        self.fields["zone"].set_value(zone)
        self.fields["owner"].set_value(
            owner.name if owner else "",
            person=(owner.initials, owner.id) if owner else None,
            key="A",
        )
        self.fields["line"].set_value(fill(translate("Side", "L%1"), view.line))
        self.fields["product"].set_value(view.product)
        self.channel.set_value(channel_name(view.channel))

    def _set_files(self, view: TicketView) -> None:
        found: dict[str, FileItem] = {}
        for entry in view.entries:
            for file in entry.files:
                if not file.inline:
                    found.setdefault(file.sha256 or file.id, file)
        chips: list[QWidget] = []
        for file in list(found.values())[-8:]:
            chip = FileChip(file)
            chip.clicked.connect(lambda _=False, file=file: self.save_wanted.emit(file))
            chips.append(chip)
        self._refill(self.files_section, chips)

    @staticmethod
    def _refill(section: Section, widgets: list[QWidget]) -> None:
        while section.column.count():
            old = section.column.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for widget in widgets:
            section.column.addWidget(widget)
        section.setVisible(bool(widgets))


def _rect_of(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size())
