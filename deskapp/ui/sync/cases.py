"""A choice put into words: two cards, why one of them is proposed, field by field, and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.clock import from_ms
from ...desk.nextslot import NextSlot
from ...desk.syncboard import Choice
from ...desk.values import Directory
from .. import reasons, words
from ..columns import column
from ..i18n import fill, translate
from . import values

#: More of a text than this is no part of a sentence.
_LONG = 60
#: Fields that the calendar is computed from.
_PLANNED = frozenset({"effort", "skill_id", "urgency", "owner_id", "line"})


@dataclass(frozen=True)
class Card:
    """``chip``: words, colour, icon; ``lines``: what follows from it, one below the other."""

    title: str
    value: str
    chip: tuple[str, str, str] = ("", "low", "")
    who: str = ""
    initials: str = ""
    person: str = ""
    lines: tuple[str, ...] = ()
    ready: bool = True


@dataclass(frozen=True)
class Row:
    name: str
    was: str
    shared: str
    mine: str
    becomes: tuple[str, str]  # for the first card, for the second
    hot: bool = False


@dataclass(frozen=True)
class Case:
    """``primary``: the words of the button for each card; ``third``: another way out, empty if there is none."""

    number: str
    subject: str
    sentence: str
    cards: tuple[Card, Card]
    proposed: int
    reason: str
    rows: tuple[Row, ...]
    effects: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
    primary: tuple[str, str]
    third: str = ""


def make(choice: Choice, offered: NextSlot | None, directory: Directory | None, times: words.Times) -> Case:
    conflict = choice.conflict
    if conflict.why == "slot":
        return _lost_slot(choice, offered, directory, times)
    if conflict.why == "told":
        return _told(choice, directory, times)
    return _both(choice, directory, times)


def title(choice: Choice, times: words.Times) -> tuple[str, str]:
    """(headline, what is in question) of a line in the list."""
    conflict = choice.conflict
    if conflict.why == "slot":
        what = translate("Sync", "the slot was taken")
    elif conflict.why == "told":
        what = translate("Sync", "promised by a colleague")
    else:
        what = column(values.main_column(conflict)).lower()
    return values.ticket(choice.ticket) if choice.ticket else _thing(choice), what


def _thing(choice: Choice) -> str:
    """What is no ticket: the article by its number, anything else by its kind."""
    if choice.article is not None:
        number, subject = choice.article
        return f"{fill(translate('Knowledge', 'KB-%1'), number)} {subject}" if number is not None else subject
    return values.table(choice.conflict.table)


# --- two values of one field -----------------------------------------------------------------------------------------


def _both(choice: Choice, directory: Directory | None, times: words.Times) -> Case:
    conflict = choice.conflict
    main = values.main_column(conflict)
    said = fill(
        translate("Sync", "Two people changed “%1” without knowing of each other. The rest is joined already."),
        column(main),
    )
    me = directory.me.id if directory is not None and directory.me is not None else ""
    yours = bool(me) and conflict.author_mine == me
    shared_is_mine = bool(me) and conflict.author_theirs == me
    in_force = (translate("Sync", "in force now"), "norm", "")
    proposed = 1 if conflict.stands == "mine" else 0
    cards = (
        _card(
            translate("Sync", "In the shared store, yours")
            if shared_is_mine
            else translate("Sync", "In the shared store"),
            conflict.author_theirs,
            conflict.at_theirs,
            values.value(main, conflict.theirs.get(main), directory, times),
            in_force if proposed == 0 else ("", "low", ""),
            (translate("Sync", "Was shared first"),),
            directory,
            times,
        ),
        _card(
            translate("Sync", "Yours, joined later") if yours else translate("Sync", "Joined later"),
            conflict.author_mine,
            conflict.at_mine,
            values.value(main, conflict.mine.get(main), directory, times),
            in_force if proposed == 1 else ("", "low", ""),
            (translate("Sync", "Joined on top of it"),),
            directory,
            times,
        ),
    )
    if proposed == 1:
        reason = translate(
            "Sync", "The change that joined later knew the ticket better and is in force until you choose."
        )
    else:
        reason = translate("Sync", "The shared value is in force until you choose: others have seen it.")
    return Case(
        number=words.number(choice.ticket.number) if choice.ticket else "",
        subject=_subject(choice),
        sentence=said,
        cards=cards,
        proposed=proposed,
        reason=reason,
        rows=_rows(choice, directory, times),
        effects=(_effects(choice, 0, directory, times), _effects(choice, 1, directory, times)),
        primary=(
            fill(translate("Sync", "Keep %1"), words.quoted(cards[0].value))
            if len(cards[0].value) < 24
            else translate("Sync", "Keep shared"),
            fill(translate("Sync", "Keep %1"), words.quoted(cards[1].value))
            if len(cards[1].value) < 24
            else (translate("Sync", "Keep mine") if yours else translate("Sync", "Keep the later one")),
        ),
    )


def _subject(choice: Choice) -> str:
    ticket = choice.ticket
    if ticket is None:
        thing = _thing(choice)
        return thing[:1].upper() + thing[1:]
    return (
        fill(translate("Sync", "%1: %2", "customer: subject"), ticket.customer, ticket.subject)
        if ticket.customer
        else ticket.subject
    )


def _card(
    title_: str,
    author: str,
    at: object,
    value: str,
    chip: tuple[str, str, str],
    lines: tuple[str, ...],
    directory: Directory | None,
    times: words.Times,
) -> Card:
    name, initials = values.full_name(author, directory)
    when = times.moment(at) if at is not None else ""  # type: ignore[arg-type]
    who = fill(translate("Sync", "%1, %2", "who, when"), name, when) if when else name
    return Card(title_, value, chip, who, initials, author, lines)


def _rows(choice: Choice, directory: Directory | None, times: words.Times) -> tuple[Row, ...]:
    conflict = choice.conflict
    found = []
    for name in values.shown_columns(conflict):
        was = values.value(name, conflict.was[name], directory, times) if name in conflict.was else "\u2013"
        shared = values.value(name, conflict.theirs.get(name), directory, times)
        mine = values.value(name, conflict.mine.get(name), directory, times)
        found.append(Row(column(name), was, shared, mine, (shared, mine), hot=True))
    for name, stored in choice.beside.items():
        said = values.value(name, stored, directory, times)
        found.append(Row(column(name), said, said, said, (said, said)))
    if choice.ticket is not None:
        kept = translate("Sync", "%n record(s), all kept", None, choice.entries)
        dash = "\u2013"
        found.append(Row(translate("Sync", "Protocol and letters"), dash, dash, dash, (kept, kept)))
    return tuple(found)


def _effects(choice: Choice, card: int, directory: Directory | None, times: words.Times) -> tuple[tuple[str, str], ...]:
    conflict = choice.conflict
    version, other = (conflict.theirs, conflict.mine) if card == 0 else (conflict.mine, conflict.theirs)
    columns = set(values.shown_columns(conflict))
    said: list[tuple[str, str]] = []
    if dict(conflict.now) == {c: version.get(c) for c in conflict.now}:
        said.append(("check", translate("Sync", "Nothing changes for the others: this value is in force already.")))
    if columns & _PLANNED:
        said.append(("calendar", translate("Sync", "The forecast is computed anew; promises that were told stay.")))
    if "status" in columns:
        status = words.status(str(version.get("status")))
        said.append(("inbox", fill(translate("Sync", "The ticket stands as “%1” in everybody’s lists."), status)))
    main = values.main_column(conflict)
    lost = values.value(main, other.get(main), directory, times)
    lost = lost if len(lost) <= _LONG else f"{lost[:_LONG].rstrip()}…"
    said.append(("history", fill(translate("Sync", "The other value, %1, stays in the record with its author."), lost)))
    if choice.ticket is not None:
        said.append(("list", translate("Sync", "An entry in the ticket says who chose what, and when.")))
    return tuple(said)


# --- a promise that a colleague overtook -----------------------------------------------------------------------------


def _told(choice: Choice, directory: Directory | None, times: words.Times) -> Case:
    conflict = choice.conflict
    shared_at, mine_at = conflict.theirs.get("promised_at"), conflict.mine.get("promised_at")
    shared = times.moment(from_ms(shared_at)) if shared_at else translate("Sync", "none")
    mine = times.moment(from_ms(mine_at)) if mine_at else translate("Sync", "none")
    left = (
        fill(translate("Sync", "The letter left at %1"), times.moment(choice.told_at))
        if choice.told_at is not None
        else translate("Sync", "The letter has not left yet")
    )
    draft = (
        translate("Sync", "Your letter is among the drafts")
        if choice.draft
        else translate("Sync", "No letter of yours left")
    )
    cards = (
        _card(
            translate("Sync", "In the shared store"),
            conflict.author_theirs,
            conflict.at_theirs,
            shared,
            (translate("Sync", "told to the customer"), "ok", "check"),
            (left,),
            directory,
            times,
        ),
        _card(
            translate("Sync", "Yours"),
            conflict.author_mine,
            conflict.at_mine,
            mine,
            (translate("Sync", "not sent"), "low", ""),
            (draft,),
            directory,
            times,
        ),
    )
    later = bool(shared_at and mine_at and mine_at > shared_at)
    third = fill(translate("Sync", "Write about %1"), mine)
    keep = (
        ("calendar", translate("Sync", "The slot that goes with the shared date stays in the calendar.")),
        ("mail", fill(translate("Sync", "Your letter with %1 stays a draft; the customer does not get it."), mine)),
        ("list", translate("Sync", "An entry in the ticket says who chose what, and when.")),
    )
    move = (
        ("mail", translate("Sync", "The slip notice opens with your date; it leaves when you send it.")),
        ("clock", translate("Sync", "Until then the shared date is in force.")),
    )
    first = translate("Sync", "Better keep the shared date: it was promised first. Yours can be sent as a move of it.")
    had = translate(
        "Sync", "Better keep the shared date: the customer has it already. Yours can be sent as a move of it."
    )
    reason = had if choice.told_at is not None else first
    return Case(
        number=words.number(choice.ticket.number) if choice.ticket else "",
        subject=_subject(choice),
        sentence=translate(
            "Sync",
            "Two people promised this ticket without knowing of each other. The first in the shared store stands.",
        ),
        cards=cards,
        proposed=0,
        reason=reason,
        rows=_rows(choice, directory, times),
        effects=(keep, move),
        primary=(fill(translate("Sync", "Keep %1"), shared), third),
        third=third if later else "",
    )


def _lost_slot(choice: Choice, offered: NextSlot | None, directory: Directory | None, times: words.Times) -> Case:
    conflict = choice.conflict
    promised = times.moment(from_ms(int(conflict.mine["promised_at"])))
    span = times.span(from_ms(int(conflict.mine["start_at"])), from_ms(int(conflict.mine["end_at"])))
    day = times.day(times.local(from_ms(int(conflict.mine["start_at"]))).date())
    slot = offered.slot if offered is not None else None
    taken = values.ticket(choice.taken_by)
    if slot is not None:
        name, initials = values.full_name(slot.person_id, directory)
        first = Card(
            translate("Sync", "The next slot"),
            times.moment(slot.promise),
            (translate("Sync", "free"), "ok", "check"),
            name,
            initials,
            slot.person_id,
            (reasons.when(slot, times), reasons.effect(slot).text),
        )
    else:
        waiting = offered is None
        first = Card(
            translate("Sync", "The next slot"),
            translate("Sync", "computing") if waiting else translate("Sync", "none fits"),
            lines=() if waiting else (translate("Sync", "Open the ticket: the composer shows the other ways."),),
            ready=False,
        )
    who, initials = values.full_name(str(conflict.mine["specialist_id"]), directory)
    second = Card(
        translate("Sync", "Yours"),
        promised,
        (translate("Sync", "taken"), "crit", ""),
        who,
        initials,
        str(conflict.mine["specialist_id"]),
        (fill(translate("Sync", "Work: %1, %2"), day, span), fill(translate("Sync", "%1 stands there now"), taken)),
    )
    effects = (
        ("calendar", translate("Sync", "The slot is taken at once; nobody is moved.")),
        ("mail", translate("Sync", "Your letter leaves with the new date, after the time of undo.")),
        ("list", translate("Sync", "The ticket’s promise is recorded with its reason and its slot.")),
    )
    sentence = fill(
        translate("Sync", "%1 took this time before your promise was shared. Your letter was held and has not left."),
        taken,
    )
    promise = (
        fill(translate("Sync", "Promise %1"), first.value)
        if slot is not None
        else translate("Sync", "Promise the next slot")
    )
    return Case(
        number=words.number(choice.ticket.number) if choice.ticket else "",
        subject=_subject(choice),
        sentence=sentence,
        cards=(first, second),
        proposed=0,
        reason=translate(
            "Sync", "The first in the shared store keeps a slot. The next one for the same effort is one key away."
        ),
        rows=(
            Row(
                translate("Sync", "Promised date"),
                "\u2013",
                translate("Sync", "none"),
                promised,
                (first.value, translate("Sync", "none")),
                True,
            ),
            *(row for row in _rows(choice, directory, times) if not row.hot),
        ),
        effects=(
            effects,
            (("pencil", translate("Sync", "The ticket opens with your letter; choose another slot there.")),),
        ),
        primary=(promise, translate("Sync", "Open in the composer")),
        third=translate("Sync", "Open in the composer"),
    )
