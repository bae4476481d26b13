"""What a ticket has to do with the knowledge base, visits, parts and other tickets of the same fault, by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QRect

from .. import words
from ..actions import ActionRegistry
from ..actions import of_ticket as ticket
from ..acts import Acts
from ..i18n import fill, language, translate
from ..knowledge import texts
from ..picker import PickPopup
from ..popups import Option
from ..runner import TaskRunner
from ..visits import texts as visits

if TYPE_CHECKING:
    from ...desk import stock
    from ...desk.beside import Beside
    from ...desk.knowledge import ArticleItem
    from .pane import TicketPane

Show = Callable[[Sequence[Option]], None]
_MANY = re.compile(r"^(.*?)\s*[×x*х]\s*(\d{1,3})\s*$")
SHOWN = 8


class Service(QObject):
    """The commands, and the small panels that they open. One a ticket pane."""

    def __init__(self, pane: TicketPane, runner: TaskRunner, acts: Acts, actions: ActionRegistry) -> None:
        super().__init__(pane)
        self._pane, self._runner, self._acts = pane, runner, acts
        self.beside: Beside | None = None
        self._said: tuple[object, ...] = ()
        self._declare(actions)

    def _declare(self, actions: ActionRegistry) -> None:
        if "ticket.article" in actions:
            return

        actions.add(
            ticket("article", QT_TRANSLATE_NOOP("Actions", "Article from the ticket"), "B", self.article, "book-open",
                   self._any),
            ticket("insert_article", QT_TRANSLATE_NOOP("Actions", "Insert an article"), "Ctrl+B", self.insert,
                   "book-open", self._any),
            ticket("visit", QT_TRANSLATE_NOOP("Actions", "Plan a visit"), "V", self.visit, "truck", self._open),
            ticket("part", QT_TRANSLATE_NOOP("Actions", "Reserve a part"), "P", self.reserve, "package", self._open),
            ticket("wait", QT_TRANSLATE_NOOP("Actions", "Wait, or go on"), "D", self.wait, "pause", self._may_wait),
            ticket("link", QT_TRANSLATE_NOOP("Actions", "Part of a larger fault"), "Shift+P", self.link, "link",
                   self._open),
            ticket("unlink", QT_TRANSLATE_NOOP("Actions", "On its own again"), "", self.unlink, "split", self._child),
        )  # fmt: skip

    # -- when

    def _any(self) -> bool:
        return self._pane.view() is not None

    def _open(self) -> bool:
        view = self._pane.view()
        return view is not None and view.status not in ("closed", "refused", "merged")

    def _child(self) -> bool:
        return self._any() and self.beside is not None and self.beside.family.parent is not None

    def _may_wait(self) -> bool:
        view = self._pane.view()
        return view is not None and ("wait" in view.acts or "resume" in view.acts)

    # -- reading

    def read(self, ticket_id: str) -> None:
        """Read what stands beside a ticket; nobody waits for it."""
        from ...desk import beside

        if self.beside is None or self.beside.ticket_id != ticket_id:
            self._found(beside.Beside(ticket_id))
        self._runner.run("reader", beside.of, ticket_id, on_done=self._found, key="ticket.beside")

    def _found(self, found: Beside) -> None:
        if found.ticket_id == self._pane.ticket_id():
            self.beside = found
            times = self._pane.times()
            # beside most tickets stands nothing, so that the rows of the one before say the same
            said = (found.visits, found.parts, found.family, found.next_step, times.zone, times.today(), language())
            if said != self._said:
                self._said = said
                self._pane.facts.set_beside(found, times)
                self._pane.composer.set_children(found.family.children)

    # -- articles

    def article(self) -> None:
        """A draft made of this ticket, open to be finished."""
        from ...desk import knowledge

        view = self._pane.view()
        if view is not None:
            made = self._pane.article_made
            self._acts.act(knowledge.from_ticket, view.id, on_done=lambda changes: made.emit(str(changes.result)))

    def insert(self) -> None:
        """Into the letter at hand its text, into a note or the protocol its name."""
        view = self._pane.view()
        if view is None:
            return
        ticket_id = view.id

        def find(typed: str, show: Show) -> None:
            def found(items: Sequence[ArticleItem]) -> None:
                show([_article_option(item) for item in items])

            self._runner.run("reader", _articles, ticket_id, typed, on_done=found, key="ticket.articles")

        popup = PickPopup(
            self._pane.main,
            translate("Service", "Insert an article"),
            translate("Service", "Words or number"),
            find,
            translate("Service", "No article has these words."),
        )
        popup.setObjectName("ticket.insert_article")
        popup.chosen.connect(lambda item: self._insert(ticket_id, item))
        popup.open_at(self._anchor())

    def _insert(self, ticket_id: str, item: ArticleItem) -> None:
        from ...desk import knowledge

        if self._pane.ticket_id() != ticket_id:
            return

        def written(text: str) -> None:
            how = self._pane.composer.insert(text, texts.titled(item.number, item.title))
            if how:
                self._acts.act(knowledge.use, item.id, ticket_id, how, undoable=False)

        self._runner.run("reader", knowledge.for_letter, item.id, on_done=written)

    # -- visits and parts

    def visit(self) -> None:
        """Plan a visit; one that is planned is shown."""
        view, directory = self._pane.view(), self._pane.directory()
        if view is None or directory is None:
            return
        known = self.beside.visits if self.beside is not None and self.beside.ticket_id == view.id else ()
        ahead = [one for one in known if one.state in ("planned", "on_way", "on_site")]
        if ahead:
            self._pane.visit_wanted.emit(ahead[0].id)
            return
        from ..visits.dialogs import PlanVisitDialog

        PlanVisitDialog(self._runner, self._acts, self._pane.times(), directory, view.id, self._pane.main).open()

    def part(self, part_id: str = "") -> None:
        """A part that is kept for the ticket is shown; none: one is chosen."""
        if part_id:
            self._pane.part_wanted.emit(part_id)
        else:
            self.reserve()

    def reserve(self) -> None:
        """A part for this ticket; "sfp ×2" takes two."""
        from ...desk import stock

        view = self._pane.view()
        if view is None:
            return
        ticket_id = view.id
        count = [1]

        def find(typed: str, show: Show) -> None:
            many = _MANY.match(typed)
            count[0] = max(1, int(many.group(2))) if many else 1
            wanted = many.group(1) if many else typed

            def found(items: Sequence[stock.PartItem]) -> None:
                show([_part_option(item) for item in items[:SHOWN]])

            self._runner.run("reader", stock.parts, wanted, on_done=found, key="ticket.parts")

        popup = PickPopup(
            self._pane.main,
            translate("Service", "Reserve a part"),
            translate("Service", "Code or name; ×2 for two"),
            find,
            translate("Service", "There is no such part."),
        )
        popup.setObjectName("ticket.reserve")
        popup.chosen.connect(lambda part_id: self._acts.act(stock.reserve, ticket_id, part_id, count[0]))
        popup.open_at(self._anchor())

    # -- waiting

    def wait(self) -> None:
        """For the customer, a part, a visit or somebody else, with a date to look again; what waits goes on."""
        from ...desk import silence, when, work
        from ..visits.forms import Field, FormPopup

        view = self._pane.view()
        if view is None:
            return
        ticket_id, times = view.id, self._pane.times()
        if view.status == "waiting":
            self._acts.act(work.resume, ticket_id)
            return
        fields = (
            Field("wait_for", translate("Service", "What for"), "choice", "customer",
                  ((translate("Service", "the customer"), "customer"), (translate("Service", "a part"), "parts"),
                   (translate("Service", "a visit"), "visit"), (translate("Service", "a third party"), "third"))),
            Field("why", translate("Service", "What exactly")),
            Field("until", translate("Service", "Remind me"),
                  hint=translate("Service", "fri 9, 12.11 15:00; or nothing")),
        )  # fmt: skip

        def moment(typed: str) -> datetime | None:
            found = when.parse(typed, times.now, times.zone) if typed.strip() else None
            return found.until if found is not None else None

        def check(values: dict[str, Any]) -> str:
            until = moment(values["until"])
            if values["until"].strip() and (until is None or until <= times.now):
                return translate("Service", "This is no time to come: fri 9, 12.11 15:00, in 2 h; or nothing.")
            return ""

        popup = FormPopup(
            self._pane.main,
            "ticket.wait",
            translate("Service", "Wait"),
            fields,
            translate("Service", "Wait"),
            translate("Service", "The answer clock of a new ticket goes on; the promise stays as it is."),
            check,
        )

        def run(values: dict[str, Any]) -> None:
            self._acts.act(silence.wait, ticket_id, values["wait_for"], values["why"], moment(values["until"]))

        popup.accepted.connect(run)
        popup.open_at(self._anchor())

    # -- one fault, many tickets

    def link(self) -> None:
        from ...desk import families, search

        view = self._pane.view()
        if view is None:
            return
        ticket_id = view.id

        def find(typed: str, show: Show) -> None:
            def found(hits: Sequence[Any]) -> None:
                show(
                    [
                        Option(hit.ticket_id, f"{words.number(hit.number)} {hit.subject}", note=hit.customer)
                        for hit in hits
                        if hit.ticket_id and hit.ticket_id != ticket_id
                    ][:SHOWN]
                )

            if typed.strip():
                self._runner.run("reader", search.find, typed, SHOWN + 1, on_done=found, key="ticket.parents")
            else:
                show([])

        popup = PickPopup(
            self._pane.main,
            translate("Service", "Which fault is it part of?"),
            translate("Service", "Number or words of the ticket"),
            find,
        )
        popup.setObjectName("ticket.link")
        popup.chosen.connect(lambda parent: self._acts.act(families.link, ticket_id, parent))
        popup.open_at(self._anchor())

    def unlink(self) -> None:
        from ...desk import families

        view = self._pane.view()
        if view is not None:
            self._acts.act(families.unlink, view.id)

    def _anchor(self) -> QRect:
        return self._pane.main.header.anchor("subject")


def _articles(desk: Any, ticket_id: str, typed: str) -> tuple[ArticleItem, ...]:
    """What is typed finds; before that, what the ticket's own words find, and after it what is used most."""
    from ...desk import knowledge

    if typed.strip():
        found = knowledge.articles(desk, words=typed, limit=30)
        return tuple(item for item in found if item.state == "published")[:SHOWN]
    alike = knowledge.suggest(desk, ticket_id, limit=4).articles
    known = {item.id for item in alike}
    rest = [item for item in knowledge.articles(desk, limit=20) if item.state == "published" and item.id not in known]
    return (*alike, *rest)[:SHOWN]


def _article_option(item: ArticleItem) -> Option:
    return Option(item, texts.titled(item.number, item.title), icon="book-open", note=texts.uses(item.uses))


def _part_option(item: stock.PartItem) -> Option:
    if item.free > 0:
        note = fill(translate("Service", "free: %1"), item.free)
    elif item.on_order:
        note = fill(translate("Service", "on order: %1"), visits.expected(item))
    else:
        note = translate("Service", "none")
    return Option(item.id, " ".join(filter(None, [item.code, item.name])), icon="package", note=note)
