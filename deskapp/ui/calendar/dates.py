"""Going to a date: what people type, and which days a span shows. No Qt here."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...desk import when
from ...desk.when import When

DAY, WEEK, TWO_WEEKS = 1, 7, 14
SPANS = (DAY, WEEK, TWO_WEEKS)
#: Wall-clock minutes to which a gesture snaps, by span.
GRIDS = {DAY: 15, WEEK: 30, TWO_WEEKS: 60}
FINE_GRID = 5

_NUMERIC = re.compile(r"(?P<day>\d\d?)[./](?P<month>\d\d?)(?:[./](?P<year>\d{4}|\d\d))?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")


def first_day(of: date, days: int) -> date:
    """Where the span that shows a date begins: with the day itself, or with its Monday."""
    return of if days == DAY else of - timedelta(days=of.weekday())


def parse_date(text: str, now: datetime, zone: ZoneInfo) -> date | None:
    """A date as people type it; without a year the nearest one, past or to come. None if it is none."""
    words = text.strip().lower()
    today = now.astimezone(zone).date()
    found = _ISO.fullmatch(words) or _NUMERIC.fullmatch(words)
    if found is not None:
        return _nearest(found.groupdict(), today)
    midnight = datetime.combine(today, time(), zone)
    # A minute past midnight is always still to come, so that today is a date as well.
    moment: When | None = when.parse(words, midnight, zone, morning=time(0, 1))
    return moment.until.astimezone(zone).date() if moment is not None and moment.until is not None else None


def _nearest(parts: dict[str, str | None], today: date) -> date | None:
    day, month, written = int(parts["day"] or 0), int(parts["month"] or 0), parts["year"]
    years = [int(written) + (2000 if len(written) == 2 else 0)] if written else [today.year + n for n in (-1, 0, 1)]
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda each: abs((each - today).days), default=None)
