"""What the palette finds: everything by its words, and without words the tickets that were read last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from . import words

if TYPE_CHECKING:
    from ..desk.values import SearchHit
    from .desktop import Desktop
    from .palette_box import Hit
    from .windows import Place

#: Tickets that the empty palette offers.
RECENT = 5


def _payload(hit: SearchHit) -> object:
    """What it takes to open it."""
    if hit.kind == "contact":
        return hit.customer_id, hit.ticket_id, hit.subject
    return hit.subject if hit.kind == "person" else hit.ticket_id


class Finding(QObject):
    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._desktop = desktop
        self._recent: dict[str, Hit] = {}  # the newest last

    def attach(self, place: Place) -> None:
        """Let a window's palette find here, and open what it found in that window or in the other one."""
        box = place.window.palette_box
        box.set_search(self._search, self._recently)
        box.open_hit.connect(partial(self._open_hit, place))
        box.open_number.connect(partial(self._open_number, place))

    def remember(self, ticket_id: str) -> None:
        """A ticket that was before somebody's eyes for a while is among the recent ones of the palette."""
        from .palette_box import Hit

        for place in self._desktop.windows.all():
            queue: Any = place.window.built("queue")
            view = queue.pane.view() if queue is not None else None
            if view is not None and view.id == ticket_id:
                detail = view.requester.customer or view.requester.name
                title = f"{words.number(view.number)}  {view.subject}"
                self._recent.pop(ticket_id, None)
                self._recent[ticket_id] = Hit("ticket", title, detail, payload=ticket_id)
                return

    def _recently(self) -> list[Hit]:
        return list(reversed(self._recent.values()))[:RECENT]

    def _search(self, text: str, answer: Callable[[list[Hit]], object]) -> None:
        from ..desk import search

        found = partial(self._found, answer)
        self._desktop.runner.run("reader", search.everything, text, 12, on_done=found, key="desktop.search")

    def _found(self, answer: Callable[[list[Hit]], object], hits: tuple[SearchHit, ...]) -> None:
        from .palette_box import Hit

        answer(
            [
                Hit(
                    hit.kind,
                    f"{words.number(hit.number)}  {hit.subject}" if hit.kind == "ticket" else hit.subject,
                    hit.customer or hit.snippet,
                    payload=_payload(hit),
                )
                for hit in hits
            ]
        )

    def _open_hit(self, place: Place, hit: Hit, second_window: bool) -> None:
        """A ticket itself; a customer, one of its people or an article on its screen; who belongs to no customer in the
        form of a call; of a colleague what they have."""
        self._desktop.windows.use(place)
        target = self._desktop.windows.other() if second_window else place
        screens = target.screens
        if hit.kind == "person":
            queue: Any = target.window.open("queue")
            queue.look_for(f'owner:"{hit.title}"')
            return
        if hit.kind == "contact":
            customer, contact, asked = hit.payload
            if customer:
                screens.show_customer(customer, contact)
            else:
                self._desktop.call(asked)
            return
        show = {"customer": screens.show_customer, "article": screens.show_article}
        show.get(hit.kind, screens.show_ticket)(hit.payload)

    def _open_number(self, place: Place, number: int, second_window: bool) -> None:
        self._desktop.windows.use(place)
        self._desktop.open_number(number, second_window)
