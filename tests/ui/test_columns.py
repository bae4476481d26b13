"""What people see of the shared tables has a name on screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.models.schema import Contact, Contract, Customer, Ticket
from deskapp.ui import columns
from deskapp.ui.sync.values import MUTE


@pytest.mark.parametrize("model", [Ticket, Customer, Contact, Contract], ids=lambda model: model._meta.table_name)
def test_every_column_has_a_name_on_screen(qapp: QApplication, model: type) -> None:
    """Histories and choices between two versions name columns: one that is forgotten would be read as it is stored."""
    table = model._meta.table_name
    named = {"id", *MUTE, *columns.known()}
    unnamed = [f"{table}.{name}" for name in model._meta.columns if name not in named]
    assert unnamed == [], f"{unnamed}: name them in ui/columns.py (CONTRIBUTING.md, a field of a ticket)"
