"""What stands beside the lists: one visit with its next step, one part with its places and movements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ...desk.stock import PartView
from ...desk.values import Directory
from ...desk.visits import VisitView
from .. import theme, words
from ..i18n import fill, translate
from ..widgets import Button, Chip, EvenLayout, FlowLayout, Label, Line, LinkButton, PrimaryButton
from . import texts


class Card(QScrollArea):
    """A column of sections that is made anew with each value. ``act_wanted`` carries a name, and what it is about."""

    act_wanted = Signal(str, str)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = QVBoxLayout()
        theme.current().changed.connect(self._relook)
        self._relook()

    def _relook(self) -> None:
        palette = QPalette(theme.current().palette())
        self.setPalette(palette)
        self.viewport().setPalette(palette)

    def begin(self) -> None:
        u = theme.current().u
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(round(3.5 * u), 3 * u, round(3.5 * u), 3 * u)
        self.column.setSpacing(2 * u)

    def end(self) -> None:
        self.column.addStretch(1)
        self.setWidget(self._inner)

    def clear(self) -> None:
        self.begin()
        self.end()

    def heading(self, text: str) -> None:
        label = Label(text, "heading")
        label.setWordWrap(True)
        self.column.addWidget(label)

    def section(self, text: str) -> None:
        self.column.addSpacing(theme.current().u)
        self.column.addWidget(Line())
        self.column.addWidget(Label(text, "strong", "text2"))

    def text(self, text: str, token: str = "text", role: str = "body") -> None:
        label = Label(text, role, token)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(label)

    def facts(self, rows: list[tuple[str, str]]) -> None:
        u = theme.current().u
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(u)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate((name, value) for name, value in rows if value):
            first = Label(name, "body", "text2")
            first.setAlignment(Qt.AlignmentFlag.AlignTop)
            second = Label(value)
            second.setWordWrap(True)
            second.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(first, place, 0)
            grid.addWidget(second, place, 1)
        self.column.addWidget(box)

    def chips(self, *chips: tuple[str, str]) -> None:
        box = QWidget()
        flow = FlowLayout(box, theme.current().u)
        for text, token in chips:
            if text:
                flow.addWidget(Chip(text, token))
        self.column.addWidget(box)

    def buttons(self, acts: list[tuple[str, str, str, str]], about: str = "", primary: str = "") -> None:
        """(name, words, icon, key) each; the ``primary`` one is filled."""
        box = QWidget()
        flow = EvenLayout(box, 2 * theme.current().u)
        for name, text, icon, key in acts:
            button = (PrimaryButton if name == primary else Button)(text, icon or None, key)
            button.setObjectName(f"{self.objectName()}.{name}")
            button.clicked.connect(self._teller(name, about))
            flow.addWidget(button)
        self.column.addWidget(box)

    def link(self, text: str, name: str, about: str) -> None:
        link = LinkButton(text)
        link.clicked.connect(self._teller(name, about))
        self.column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)

    def _teller(self, name: str, about: str) -> Callable[..., None]:
        return lambda _on=False: self.act_wanted.emit(name, about)


class VisitCard(Card):
    """Everything the engineer needs, and the next step as the one filled button."""

    def __init__(self) -> None:
        super().__init__("visits.card", translate("Visits", "Visit"))

    def show_visit(self, view: VisitView | None, directory: Directory, times: words.Times) -> None:
        self.begin()
        if view is not None:
            self._fill(view, directory, times)
        self.end()

    def _fill(self, view: VisitView, directory: Directory, times: words.Times) -> None:
        item = view.item
        self.heading(f"{words.number(item.number)} {item.subject}")
        confirmed = (translate("Visits", "Confirmed"), "ok") if item.confirmed_at else ("", "ok")
        if not item.confirmed_at and item.state == "planned":
            confirmed = (translate("Visits", "Not confirmed"), "high")
        moved = (translate("Visits", "The plan has left the window"), "crit") if not item.holds else ("", "crit")
        self.chips(texts.state(item.state), confirmed, moved)
        person = directory.people.get(item.specialist_id)
        when = texts.with_breaks(f"{texts.day(item, times)}, {texts.window(item, times)}", view.pieces, times)
        self.facts(
            [
                (translate("Visits", "When"), when),
                (translate("Visits", "Who"), person.name if person else ""),
                (translate("Visits", "Travel"), words.duration(item.travel) if item.travel else ""),
                (translate("Visits", "Customer"), item.customer),
                (translate("Visits", "Contact"), ", ".join(filter(None, [view.contact, view.phone]))),
                (translate("Visits", "Address"), ", ".join(filter(None, [item.site, item.address]))),
                (translate("Visits", "Contract"), view.contract),
                (translate("Visits", "Equipment"), view.equipment),
                (translate("Visits", "Confirmed by"), view.confirmed_who),
            ]
        )
        steps = {
            "planned": [
                ("set_off", translate("Visits", "On the way"), "truck", ""),
                ("arrive", translate("Visits", "On site"), "building-2", ""),
            ],
            "on_way": [("arrive", translate("Visits", "On site"), "building-2", "")],
            "on_site": [("done", translate("Visits", "Done"), "check", "")],
        }.get(item.state, [])
        if item.state in ("planned", "on_way"):
            steps.append(("done", translate("Visits", "Done"), "check", ""))
        primary = steps[0][0] if steps else ""
        if item.state == "planned":
            if item.confirmed_at is None:
                steps.insert(0, ("confirm", translate("Visits", "Customer confirmed"), "circle-check", ""))
            steps.append(("replan", translate("Visits", "Another time"), "calendar-clock", ""))
            steps.append(("cancel", translate("Visits", "Cancel the visit"), "x", ""))
        if steps:
            self.buttons(steps, item.id, primary)
        self.buttons(
            [
                ("sheet", translate("Visits", "Visit sheet"), "printer", "Ctrl+P"),
                ("maps", translate("Visits", "Open in maps"), "external-link", ""),
                ("ticket", translate("Visits", "Open the ticket"), "inbox", "Return"),
            ],
            item.id,
        )
        for title, text in (
            (translate("Visits", "Task"), view.task),
            (translate("Visits", "Access"), view.access),
            (translate("Visits", "Safety"), view.safety),
            (translate("Visits", "What was fixed"), view.fixed),
        ):
            if text:
                self.section(title)
                self.text(text)
        if view.accepted_by:
            self.text(fill(translate("Visits", "Accepted by: %1"), view.accepted_by), "text2")
        if view.parts:
            self.section(translate("Visits", "Parts"))
            for one in view.parts:
                self.text(texts.reserved(one), "text" if one.here >= one.quantity else "high")


class PartCard(Card):
    """Where a part lies, for whom it is kept, what is on its way, and how it moved."""

    def __init__(self) -> None:
        super().__init__("stock.card", translate("Visits", "Part"))

    def show_part(self, view: PartView | None, directory: Directory, times: words.Times) -> None:
        self.begin()
        if view is not None:
            self._fill(view, directory, times)
        self.end()

    def _fill(self, view: PartView, directory: Directory, times: words.Times) -> None:
        item = view.item
        self.heading(" ".join(filter(None, [item.code, item.name])))
        low = (translate("Visits", "Below minimum"), "high") if item.below else ("", "high")
        if item.count < 0:
            low = (translate("Visits", "Below zero: count it"), "crit")
        self.chips((texts.stock(item.stock), "crit" if item.stock == "emergency" else "low"), low)
        delivery = words.days(item.lead_days) if item.lead_days else ""
        self.facts(
            [
                (translate("Visits", "In stock"), f"{item.count} {item.unit}"),
                (translate("Visits", "Free"), str(item.free)),
                (translate("Visits", "Minimum"), str(item.minimum)),
                (translate("Visits", "Usual delivery"), delivery),
                (translate("Visits", "Note"), view.note),
            ]
        )
        self.buttons(
            [
                ("order", translate("Visits", "Order"), "package", "O"),
                ("receive", translate("Visits", "Came in"), "download", "I"),
                ("move", translate("Visits", "Move"), "arrow-left-right", "M"),
                ("count", translate("Visits", "Count"), "list", "C"),
                *([("part", translate("Visits", "Edit"), "pencil", "F2")] if "stock" in directory.rights else []),
            ],
            item.id,
        )
        self.section(translate("Visits", "Places"))
        self.facts([(place.name, str(place.count)) for place in view.places])
        if view.reserved:
            self.section(translate("Visits", "Reserved"))
            for one in view.reserved:
                text = fill(translate("Visits", "%1 for %2"), one.quantity, words.number(one.number))
                self.link(text, "ticket_of", one.ticket_id)
                self.link(translate("Visits", "Release"), "release", one.id)
        if view.orders:
            self.section(translate("Visits", "On order"))
            for order in view.orders:
                when = f", {words.date_short(date.fromisoformat(order.expected))}" if order.expected else ""
                self.text(f"{order.quantity}{when} {order.supplier}".strip())
                self.link(translate("Visits", "Delivered"), "came", order.id)
                self.link(translate("Visits", "Another day"), "postpone", order.id)
                self.link(translate("Visits", "Cancel the order"), "cancel_order", order.id)
        if view.movements:
            self.section(translate("Visits", "Movements"))
            for line in view.movements[:20]:
                person = directory.people.get(line.author_id)
                what = words.number(line.number) if line.number else line.reason
                text = ", ".join(
                    filter(
                        None,
                        [
                            times.day(times.local(line.at).date()),
                            f"{texts.signed(line.quantity)} {texts.movement(line.kind)}",
                            line.place,
                            what,
                            person.short if person else "",
                        ],
                    )
                )
                self.text(text, "text2", "small")
