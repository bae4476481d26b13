"""Sharing: from a lone desk to a shared one, invitations, what can be done with this copy."""

from __future__ import annotations

from ..i18n import translate
from ..sync.assistant import SharePanel
from .page import SettingsPage


class SharingPage(SettingsPage):
    id = "sharing"
    tables = ()

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Sharing and data store")

    def build(self) -> None:
        self.panel = SharePanel(self.screen.runner, self.screen.acts)
        self.panel.changed.connect(self.screen.sharing_changed)
        self.panel.joined.connect(self.screen.person_switched)
        self.body.addWidget(self.panel)
        self.body.addStretch(1)

    def load(self) -> None:
        self.panel.load()
