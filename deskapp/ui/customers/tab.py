"""What every tab of a customer's card is: it shows the card and saves through the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...desk.customers import Card
from .. import theme
from ..fields import Body
from ..settings.rows import RowsTable

if TYPE_CHECKING:
    from .screen import CustomersScreen


class Tab(QWidget):
    """``fill_card`` shows a card; ``save`` applies an intention, and says why when it was refused."""

    id = ""

    def __init__(self, screen: CustomersScreen) -> None:
        super().__init__()
        self.screen_ = screen
        self.card: Card | None = None
        self.setObjectName(f"customers.{self.id}")
        u = theme.current().u
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2 * u, 0, 0)
        area = Body()
        outer.addWidget(area, 1)
        self.column = area.column
        self.column.setSpacing(3 * u)
        self.column.setContentsMargins(0, 0, 2 * u, 3 * u)
        self.build()

    @staticmethod
    def title() -> str:
        raise NotImplementedError

    def build(self) -> None:
        raise NotImplementedError

    def show_card(self, card: Card) -> None:
        self.card = card
        self.fill_card(card)

    def fill_card(self, card: Card) -> None:
        raise NotImplementedError

    @property
    def customer_id(self) -> str:
        return str(self.card.customer["id"]) if self.card else ""

    def save(self, intention: Callable[..., Any], *args: Any, done: Callable[[Any], None] | None = None) -> None:
        self.screen_.save(intention, *args, done=done)

    def edit_row(self, intention: Callable[..., Any], row: dict[str, Any], key: str, value: Any) -> None:
        """A cell of a table was changed."""
        self.save(partial(intention), {"id": row["id"], key: value})


class FittedTable(RowsTable):
    """A table that is never wider than its page."""

    scrolls_not = True

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
