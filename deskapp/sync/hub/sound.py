"""What of a change from the hub can be a row here.

Whoever may write into a shared folder may write anything. A value of another kind than its column's would stop every
round of every desktop for good, or every reading after it; it is left out, and the column keeps what it has. All
replicas leave out the same, so that they stay alike.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from deskapp.models.sound import FIRST_MS, LAST_MS, MOMENTS, checks, is_id, is_whole
from deskapp.models.tables import models
from deskapp.sync.hub.hub import Change

log = logging.getLogger(__name__)


def sound(change: Change) -> Change | None:
    """The change without what cannot be stored; None where nothing of it can. A table that is not known here is left
    to be put aside as it is.
    """
    table, row, op, cols, author, at = change
    whole = (
        isinstance(table, str)
        and is_id(row)
        and op in ("I", "U", "D")
        and isinstance(cols, Mapping)
        and isinstance(author, str)
        and is_whole(at, FIRST_MS, LAST_MS)
        and all(isinstance(column, str) for column in cols)
        and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in cols.values())
    )
    if not whole:
        log.warning("a change from the hub is none")
        return None
    if table not in models() or op == "D":
        return change
    fits = checks(table)
    kept = {column: pair for column, pair in cols.items() if column not in fits or fits[column](pair[1])}
    for moment in MOMENTS & fits.keys() if op == "I" else ():
        if kept.get(moment, (None, None))[1] is None:
            kept[moment] = [None, at]
    if kept == cols:
        return change
    log.warning(
        "values from the hub for %s are of another kind: %s",
        table,
        ", ".join(sorted(c for c in cols if kept.get(c) != cols[c])),
    )
    return change._replace(cols=kept) if kept or op == "I" else None
