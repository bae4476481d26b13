"""What a person does with a hub: share the desk, invite, join, look, check, rebuild, leave. For the command line, the
assistant and the Sync screen; each is one plain function.

The place of the hub is a fact of the replica; the password of a PostgreSQL hub is in the machine's keyring, never in an
invitation.
"""

from __future__ import annotations

import base64
import importlib
import json
import logging
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from deskapp.core import moving
from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.paths import Profile, path_of
from deskapp.core.secrets import NoKeyring
from deskapp.desk import conflicts, numbers
from deskapp.desk.desk import Desk
from deskapp.desk.doctor import Finding
from deskapp.models.database import SCHEMA, Replica
from deskapp.models.schema import DeskSetting
from deskapp.sync.hub import blobs, changes, identity, snapshots
from deskapp.sync.hub.hub import (
    AnotherDesk,
    Batch,
    Change,
    Head,
    Hub,
    HubRefused,
    HubUnreachable,
    Progress,
    Snapshot,
    UpdateToSync,
)
from deskapp.sync.hub.mend import rebuild as mend_rebuild
from deskapp.sync.hub.rounds import RoundResult, Rounds, compare
from deskapp.sync.hub.state import HubState
from deskapp.sync.hub.versions import MIN_APP, newer

log = logging.getLogger(__name__)

_WORD = "deskapp-join:"
#: Where the password of a PostgreSQL hub is kept in ``Desk.secrets``.
SECRET = "hub"


@dataclass(frozen=True)
class HubStatus:
    """``where`` is empty for a desk that is alone. ``replicas``: replica -> its last status; ``conflicts``: open."""

    where: str
    replica: str = ""
    seq: int = 0
    waiting: int = 0
    conflicts: int = 0
    numbers_left: int | None = None
    reachable: bool = False
    behind: bool = False
    problem: str = ""
    replicas: Mapping[str, Mapping[str, Any]] | None = None
    leases: tuple[tuple[str, str, int], ...] = ()  # (name, replica, token)


def connect(where: str, password: str | None = None) -> Hub:
    """The hub at a folder or a postgresql:// URL. HubUnreachable, HubRefused."""
    if _is_postgres(where):
        hub: Hub = _postgres()(where, password)
        return hub
    from deskapp.sync.hub.folder import FolderHub

    return FolderHub(_folder(where))


def _found(where: str, source: Path, snapshot: Snapshot, password: str | None, instead_of: str = "") -> Hub:
    if _is_postgres(where):
        hub: Hub = _postgres().found(where, source, snapshot, password, instead_of)
        return hub
    from deskapp.sync.hub.folder import FolderHub

    return FolderHub.found(_folder(where), source, snapshot, instead_of=instead_of)


def _is_postgres(where: str) -> bool:
    return where.startswith(("postgres://", "postgresql://"))


def _postgres() -> Any:
    """The class of the PostgreSQL hub; its driver is loaded only for desks that have one."""
    try:
        return importlib.import_module("deskapp.sync.hub.postgres").PostgresHub
    except ImportError as error:
        raise HubRefused(
            "The driver of PostgreSQL is missing", "Install psycopg: pip install psycopg[binary]."
        ) from error


#: Addresses that are no folder: of another service, or a database's in its own way of writing.
_NO_FOLDER = re.compile(r"(?i)\s*(?!file:)([a-z][a-z0-9+.-]+://|(host|hostaddr|dbname|service|user|port)\s*=)")


def _folder(where: str) -> Path:
    if _NO_FOLDER.match(where):
        raise HubRefused(
            "This is no place for a shared desk",
            "%1 is neither a folder nor the address of a PostgreSQL database, which is written as "
            "postgresql://user@server/database. Nothing was changed.",
            where,
        )
    return Path(path_of(where)).expanduser().absolute()


def hub_of(desk: Desk) -> Hub:
    """The hub of this desk; HubRefused if it is alone."""
    where = HubState(desk.replica).where
    if not where:
        raise HubRefused("This desk is alone", "It has no hub. Share it, or join one by an invitation.")
    return connect(where, desk.secrets.get(SECRET))


