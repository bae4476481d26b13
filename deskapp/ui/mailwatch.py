"""Mail as the window sees it: rounds in their own lane, what they brought, and what they need of a person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit

from ..desk import journal, mailport
from ..desk.mailport import MailRound
from ..desk.values import Changes
from .acts import Acts
from .banner import DetailsDialog
from .i18n import fill, translate
from .messages import Banner, Level, Messages, error_words
from .runner import TaskRunner
from .windows import Windows

if TYPE_CHECKING:
    from .main_window import MainWindow


#: So many letters that still lie in the mailboxes are told and can be paused; fewer are read before anybody looks.
_BACKLOG = 200
#: Changes of one round that the screens hear one by one; more come as one.
_ONE_BY_ONE = 20


class MailWatch(QObject):
    """``round()`` fetches and sends once; its outcome goes to the screens, the status bar, a banner."""

    woken = Signal()  # a server says that a letter came

    def __init__(self, runner: TaskRunner, acts: Acts, messages: Messages, windows: Windows, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._acts, self._messages, self._windows = runner, acts, messages, windows
        self._last: MailRound | None = None
        self._told: dict[str, str] = {}  # what -> the words of its banner
        self._going = self._again = False
        self.woken.connect(self.round)

    def _window(self) -> MainWindow:
        return self._windows.now().window

    def mailboxes(self) -> int:
        return self._last.mailboxes if self._last is not None else 0

    def round(self) -> None:
        """One round, in its own lane. Asked for while one runs, another follows it: what each brings must be told."""
        if self._going:
            self._again = True
            return
        self._going = True
        self._runner.run("net", mailport.round_, self.woken.emit, on_done=self._done, on_error=self._broken)

    def _broken(self, trouble: BaseException) -> None:
        self._ended()
        self._messages.error(trouble)

    def _ended(self) -> None:
        self._going = False
        if self._again:
            self._again = False
            self.round()

    def _done(self, found: MailRound) -> None:
        if found.busy:  # the agent of this profile is at it: its changes come by the tail of the change table
            self._ended()
            return
        self._last = found
        self._again = self._again or bool(found.behind and not found.paused and not found.problems)
        self._ended()
        for changes in found.changes if len(found.changes) <= _ONE_BY_ONE else (_together(found.changes),):
            self._acts.heard(changes)
        self.retell()
        self._tell_backlog(found)
        if found.problems:
            title, message = error_words(found.problems[0])
            self._put("mail", Banner("mail", f"{title}. {message}".strip(), Level.ERROR))
        elif found.ask:
            self._ask(*found.ask[0])
        else:
            self._told.pop("mail", None)
            self._messages.take_banner("mail")
        if found.quarantined:
            self._tell_quarantine(found.quarantined)

    def _put(self, about: str, banner: Banner) -> None:
        """Rounds come every minute: what was said, and perhaps waved away, is not said again until it is otherwise."""
        if self._told.get(about) != banner.text:
            self._told[about] = banner.text
            self._messages.put_banner(banner)

    # -- many old letters

    def _tell_backlog(self, found: MailRound) -> None:
        if found.paused:
            text = self.tr("Reading letters is paused: they wait on the server. Your answers still leave.")
            self._put(
                "backlog", Banner("backlog", text, Level.INFO, ((self.tr("Go on"), partial(self._pause, False)),))
            )
        elif found.behind >= _BACKLOG:
            text = self.tr("The letters in the mailbox are being read. You can work meanwhile.")
            self._put("backlog", Banner("backlog", text, Level.INFO, ((self.tr("Pause"), partial(self._pause, True)),)))
        elif not found.behind:
            self._told.pop("backlog", None)
            self._messages.take_banner("backlog")

    def _pause(self, paused: bool) -> None:
        self._runner.run("net", mailport.pause_reading, paused, on_done=lambda _nothing: self.round())

    # -- what came

    def _tell_quarantine(self, count: int) -> None:
        text = translate(
            "MailWatch", "%n letter(s) could not be read: kept as received, the others went on.", None, count
        )
        show = (self.tr("Show"), self._show_quarantine)
        self._messages.put_banner(Banner("quarantine", text, Level.ERROR, (show,)))

    def _show_quarantine(self) -> None:
        self._runner.run("reader", journal.told, on_done=self._quarantine_read)

    def _quarantine_read(self, text: str) -> None:
        title = self.tr("Letters that could not be read")
        dialog = DetailsDialog(title, self.tr("Each with the reason and its raw text."), text, self._window())
        dialog.open()
        self._messages.take_banner("quarantine")

    # -- what is needed

    def _ask(self, mailbox_id: str, address: str) -> None:
        text = fill(self.tr("The password of %1 is needed: letters neither come nor go until then."), address)
        give = (self.tr("Enter the password"), partial(self._enter, mailbox_id, address))
        self._put("mail", Banner("mail", text, Level.ERROR, (give,)))

    def _enter(self, mailbox_id: str, address: str) -> None:
        dialog = QInputDialog(self._window())
        dialog.setObjectName("mail.password")
        dialog.setWindowTitle(self.tr("Mail password"))
        dialog.setLabelText(fill(self.tr("Password of %1"), address))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.textValueSelected.connect(partial(self._entered, mailbox_id))
        dialog.open()

    def _entered(self, mailbox_id: str, password: str) -> None:
        if password:
            self._runner.run(
                "net", mailport.give_password, mailbox_id, password, on_done=self._kept, on_error=self._only_in_memory
            )

    def _kept(self, _nothing: object) -> None:
        self._told.pop("mail", None)
        self.round()

    def _only_in_memory(self, trouble: BaseException) -> None:
        """There is no keyring: the password serves until the end of this run, and that is said."""
        self._told.pop("mail", None)
        self._messages.error(trouble)
        self.round()

    # -- words

    def retell(self) -> None:
        """Write the state into the status bar anew: after a round, with another language."""
        found = self._last
        if found is None:
            text = ""
        elif not found.mailboxes:
            text = self.tr("No mailbox yet")
        elif found.problems or found.ask:
            text = self.tr("Mail waits")
        elif found.behind:
            text = translate("MailWatch", "%n letter(s) to read", None, found.behind)
        else:
            text = fill(self.tr("Mail checked at %1"), self._window().times().time(found.at))
        self._windows.every("mail", lambda window: window.set_mail(text))


def _together(several: tuple[Changes, ...]) -> Changes:
    tables: dict[str, frozenset[str]] = {}
    for changes in several:
        for table, rows in changes.tables.items():
            tables[table] = tables.get(table, frozenset()) | rows
    return Changes(tables, frozenset().union(*(changes.tickets for changes in several)))
