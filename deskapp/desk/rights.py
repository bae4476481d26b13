"""What a specialist, a lead and an administrator may do: one table for the desk's functions and for the screens.

A desk on which nobody is an administrator has not divided its work yet: everybody may do everything. PostgreSQL
enforces what concerns the shared log itself: a specialist's database user is of the role ``member``, a lead's and an
administrator's of ``lead``, and who only reads reports of ``reader`` (see ``HUB_ROLES``).
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk

ROLES = ("specialist", "lead", "administrator")
#: Role -> the role of the hub's database that its ``hub_login`` is granted.
HUB_ROLES: Mapping[str, str] = {"specialist": "member", "lead": "lead", "administrator": "lead"}

#: What may be done -> the least role that may. What is not named here everybody may do.
LEAST: Mapping[str, str] = {
    "team": "administrator",  # people, their roles and logins
    "hours": "lead",  # calendars, and absences of others
    "rule": "lead",  # the answer rule, escalation and assignment by rules
    "lists": "lead",  # causes, zones, skills, question lists
    "letters": "lead",  # templates; macros that everybody has
    "mail": "administrator",  # mailboxes
    "contracts": "lead",  # contracts and their targets, maintenance that comes back
    "stock": "lead",  # parts and their minimums
    "erase": "lead",  # blanking for ever
}
EVERYTHING = frozenset(LEAST)


def role(desk: Desk) -> str:
    """The role of whoever works here; ``administrator`` while the desk has none, or nobody is known yet."""
    divided = desk.replica.value("SELECT 1 FROM specialist WHERE role = 'administrator' AND active = 1 LIMIT 1")
    if not divided:
        return "administrator"
    found = desk.replica.value("SELECT role FROM specialist WHERE id = ?", (desk.me,))
    return str(found) if found in ROLES else "specialist"


def of(role_name: str) -> frozenset[str]:
    """What a role may do of what is guarded."""
    rank = ROLES.index(role_name)
    return frozenset(right for right, least in LEAST.items() if ROLES.index(least) <= rank)


def mine(desk: Desk) -> frozenset[str]:
    return of(role(desk))


def may(desk: Desk, right: str) -> bool:
    return right in mine(desk)


def demand(desk: Desk, right: str) -> None:
    """UserFacingError unless who works here may do it."""
    if may(desk, right):
        return
    if LEAST[right] == "administrator":
        raise UserFacingError("This is for administrators", "Nothing was changed. An administrator of the desk can.")
    raise UserFacingError("This is for leads", "Nothing was changed. A lead or an administrator of the desk can.")


def demand_person(desk: Desk, person_id: str, columns: frozenset[str]) -> None:
    """Everybody may change their own name, signature, language, zone and phone; the rest is the team's."""
    own = {"id", "name", "name_en", "signature", "signature_en", "language", "zone", "phone"}
    if not (person_id and person_id == desk.me and columns <= own):
        demand(desk, "team")


# --- who sits here -----------------------------------------------------------------------------------------------


def system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # Windows has no list of accounts to ask
        return ""


def sign_in(desk: Desk, user: str | None = None) -> str:
    """Settle who works here by the system's user; returns the specialist, empty if nobody can be told.

    Whoever's ``login`` is the system's user is signed in; a person with the login of somebody else is not.
    """
    known = system_user() if user is None else user
    rows = desk.replica.rows("SELECT id, login FROM specialist WHERE active = 1 AND login <> '' ORDER BY id")
    mine_here = [person for person, login in rows if login.casefold() == known.casefold()]
    if mine_here and desk.me not in mine_here:
        desk.settings.set("me", mine_here[0])
    elif not mine_here and desk.me in {person for person, _login in rows}:
        desk.settings.set("me", "")
    return desk.me


def choices(rows: Iterable[Mapping[str, Any]], user: str | None = None) -> frozenset[str]:
    """Of these rows of specialists, whom the system's user may work as: whoever has that login, else who has none."""
    known = (system_user() if user is None else user).casefold()
    working = [row for row in rows if row["active"]]
    bound = frozenset(row["id"] for row in working if row["login"] and row["login"].casefold() == known)
    return bound or frozenset(row["id"] for row in working if not row["login"])
