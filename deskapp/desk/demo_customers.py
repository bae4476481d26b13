"""What the demo desk's customers were granted, where they work and what stands there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from deskapp.core.ids import natural_id
from deskapp.core.paths import resources
from deskapp.desk.desk import Act
from deskapp.models.schema import Contract, ContractTarget, Equipment, Site


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources() / "demo" / "customers.toml").read_text("utf-8"))


def write(act: Act, customers: Mapping[str, str]) -> None:
    """Targets, sites and equipment; ``customers``: key of the demo -> id."""
    data = _data()
    for row in data["contract"]:
        contract_id = natural_id("contract", row["number"])
        act.update(
            Contract,
            contract_id,
            since=row["since"].isoformat(),
            paid_phone=row.get("paid_phone", False),
            night_letter=row.get("night_letter", False),
            onsite=row.get("onsite", ""),
            travel_minutes=row.get("travel_minutes"),
            silence_days=row.get("silence_days"),
        )
        for urgency, target in data["targets"][row.get("targets", "standard")].items():
            act.put(
                ContractTarget,
                id=natural_id("contract_target", contract_id, urgency),
                contract_id=contract_id,
                urgency=int(urgency),
                **target,
            )
    for row in data["site"]:
        act.put(
            Site,
            id=natural_id("site", row["customer"], row["name"]),
            customer_id=customers[row["customer"]],
            **{name: value for name, value in row.items() if name != "customer"},
        )
    for row in data["equipment"]:
        act.put(
            Equipment,
            id=natural_id("equipment", row["serial"]),
            customer_id=customers[row["customer"]],
            site_id=natural_id("site", row["customer"], row["site"]),
            name=row["name"],
            maker=row["maker"],
            serial=row["serial"],
            installed=row["installed"].isoformat(),
        )
