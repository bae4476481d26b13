"""Mail: the accounts that letters come from and leave by. A password goes to the keyring and nowhere else."""

from __future__ import annotations

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ...core.errors import UserFacingError
from ...core.secrets import NoKeyring
from ...desk import mailport, setup
from ...desk.mailport import Checked, Detected
from ...desk.values import Changes
from .. import theme
from ..i18n import fill, translate
from ..messages import error_words
from ..widgets import Button, FlowLayout, Label
from ..words import Times
from .mail_signin import SignInBox, sign_in_button
from .mail_words import checked_words, detected_words
from .page import Rows, SettingsPage
from .rows import RowList

#: Keys of an account's options, by its kind.
OPTIONS = {
    "imap": (
        *("host", "port", "security", "login", "auth", "client_id", "tenant", "token_url", "client_secret", "folder"),
        *("after", "processed", "ca_file", "smtp_host", "smtp_port", "smtp_security", "smtp_login"),
    ),
    "ews": ("server", "login", "mailbox", "folder", "after", "processed", "category", "calendar", "ca_file"),
    "graph": (
        *("client_id", "tenant", "login", "mailbox", "folder", "after", "processed", "category", "calendar", "ca_file"),
    ),
    "folder": ("folder",),
}
#: What was chosen and not found out stays when other servers are entered.
_KEPT = ("folder", "after", "processed", "category", "calendar", "ca_file", "since")
#: Options of a mailbox on IMAP that only some ways to sign in have.
_OF_AUTH = {
    "client_id": ("microsoft", "refresh"),
    "tenant": ("microsoft",),
    "token_url": ("refresh",),
    "client_secret": ("refresh",),
}
_PORTS = {
    ("imap", "tls"): 993,
    ("imap", "starttls"): 143,
    ("imap", "none"): 143,
    ("smtp", "tls"): 465,
    ("smtp", "starttls"): 587,
    ("smtp", "none"): 25,
}


