"""How figures, columns and reports are called and written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ...desk.figures import Period, Tile
from ...desk.keyfigures import UNITS, Measure
from .. import i18n, words
from ..i18n import fill, translate
from ..words import Times


def decimal(value: float, places: int = 1) -> str:
    text = str(Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return text.replace(".", ",") if i18n.language() == "ru" else text


def title(code: str) -> str:
    """A figure's words."""
    return {
        "received": translate("Reports", "Requests received"),
        "resolved": translate("Reports", "Requests resolved"),
        "solution": translate("Reports", "Median time to the solution"),
        "first_line": translate("Reports", "Solved on the first line"),
        "reopened": translate("Reports", "Opened again"),
        "load": translate("Reports", "Load of the team"),
        "rating_answered": translate("Reports", "Answered the question of satisfaction"),
        "nps": translate("Reports", "Would recommend us (NPS)"),
        "nps_answered": translate("Reports", "Answered the question of recommendation"),
        "kept": translate("Reports", "Promises kept"),
        "told": translate("Reports", "Move told beforehand"),
        "within": translate("Reports", "Answered within %1 working hours"),
        "answer": translate("Reports", "Median first answer"),
        "rating": translate("Reports", "Customers' rating"),
    }[code]


def definition(code: str) -> str:
    """What a figure counts, for those who will be asked."""
    return {
        "kept": translate(
            "Reports",
            "Of the first promises whose date lies in the period, the share of tickets that were resolved by it and "
            "not opened again. A promise that was moved counts by its first date, also when the new one was told in "
            "time; one that is still ahead does not count yet.",
        ),
        "told": translate(
            "Reports",
            "Of the moves of promises whose first date lies in the period, the share of those that were told before "
            "the old date passed. A new date after a customer disagreed is no move.",
        ),
        "within": translate(
            "Reports",
            "Of the tickets first answered in the period, the share answered within the desk's rule. An answer is a "
            "promise, a refusal or the solution; acknowledgements, other automatic letters and notes are none.",
        ),
        "answer": translate(
            "Reports",
            "Median working time from the receipt of a request to its first answer, in the hours of its contract, else "
            "of the desk. When a request is opened again, it waits for its answer anew, and the last round counts.",
        ),
        "received": translate(
            "Reports",
            "Requests that came in the period by any channel. Spam, letters that were no request, and requests merged "
            "into others are left out.",
        ),
        "resolved": translate(
            "Reports", "Requests whose solution was told in the period and that were not opened again since."
        ),
        "solution": translate(
            "Reports",
            "Of the requests resolved in the period, the median working time from receipt to the solution, in the "
            "hours of the contract, else of the desk. Waiting counts; refused requests are left out.",
        ),
        "first_line": translate(
            "Reports",
            "Of the requests resolved in the period, the share that stayed on the first line and was never handed to a "
            "higher one. A hand-over that was returned does not count.",
        ),
        "reopened": translate(
            "Reports",
            "Of the requests resolved in the period, the share that had been opened again before: the customer "
            "disagreed or wrote again after closing.",
        ),
        "load": translate(
            "Reports",
            "Time recorded on requests as a share of the working time of all specialists of the desk so far, absences "
            "left out.",
        ),
        "rating": translate(
            "Reports",
            "Mean of the answers to the question of satisfaction, 1 to 5, by the day of asking, and the share of those "
            "asked who answered. Under five answers only their number is told.",
        ),
        "rating_answered": translate(
            "Reports", "Of the questions of satisfaction asked in the period, the share that was answered."
        ),
        "nps": translate(
            "Reports",
            "Net Promoter Score: of the answers to “would you recommend us”, 0 to 10, the per cent of 9 and 10 less "
            "the per cent of 0 to 6; from −100 to 100, by the day of asking. Under five answers only their number is "
            "told.",
        ),
        "nps_answered": translate(
            "Reports", "Of the questions of recommendation asked in the period, the share that was answered."
        ),
    }[code]


#: Tiles of what customers said; of these ``missed`` is how many were asked.
_OPINIONS = ("rating", "nps")


def points(found: float) -> str:
    """A score from -100 to 100 with its sign."""
    whole = round(found)
    return f"+{whole}" if whole > 0 else f"{words.MINUS}{-whole}" if whole < 0 else "0"


def value(tile: Tile) -> tuple[str, str]:
    """(the figure, its unit)."""
    if tile.value is None:
        if tile.code in _OPINIONS and tile.of:
            return translate("Reports", "%n answer(s)", None, tile.of), ""
        return words.EN_DASH, ""
    if tile.code == "answer":
        minutes = round(tile.value)
        if minutes < 60:
            return str(minutes), translate("Words", "min")
        return words.duration(minutes), ""
    if tile.code == "rating":
        return decimal(tile.value), translate("Reports", "of 5")
    if tile.code == "nps":
        return points(tile.value), translate("Reports", "of 100")
    return decimal(tile.value * 100), "%"


