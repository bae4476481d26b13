"""Operators of a search in words, for the chips that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from . import theme
from .i18n import fill, translate
from .widgets import Chip, FlowLayout

if TYPE_CHECKING:
    from ..desk.queries import Filter


def filter_words(one: Filter) -> str:
    """ "Клиент: ромашка"."""
    head = {
        "customer": translate("Filters", "Customer"),
        "cause": translate("Filters", "Cause"),
        "from": translate("Filters", "From"),
        "owner": translate("Filters", "Specialist"),
        "status": translate("Filters", "State"),
        "after": translate("Filters", "After"),
        "before": translate("Filters", "Until"),
        "has": translate("Filters", "Has"),
        "urgency": translate("Filters", "Urgency"),
        "line": translate("Filters", "Line"),
        "mentions": translate("Filters", "Mentions"),
    }[one.key]
    return fill(translate("Filters", "%1: %2", "operator, value"), head, one.value)


class FilterChips(QWidget):
    """A chip a filter; ``taken_off`` carries the one whose cross was pressed."""

    taken_off = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName(name)
        self._shown: tuple[Filter, ...] = ()
        self._flow = FlowLayout(self, theme.current().u)
        self.hide()

    def shown(self) -> tuple[Filter, ...]:
        return self._shown

    def show_filters(self, filters: tuple[Filter, ...]) -> None:
        if filters == self._shown:
            return
        self._shown = filters
        self._flow.clear()
        for number, one in enumerate(filters, 1):
            chip = Chip(filter_words(one), "accent", closable=True)
            chip.setObjectName(f"{self._name}.{number}")
            chip.setToolTip(translate("Filters", "Take the filter off"))
            chip.closed.connect(lambda one=one: self.taken_off.emit(one))
            self._flow.addWidget(chip)
        self.setVisible(bool(filters))
        self.updateGeometry()
