"""The password of a shared store, asked for when the keyring has none or a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from ...desk import hubport
from ..i18n import translate
from ..messages import Messages
from ..runner import TaskRunner


def ask(parent: QWidget, runner: TaskRunner, messages: Messages, then: Callable[[], object]) -> None:
    """Ask, keep what was given in the keyring, then go on."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("sync.password")
    dialog.setWindowTitle(translate("Sharing", "Password of the shared store"))
    dialog.setLabelText(translate("Sharing", "Password of your account at the shared store"))
    dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    dialog.textValueSelected.connect(partial(_entered, runner, messages, then))
    dialog.open()


def _entered(runner: TaskRunner, messages: Messages, then: Callable[[], object], password: str) -> None:
    if password:

        def kept(_nothing: Any) -> None:
            then()

        def only_for_now(trouble: BaseException) -> None:
            messages.error(trouble)  # there is no keyring: it serves until the end of this run
            then()

        runner.run("hub", hubport.give_password, password, on_done=kept, on_error=only_for_now)
