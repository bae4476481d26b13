"""The command line: the desk's services without a window.

``--profile`` is accepted before and after the subcommand. JSON is UTF-8, unescaped. Exit codes: 0 done, 1 something was
not done (said on stderr), 2 wrong usage.

The commands live in ``deskapp/commands``; each declares the function that runs it, ``run(profile, arguments)``, which
returns the exit code. ``common.on_desk`` makes one of a function that wants the desk opened.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp import __version__
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import default_profile

if TYPE_CHECKING:
    import argparse


def _parser() -> argparse.ArgumentParser:
    import argparse  # the window does not wait for what it has no use for

    from deskapp.commands import agent, calls, care, exchange, mailboxes, opening, selftest, sharing, tickets

    common = argparse.ArgumentParser(add_help=False)
    # SUPPRESS: a --profile given before the subcommand must survive the subcommand's own default
    common.add_argument(
        "--profile", metavar="DIR", default=argparse.SUPPRESS, help="folder of the desk on this machine"
    )
    parser = argparse.ArgumentParser(
        prog="deskapp",
        description="A help desk that answers with a date and time. Without a command it opens the window.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"deskapp {__version__}")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, help_: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_, description=help_, parents=[common])

    demo = add("demo", "open a desk with sample data; with --shots play the main job and draw the screens")
    demo.add_argument("--shots", metavar="DIR", help="draw the screens as PNG into DIR, without a display")
    demo.add_argument("--lang", choices=("ru", "en"))
    demo.add_argument("--theme", choices=("light", "dark"))
    demo.set_defaults(run=_demo)
    tickets.declare(add)
    calls.declare(add)
    sharing.declare(add, common)
    agent.declare(add)
    mailboxes.declare(add)
    care.declare(add, common)
    exchange.declare(add)
    selftest.declare(add)
    opening.declare(add)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    # the application of Windows has no console, and Python then no streams
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")
    sys.stdin = sys.stdin or io.StringIO()  # Windows takes its null device for a terminal
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        if not given or (len(given) == 2 and given[0] == "--profile"):
            return _window(Path(given[1] if given else default_profile()))
        if given == ["--selftest"]:
            given = ["selftest"]
        if "--call" in given:  # as a desktop's own settings of keys start it
            given = ["call" if one == "--call" else one for one in given]
        arguments = _parser().parse_args(given)
        code = int(arguments.run(Path(getattr(arguments, "profile", "") or default_profile()), arguments))
        sys.stdout.flush()
        return code
    except UserFacingError as error:
        print(f"deskapp: {error.heading()}. {error.filled()}".rstrip(), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # whoever read us has gone; what is still buffered must not be flushed into the closed pipe at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _window(profile: Path, _arguments: argparse.Namespace | None = None) -> int:
    from deskapp import app

    return app.run(profile)


def _demo(_profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp import app

    return app.demo(
        Path(arguments.profile) if hasattr(arguments, "profile") else None,
        Path(arguments.shots) if arguments.shots else None,
        arguments.lang,
        arguments.theme,
    )
