"""Whose is this sender: three guesses by domain, from the ticket."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ...desk import customers
from ..acts import Acts
from ..i18n import translate
from ..popups import ChoicePopup, Option
from ..runner import TaskRunner

#: The entry for who is none of the guessed.
_OTHER = ""


def ask(host: QWidget, runner: TaskRunner, acts: Acts, contact_id: str, anchor: QRect, others: Any) -> None:
    """Offer the guesses beside ``anchor``; ``others()`` opens all customers."""

    def show(guesses: tuple[tuple[str, str], ...]) -> None:
        options = [Option(customer, name, "users") for customer, name in guesses]
        options.append(Option(_OTHER, translate("Side", "Another customer…"), "search"))
        popup = ChoicePopup(host, translate("Side", "Add this sender to a customer"), options)
        popup.chosen.connect(taken)
        popup.open_at(anchor)

    def taken(customer: str, _go_on: bool) -> None:
        if customer:
            acts.act(customers.add_sender, contact_id, customer)
        else:
            others()

    runner.run("reader", customers.guesses, contact_id, on_done=show, key="ticket.sender")