def init(desk: Desk, where: str, password: str | None = None) -> Hub:
    """Share this desk: the hub begins with everything that is here. HubRefused if there is a desk already."""
    state = HubState(desk.replica)
    if state.where:
        raise HubRefused("This desk is shared already", "Its hub is %1. Leave it first.", state.where)
    if not _is_postgres(where):
        _must_be_safe(_folder(where))
    return _begin(desk, where, password)


def _must_be_safe(folder: Path) -> None:
    from deskapp.sync.hub import share
    from deskapp.sync.hub.files import Files

    share.refuse_synchronised(folder)
    for finding in share.check(folder, Files()):
        if not finding.ok and not finding.what.startswith(("Delay", "Clock")):
            raise HubRefused("This folder cannot hold a shared desk", "%1: %2", finding.what, finding.advice)


def _begin(desk: Desk, where: str, password: str | None, instead_of: str = "") -> Hub:
    """Make a new log that begins with this replica as it is, its unsent changes included, and stand at its origin."""
    state = HubState(desk.replica)
    begun = state.read("hub_founding")  # of a process that ended in the middle of it
    hub = _founded(where, begun, password) if begun else None
    if hub is None:
        head, last, kept = Head.origin(new_id()), changes_upto(desk), new_id()
        with snapshots.scratch(desk) as path:
            made = snapshots.make(desk, path, head, kept)
            assert made is not None
            with desk.replica.writing("", desk.clock.now()):
                state.write("hub_founding", [list(head), last, kept])
            hub = _found(where, path, made, password, instead_of)
    else:
        head, last, kept = Head(*begun[0]), int(begun[1]), str((*begun, new_id())[2])
    with desk.replica.writing("", desk.clock.now()) as writing:
        # the new log may be lost as well before anybody has seen it: what it began with is sent again then
        writing.execute("UPDATE hub_batch SET seq = 0, chain = ''")
        own = changes.collect(desk.replica, changes.LAST // 50, last) if instead_of else None
        body = _batch_of(desk, kept, own.changes).body if own else None
        writing.execute("INSERT INTO hub_batch (id, seq, chain, body) VALUES (?, 0, '', ?)", (kept, body))
        changes.settle(desk.replica, last, 1)
        desk.replica.set_state("hub", hub.where)
        state.set_cursor(head)
        state.set_attempts({})
        state.write("hub_holds", None)
        state.write("hub_founding", None)
        if numbers.blocks(desk.replica) is None:
            numbers.keep_blocks(desk.replica, [])  # from now on every number is out of a block
        identity.count(desk)
        blobs.owe(desk)
    _keep(desk, password)
    identity.settle(desk)
    blobs.give_all(desk, hub)  # what is left of it when the share goes away follows with the next rounds
    Rounds(desk, hub).run()
    return hub


def _batch_of(desk: Desk, id_: str, found: tuple[Change, ...]) -> Batch:
    state = HubState(desk.replica)
    return Batch(id_, state.identity, SCHEMA, MIN_APP, to_ms(desk.clock.now()), found)


def _keep(desk: Desk, password: str | None) -> None:
    """Into the keyring; without one it serves until the end of this run, which is no reason to stop."""
    if password is not None:
        try:
            desk.secrets.set(SECRET, password)
        except NoKeyring as error:
            log.warning("%s", error.heading())


def _founded(where: str, begun: list[Any], password: str | None) -> Hub | None:
    """The hub of this epoch if it came into being."""
    try:
        hub = connect(where, password)
    except HubUnreachable:
        return None
    if hub.head().epoch == begun[0][0]:
        return hub
    hub.close()
    return None


def changes_upto(desk: Desk) -> int:
    """The last captured change there is."""
    return int(desk.replica.value("SELECT coalesce(max(seq), 0) FROM change"))


def invite(desk: Desk) -> str:
    """A line (or the content of a file) by which a colleague joins; holds no password."""
    state = HubState(desk.replica)
    cursor = state.cursor
    if not state.where or cursor is None:
        raise HubRefused("This desk is alone", "Share it first; then invite.")
    told = {"where": nameless(state.where), "epoch": cursor.epoch, "name": str(desk.schedule.rule["desk_name"])}
    return _WORD + base64.urlsafe_b64encode(json.dumps(told, ensure_ascii=False).encode()).decode()


def nameless(where: str) -> str:
    """The address without whoever uses it: no user's name, no password, no file of a key."""
    if not _is_postgres(where):
        return where
    url = urlsplit(where)
    own = ("user=", "password=", "passfile=", "sslkey=", "sslcert=", "sslpassword=", "service=")
    query = "&".join(pair for pair in url.query.split("&") if pair and not pair.startswith(own))
    return urlunsplit(url._replace(netloc=url.netloc.rpartition("@")[2], query=query))


def with_user(where: str, user: str) -> str:
    """The address as this user's."""
    if not user or not _is_postgres(where):
        return where
    url = urlsplit(where)
    return urlunsplit(url._replace(netloc=f"{quote(user, safe='')}@{url.netloc.rpartition('@')[2]}"))


def read_invitation(text: str) -> dict[str, str]:
    """{where, epoch, name} of an invitation; UserFacingError if it is none."""
    try:
        word = next(word for word in text.split() if word.startswith(_WORD))
        told = json.loads(base64.urlsafe_b64decode(word.removeprefix(_WORD)))
        return {key: str(told[key]) for key in ("where", "epoch", "name")}
    except (StopIteration, ValueError, KeyError, TypeError) as error:
        raise UserFacingError(
            "This is no invitation", "Ask for the line that begins with %1 and paste it whole.", _WORD
        ) from error


def join(
    profile: Profile, invitation: str, password: str | None = None, where: str = "", progress: Progress | None = None
) -> None:
    """Fill an empty profile from a hub; open it and run a round afterwards.

    ``where`` instead of the invitation's place: the same share may be mounted elsewhere here. A profile that has a desk
    is refused: its tickets would get new numbers among others'. It is put aside in backups if nothing was done in it.
    """
    fresh = profile.make().root / f"joining-{new_id()}.sqlite"
    try:
        _fetch(invitation, password, where, fresh, progress, profile)
        moving.replace(fresh, profile.database)
    finally:
        _sweep(fresh)


def _fetch(
    invitation: str,
    password: str | None,
    where: str,
    fresh: Path,
    progress: Progress | None,
    profile: Profile | None = None,
) -> None:
    """Write the database of a new replica to ``fresh``; a profile's own one is put aside when the hub has answered."""
    told = read_invitation(invitation)
    place = where or told["where"]
    hub = connect(place, password)
    try:
        snapshot = hub.snapshot()
        if snapshot is None:
            raise HubUnreachable("The shared desk has no snapshot", "Ask a colleague to open the desk, then try again.")
        if told["epoch"] != snapshot.head.epoch:
            raise HubRefused(
                "The invitation is for another desk", "%1 holds a different one. Ask for a new one.", place
            )
        if newer(snapshot.min_app) or snapshot.schema > SCHEMA:
            raise UpdateToSync(snapshot.min_app)
        if profile is not None:
            _put_aside(profile)
        snapshots.fetch(hub, snapshot, fresh, progress)
        snapshots.adopt(fresh, hub.where, snapshot.made_at)
    finally:
        hub.close()


def _sweep(path: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        moving.remove(Path(f"{path}{end}"))


def join_here(
    desk: Desk, invitation: str, password: str | None = None, where: str = "", progress: Progress | None = None
) -> RoundResult:
    """Fill an empty desk that is open, its window included, from a hub; then the first round.

    HubRefused if anything was done in it. What it was is kept in backups.
    """
    if HubState(desk.replica).where or desk.replica.value("SELECT 1 FROM ticket LIMIT 1"):
        raise HubRefused(
            "This profile has a desk already",
            "Join with another profile: deskapp --profile FOLDER. Nothing was changed.",
        )
    fresh = desk.profile.root / f"joining-{new_id()}.sqlite"
    try:
        _fetch(invitation, password, where, fresh, progress)
        desk.replica.backup("before-joining")
        desk.replica.become(fresh)
    finally:
        _sweep(fresh)
    _keep(desk, password)
    desk.settings.set("me", "")
    return begin(desk)


#: The key of the desk's setting that names the store which all have moved to.
MOVED = "hub_moved"


def moved_to(desk: Desk) -> str:
    """Where the others have gone, if this replica has not; empty otherwise.

    Whoever stands in another log than the one that was left has followed, whatever the new place is called here.
    """
    stored = desk.replica.value("SELECT value FROM desk_setting WHERE id = ?", (MOVED,))
    told = json.loads(stored) if stored else {}
    state = HubState(desk.replica)
    place, left, cursor = str(told.get("where", "")), told.get("left"), state.cursor
    if not place or place == nameless(state.where) or (left and cursor is not None and cursor.epoch != left):
        return ""
    return place


def move(desk: Desk, where: str, password: str | None = None) -> Hub:
    """Take the shared desk to another store. The others read in the old one where it is and follow by ``follow``; who
    appends there before having read it appends it again in the new one (``mend``)."""
    old = HubState(desk.replica).where
    if not _is_postgres(where):
        _must_be_safe(_folder(where))
    hub = hub_of(desk)
    try:
        rounds = Rounds(desk, hub)
        rounds.run()
        while blobs.gather(desk, hub, everything=True):
            pass
        with desk.act("", author="") as act:
            act.put(DeskSetting, id=MOVED, value={"where": nameless(where), "left": rounds.epoch})
        rounds.run()
    finally:
        hub.close()
    try:
        return _begin(desk, where, password)
    except BaseException:
        with desk.act("", author="") as act:
            act.put(DeskSetting, id=MOVED, value={"where": nameless(old)})
        sync_once(desk)
        raise


def follow(desk: Desk, password: str | None = None, where: str = "") -> RoundResult:
    """Go where the others have moved the store to, or ``where`` it is found now; what is not shared yet comes along.

    HubUnreachable, WrongPassword, AnotherDesk: nothing was changed.
    """
    place = where or moved_to(desk)
    if not place:
        raise HubRefused("The shared desk has not moved", "There is nothing to follow.")
    if password is None:
        password = desk.secrets.get(SECRET)
    hub = connect(place, password)
    try:
        before = HubState(desk.replica).where
        desk.replica.set_state("hub", place)
        try:
            result = Rounds(desk, hub).run()
        except AnotherDesk:  # any other trouble passes, there
            desk.replica.set_state("hub", before)
            raise
    finally:
        hub.close()
    _keep(desk, password)
    return result


def begin(desk: Desk) -> RoundResult:
    """The first round of a replica that has joined: everything since the snapshot, and a block of numbers."""
    identity.settle(desk)
    with desk.act("", author="") as act:
        snapshots.refresh_open(act)
    hub = hub_of(desk)
    try:
        return Rounds(desk, hub).run()
    finally:
        hub.close()


def opened(desk: Desk) -> bool:
    """At the start of a process: a copied or restored profile becomes a replica of its own before it gives out a number
    that the other one has; whether it did."""
    if not identity.is_copy(desk):
        return False
    identity.become_new(desk)
    return True


def _put_aside(profile: Profile) -> None:
    if not profile.database.exists():
        return
    replica = Replica(profile.database).open()
    try:
        if replica.value("SELECT 1 FROM ticket LIMIT 1") or replica.state("hub"):
            raise HubRefused(
                "This profile has a desk already",
                "Join with another profile: deskapp --profile FOLDER. Nothing was changed.",
            )
    finally:
        replica.disconnect()
    target = profile.backups / f"before-joining-{new_id()}"
    target.mkdir(parents=True)
    for end in ("", "-wal", "-shm"):
        path = Path(f"{profile.database}{end}")
        if path.exists():
            shutil.move(path, target / path.name)


def sync_once(desk: Desk, allow: bool = False) -> RoundResult:
    """One round. ``allow``: also if it deletes much."""
    hub = hub_of(desk)
    try:
        rounds = Rounds(desk, hub)
        rounds.allow = allow
        return rounds.run()
    finally:
        hub.close()


def status(desk: Desk) -> HubStatus:
    """Where the desk stands; never raises for a hub that cannot be reached."""
    state = HubState(desk.replica)
    if not state.where:
        return HubStatus("")
    cursor = state.cursor
    left = numbers.blocks(desk.replica)
    known: dict[str, Any] = {
        "where": state.where,
        "replica": state.identity,
        "seq": cursor.seq if cursor else 0,
        "waiting": changes.waiting(desk.replica),
        "conflicts": conflicts.count(desk),
        "numbers_left": None if left is None else sum(last - first + 1 for first, last in left),
        "leases": tuple(desk.replica.rows("SELECT id, replica, token FROM lease WHERE replica <> '' ORDER BY id")),
    }
    try:
        hub = hub_of(desk)
        try:
            behind = cursor is None or hub.news(cursor)
            return HubStatus(**known, reachable=True, behind=behind, replicas=hub.beats())
        finally:
            hub.close()
    except UserFacingError as error:
        return HubStatus(**known, problem=f"{error.heading()}. {error.filled()}".strip())


#: A desktop that gave no sign of life for so long takes part no more.
_RETIRED_MS = 30 * 24 * 3_600_000


def taking_part(desk: Desk, beats: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The replicas that have neither left nor been silent for a month."""
    since = to_ms(desk.clock.now()) - _RETIRED_MS
    return sorted(one for one, told in beats.items() if not told.get("left") and int(told.get("at") or 0) >= since)


def check(desk: Desk) -> tuple[Finding, ...]:
    """Whether the hub's place is safe, and whether this replica is what the others are."""
    hub = hub_of(desk)
    try:
        found = list(hub.check())
        differ = compare(desk, hub)
        if differ is None:
            found.append(
                Finding(
                    "Not compared: changes wait here",
                    False,
                    "Share them first (deskapp sync): nobody else has them.",
                )
            )
        else:
            found.append(
                Finding(
                    "This replica equals the others" if not differ else f"This replica differs in {', '.join(differ)}",
                    not differ,
                    "Rebuild it: deskapp hub rebuild. What is not shared yet is kept.",
                )
            )
        twice = desk.replica.rows(
            "SELECT number FROM ticket WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1"
        )
        found.append(
            Finding(f"Ticket numbers given twice: {len(twice)}", not twice, "Merge those tickets, or ask for help.")
        )
        return tuple(found)
    finally:
        hub.close()


def rebuild(desk: Desk, hub_too: bool = False, allow: bool = False) -> RoundResult:
    """Make this replica anew from the hub, what is not shared yet on top. ``hub_too``: make the hub anew from this
    replica instead, when it is lost or damaged; all others follow it."""
    state = HubState(desk.replica)
    if hub_too:
        cursor = state.cursor
        assert cursor is not None
        _begin(desk, state.where, desk.secrets.get(SECRET), instead_of=cursor.epoch).close()
        return sync_once(desk, allow)
    hub = hub_of(desk)
    try:
        rounds = Rounds(desk, hub)
        rounds.allow = allow
        rounds.run()  # an append whose answer was lost is settled first
        rounds.allow = allow  # which is for one round
        result = RoundResult(rebuilt=True)
        mend_rebuild(desk, hub, rounds.look_first, result.changes)
        then = rounds.run()
        then.rebuilt = True
        then.changes[:0] = result.changes
        return then
    finally:
        hub.close()


def leave(desk: Desk) -> None:
    """Be alone again with everything that is here. Leases are given back if the hub can be reached."""
    state = HubState(desk.replica)
    try:
        hub = hub_of(desk)
        try:
            rounds = Rounds(desk, hub)
            rounds.run()
            rounds.farewell()
        finally:
            hub.close()
    except UserFacingError as error:  # no way there, no rights, a wrong password: that is no reason to have to stay
        log.info("left without a word, the leases expire: %s", error.title)
    with desk.replica.writing("", desk.clock.now()):
        following = numbers.following(desk.replica)
        for key in (
            "hub", "hub_head", "hub_attempts", "hub_holds", "number_blocks", "hub_snapshots", "hub_digest",
            "hub_files_owed",
        ):  # fmt: skip
            desk.replica.set_state(key, "")
        desk.replica.set_state("next_number", str(following))
        desk.replica.set_state("replica", new_id())
    desk.secrets.delete(SECRET)
    assert not state.where
