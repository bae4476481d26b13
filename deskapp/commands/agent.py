"""The desk with no window: ``deskapp agent`` works until it is told to stop, ``--health`` says how it does."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.commands.common import print_json
from deskapp.core import crash, log
from deskapp.core.paths import Profile, resources

if TYPE_CHECKING:
    from deskapp.commands.common import Add

_HELP_LINUX = """\
As a service of this user (systemd), so that letters are fetched and sent and files are kept with no window open:

    mkdir -p ~/.config/systemd/user
    cp {folder}/deskapp-agent.service ~/.config/systemd/user/
    systemctl --user edit deskapp-agent     # only if the desk lies elsewhere: Environment=DESKAPP_PROFILE=FOLDER
    systemctl --user enable --now deskapp-agent
    loginctl enable-linger "$USER"          # also while nobody is logged in

Look:   deskapp agent --health              (exit code 0: well, 1: something is not)
Stop:   systemctl --user stop deskapp-agent
Log:    {log}

Passwords come from the keyring of this user. Where nobody unlocks one, the service is given them:

    [Service]
    LoadCredential=hub:/etc/deskapp/hub-password
    LoadCredential=mailbox:/etc/deskapp/mail-password
"""
_HELP_WINDOWS = """\
As a task of this user (Task Scheduler), so that letters are fetched and sent and files are kept with no window open:

    schtasks /Create /TN deskapp-agent /XML "{folder}\\deskapp-agent.xml"
    schtasks /Run /TN deskapp-agent

While you are logged on, Windows looks each five minutes whether it runs. Where deskapp.exe is not on the PATH, write
its whole path into <Command> of the XML first.

Look:   deskapp agent --health              (exit code 0: well, 1: something is not)
Stop:   schtasks /End /TN deskapp-agent
Log:    {log}

Passwords come from the Credential Manager of this user.
"""


def declare(add: Add) -> None:
    agent = add("agent", "work with no window: rounds with the hub, mail, the watch over promises, backups")
    agent.add_argument("--health", action="store_true", help="say how the agent of this profile does; 0 if all is well")
    agent.add_argument("--install-help", action="store_true", help="say how to run it as a service of this system")
    for name, what in (("hub", "rounds with the hub"), ("mail", "rounds of mail"), ("watch", "looks at the promises")):
        agent.add_argument(f"--{name}-every", type=float, metavar="SECONDS", help=f"seconds between two {what}")
    agent.set_defaults(run=_agent)


def _agent(profile: Path, arguments: argparse.Namespace) -> int:
    if arguments.install_help:
        text = _HELP_WINDOWS if sys.platform == "win32" else _HELP_LINUX
        print(text.format(folder=resources() / "service", log=Profile(profile).log / "agent.log"))
        return 0
    if arguments.health:
        return _health(profile)
    return _work(profile, arguments)


def _health(profile: Path) -> int:
    from deskapp.core.clock import SystemClock
    from deskapp.sync import agent

    well, told = agent.health(profile, SystemClock().now())
    print_json({"well": well, **told}, indent=2)
    return 0 if well else 1


def _work(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp.app import open_desk
    from deskapp.core.secrets import ServiceSecrets
    from deskapp.sync import agent
    from deskapp.sync.hub.door import HubDoor
    from deskapp.sync.mail.mailroom import MailRoom

    with open_desk(profile) as desk:
        log.start(desk.profile.log, name="agent", structured=True)
        crash.watch_faults(desk.profile.log, "agent")
        desk.secrets = ServiceSecrets(desk.secrets)
        desk.hub, desk.mail = HubDoor(), MailRoom()
        given = {name: getattr(arguments, f"{name}_every") for name in ("hub", "mail", "watch")}
        worker = agent.Agent(desk, **{name: seconds for name, seconds in given.items() if seconds})

        def stop(_number: int, _frame: object) -> None:
            worker.stop()

        for name in ("SIGTERM", "SIGINT", "SIGBREAK", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), stop)
        worker.run()
        desk.mail.close()
        desk.hub.close()
        crash.end_faults()
    return 0
