"""What a change of plan looks like before it is done: what the board draws and the bar counts. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...desk.values import CalendarBlock, CalendarView
from ...planning.values import Move, PlanDiff, Span


@dataclass(frozen=True, slots=True)
class Held:
    """What is being placed: a ticket from the tray, or a block that is moved or resized."""

    ticket_id: str
    number: int | None
    customer: str
    minutes: int
    block: CalendarBlock | None = None
    more: tuple[CalendarBlock, ...] = ()  # blocks that move along with it, or the one that it changes places with
    copy: bool = False  # the block stays, the same once more is being placed

    @property
    def booking_id(self) -> str:
        return self.block.id if self.block is not None else ""

    @property
    def ids(self) -> frozenset[str]:
        """Every block that a person holds."""
        return frozenset(block.id for block in (self.block, *self.more) if block is not None)

    @property
    def tickets(self) -> frozenset[str]:
        return frozenset((self.ticket_id, *(block.ticket_id for block in self.more)))


@dataclass(frozen=True, slots=True)
class Shifted:
    """A block at the place that the change gives it. ``late``: working minutes past its promise."""

    block: CalendarBlock
    person_id: str
    span: Span
    late: int
    finish_before: datetime
    finish: datetime


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a block stands now."""

    person_id: str
    start: datetime
    end: datetime
    number: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """``ghosts``: what is being placed; ``hidden``: bookings that are not drawn where they stand now; ``others``: which
    ghosts are of another ticket than the one in hand, by their place, with its number and customer."""

    ghosts: tuple[tuple[str, Span], ...] = ()
    outlines: tuple[Outline, ...] = ()
    shifted: tuple[Shifted, ...] = ()
    hidden: frozenset[str] = frozenset()
    others: tuple[tuple[int, int | None, str], ...] = ()

    def people(self) -> set[str]:
        """Whose rows look different."""
        return (
            {person for person, _ in self.ghosts}
            | {outline.person_id for outline in self.outlines}
            | {shift.person_id for shift in self.shifted}
        )


def own_moves(diff: PlanDiff, held: Held) -> tuple[Move, ...]:
    """Moves of the very blocks that a person holds: they are what was asked for, not a side effect."""
    moves = diff.moved + diff.reassigned + diff.broken
    return tuple(move for move in moves if move.busy.id in held.ids)


def others(moves: tuple[Move, ...], held: Held) -> tuple[Move, ...]:
    """Moves of somebody else's work, one for each ticket (pieces of one ticket count once); a visit's own travel
    follows it and is nobody else's."""
    seen: dict[str, Move] = {}
    for move in moves:
        own_way = bool(held.booking_id) and move.busy.kind == "travel" and move.busy.ticket_id in held.tickets
        if not own_way and move.busy.id not in held.ids:
            seen.setdefault(move.busy.ticket_id or move.busy.id, move)
    return tuple(seen.values())


def harmless(diff: PlanDiff, held: Held) -> bool:
    """Whether nobody else is touched and no promise breaks, so that it may be done without asking."""
    touched = others(diff.moved + diff.reassigned, held)
    return not touched and not diff.broken and not diff.wont_fit


def local_picture(held: Held, person_id: str, pieces: tuple[Span, ...]) -> Picture:
    """What is known at once, while the planner still counts."""
    outlines: tuple[Outline, ...] = ()
    hidden: frozenset[str] = frozenset()
    if held.block is not None and not held.copy:
        blocks = (held.block, *held.more)
        outlines = tuple(Outline(block.person_id, block.start, block.end, block.number) for block in blocks)
        hidden = held.ids
    return Picture(tuple((person_id, piece) for piece in pieces), outlines, (), hidden)


def picture(diff: PlanDiff, held: Held, view: CalendarView) -> Picture:
    """The layers of a diff."""
    blocks = {block.id: block for block in view.blocks}
    ghosts: list[tuple[str, Span]] = [(person, piece) for _, person, pieces in diff.assigned for piece in pieces]
    ghosts += [(person, piece) for _, person, pieces in diff.copies for piece in pieces]
    outlines: list[Outline] = []
    shifted: list[Shifted] = []
    hidden: set[str] = set()
    beside: list[tuple[int, int | None, str]] = []
    for move in diff.moved + diff.reassigned + diff.broken:
        own = move.busy.id in held.ids
        block = blocks.get(move.busy.id)
        outlines.append(Outline(move.person_from, move.busy.span.start, move.busy.span.end, move.busy.number))
        hidden.add(move.busy.id)
        if own:
            new = [(move.person_to, span) for span in move.spans if (move.person_to, span) not in ghosts]
            if move.busy.ticket_id != held.ticket_id:
                customer = block.customer if block is not None else ""
                beside += [(len(ghosts) + place, move.busy.number, customer) for place in range(len(new))]
            ghosts += new
        elif block is not None:
            shifted += [
                Shifted(block, move.person_to, span, move.late, move.finish_before, move.finish_after)
                for span in move.spans
            ]
    for block in (held.block, *held.more):
        if block is not None and not held.copy and block.id not in hidden:
            outlines.append(Outline(block.person_id, block.start, block.end, block.number))
            hidden.add(block.id)
    return Picture(tuple(ghosts), tuple(outlines), tuple(shifted), frozenset(hidden), tuple(beside))