def change(tile: Tile) -> tuple[str, str]:
    """(how it differs from the period before, colour): better is green, worse amber, no difference plain."""
    if tile.value is None or tile.before is None:
        return "", "text2"
    by = tile.value - tile.before
    if tile.code == "answer":
        size, text = round(abs(by)), words.duration(round(abs(by)))
    elif tile.code == "rating":
        size, text = round(abs(by) * 10), decimal(abs(by))
    elif tile.code == "nps":
        size, text = round(abs(by)), str(round(abs(by)))
    else:
        size = round(abs(by) * 1000)
        text = fill(translate("Reports", "%1 p.p.", "percentage points"), decimal(abs(by) * 100))
    if not size:
        return translate("Reports", "as before"), "text2"
    better = by < 0 if tile.code == "answer" else by > 0
    return f"{'+' if by > 0 else words.MINUS}{text}", "ok" if better else "high"


def beside(tile: Tile) -> str:
    """What stands behind the figure."""
    if tile.code == "kept":
        return fill(translate("Reports", "%1 of %2"), tile.of - tile.missed, tile.of)
    if tile.code == "told":
        return fill(translate("Reports", "%1 of %2 moves"), tile.of - tile.missed, tile.of)
    if tile.code == "within":
        return fill(translate("Reports", "%1 of %2 later"), tile.missed, tile.of)
    if tile.code == "answer":
        return translate("Reports", "without automatic letters")
    share = tile.of / tile.missed if tile.missed else 0.0
    return fill(translate("Reports", "%1 answered, %2"), tile.of, words.percent(share)) if tile.missed else ""


def span(period: Period) -> str:
    """31 August – 3 November 2026."""

    def on(day: date) -> str:
        return f"{day.day}{words.NBSP}{words.month_of_date(day)}"

    year = f"{words.NBSP}{period.last.year}"
    if period.first == period.last:
        return on(period.last) + year
    first = on(period.first)
    if period.first.year != period.last.year:
        first += f"{words.NBSP}{period.first.year}"
    return f"{first} {words.EN_DASH} {on(period.last)}{year}"


def report(code: str) -> str:
    return {
        "key_figures": translate("Reports", "All figures"),
        "customers": translate("Reports", "Customers"),
        "causes": translate("Reports", "Causes"),
        "zones": translate("Reports", "Zones of the fault"),
        "channels": translate("Reports", "Time by channel"),
        "people_time": translate("Reports", "Time by specialist"),
        "first_line": translate("Reports", "First line and reopenings"),
        "accuracy": translate("Reports", "Accuracy of estimates"),
        "visits": translate("Reports", "Visits"),
        "parts": translate("Reports", "Spare parts"),
        "knowledge": translate("Reports", "Use of the knowledge base"),
        "tickets": translate("Reports", "All tickets"),
    }[code]


def about(code: str) -> str:
    """What a report's columns count, where their names do not say it."""
    received = translate(
        "Reports", "Requests received in the period; kept is of those whose first promise is decided or has passed."
    )
    return {
        "key_figures": translate("Reports", "Before is the period of the same length right before."),
        "customers": received,
        "causes": received,
        "zones": received,
        "channels": translate(
            "Reports", "Time recorded in the period; work at the desk counts for the way in which its request came."
        ),
        "people_time": translate(
            "Reports", "Time recorded by each; the last column is of their own working time so far, absences left out."
        ),
        "first_line": translate(
            "Reports", "Requests resolved in the period; time to solve is the mean working time from receipt."
        ),
        "accuracy": translate("Reports", "Requests resolved in the period that had an estimate and recorded time."),
    }.get(code, "")


