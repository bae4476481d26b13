"""A person's calendar in Exchange Online."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from deskapp.sync.mail.calendar import Entry, Found
from deskapp.sync.mail.graph_line import GraphLine
from deskapp.sync.mail.tokens import TokenSource

#: The booking of an item, by which own ones are recognised.
MARK = "String {5f0c2a5e-9d1b-4c0e-8f57-0d9a1e6b7c31} Name deskapp-booking"
_UTC = 'outlook.timezone="UTC"'


class GraphCalendar:
    """``address``: whose calendar; that of whoever signs in, or one that they may write to."""

    def __init__(self, options: Mapping[str, Any], address: str, whose: str, tokens: TokenSource) -> None:
        login = str(options.get("login") or address)
        self._line = GraphLine(dict(options) | {"login": login, "mailbox": whose}, address, tokens)

    def own(self, low: datetime, high: datetime) -> list[Found]:
        marked = quote(f"id eq '{MARK}'")
        where = quote(f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}' and ep/value ne null)")
        found = []
        for item in self._line.pages(
            f"/events?$select=subject,start,end&$top=100&$filter={where}"
            f"&$expand=singleValueExtendedProperties($filter={marked})",
            prefer=_UTC,
        ):
            marks = {one["id"].lower(): one["value"] for one in item.get("singleValueExtendedProperties") or ()}
            booking = str(marks.get(MARK.lower()) or "")
            start, end = _instant(item["start"]), _instant(item["end"])
            if booking and start < high and end > low:
                found.append(Found(str(item["id"]), booking, str(item.get("subject") or ""), start, end))
        return found

    def add(self, entry: Entry) -> str:
        told = _told(entry) | {
            "showAs": "busy",
            "isReminderOn": False,
            "categories": ["deskapp"],
            "singleValueExtendedProperties": [{"id": MARK, "value": entry.booking}],
        }
        return str(self._line.need(self._line.ask("POST", "/events", told)).json()["id"])

    def change(self, remote_id: str, entry: Entry) -> bool:
        return self._line.ask("PATCH", f"/events/{remote_id}", _told(entry)).good

    def remove(self, remote_id: str) -> None:
        self._line.ask("DELETE", f"/events/{remote_id}")

    def close(self) -> None:
        self._line.close()


def _told(entry: Entry) -> dict[str, Any]:
    return {"subject": entry.subject, "start": _point(entry.start), "end": _point(entry.end)}


def _point(at: datetime) -> dict[str, str]:
    return {"dateTime": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}


def _instant(told: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(told["dateTime"])[:19]).replace(tzinfo=UTC)
