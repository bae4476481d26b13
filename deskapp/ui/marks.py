"""What rows and tickets show of colleagues and of choices: an eye, a pencil, a fork."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..desk.hubport import Here
from .i18n import fill, translate


@dataclass(frozen=True)
class Mark:
    """Of one ticket: whether something is to be chosen in it, who looks at it, who writes in it (surnames)."""

    choice: bool = False
    viewers: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    draft: str = ""

    def icon(self) -> str:
        return "pencil" if self.writers else "eye" if self.viewers else ""

    def name(self) -> str:
        """The surname beside the icon."""
        return next(iter(self.writers or self.viewers), "")

    def sentence(self) -> str:
        """ "Belov is writing a reply"; empty if nobody is there."""
        if self.writers:
            return fill(translate("Presence", "%1 is writing a reply"), ", ".join(self.writers))
        if self.viewers:
            return fill(translate("Presence", "%1 is viewing"), ", ".join(self.viewers))
        return ""


NOTHING = Mark()


@dataclass(frozen=True)
class Marks:
    """``offline``: the shared store cannot be reached, so what is promised is confirmed later."""

    by_ticket: Mapping[str, Mark] = field(default_factory=dict)
    offline: bool = False

    def of_ticket(self, ticket_id: str) -> Mark:
        return self.by_ticket.get(ticket_id, NOTHING)

    @classmethod
    def of(
        cls,
        choices: frozenset[str],
        others: tuple[Here, ...],
        names: Mapping[str, str],
        me: str,
        offline: bool = False,
    ) -> Marks:
        """``names``: surname by specialist; the person at this window on another machine is not told of themselves."""
        viewers: dict[str, list[str]] = {}
        writers: dict[str, list[str]] = {}
        drafts: dict[str, str] = {}
        for one in others:
            name = names.get(one.who, "")
            if not name or one.who == me:
                continue
            if one.write:
                writers.setdefault(one.write, []).append(name)
                drafts[one.write] = one.draft
            elif one.view:
                viewers.setdefault(one.view, []).append(name)
        return cls(
            {
                ticket: Mark(
                    ticket in choices,
                    tuple(dict.fromkeys(viewers.get(ticket, ()))),
                    tuple(dict.fromkeys(writers.get(ticket, ()))),
                    drafts.get(ticket, ""),
                )
                for ticket in {*choices, *viewers, *writers}
            },
            offline,
        )