class MailPage(SettingsPage):
    id = "mail"
    tables = ("mailbox",)
    right = "mail"

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Mail")

    def build(self) -> None:
        u = theme.current().u
        self._rows: Rows = []
        self._fresh = self._shown_id = ""
        self.signs_in = False
        self.list = RowList("settings.mail", self.tr("Mailboxes"), self.tr("Add a mailbox"))
        self.list.chosen.connect(lambda _id: self._show())
        self.list.added.connect(self._add)
        self.beside(self.list)
        right = self.body
        form = self.form(right)
        form.line("name", self.tr("Name"), self.tr("Read as the sender where the desk has no name"))
        form.line("address", self.tr("Address"), self.tr("Letters leave from it; customers answer to it"))
        kinds = [
            (self.tr("IMAP and SMTP"), "imap"),
            (self.tr("Exchange Server"), "ews"),
            (self.tr("Exchange Online"), "graph"),
            (self.tr("Folder"), "folder"),
        ]
        form.choice("kind", self.tr("Kind"), kinds)
        form.check("active", self.tr("In use"))
        form.changed = self._changed
        self.form_ = form
        self.detect = Button(self.tr("Find the servers"), "search")
        self.detect.setObjectName("settings.mail.detect")
        self.detect.setAccessibleName(self.detect.text())
        self.detect.setToolTip(self.tr("By the address alone; no password leaves"))
        self.detect.clicked.connect(self._detect)
        right.addWidget(self.detect)  # before the fields that it fills in
        secure = [
            (self.tr("TLS"), "tls"),
            (self.tr("STARTTLS"), "starttls"),
            (self.tr("None, this machine only"), "none"),
        ]
        server = self.form(right)
        server.line("server", self.tr("Exchange server"), self.tr("Its name, or the whole address of EWS"))
        server.line("host", self.tr("IMAP server"))
        server.number("port", self.tr("Port"), 1, 65535)
        server.choice("security", self.tr("Encryption"), secure)
        server.line("login", self.tr("Login"), self.tr("Empty: the address"))
        server.choice(
            "auth",
            self.tr("Way to sign in"),
            [
                (self.tr("Password"), ""),
                (self.tr("At Microsoft, with a code"), "microsoft"),
                (self.tr("With a token of another provider"), "refresh"),
            ],
        )
        server.line(
            "client_id", self.tr("Application id"), self.tr("As your administrator registered this application")
        )
        server.line("tenant", self.tr("Tenant"), self.tr("Empty: that of whoever signs in"))
        server.line("token_url", self.tr("Token server"), self.tr("Empty: as the provider of the address has it"))
        server.line("client_secret", self.tr("Application key"), self.tr("Only where the provider gave one"))
        password = QLineEdit()
        password.setEchoMode(QLineEdit.EchoMode.Password)
        password.editingFinished.connect(self._password_typed)
        self.password = password
        server.layout.addRow(*self._password_row(password))
        self.sign_in = sign_in_button(self.tr("Sign in at Microsoft"))
        self.sign_in.clicked.connect(self._sign_in)
        server.layout.addRow(Label("", "body", "text2"), self.sign_in)
        self.box = SignInBox(self.screen.runner)
        self.box.signed.connect(self._signed)
        self.box.failed.connect(self.refused)
        self.box.ended.connect(lambda: self.sign_in.setEnabled(True))
        server.layout.addRow(self.box)
        server.line("mailbox", self.tr("Mailbox"), self.tr("Its own address. Empty: the one above"))
        server.line("folder", self.tr("Folder on the server"), self.tr("Empty: INBOX"))
        server.choice(
            "after",
            self.tr("A letter that was read in"),
            [
                (self.tr("Is marked as seen"), "seen"),
                (self.tr("Is moved away"), "move"),
                (self.tr("Is flagged"), "flag"),
                (self.tr("Gets a category (Exchange)"), "category"),
                (self.tr("Stays as it is"), "leave"),
            ],
        )
        server.line("processed", self.tr("Moved to"), self.tr("Folder on the server, where letters are moved away"))
        server.line("category", self.tr("Category"), self.tr("Empty: deskapp"))
        server.choice(
            "calendar",
            self.tr("Bookings in the calendar"),
            [
                (self.tr("Are not published"), ""),
                (self.tr("Mine, from this machine"), "me"),
                (self.tr("Everybody’s, where the login may write"), "people"),
            ],
        )
        server.line("ca_file", self.tr("Certificate file"), self.tr("Of a company’s own authority, as PEM"))
        server.line("smtp_host", self.tr("SMTP server"), self.tr("Empty: as IMAP"))
        server.number("smtp_port", self.tr("SMTP port"), 1, 65535)
        server.choice("smtp_security", self.tr("SMTP encryption"), secure)
        server.line("smtp_login", self.tr("SMTP login"), self.tr("Empty: as IMAP"))
        server.changed = self._option_changed
        self._server = server
        self._places = list(server.fields)
        place = self._places.index("client_secret") + 1
        self._places[place:place] = ["password", "sign in", "box"]
        folder = self.form(right)
        place = folder.line(
            "folder", self.tr("Folder with letters"), self.tr("Holds the Maildirs inbox, outbox and sent")
        )
        place.setObjectName("settings.mail.path")

        folder.changed = self._option_changed
        self._folder = folder
        self._choose = Button(self.tr("Choose a folder"), "inbox")
        self._choose.setObjectName("settings.mail.choose")
        self._choose.setAccessibleName(self._choose.text())
        self._choose.clicked.connect(self._ask_folder)
        right.addWidget(self._choose)
        buttons = QWidget()
        foot = FlowLayout(buttons, 2 * u)
        self.test = Button(self.tr("Test the mailbox"), "refresh-cw")
        self.test.setObjectName("settings.mail.test")
        self.test.setAccessibleName(self.test.text())
        self.test.clicked.connect(self._test)
        foot.addWidget(self.test)
        self.first = Button(self.tr("What lies there"), "inbox")
        self.first.setObjectName("settings.mail.first")
        self.first.setAccessibleName(self.first.text())
        self.first.setToolTip(self.tr("Before it is read for the first time: how much, and from when on"))
        self.first.clicked.connect(self._first_letters)
        foot.addWidget(self.first)
        self.remove = Button(self.tr("Remove the mailbox"), "trash-2")
        self.remove.setObjectName("settings.mail.remove")
        self.remove.setAccessibleName(self.remove.text())
        self.remove.clicked.connect(self._remove)
        foot.addWidget(self.remove)
        right.addWidget(buttons)
        self.result = Label("", "small", "text2")
        self.result.setObjectName("settings.mail.result")
        self.result.setWordWrap(True)
        right.addWidget(self.result)
        note = Label(
            self.tr("The first letters read in are never answered. The password is kept in the keyring alone."),
            "small",
            "text3",
        )
        note.setWordWrap(True)
        right.addWidget(note)
        right.addStretch(1)

    def _password_row(self, field: QLineEdit) -> tuple[Label, QLineEdit]:
        u = theme.current().u
        text = self.tr("Password")
        field.setObjectName("settings.mail.password")
        field.setAccessibleName(text)
        field.setPlaceholderText(self.tr("kept in the keyring"))
        field.setMinimumHeight(7 * u)
        field.setMinimumWidth(60 * u)
        field.setMaximumWidth(80 * u)
        label = Label(text, "body", "text2")
        label.setMinimumWidth(40 * u)
        label.setBuddy(field)
        return label, field

    # -- content

    def load(self) -> None:
        self.read(setup.mailboxes, done=self._read)

    def _read(self, rows: Rows) -> None:
        self._rows = rows
        self.list.set_rows([(row["id"], row["name"] or row["address"]) for row in rows], self._fresh)
        self._show()
        if self._fresh:
            self._fresh = ""
            self.begin_with("address", self.form_)

    def _mailbox(self) -> dict[str, Any] | None:
        return next((row for row in self._rows if row["id"] == self.list.current()), None)

    def _show(self) -> None:
        row = self._mailbox()
        if row is None or row["id"] != self._shown_id:
            self.box.end()
            self.result.setText("")
        self._shown_id = row["id"] if row is not None else ""
        for widget in (
            self.test,
            self.first,
            self.remove,
            self.detect,
            self.sign_in,
            self.password,
            *self.form_.fields.values(),
        ):
            widget.setEnabled(row is not None)
        kind = "imap" if row is None else row["kind"]
        auth = str(((row or {}).get("options") or {}).get("auth") or "")
        self.signs_in = kind == "graph" or (kind == "imap" and auth == "microsoft")
        shown = {name for name in OPTIONS[kind] if kind != "imap" or auth in _OF_AUTH.get(name, (auth,))}
        shown.add("sign in" if self.signs_in else "password")
        for place, name in enumerate(self._places):
            if name != "box":  # shows and hides itself
                self._server.layout.setRowVisible(place, row is not None and kind != "folder" and name in shown)
        self._folder.layout.setRowVisible(0, kind == "folder")
        self._choose.setVisible(kind == "folder")
        self.detect.setVisible(kind != "folder")
        if row is None:
            return
        self.form_.show(row)
        options = row["options"] or {}
        security = options.get("security", "tls")
        smtp_security = options.get("smtp_security", security)
        self._server.show(
            dict.fromkeys((*OPTIONS["imap"], *OPTIONS["ews"], *OPTIONS["graph"]), "")
            | {"after": "seen"}
            | {"security": security, "smtp_security": smtp_security}
            | {"port": _PORTS.get(("imap", security), 993), "smtp_port": _PORTS.get(("smtp", smtp_security), 465)}
            | options
        )
        self._folder.show({"folder": ""} | options)
        self.password.clear()

    # -- changes

    def _changed(self, name: str, value: Any) -> None:
        row = self._mailbox()
        self.result.setText("")  # it was about the account as it was
        if row is not None:
            self.save(setup.save_mailbox, {"id": row["id"], "address": row["address"], name: value})

    def _options(self, row: dict[str, Any]) -> dict[str, Any]:
        kept = dict(row["options"] or {})
        form = self._folder if row["kind"] == "folder" else self._server
        for name in OPTIONS[row["kind"]]:
            value = form.value(name)
            if value in ("", None):
                kept.pop(name, None)
            else:
                kept[name] = value
        return kept

    def _option_changed(self, name: str, value: Any) -> None:
        row = self._mailbox()
        self.result.setText("")
        if row is None:
            return
        if name in ("security", "smtp_security"):
            side = "smtp" if name.startswith("smtp") else "imap"
            self._server.show({"smtp_port" if side == "smtp" else "port": _PORTS[side, value]})
        self.save(setup.save_mailbox, {"id": row["id"], "address": row["address"], "options": self._options(row)})

    def _password_typed(self) -> None:
        row = self._mailbox()
        secret = self.password.text()
        if row is None or not secret:
            return
        self.screen.runner.run(
            "writer", mailport.give_password, row["id"], secret, on_done=self._kept, on_error=self._not_kept
        )

    def _kept(self, _nothing: object) -> None:
        self.say(self.tr("The password is kept in the system's keyring."))

    def _not_kept(self, trouble: BaseException) -> None:
        if not isinstance(trouble, UserFacingError):
            raise trouble
        title, message = error_words(trouble)
        self.say(f"{title}. {message}", trouble=not isinstance(trouble, NoKeyring))

    def _test(self) -> None:
        row = self._mailbox()
        if row is None:
            return
        self.test.setEnabled(False)
        self._tell(self.tr("Trying…"))
        account = row | {"options": self._options(row)} | self.form_.values()
        secret = self.password.text() or None
        self.screen.runner.run(
            "net",
            mailport.check,
            account,
            secret,
            on_done=self._tested,
            on_error=self._test_failed,
            key="settings.mail.test",
        )

    def _tested(self, checked: Checked) -> None:
        self.test.setEnabled(True)
        self._tell(checked_words(checked), "ok" if checked.works else "crit")

    def _tell(self, text: str, token: str = "text2") -> None:
        self.result.set_token(token)
        self.result.setText(text)

    # -- finding the servers

    def _detect(self) -> None:
        row = self._mailbox()
        if row is None:
            return
        self.detect.setEnabled(False)
        self._tell(self.tr("Looking for the servers…"))
        address = str(self.form_.value("address"))
        self.screen.runner.run(
            "net",
            mailport.detect,
            address,
            on_done=partial(self._detected, row["id"]),
            on_error=self._not_detected,
            key="settings.mail.detect",
        )

    def _detected(self, mailbox: str, found: Detected) -> None:
        self.detect.setEnabled(True)
        row = self._mailbox()
        if row is None or row["id"] != mailbox:
            return
        if found.kind:
            kept = {key: value for key, value in (row["options"] or {}).items() if key in _KEPT}
            change = {"id": mailbox, "address": self.form_.value("address"), "kind": found.kind}
            self.save(setup.save_mailbox, change | {"options": kept | dict(found.options)})
        self._tell(detected_words(found), "ok" if found.kind else "high")

    def _not_detected(self, trouble: BaseException) -> None:
        self.detect.setEnabled(True)
        self.result.setText("")
        self.refused(trouble)

    # -- signing in

    def _sign_in(self) -> None:
        row = self._mailbox()
        if row is not None:
            self.sign_in.setEnabled(False)
            self.box.begin(row | {"options": self._options(row)} | self.form_.values())

    def _signed(self, name: str, kept: bool) -> None:
        if kept:
            self._tell(fill(self.tr("Signed in as %1. Test the mailbox now."), name), "ok")
        else:
            self._tell(self.tr("Signed in until the application ends: this machine has no keyring."), "high")

    def _first_letters(self) -> None:
        """What a first reading would bring; begun from there."""
        from .first_letters import FirstLettersDialog  # seldom

        row = self._mailbox()
        if row is not None:
            account = row | self.form_.values() | {"options": self._options(row)}
            zone = ZoneInfo(self.screen.directory.zone_name if self.screen.directory else "UTC")
            times = Times(zone, self.screen.runner.now())
            FirstLettersDialog(self.window(), self.screen.runner, self.screen.acts, account, times).open()

    def _test_failed(self, trouble: BaseException) -> None:
        self.test.setEnabled(True)
        self.result.setText("")
        self.refused(trouble)

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self.window(), self.tr("Choose a folder"))
        row = self._mailbox()
        if path and row is not None:
            self._folder.show({"folder": path})
            self._option_changed("folder", path)

    def _remove(self) -> None:
        row = self._mailbox()
        if row is not None:
            self.save(setup.drop_mailbox, row["id"])

    def _add(self) -> None:
        address = self.screen.directory.me.email if self.screen.directory and self.screen.directory.me else ""
        row = {
            "name": "",  # customers read it as the sender: nothing made up stands there
            "address": address or "support@example.com",
            "kind": "imap",
            "active": 0,
            "options": {},
        }
        self.save(setup.save_mailbox, row, done=partial(self._added))

    def _added(self, changes: Changes) -> None:
        self._fresh = str(changes.result)
        self.load()
