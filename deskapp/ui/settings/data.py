"""Settings, Data and backup: what lies on this machine, its copies and its health."""

from __future__ import annotations

from ..i18n import translate
from .care import CareSection
from .page import SettingsPage


class DataPage(SettingsPage):
    id = "data"
    tables = ("erasure",)

    @staticmethod
    def title() -> str:
        return translate("Settings pages", "Data and backup")

    def build(self) -> None:
        self.care = CareSection(self.screen)
        self.body.addWidget(self.care)
        self.body.addStretch(1)

    def load(self) -> None:
        self.care.load()
