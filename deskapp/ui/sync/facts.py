"""The side of the Sync screen: the connection, what works without it, the rules, this copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ...desk import hubport
from ...desk.hubport import SyncRound
from ...desk.syncboard import Copy
from ...desk.values import Directory
from .. import theme, words
from ..fields import Body
from ..i18n import fill, translate
from ..messages import error_words
from ..syncwatch import clock_words
from ..widgets import Button, ElidedLabel, Label, Line, LinkButton, Panel
from . import values
from .choice_page import Fact


class Facts(Panel):
    """``check_wanted``: a round now; ``share_wanted``: the assistant; ``compare_wanted``: hold this copy against the
    others."""

    check_wanted = Signal()
    share_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("bg-window", "l")
        self.setObjectName("sync.facts")
        self._directory: Directory | None = None
        u = theme.current().u
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        area = Body()
        column.addWidget(area)
        self._column = area.column
        self._column.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        self._column.setSpacing(3 * u)
        self.state = Label("", "strong")
        self.state.setObjectName("sync.state")
        self.state.setWordWrap(True)
        self.since = Label("", "small", "text2")
        self.since.setWordWrap(True)
        self.advice = Label("", "small")
        self.advice.setWordWrap(True)
        head = QVBoxLayout()
        head.setSpacing(1)
        head.addWidget(self.state)
        head.addWidget(self.since)
        self._column.addLayout(head)
        self._column.addWidget(self.advice)
        row = QVBoxLayout()
        row.setSpacing(u)
        self.check = Button("", "refresh-cw")
        self.check.setObjectName("sync.check")
        self.check.clicked.connect(self.check_wanted)
        self.next = Label("", "small", "text2")
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.next)
        self._column.addLayout(row)
        self._parts: list[QWidget] = []
        self._told: tuple[bool, tuple[tuple[str, str], ...]] | None = None
        self.share = LinkButton("")
        self.share.setObjectName("sync.share")
        self.share.clicked.connect(self.share_wanted)
        self.compare = LinkButton("", "small")
        self.compare.setObjectName("sync.compare")
        self.compare.clicked.connect(self.compare_wanted)
        self._tail = QVBoxLayout()
        self._tail.addWidget(self.compare)
        self._tail.addWidget(self.share)
        self._column.addLayout(self._tail)
        self._column.addStretch(1)

    def show_facts(
        self,
        found: SyncRound | None,
        copy: Copy | None,
        times: words.Times,
        every: int,
        directory: Directory | None = None,
    ) -> None:
        """``every``: seconds to the next round by itself."""
        self._directory = directory
        kind = found.kind if found is not None else "alone"
        self.check.setText(translate("Sync", "Check now"))
        shared = kind != "alone"
        self.check.setVisible(shared)
        self.next.setText(fill(translate("Sync", "by itself every %1 s"), every) if shared and every else "")
        self.share.setText(
            translate("Sync", "Invite a colleague, move, leave") if shared else translate("Sync", "Share this desk")
        )
        self.compare.setText(translate("Sync", "Compare this copy now"))
        self.compare.setVisible(shared)
        self._say(kind, found, times)
        pairs = self._facts_of(copy, found, times) if copy is not None else ()
        if (shared, pairs) == self._told:
            return  # rounds come every other second
        self._told = (shared, pairs)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        place = self._column.indexOf(self._tail)
        for widget in self._sections(shared, pairs):
            self._column.insertWidget(place, widget)
            self._parts.append(widget)
            place += 1

    def _say(self, kind: str, found: SyncRound | None, times: words.Times) -> None:
        texts = {
            "alone": (
                translate("Sync", "This desk is on this computer alone"),
                translate("Sync", "Share it, and colleagues work on the same tickets, each on a copy of their own."),
                "text",
            ),
            "fresh": (translate("Sync", "Connected to the shared store"), "", "ok"),
            "conflict": (translate("Sync", "Connected, a choice waits for you"), "", "crit"),
            "offline": (
                translate("Sync", "No connection to the shared store"),
                translate(
                    "Sync",
                    "Work as usual: everything is written on this computer and leaves when the connection is back.",
                ),
                "high",
            ),
            "error": (translate("Sync", "Sharing stands still"), "", "crit"),
        }
        title, advice, token = texts.get(kind, texts["fresh"])
        if found is not None:
            title, advice = self._of_this_round(kind, found, title, advice)
        self.state.setText(title)
        self.state.set_token(token)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        since = found.since if found is not None else None
        if since is not None and kind in ("offline", "error"):
            minutes = max(0, int((times.now - since).total_seconds() // 60))
            ago = fill(translate("Sync", "last exchange: %1, %2 ago"), times.moment(since), words.duration(minutes))
            self.since.setText(ago)
        elif found is not None and kind in ("fresh", "conflict"):
            self.since.setText(fill(translate("Sync", "last exchange: %1"), times.moment(found.at)))
        else:
            self.since.setText("")
        self.since.setVisible(bool(self.since.text()))

    def _of_this_round(self, kind: str, found: SyncRound, title: str, advice: str) -> tuple[str, str]:
        """What is to be said of it beyond its kind: the reason, or a clock that is wrong."""
        if found.problem is not None:
            reason, more = error_words(found.problem)
            if kind == "error" or found.full:
                return title if kind == "error" else reason, f"{reason}. {more}" if kind == "error" else more
            return title, f"{advice} {reason}."
        fast = hubport.fast(found.others)
        if fast:
            return title, clock_words(fast)
        ahead, slow = translate("Sync", "%1’s clock is %2 fast."), translate("Sync", "%1’s clock is %2 slow.")
        wrong = [
            fill(
                ahead if one.ahead > 0 else slow,
                values.person(one.who, self._directory),
                words.duration(abs(one.ahead)),
            )
            for one in found.others
            if one.ahead is not None and abs(one.ahead) >= hubport.CLOCKS_AGREE
        ]
        return title, " ".join([advice, *wrong]).strip()

    def _sections(self, shared: bool, pairs: tuple[tuple[str, str], ...]) -> list[QWidget]:
        parts: list[QWidget] = []
        if shared:
            parts += [Line(), self._offline(), Line(), self._rules()]
        if pairs:
            box, column = self._titled(translate("Sync", "The data"))
            self._pairs(column, pairs)
            parts += [Line(), box]
        return parts

    def _titled(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        u = theme.current().u
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(Label(title, "caption", "text2"))
        return box, column

    def _offline(self) -> QWidget:
        box, column = self._titled(translate("Sync", "What works without a connection"))
        column.setSpacing(theme.current().u)
        for text, works in (
            (translate("Sync", "Tickets, protocol, notes"), True),
            (translate("Sync", "Calendar and plan"), True),
            (translate("Sync", "Search, knowledge, files kept here"), True),
            (translate("Sync", "Numbers of new tickets, from this copy’s block"), True),
            (translate("Sync", "Letters: they leave afterwards"), True),
            (translate("Sync", "New letters of customers"), False),
        ):
            fact = Fact("check" if works else "clock", text, "ok" if works else "text2", "text" if works else "text2")
            fact.label.set_role("small")
            fact.setMinimumHeight(4 * theme.current().u)  # the icon is higher than a small line
            column.addWidget(fact)
        return box

    def _rules(self) -> QWidget:
        box, column = self._titled(translate("Sync", "How changes join"))
        self._pairs(
            column,
            (
                (translate("Sync", "Entries, letters"), translate("Sync", "all are kept")),
                (translate("Sync", "Fields"), translate("Sync", "you decide a dispute")),
                (translate("Sync", "A date that was told"), translate("Sync", "never changes silently")),
                (translate("Sync", "Slots"), translate("Sync", "the first one keeps it")),
                (translate("Sync", "Numbers"), translate("Sync", "from the shared store")),
            ),
        )
        return box

    def _facts_of(self, copy: Copy, found: SyncRound | None, times: words.Times) -> tuple[tuple[str, str], ...]:
        pairs = [(translate("Sync", "Name"), copy.name or translate("Sync", "Support"))]
        if copy.where:
            pairs.append((translate("Sync", "Place"), copy.where))
            fresh = (
                found.since if found is not None and found.kind in ("offline", "error") else found.at if found else None
            )
            if fresh is not None:
                pairs.append((translate("Sync", "Fresh as of"), times.moment(fresh)))
        tickets = translate("Sync", "%n ticket(s)", None, copy.tickets)
        pairs.append(
            (
                translate("Sync", "Copy here"),
                fill(translate("Sync", "%1, %2", "size, tickets"), words.size(copy.size), tickets),
            )
        )
        if copy.where:
            checked = times.moment(copy.checked_at) if copy.checked_at is not None else translate("Sync", "not yet")
            pairs.append((translate("Sync", "Compared"), checked))
            pairs.append((translate("Sync", "Mail by"), self._mail(copy, found)))
        if copy.numbers_left is not None:
            pairs.append((translate("Sync", "Numbers left here"), str(copy.numbers_left)))
        return tuple(pairs)

    def _mail(self, copy: Copy, found: SyncRound | None) -> str:
        """Whose computer fetches and sends for all."""
        if copy.mail_here:
            return translate("Sync", "this computer")
        who = next((one.who for one in (found.others if found is not None else ()) if one.replica == copy.mail_by), "")
        if who:
            return values.person(who, self._directory)
        return translate("Sync", "another computer") if copy.mail_by else translate("Sync", "nobody")

    def _pairs(self, column: QVBoxLayout, pairs: tuple[tuple[str, str], ...]) -> None:
        u = theme.current().u
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(u + 2)
        for row, (name, text) in enumerate(pairs):
            grid.addWidget(Label(name, "small", "text2"), row, 0)
            field = ElidedLabel("", "small", mode=Qt.TextElideMode.ElideMiddle)
            field.setText(text)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
