"""A mailbox on an Exchange Server (2013 to SE), read and sent from by Exchange Web Services."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from typing import Any

from deskapp.core.clock import from_seconds
from deskapp.core.errors import UserFacingError
from deskapp.desk.mailport import Checked
from deskapp.sync.mail.compose import LETTER_HEADER
from deskapp.sync.mail.ews_line import EwsLine, is_busy, vendor
from deskapp.sync.mail.transports import MAX_LETTER, TRUNCATED_HEADER, Fetched, Listing, Undecided, Waker

log = logging.getLogger(__name__)

_BEGINNING = 256 * 1024
_CHUNK = 20  # letters a GetItem: more of them make some servers give up (ErrorTimeoutExpired)
_CHUNK_BYTES = 16 * 1024 * 1024
_PAGE = 512  # what a server gives at most a SyncFolderItems
_WINDOW = 10_000  # letters that are put into order at once; of older ones only their ids are kept, in the state
_IDLE = 20.0  # after so many seconds a connection may be dead without our knowing; it is tried before a letter leaves


class EwsTransport:
    """``options``: server (a name, or the whole https address), login (else the address), mailbox (its own address
    where customers write to another one), auth (basic | ntlm, else found out), folder, after (seen | move | category |
    leave), processed (folder for ``move``), category, ca_file, stream (False: no streaming notifications).

    The mailbox is opened with the rights that the login has on it (delegation). A wrong password is tried once.
    """

    def __init__(self, options: Mapping[str, Any], address: str, password: str) -> None:
        self._options = dict(options)
        self._line = EwsLine(options, address, password)
        self._after = str(options.get("after") or "seen")
        self._forget()

    def _forget(self) -> None:
        self._sizes: dict[str, int] = {}  # letters of the last listing, in its order
        self._ahead: dict[str, Fetched] = {}  # fetched with an earlier one
        self._gone: set[str] = set()
        self._categories: dict[str, list[str]] = {}
        self._unfiled: set[str] = set()  # of the last listing
        self._filed: list[str] = []  # to be marked with the next request

    # --- what a transport does -----------------------------------------------------------------------------------

    def check(self) -> Checked:
        """Log in and look into the folder and the sent letters."""
        try:
            self._line.call(lambda account: (self._inbox(account), account.sent))
        except UserFacingError as error:
            return Checked(False, error=error)
        return Checked(True, "works")

    def listing(self, state: str, limit: int) -> Listing:
        """By SyncFolderItems from where the last listing ended. The server begins with the newest letters; they are
        put into order here, and those of which there are too many for one listing wait in the state. When the server
        does not know the state any more, all are listed again; the caller knows them by their content."""
        self._flush()
        self._forget()
        sync, waiting = _state(state)
        if not waiting:
            sync, waiting = self._collect(sync)
        page, waiting = waiting[:limit], waiting[limit:]
        self._sizes = {remote_id: size for remote_id, size, _at in page}
        self._unfiled = set(self._sizes)
        dates = {remote_id: from_seconds(at) for remote_id, _size, at in page if at}
        return Listing(tuple(self._sizes), json.dumps({"sync": sync, "waiting": waiting}), len(waiting), dates)

    def read(self, remote_id: str) -> Fetched | None:
        """One letter; those that follow in the listing come with the same request and are kept for the next calls."""
        if remote_id not in self._ahead and remote_id not in self._gone:
            self._fetch(remote_id)
        self._gone.discard(remote_id)
        found = self._ahead.pop(remote_id, None)
        if found is None:
            self._unfiled.discard(remote_id)
            self._flush_when_due()
        return found

    def file_away(self, remote_id: str) -> None:
        """Mark as read, move to ``processed`` or give the ``category``: many letters with one request, with the last
        one of the listing or when the transport is closed. A folder that may not be written to stops no letter."""
        if self._after != "leave" and remote_id not in self._filed:
            self._filed.append(remote_id)
        self._unfiled.discard(remote_id)
        self._flush_when_due()

    def send(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        """As one CreateItem of the ready letter, its copy among the sent ones of this mailbox. Our own header and the
        Message-ID are named besides, since Exchange may write its own ones into what it is given; and so is the shared
        mailbox that it comes from, which the server lets go by the delegate's right to send as it or on its behalf."""
        head = BytesHeaderParser().parsebytes(raw)
        letter_id = str(head.get(LETTER_HEADER) or "")
        named = {
            address.lower()
            for _name, address in getaddresses([str(v) for h in ("To", "Cc") for v in head.get_all(h, [])])
        }
        hidden = [one for one in recipients if one.lower() not in named]
        self._flush()
        if self._line.idle() > _IDLE:
            self._line.call(lambda account: account.sent.refresh())

        def leave(account: Any) -> None:
            library = vendor()
            library.Message(
                account=account,
                folder=account.sent,
                mime_content=raw,
                message_id=str(head.get("Message-ID") or "").strip() or None,
                deskapp_letter=letter_id or None,
                author=library.Mailbox(email_address=sender) if self._line.of_another(sender) else None,
                bcc_recipients=[library.Mailbox(email_address=one) for one in hidden] or None,
            ).send_and_save()

        self._line.call(
            lambda account: account.sent
        )  # a folder that cannot be opened is found before the letter leaves
        try:
            self._line.call(leave, sending=True)
        except Undecided:
            with contextlib.suppress(UserFacingError):
                if letter_id and self.find_sent(letter_id):
                    return
            raise

    def find_sent(self, letter_id: str) -> bool:
        """Search the sent letters by our own header."""
        return bool(
            self._line.call(lambda account: list(account.sent.filter(deskapp_letter=letter_id).values_list("id")))
        )

    def sent_as(self, letter_id: str) -> str:
        """The id that the server gave the copy among the sent letters."""
        found = self._line.call(
            lambda account: list(account.sent.filter(deskapp_letter=letter_id).values_list("message_id", flat=True))
        )
        return next((str(one).strip("<> ") for one in found if one), "")

    def waker(self, woken: Callable[[], None]) -> Waker | None:
        """By streaming notifications, unless the account says ``stream: False``."""
        if self._options.get("stream") is False:
            return None
        from deskapp.sync.mail.ews_stream import EwsStream

        return EwsStream(self._line.another(), self._watched, woken)

    def close(self) -> None:
        """Wake whoever waits for a busy server, mark what is still to be marked, and let go of the connection."""
        self._line.wake()
        with contextlib.suppress(UserFacingError):
            if self._line.open:
                self._flush()
        self._line.drop()

    # --- letters in ----------------------------------------------------------------------------------------------

    def _collect(self, sync: str) -> tuple[str, list[tuple[str, int, int]]]:
        """New letters since ``sync``, oldest first, with their sizes and the second when each came (0: not told)."""
        library = vendor()
        found: dict[str, tuple[datetime, int]] = {}
        first = not sync
        while True:
            since = sync
            try:
                changes, sync, last = self._line.call(lambda account: self._page(account, since))  # noqa: B023
            except _StateLost:
                log.info("the server does not know how far the mailbox was read; all letters are listed again")
                found, first, sync = {}, True, ""
                continue
            for kind, item in changes:
                if kind == library.CREATED:
                    received = item.datetime_received or datetime.max.replace(tzinfo=UTC)
                    found.setdefault(item.id, (received, item.size or 0))
                elif kind == library.DELETED:
                    found.pop(item.id, None)
            if last or len(found) >= _WINDOW:
                break
        ordered = list(found.items())
        if first:  # it came newest first: letters of the same second are to be turned round too
            ordered.reverse()
        ordered.sort(key=lambda one: one[1][0])
        unknown = datetime.max.replace(tzinfo=UTC)
        return sync, [
            (remote_id, size, 0 if at == unknown else int(at.timestamp())) for remote_id, (at, size) in ordered
        ]

    def _page(self, account: Any, sync: str) -> tuple[list[Any], str, bool]:
        library = vendor()
        folder = self._inbox(account)
        service = library.SyncFolderItems(account=account)
        try:
            changes = list(
                service.call(
                    folder=folder,
                    shape=library.ID_ONLY,
                    additional_fields=set(folder.normalize_fields(["datetime_received", "size"])),
                    sync_state=sync or None,
                    ignore=None,
                    max_changes_returned=_PAGE,
                    sync_scope=None,
                )
            )
        except (library.errors.ErrorInvalidSyncStateData, library.errors.ErrorSyncFolderNotFound) as error:
            if not sync:
                raise
            raise _StateLost from error
        except AttributeError as error:  # the library's own, where an error comes without the state beside it
            raise library.errors.MalformedResponseError("SyncFolderItems failed without saying why") from error
        # A server that gives the same state again would be asked for ever.
        return changes, str(service.sync_state), bool(service.includes_last_item_in_range) or service.sync_state == sync

    def _fetch(self, remote_id: str) -> None:
        """Fetch a letter and the ones after it into ``_ahead``, and what is not there any more into ``_gone``."""
        if remote_id not in self._sizes:
            item = self._items([remote_id], ["size"])[0]
            self._sizes[remote_id] = 0 if item is None or isinstance(item, Exception) else int(item.size or 0)
        if self._sizes[remote_id] > MAX_LETTER:
            self._keep(remote_id, self._beginning(remote_id, f"{TRUNCATED_HEADER}: {self._sizes[remote_id]}\r\n"))
            return
        wanted = self._chunk(remote_id)
        fields = ["mime_content", "datetime_received", *(["categories"] if self._after == "category" else [])]
        items = self._items(wanted, fields)
        failed = [item for item in items if isinstance(item, Exception)]
        if len(failed) == len(wanted) > 1:  # the server is in trouble, and not with one letter
            raise self._line.ours(failed[0]) from failed[0]
        for one, item in zip(wanted, items, strict=True):
            if isinstance(item, Exception):
                item = self._items([one], fields)[0]
            if isinstance(item, Exception) or (item is not None and not item.mime_content):
                log.warning("the server cannot give a letter as it came: %s", type(item).__name__)
                self._keep(one, self._beginning(one, ""))
            elif item is None:
                self._gone.add(one)
            else:
                self._categories[one] = list(getattr(item, "categories", None) or [])
                self._keep(one, Fetched(one, bytes(item.mime_content), _aware(item.datetime_received)))

    def _keep(self, remote_id: str, fetched: Fetched | None) -> None:
        if fetched is None:
            self._gone.add(remote_id)
        else:
            self._ahead[remote_id] = fetched

    def _chunk(self, remote_id: str) -> list[str]:
        wanted = [remote_id]
        total = self._sizes[remote_id]
        ids = list(self._sizes)
        for one in ids[ids.index(remote_id) + 1 :]:
            total += self._sizes[one]
            if len(wanted) == _CHUNK or total > _CHUNK_BYTES:
                break
            wanted.append(one)
        return wanted

    def _items(self, ids: list[str], fields: list[str]) -> list[Any]:
        """For each id its item, None when it is not there any more, or the error of this item alone."""
        library = vendor()
        gone = (
            library.errors.ErrorItemNotFound,
            library.errors.ErrorInvalidId,
            library.errors.ErrorInvalidIdMalformed,
        )

        def get(account: Any) -> list[Any]:
            found = list(
                library.GetEachItem(account=account, chunk_size=len(ids)).call(
                    items=[(one, None) for one in ids],
                    additional_fields=set(account.inbox.normalize_fields(fields)),
                    shape=library.ID_ONLY,
                )
            )
            for one in found:
                if isinstance(one, Exception) and is_busy(one):
                    raise one
            if len(found) != len(ids):
                raise library.errors.MalformedResponseError("The answer does not fit what was asked")
            return found

        return [None if isinstance(one, gone) else one for one in self._line.call(get)]

    def _beginning(self, remote_id: str, note: str) -> Fetched | None:
        """What can be had of a letter without its MIME: the headers and the text, as a letter again."""
        item = self._items([remote_id], ["headers", "subject", "sender", "text_body", "datetime_received"])[0]
        if item is None:
            return None
        if isinstance(item, Exception):  # kept as it is, and shown to a person: no letter stops the others
            told = f"The mail server cannot give this letter: {type(item).__name__}\r\n{remote_id}\r\n"
            return Fetched(remote_id, told.encode())
        lines = [
            f"{header.name}: {' '.join(str(header.value).split())}\r\n"
            for header in item.headers or ()
            if not header.name.lower().startswith(("content-", "mime-"))
        ]
        head = "".join([note, *lines, "Content-Type: text/plain; charset=utf-8\r\n\r\n"])
        raw = head.encode("utf-8", "replace") + str(item.text_body or "").encode("utf-8", "replace")
        return Fetched(remote_id, raw[:_BEGINNING], _aware(item.datetime_received))

    def _flush_when_due(self) -> None:
        if self._filed and not self._unfiled:
            self._flush()

    def _flush(self) -> None:
        """Mark what was filed away. What a person moved meanwhile is left alone."""
        ids, self._filed = self._filed, []
        if not ids:
            return
        library = vendor()
        category = str(self._options.get("category") or "deskapp")

        def change(account: Any) -> list[Any]:
            marked = []
            for one in ids:
                item = library.Message(id=one, account=account, is_read=True)
                item.categories = [*dict.fromkeys([*self._categories.get(one, ()), category])]
                marked.append((item, ["is_read", "categories"] if self._after == "category" else ["is_read"]))
            done = list(account.bulk_update(marked, library.ALWAYS_OVERWRITE, chunk_size=_CHUNK))
            if self._after == "move":
                left = [(one, None) for one, told in zip(ids, done, strict=True) if not isinstance(told, Exception)]
                if left:
                    done += account.bulk_move(left, to_folder=self._processed(account), chunk_size=_CHUNK)
            return done

        for told in self._line.call(change):
            if isinstance(told, Exception) and not isinstance(told, library.errors.ErrorItemNotFound):
                log.warning("a letter could not be filed away on the server: %s", type(told).__name__)

    # --- folders -------------------------------------------------------------------------------------------------

    def _inbox(self, account: Any) -> Any:
        """The folder that letters are read from."""
        if "inbox" not in self._line.folders:
            self._line.folders["inbox"] = self._watched(account)
        return self._line.folders["inbox"]

    def _watched(self, account: Any) -> Any:
        """The same by way of another connection: a folder of the library speaks over that which it was found on."""
        name = str(self._options.get("folder") or "").strip("/")
        return self._named(account, account.inbox, name) if name else account.inbox

    def _processed(self, account: Any) -> Any:
        """The folder of read letters: below the one they come from, or at the top; made below when there is none."""
        library = vendor()
        if "processed" not in self._line.folders:
            inbox = self._inbox(account)
            name = str(self._options.get("processed") or "Processed").strip("/")
            try:
                found = self._named(account, inbox, name)
            except library.errors.ErrorFolderNotFound:
                found = inbox
                for part in name.split("/"):
                    try:
                        found = found // part
                    except library.errors.ErrorFolderNotFound:
                        made = library.Messages(parent=found, name=part)
                        found = library.CreateFolder(account=account).get(parent_folder=found, folders=[made])
            self._line.folders["processed"] = found
        return self._line.folders["processed"]

    @staticmethod
    def _named(account: Any, below: Any, path: str) -> Any:
        missing = vendor().errors.ErrorFolderNotFound
        for start in (below, account.root.tois):
            with contextlib.suppress(missing):
                found = start
                for part in path.split("/"):
                    found = found // part
                return found
        raise missing(f"No folder “{path}”")


class _StateLost(Exception):
    """The server does not know a sync state any more."""


def _state(state: str) -> tuple[str, list[tuple[str, int, int]]]:
    try:
        known = json.loads(state) if state else {}
        waiting = [(str(one[0]), int(one[1]), int(one[2]) if len(one) > 2 else 0) for one in known.get("waiting") or ()]
        return str(known.get("sync") or ""), waiting
    except (ValueError, TypeError, AttributeError, IndexError):
        return "", []


def _aware(at: Any) -> datetime | None:
    return from_seconds(at.timestamp()) if at is not None else None
