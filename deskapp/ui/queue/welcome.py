"""What stands in the ticket's place while a list has nothing to show: how tickets come about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from ..actions import ActionRegistry
from ..buttons import Button
from ..i18n import translate
from ..widgets import EmptyState

#: Acts of the registry, in the order of their buttons; one that the window does not have gets none.
_WAYS = ("ticket.new", "call.new", "help.first_steps")


class Welcome(EmptyState):
    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, icon="inbox")
        self.setObjectName("queue.welcome")
        self._buttons: dict[str, Button] = {}
        for way in _WAYS:
            if way in actions:
                action = actions.get(way)
                button = Button("", action.icon, action.key)
                button.clicked.connect(partial(actions.trigger, way, "mouse"))
                self._buttons[way] = button
                self.ways.insertWidget(self.ways.count() - 1, button)
        self._actions = actions
        self._shown, self._bare = True, False
        self.tell(False)

    def tell(self, shown: bool, bare: bool = False) -> None:
        """``shown``: the list is known to be empty; ``bare``: the desk has no open ticket at all."""
        if (shown, bare) != (self._shown, self._bare):
            self._shown, self._bare = shown, bare
            self.say()

    def say(self) -> None:
        self.mark.setVisible(self._shown)
        for way, button in self._buttons.items():
            button.setText(self._actions.get(way).words())
            button.setVisible(self._shown and (self._bare or way != "help.first_steps"))
        if not self._shown:
            self.set("")
        else:
            hint = translate("Queue", "A letter or a call becomes a ticket with a number and a promised date.")
            bare, here = translate("Queue", "There are no open tickets"), translate("Queue", "This list is done")
            self.set(bare if self._bare else here, hint=hint)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
