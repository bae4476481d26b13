"""The mail room: one round of fetching and sending by every active mailbox, in its own lane.

A letter is filed away on its server only after its ticket is on the disk. A wrong password is tried once; then the
mailbox
rests until somebody gives another.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import EnvironmentTrouble, UserFacingError, WrongPassword
from deskapp.desk import hubport, mailkeys, mailport, setup
from deskapp.desk.desk import Desk
from deskapp.desk.mailport import Arrival, Checked, Detected, MailPreview, MailRound, SignIn
from deskapp.desk.values import Changes
from deskapp.sync.hub.door import MAIL
from deskapp.sync.mail import accounts, outbox, stages
from deskapp.sync.mail.ahead import MANY, Ahead
from deskapp.sync.mail.reading import Waiting
from deskapp.sync.mail.tokens import SignInNeeded
from deskapp.sync.mail.transports import Transport, Waker

if TYPE_CHECKING:
    from deskapp.sync.mail.calendar import Publisher

log = logging.getLogger(__name__)

#: Letters of one mailbox and round; the rest comes with the next. More where many times as many wait: each listing of
#: a long row of old letters costs by itself.
BATCH, LARGE = 100, 500
#: However long a busy server wants us to stay away, it is asked again after this.
_LONGEST_REST = timedelta(minutes=10)


class MailRoom:
    """Keeps what a round needs from the one before: connections, mailboxes whose password was refused."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, Transport]] = {}  # mailbox -> (what it was made from, transport)
        self._refused: dict[str, str] = {}  # mailbox -> what was refused
        self.woken: Callable[[], None] | None = None
        self._publisher: Publisher | None = None
        self._no_calendar: dict[str, str] = {}
        self._wakers: dict[str, Waker] = {}
        self._sign_ins = accounts.SignIns()
        self._resting: dict[str, tuple[datetime, EnvironmentTrouble]] = {}  # mailbox -> until when, and why
        self._ahead = Ahead()
        self._behind: dict[str, int] = {}  # mailbox -> letters that are known to lie there still

    # --- one account -----------------------------------------------------------------------------------------

    def check(self, desk: Desk, row: Mapping[str, Any], password: str | None) -> Checked:
        """Try an account as it stands in a form."""
        try:
            known = password if password is not None else mailkeys.secret(desk, row)
            transport = accounts.transport_for(desk, row, known)
            try:
                return transport.check()
            finally:
                transport.close()
        except UserFacingError as error:
            return Checked(False, error=error)

    def take_in(self, desk: Desk, paths: Sequence[str], progress: Callable[[int, int], bool]) -> Changes:
        """Letters of before: tickets and their threads, answered by nobody."""
        made = joined = wrong = 0
        tickets = set()
        for done, taken in enumerate(stages.take_paths(desk, paths), start=1):
            made += taken.outcome == "created"
            joined += taken.outcome == "joined"
            wrong += taken.outcome == "quarantined"
            tickets.add(taken.ticket_id)
            if done % 20 == 0 and not progress(done, done + 20):
                break
        found = frozenset(tickets - {""})
        return Changes({"ticket": found, "message": found}, found, said=("imported", {}), result=(made, joined, wrong))

    def preview(self, desk: Desk, row: Mapping[str, Any], password: str | None) -> MailPreview:
        """What lies in a mailbox and what it would become; nothing is taken in, marked or answered."""
        from deskapp.sync.mail import preview

        known = password if password is not None else mailkeys.secret(desk, row)
        transport = accounts.transport_for(desk, row, known)
        try:
            return preview.look(desk, transport, str(row.get("id", "")))
        finally:
            transport.close()

    def detect(self, desk: Desk, address: str) -> Detected:
        """Where the mailbox of an address is."""
        from deskapp.sync.mail.detect import detect

        return detect(address)

    def begin_sign_in(self, desk: Desk, row: Mapping[str, Any]) -> SignIn:
        """Begin a sign-in at the provider of an account."""
        return self._sign_ins.begin(desk, row)

    def step_sign_in(self, desk: Desk, sign_in: SignIn) -> str | None:
        """Ask once whether it is done; then its key is the secret of the mailbox."""
        return self._sign_ins.step(desk, sign_in)

    def round(self, desk: Desk) -> MailRound:
        """Fetch and send once; trouble with one mailbox does not stop the others."""
        arrivals: list[Arrival] = []
        changes: list[Changes] = []
        problems: list[UserFacingError] = []
        ask: list[tuple[str, str]] = []
        joined = quarantined = sent = 0
        if not hubport.may(desk, MAIL):  # a colleague's machine fetches and sends for the whole desk
            for row in setup.mailboxes(desk):
                if row["active"] and accounts.options_of(row).get("calendar") == "me":
                    problems += self._publish(desk, row)
            return MailRound(desk.clock.now(), waiting=_waiting(desk), problems=tuple(problems))
        for taken in stages.resume(desk):
            if taken.changes is not None:
                changes.append(taken.changes)
        rows = [row for row in setup.mailboxes(desk) if row["active"]]
        paused = mailport.reading_paused(desk)
        behind = 0
        published: list[dict[str, Any]] = []
        for row in rows:
            resting = self._resting.get(row["id"])
            if resting is not None and desk.clock.now() < resting[0]:
                problems.append(resting[1])
                continue
            try:
                transport = self._transport(desk, row, ask)
                if transport is None:
                    continue
                for taken in () if paused else self._fetch(desk, row, transport):
                    if taken.changes is not None:
                        changes.append(taken.changes)
                    joined += taken.outcome == "joined"
                    quarantined += taken.outcome == "quarantined"
                    if taken.outcome == "created":
                        arrivals.append(self._arrival(desk, taken))
                behind += self._behind.get(row["id"], 0)
                self._wake_by(row["id"], transport)
                changes += outbox.resolve_claims(desk, row, transport)
                changes += outbox.look_back(desk, row, transport)
                left, count = outbox.send_ready(desk, row, transport)
                changes += left
                sent += count
                published.append(row)
            except WrongPassword as error:
                self._refused[row["id"]] = self._made_from(desk, row)
                self._drop(row["id"])
                problems.append(error)
            except EnvironmentTrouble as error:
                if error.retry_after:  # who asks a busy server too early waits even longer
                    rest = min(timedelta(seconds=error.retry_after), _LONGEST_REST)
                    self._resting[row["id"]] = (desk.clock.now() + rest, error)
                self._drop(row["id"])
                problems.append(error)
            except UserFacingError as error:
                problems.append(error)
        for row in published:  # after the letters of all mailboxes: a slow calendar keeps nobody waiting for mail
            try:
                problems += self._publish(desk, row)
            except UserFacingError as error:
                problems.append(error)
        return MailRound(
            at=desk.clock.now(),
            mailboxes=len(rows),
            arrivals=tuple(arrivals),
            joined=joined,
            quarantined=quarantined,
            sent=sent,
            waiting=_waiting(desk),
            changes=tuple(change for change in changes if change.tables or change.tickets),
            problems=tuple(problems),
            ask=tuple(ask),
            behind=behind,
            paused=paused,
        )

    def close(self) -> None:
        self._ahead.close()
        for mailbox in list(self._open):
            self._drop(mailbox)

    # --- inside ----------------------------------------------------------------------------------------------

    @staticmethod
    def _made_from(desk: Desk, row: Mapping[str, Any]) -> str:
        password = desk.secrets.get(f"mailbox:{row['id']}") or ""
        return f"{row['kind']}|{row['address']}|{json.dumps(row['options'], sort_keys=True)}|{hash(password)}"

    def _transport(self, desk: Desk, row: Mapping[str, Any], ask: list[tuple[str, str]]) -> Transport | None:
        made_from = self._made_from(desk, row)
        if self._refused.get(row["id"]) == made_from:  # the same password would be refused again, and lock the account
            if accounts.signs_in(row):
                raise SignInNeeded(row["address"])
            ask.append((row["id"], row["address"]))
            return None
        self._refused.pop(row["id"], None)
        known = self._open.get(row["id"])
        if known is not None and known[0] == made_from:
            return known[1]
        self._drop(row["id"])
        password = mailkeys.secret(desk, row)
        if password is None and accounts.needs_password(row):
            if accounts.signs_in(row):
                raise SignInNeeded(row["address"])
            ask.append((row["id"], row["address"]))
            return None
        transport = accounts.transport_for(desk, row, password)
        self._open[row["id"]] = (made_from, transport)
        return transport

    def _publish(self, desk: Desk, row: Mapping[str, Any]) -> list[UserFacingError]:
        """Bookings into the calendar. Trouble is returned."""
        if row["kind"] not in ("ews", "graph") or not accounts.options_of(row).get("calendar"):
            return []
        if not mailkeys.knows(desk, row):
            return []
        made_from = self._made_from(desk, row)
        if self._no_calendar.get(row["id"]) == made_from:  # a refused password is tried once here too
            return []
        if self._publisher is None:
            from deskapp.sync.mail.calendar import Publisher

            self._publisher = Publisher()
        problems = self._publisher.round(desk, row, lambda whose: accounts.calendar_of(desk, row, whose))
        if any(isinstance(problem, WrongPassword) for problem in problems):
            self._no_calendar[row["id"]] = made_from
        return problems

    def _wake_by(self, mailbox: str, transport: Transport) -> None:
        """Be woken by this mailbox, now that its login has worked."""
        known = self._wakers.get(mailbox)
        if self.woken is None or (known is not None and not known.lost):
            return
        waker = transport.waker(lambda: self.woken() if self.woken is not None else None)
        if waker is not None:
            self._wakers[mailbox] = waker

    def _drop(self, mailbox: str) -> None:
        waker = self._wakers.pop(mailbox, None)
        if waker is not None:
            waker.stop()
        known = self._open.pop(mailbox, None)
        if known is not None:
            known[1].close()

    def _fetch(self, desk: Desk, row: Mapping[str, Any], transport: Transport) -> list[stages.Taken]:
        """Take in a batch of letters, file them away, and remember how far the mailbox was read."""
        key = f"mail_state:{row['id']}"
        since = accounts.options_of(row).get("since")
        left = set(json.loads(desk.replica.state(f"mail_left:{row['id']}") or "[]")) if since is not None else set()
        state, batch = desk.replica.state(key), LARGE if self._behind.pop(row["id"], 0) > 4 * LARGE else BATCH
        listing = transport.listing(state, batch)
        if left and listing.state == state:  # it goes on behind no letter: those that were left are named again
            listing = transport.listing(state, batch + len(left))
            listing = replace(listing, remote_ids=tuple(one for one in listing.remote_ids if one not in left)[:batch])
        if len(listing.remote_ids) <= MANY:
            self._ahead.close()

        def letters() -> Iterator[Waiting]:
            for remote_id in listing.remote_ids:
                known = listing.received.get(remote_id)
                if since is not None and known is not None and to_ms(known) < since:
                    left.add(remote_id)  # not even fetched
                    continue
                fetched = transport.read(remote_id)
                if fetched is None:
                    continue
                received = _sane(desk, fetched.received_at)
                if since is not None and received is not None and to_ms(received) < since:
                    left.add(remote_id)  # too old to be read: it stays there as it is
                    continue
                old = row["read_from"] is not None and received is not None and to_ms(received) < row["read_from"]
                yield Waiting(fetched.raw, f"{row['address']} {remote_id}", received, row["id"], old, remote_id)

        found: list[stages.Taken] = []
        for taken_in in stages.take_many(desk, letters(), self._ahead):
            for taken in taken_in:  # they are on the disk now
                transport.file_away(taken.remote_id)
            found += taken_in
        if since is not None and listing.state == state:
            desk.replica.set_state(f"mail_left:{row['id']}", json.dumps(sorted(left)))
        desk.replica.set_state(key, listing.state)
        if listing.remote_ids:
            self._behind[row["id"]] = listing.waiting
        return found

    @staticmethod
    def _arrival(desk: Desk, taken: stages.Taken) -> Arrival:
        row = desk.replica.row("SELECT subject, customer FROM queue_row WHERE ticket_id = ?", (taken.ticket_id,))
        return Arrival(taken.ticket_id, taken.number, row[0] if row else "", row[1] if row else "")


def _waiting(desk: Desk) -> int:
    return int(desk.replica.value("SELECT count(*) FROM outgoing WHERE state = 'ready'"))


def _sane(desk: Desk, at: datetime | None) -> datetime | None:
    """A server's date of receipt, unless it lies in the future of our clock."""
    if at is None or at > desk.clock.now():
        return None
    return from_ms(to_ms(at))
