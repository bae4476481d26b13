"""Me: who works here, and how the window looks and behaves on this machine."""

from __future__ import annotations

from typing import Any

from shiboken6 import isValid

from ...desk import setup
from ...desk.rights import choices
from ..i18n import translate
from ..registering import Known, known_of, switch, what
from .page import Rows, SettingsPage


class MePage(SettingsPage):
    id = "me"
    tables = ("specialist",)

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Me")

    def build(self) -> None:
        who = self.form(self.section(self.tr("Who I am")))
        who.choice("me", self.tr("I am"), hint=self.tr("Whose queue, plan and signature this window shows"))
        who.line("name", self.tr("Name"))
        who.line("name_en", self.tr("Name, English"))
        who.text("signature", self.tr("Signature, Russian"), 2, self.tr("Empty: name and desk"))
        who.text("signature_en", self.tr("Signature, English"), 2)
        who.changed = self._person_changed
        self._who = who
        look = self.form(self.section(self.tr("Window")))
        look.choice(
            "language",
            self.tr("Language"),
            [(self.tr("As the system"), ""), ("Русский", "ru"), ("English", "en")],
        )
        look.choice(
            "theme",
            self.tr("Theme"),
            [(self.tr("As the system"), "system"), (self.tr("Light"), "light"), (self.tr("Dark"), "dark")],
        )
        look.choice(
            "density", self.tr("Rows of lists"), [(self.tr("Three lines"), "normal"), (self.tr("One line"), "compact")]
        )
        look.check("motion", self.tr("Motion"), self.tr("Panels slide; nothing is told by motion alone"))
        look.changed = self._setting_changed
        self._look = look
        keys = self.form(self.section(self.tr("Keys and letters")))
        keys.check("single_keys", self.tr("Single-letter keys"), self.tr("R, L, N and others outside of text fields"))
        keys.number(
            "undo_seconds",
            self.tr("Undo of letters"),
            5,
            120,
            self.tr("s"),
            self.tr("A letter leaves after this time and cannot be called back then"),
        )
        keys.changed = self._setting_changed
        self._keys = keys
        notify = self.form(self.section(self.tr("Notifications")))
        notify.check("notify", self.tr("Tell by the system"), self.tr("The line below tells anyway"))
        notify.check("notify_new", self.tr("A letter that nobody owns"), self.tr("To those on duty"))
        notify.check("notify_due", self.tr("An answer nearly due"), self.tr("To those on duty and to leads"))
        notify.check("notify_slip", self.tr("A promise that will not hold"))
        notify.check("notify_given", self.tr("A ticket handed to me"))
        notify.check("notify_mention", self.tr("My name in a note"))
        notify.check("notify_reminder", self.tr("Reminders"))
        notify.check("notify_conflict", self.tr("A choice between two changes"))
        notify.check("notify_hide", self.tr("Without names and words"), self.tr("Kind and number alone"))
        notify.choice(
            "quiet",
            self.tr("Silent"),
            [
                (self.tr("Outside of working hours"), "hours"),
                (self.tr("Never"), "never"),
                (self.tr("Always: do not disturb"), "always"),
            ],
        )
        notify.check("tray", self.tr("Icon in the tray"), self.tr("Where the system has one"))
        notify.check(
            "close_to_tray", self.tr("Go on in the tray"), self.tr("Closing the last window leaves the icon; Quit ends")
        )
        notify.changed = self._setting_changed
        self._notify = notify
        system = self.form(self.section(self.tr("Menu and links")))
        system.check("registered", self.tr("Register with the system"), what())
        system.changed = self._registered_changed
        system.fields["registered"].setEnabled(False)
        self._system = system
        self.body.addStretch(1)

    def load(self) -> None:
        settings = self.screen.settings
        for form in (self._look, self._keys, self._notify):
            form.show({name: settings.get(name) for name in form.fields})
        self.read(setup.specialists, done=self._people)
        self._read_known()

    def _read_known(self) -> None:
        self.read(known_of, done=self._known)

    def _known(self, found: Known | None) -> None:
        field: Any = self._system.fields["registered"]
        field.setEnabled(found is not None)
        told = {
            None: self.tr("Not with sample data"),
            Known.ELSEWHERE: self.tr("Another copy is; this takes its place"),
        }
        field.setText(told.get(found, ""))
        self._system.set("registered", found is Known.HERE)

    def _registered_changed(self, _name: str, on: bool) -> None:
        def done(_nothing: object) -> None:
            if isValid(self):
                self.say(self.tr("The system knows this copy.") if on else self.tr("The system has forgotten it."))
                self._read_known()

        def failed(trouble: BaseException) -> None:
            self.refused(trouble)
            self._read_known()

        # the system's own tools may take a moment, which no click on a ticket is to wait for
        self.screen.runner.run("reports", switch, on, on_done=done, on_error=failed)

    def _people(self, rows: Rows) -> None:
        me = self.screen.settings.text("me")
        choice: Any = self._who.fields["me"]
        choice.blockSignals(True)
        choice.clear()
        choice.addItem(self.tr("nobody yet"), "")
        known = self.screen.directory.people if self.screen.directory else {}
        open_to_me = choices(rows)
        for row in rows:
            if row["id"] == me or row["id"] in open_to_me:
                name = known[row["id"]].name if row["id"] in known else row["name"]
                choice.addItem(name, row["id"])
        choice.select(me)  # it may have the focus, and is then left as it is
        choice.blockSignals(False)
        mine = next((row for row in rows if row["id"] == me), {})
        blank = dict.fromkeys(self._who.fields, "")
        self._who.show(blank | {name: mine.get(name, "") for name in self._who.fields} | {"me": me})
        for name in ("name", "name_en", "signature", "signature_en"):
            self._who.fields[name].setEnabled(bool(mine))

    def _person_changed(self, name: str, value: Any) -> None:
        settings = self.screen.settings
        if name == "me":
            settings.set("me", value or "")
            self.load()
            self.screen.person_switched.emit()
        else:
            self.save(setup.save_specialist, {"id": settings.text("me"), name: value})

    def _setting_changed(self, name: str, value: Any) -> None:
        window = self.screen.window_
        if name == "theme":
            window.set_theme(value)
        elif name == "language":
            self.screen.set_language(value)
        else:
            self.screen.settings.set(name, value)
            if name == "single_keys":
                window.keys.set_single_letters(value)
            self.screen.setting_switched.emit(name)
