"""A person's calendar on an Exchange Server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_seconds
from deskapp.sync.mail.calendar import Entry, Found
from deskapp.sync.mail.ews_line import EwsLine, vendor


class EwsCalendar:
    """``whose``: the address of the calendar; that of the login, or one that it may write to (delegation)."""

    def __init__(self, options: Mapping[str, Any], address: str, password: str, whose: str) -> None:
        login = str(options.get("login") or address)
        self._line = EwsLine(dict(options) | {"login": login, "mailbox": whose}, address, password)

    def own(self, low: datetime, high: datetime) -> list[Found]:
        def look(account: Any) -> list[Any]:
            marked = account.calendar.filter(deskapp_booking__exists=True)
            return list(marked.only("subject", "start", "end", "deskapp_booking"))

        found = []
        for item in self._line.call(look):
            start, end = _aware(item.start), _aware(item.end)
            if item.deskapp_booking and start < high and end > low:
                found.append(Found(item.id, str(item.deskapp_booking), str(item.subject or ""), start, end))
        return found

    def add(self, entry: Entry) -> str:
        library = vendor()

        def make(account: Any) -> Any:
            return library.CalendarItem(
                account=account,
                folder=account.calendar,
                categories=["deskapp"],
                legacy_free_busy_status="Busy",
                reminder_is_set=False,
                deskapp_booking=entry.booking,
                **_told(entry),
            ).save()

        return str(self._line.call(make).id)

    def change(self, remote_id: str, entry: Entry) -> bool:
        library = vendor()
        told = _told(entry)

        def change(account: Any) -> list[Any]:
            item = library.CalendarItem(id=remote_id, account=account, **told)
            return list(account.bulk_update([(item, list(told))], library.ALWAYS_OVERWRITE))

        (done,) = self._line.call(change)
        if isinstance(done, Exception):
            if isinstance(done, (library.errors.ErrorItemNotFound, library.errors.ErrorInvalidId)):
                return False
            raise self._line.ours(done) from done
        return True

    def remove(self, remote_id: str) -> None:
        library = vendor()
        (done,) = self._line.call(lambda account: list(account.bulk_delete([(remote_id, None)])))
        if isinstance(done, Exception) and not isinstance(done, library.errors.ErrorItemNotFound):
            raise self._line.ours(done) from done

    def close(self) -> None:
        self._line.wake()
        self._line.drop()


def _told(entry: Entry) -> dict[str, Any]:
    moment = vendor().moment
    return {"subject": entry.subject, "start": moment(entry.start), "end": moment(entry.end)}


def _aware(at: Any) -> datetime:
    return from_seconds(at.timestamp())
