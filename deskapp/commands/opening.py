"""What the system hands over: a link, an address to write to, a letter's file; opened in the window, running or new.

deskapp:4117 or deskapp:ticket/4117    the ticket
deskapp:new, deskapp:call[/NUMBER]     the forms
mailto:ADDRESS?subject=...             a new ticket of that person
a path of a letter                     taken in as by "ingest": nobody is answered
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote

from deskapp.core.errors import UserFacingError
from deskapp.core.paths import path_of

if TYPE_CHECKING:
    from deskapp.commands.common import Add


def declare(add: Add) -> None:
    opening = add("open", "open a link (deskapp:4117, mailto:...) or a letter's file in the window")
    opening.add_argument("what", nargs="?", default="", metavar="LINK-OR-FILE")
    opening.set_defaults(run=_open)
    register = add("register", "put deskapp into the menu and make the system offer it for links and letters' files")
    register.set_defaults(run=_register)
    add("unregister", "take back what register did").set_defaults(run=_unregister)


_NUMBER = re.compile("[0-9]{1,9}")


def word(what: str) -> str:
    """What is passed to the window. UserFacingError for a link that means nothing here.

    A link comes from anywhere: it can show and prefill, never send, answer or close.
    """
    scheme, colon, rest = what.partition(":")
    if not what:
        return "raise"
    if colon and scheme.lower() == "deskapp":
        kind, _slash, value = unquote(rest).strip("/").partition("/")
        if _NUMBER.fullmatch(kind):
            return f"ticket:{int(kind)}"
        if kind == "ticket" and _NUMBER.fullmatch(value):
            return f"ticket:{int(value)}"
        if kind == "new":
            return "new:"
        if kind == "call":
            return f"call:{re.sub('[^0-9+]', '', value)}"
        raise UserFacingError("This link means nothing here", "Known are deskapp:NUMBER, deskapp:new and deskapp:call.")
    if colon and scheme.lower() == "mailto":
        address, _mark, query = rest.partition("?")
        said = parse_qs(query.partition("#")[0])
        fields: dict[str, str] = {"address": unquote(address).split(",")[0]}
        fields |= {key: said[key][0] for key in ("subject", "body") if key in said}
        return "new:" + "&".join(f"{key}={quote(value, safe='')}" for key, value in fields.items())
    try:
        path = Path(path_of(what))
    except ValueError:  # no address at all
        path = Path(what)
    if not path.is_file():
        raise UserFacingError("There is no such file", "%1 was not found. Nothing was changed.", path)
    return f"letter:{path.resolve()}"


def _open(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp import app

    return app.run(profile, word(arguments.what))


def _register(profile: Path, _arguments: argparse.Namespace) -> int:
    from deskapp import app

    for place in app.register(profile):
        print(place)
    return 0


def _unregister(_profile: Path, _arguments: argparse.Namespace) -> int:
    from deskapp import app

    for place in app.unregister():
        print(f"gone: {place}")
    return 0