def column(code: str) -> str:
    return {
        "accepted": translate("Reports", "Accepted by"),
        "answer": translate("Reports", "Answer"),
        "answered": translate("Reports", "Answered"),
        "article": translate("Reports", "Article"),
        "back": translate("Reports", "Came back"),
        "came": translate("Reports", "Came in"),
        "before": translate("Reports", "Before"),
        "behind": translate("Reports", "Counted of"),
        "cause": translate("Reports", "Cause"),
        "channel": translate("Reports", "Channel"),
        "code": translate("Reports", "Code"),
        "customer": translate("Reports", "Customer"),
        "definition": translate("Reports", "What it counts"),
        "effort": translate("Reports", "Estimated"),
        "far_over": translate("Reports", "Over by half"),
        "figure": translate("Reports", "Figure"),
        "finished": translate("Reports", "Finished"),
        "first_line": translate("Reports", "Solved on the first line"),
        "first_line_share": translate("Reports", "Share"),
        "from": translate("Reports", "From"),
        "kept": translate("Reports", "Kept"),
        "load": translate("Reports", "Of working time"),
        "mail": translate("Reports", "Mail"),
        "minimum": translate("Reports", "Minimum"),
        "number": translate("Reports", "Number"),
        "on_site": translate("Reports", "On site"),
        "other": translate("Reports", "Other"),
        "part": translate("Reports", "Part"),
        "part_of_all": translate("Reports", "Share"),
        "per_ticket": translate("Reports", "A ticket"),
        "phone": translate("Reports", "Phone"),
        "promised": translate("Reports", "Promised"),
        "ratio": translate("Reports", "Fact / estimate"),
        "received": translate("Reports", "Received"),
        "reopened": translate("Reports", "Reopened"),
        "reopened_share": translate("Reports", "Share reopened"),
        "resolved": translate("Reports", "Resolved"),
        "solution": translate("Reports", "Time to solve"),
        "specialist": translate("Reports", "Specialist"),
        "spent": translate("Reports", "Spent"),
        "state": translate("Reports", "State"),
        "status": translate("Reports", "Status"),
        "stock": translate("Reports", "In stock"),
        "subject": translate("Reports", "Subject"),
        "tickets": translate("Reports", "Tickets"),
        "travel": translate("Reports", "Travel"),
        "used": translate("Reports", "Used"),
        "uses": translate("Reports", "Times used"),
        "value": translate("Reports", "In the period"),
        "visit": translate("Reports", "Visit"),
        "zone": translate("Reports", "Zone"),
    }[code]


def channel(code: str) -> str:
    return {
        "mail": translate("Reports", "Mail"),
        "phone": translate("Reports", "Phone"),
        "visit": translate("Reports", "Visit"),
        "work": translate("Reports", "Work"),
        "hand": translate("Reports", "By hand"),
        "web": translate("Reports", "Web"),
    }.get(code, code or words.EN_DASH)


def visit_state(code: str) -> str:
    return {
        "planned": translate("Reports", "planned"),
        "on_way": translate("Reports", "on the way"),
        "on_site": translate("Reports", "on site"),
        "done": translate("Reports", "done"),
        "cancelled": translate("Reports", "cancelled"),
    }.get(code, code)


def figure(code: str, rule_minutes: int) -> str:
    """A figure's name, with the desk's rule where it is in it."""
    return fill(title(code), decimal(rule_minutes / 60).rstrip("0").rstrip(",."))


def measure(found: Measure) -> str:
    """A value with its unit."""
    if found.value is None:
        return words.EN_DASH
    if found.unit == "share":
        return f"{decimal(found.value * 100)}{words.NBSP}%"
    if found.unit == "minutes":
        return words.duration(round(found.value))
    if found.unit == "marks":
        return decimal(found.value, 2)
    return points(found.value) if found.unit == "points" else str(round(found.value))


def unit(code: str) -> str:
    """How the numbers of a figure are meant in a file; empty for a plain count."""
    kind = UNITS[code]
    return {"share": "%", "minutes": translate("Words", "min")}.get(kind, "")


def cell(kind: str, found: Any, times: Times, rule_minutes: int = 120) -> str:
    """A value of a report as people read it; values that are words of the desk become theirs."""
    if found is None or found == "":
        return words.EN_DASH
    if kind == "minutes":
        return words.duration(round(found))
    if kind == "share":
        return words.percent(found)
    if kind == "number":
        return decimal(found, 2)
    if kind == "at" and isinstance(found, datetime):
        return times.moment(found)
    if kind == "measure":
        return measure(found)
    if kind == "figure":
        return figure(str(found), rule_minutes)
    if kind == "definition":
        return definition(str(found))
    if kind == "status":
        return words.status(str(found))
    if kind == "channel":
        return channel(str(found))
    if kind == "visit":
        return visit_state(str(found))
    return str(found)


def for_file(kind: str, found: Any, rule_minutes: int = 120) -> Any:
    """A value of a report as a spreadsheet wants it: figures stay figures."""
    if kind == "figure":
        name = figure(str(found), rule_minutes)
        return f"{name}, {unit(found)}" if unit(found) else name
    if kind == "definition":
        return definition(str(found))
    if kind == "measure":
        per_cent = found.unit == "share" and found.value is not None
        return round(found.value * 100, 1) if per_cent else found.value
    if kind == "status":
        return words.status(str(found))
    if kind == "channel":
        return channel(str(found))
    if kind == "visit":
        return visit_state(str(found))
    if kind == "minutes" and found is not None:
        return round(found)
    return found
