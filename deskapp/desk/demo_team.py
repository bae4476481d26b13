"""How the team of the demo desk works: questions of its causes, and macros."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deskapp.core.ids import natural_id
from deskapp.desk.desk import Act
from deskapp.models.schema import CauseQuestion, Macro


def fill(act: Act, data: Mapping[str, Any], named: Callable[[str, str], str]) -> None:
    """``named`` gives the id of a cause or a zone by its key."""
    for position, row in enumerate(data["question"]):
        act.put(
            CauseQuestion,
            id=natural_id("question", row["cause"], row["text_en"]),
            cause_id=named("cause", row["cause"]),
            text=row["text"],
            text_en=row["text_en"],
            answers=[
                {"text": one["text"], "text_en": one["text_en"], "zone_id": named("zone", one["zone"])}
                for one in row["answers"]
            ],
            position=position,
        )
    for position, row in enumerate(data["macro"]):
        values = {name: row[name] for name in ("name", "name_en", "acts", "text", "text_en")}
        act.put(Macro, id=natural_id("macro", row["key"]), position=position, **values)
