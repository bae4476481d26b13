"""What every table that replicas share has in common."""

from __future__ import annotations

from typing import ClassVar

import peewee

from deskapp.models.fields import Text


class Shared(peewee.Model):
    """A table that every replica of the desk has."""

    groups: ClassVar[tuple[tuple[str, ...], ...]] = ()
    insert_only: ClassVar[bool] = False
    id = Text(primary_key=True, default=None)

    class Meta:
        legacy_table_names = False
