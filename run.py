"""Set deskapp up beside this file and start it: nothing but Python 3.11 to 3.14 is wanted beforehand.

    python3 run.py [options of "deskapp demo"]
        makes .venv, installs requirements.txt, fills a demo desk and opens the window; where there is no
        display, plays the main job through the real window and leaves its screens as PNG in demo-screens
    python3 run.py test [--servers] [--long] [options of pytest]
        also installs requirements-dev.txt, then runs ruff, mypy and the tests
        --servers   first install PostgreSQL, Dovecot, Xvfb and others for tests that want them; no service is started
        --long      also run the long trials: kill loops, fuzzing, builds, simulated years

On Windows: py run.py. What the system lacks is installed by apt-get when this runs as root or "sudo -n"
works; otherwise the exact command is named.
"""
# This file must be understood by every old Python far enough to refuse with words: no newer syntax.

from __future__ import print_function

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(
        "deskapp runs on Python 3.11 to 3.14; this is Python %d.%d (%s).\n"
        "Install one of those and start again with it, for example: python3.12 run.py"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Stands in .venv while it is being made or filled; found at the start, it tells of an interrupted run.
UNFINISHED = VENV / "unfinished"
SCREENS = HERE / "demo-screens"

# Found by adding one at a time to a bare Debian 12 until Qt started and drew text; their needs come along.
QT_LIBRARIES = [
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "fonts-dejavu-core",
]
QT_DISPLAY_LIBRARIES = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxkbcommon-x11-0",
    "libxcb-xkb1",
    "libxcb-shape0",
]
SERVERS = ["postgresql", "postgresql-contrib", "dovecot-imapd", "xvfb", "dbus", "desktop-file-utils"]
if sys.prefix == "/usr" or sys.base_prefix == "/usr":
    # What freezes the application wants Python as a library, which the system's own Python keeps apart.
    SERVERS += ["libpython3.%d" % sys.version_info[1], "binutils"]

QT_PROBE = """
from PySide6 import QtGui, QtNetwork, QtPrintSupport, QtSvg, QtWidgets
app = QtWidgets.QApplication([])
if not QtGui.QFontDatabase.families():
    raise SystemExit("no fonts")
QtWidgets.QLabel("deskapp").grab()
"""

# Installs servers without starting any: policy-rc.d keeps them from it now, "disable" at the next boot. No
# PostgreSQL cluster is made, so that port 5432 stays as it was. What was there before is left alone.
QUIET_INSTALL = r"""
fresh=
for service in postgresql dovecot; do
    if [ ! -e /etc/init.d/$service ]; then fresh="$fresh $service"; fi
done
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
own_policy=
tidy() {
    if [ -n "$own_policy" ]; then rm -f "$policy"; fi
    rm -f "$clusters/deskapp-tests.conf"
    rmdir "$clusters" 2> /dev/null
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM
if [ ! -e "$policy" ]; then
    own_policy=yes
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
mkdir -p "$clusters"
echo 'create_main_cluster = false' > "$clusters/deskapp-tests.conf"
apt-get update -q
apt-get install -q -y --no-install-recommends "$@" || exit 1
for service in $fresh; do
    update-rc.d "$service" disable
    if command -v systemctl > /dev/null; then systemctl --quiet disable "$service"; fi
done
exit 0
"""


def say(text):
    print(text, flush=True)


def stop(text):
    raise SystemExit("run.py: " + text)


def clean_environment(**more):
    """What children get: ours, without settings that would send them to another Python or another folder."""
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV"):
        environment.pop(name, None)
    environment.update(more)
    return environment


# Environment


def is_whole():
    """Whether .venv is of this Python version, finished, and starts."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    question = "import pip, sys; print(sys.version_info[:2], sys.prefix != sys.base_prefix)"
    command = [str(PYTHON), "-c", question]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, errors="replace", env=clean_environment())
    except OSError:
        return False
    return answer.stdout.strip() == "%s True" % (tuple(sys.version_info[:2]),)


def make_environment():
    if is_whole():
        return
    if Path(sys.prefix).resolve() == VENV:
        stop("the environment in %s is damaged; start run.py with another Python, not with that one" % VENV)
    if VENV.exists():
        say("The environment in .venv is of another Python or was left half-made; it is made anew.")
        shutil.rmtree(str(VENV))
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu keep that part of Python in a package of its own.
        # Qt's libraries go with it, so that a person without root rights is sent for them only once.
        packages = ["python3.%d-venv" % sys.version_info[1]]
        if shutil.which("dpkg-query"):
            packages += [package for package in QT_LIBRARIES if not is_installed(package)]
        install_by_apt(packages, "This Python cannot make environments (it has no ensurepip)")
    say("Making an environment in %s" % VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)], env=clean_environment()):
        shutil.rmtree(str(VENV), ignore_errors=True)
        stop("python -m venv failed; its words are above")
    UNFINISHED.unlink()


def install_requirements(name):
    """pip install -r `name`, unless exactly these files were installed before."""
    runtime, wanted = HERE / "requirements.txt", HERE / name
    digests = {runtime.name: hashlib.sha256(runtime.read_bytes()).hexdigest()}
    if wanted != runtime:
        together = runtime.read_bytes() + wanted.read_bytes()
        digests[wanted.name] = hashlib.sha256(together).hexdigest()
    done = VENV / ("installed-" + name)
    if done.exists() and done.read_text() == digests[name]:
        return
    say("Installing %s (some 150 MB the first time)" % name)
    UNFINISHED.touch()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    failed = subprocess.call(pip + ["-r", str(wanted)], cwd=str(HERE), env=clean_environment())
    # Only an interruption leaves the mark: when pip itself gives up, it takes back what it had begun.
    UNFINISHED.unlink()
    if failed:
        stop("pip could not install %s; its words are above. Is pypi.org, or a mirror, reachable?" % name)
    for installed, digest in digests.items():
        (VENV / ("installed-" + installed)).write_text(digest)


def prepare(requirements):
    kind, version = platform.libc_ver()
    if kind == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < (2, 34):
        stop("Qt needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04, RHEL 9); this system has %s" % version)
    make_environment()
    install_requirements(requirements)
    failure = start_qt(QT_QPA_PLATFORM="offscreen")
    if failure and sys.platform.startswith("linux"):
        install_by_apt(QT_LIBRARIES, "Qt does not start here (%s)" % failure)
        failure = start_qt(QT_QPA_PLATFORM="offscreen")
    if failure:
        stop("Qt does not start here: %s" % failure)


# System


def root_prefix():
    """What to put before a command to run it as root: nothing, sudo, or None when neither can be."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def as_root(prefix, command):
    """Run `command` as root; returns its exit code."""
    # dpkg refuses to work without the sbin folders, which a user's PATH may lack.
    path = os.environ.get("PATH", os.defpath) + ":/usr/local/sbin:/usr/sbin:/sbin"
    settings = ["PATH=" + path, "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    return subprocess.call(prefix + ["env"] + settings + command, stdin=subprocess.DEVNULL)


def install_by_apt(packages, reason):
    """Install `packages`; where that cannot be, stop and name the command that a person has to run."""
    wanted = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if not shutil.which("apt-get"):
        stop("%s. On Debian the packages for it are: %s" % (reason, " ".join(packages)))
    prefix = root_prefix()
    if prefix is None:
        stop("%s. Run this and start again:\n    sudo apt-get update && sudo %s" % (reason, wanted))
    say("%s; installing %s" % (reason, " ".join(packages)))
    # A failed update is no end: often one source of many is unreachable, and the lists are still good enough.
    as_root(prefix, ["apt-get", "update", "-q"])
    if as_root(prefix, wanted.split()):
        stop("apt-get failed; its words are above. The command was:\n    " + wanted)


def is_installed(package):
    query = ["dpkg-query", "-W", "-f=${db:Status-Status}", package]
    answer = subprocess.run(query, capture_output=True, text=True, errors="replace")
    return answer.returncode == 0 and answer.stdout.strip() == "installed"


def start_qt(**settings):
    """Start Qt for a moment in the new environment; returns the telling line of its complaint, or nothing."""
    environment = clean_environment(**settings)
    command = [str(PYTHON), "-c", QT_PROBE]
    # Not every sign is one of an old code page: where a line is shown strangely, its beginning still tells.
    probe = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment)
    if probe.returncode == 0:
        return ""
    lines = [line.strip() for line in probe.stderr.splitlines() if line.strip()]
    if not lines:
        return "it ended with %d" % probe.returncode
    # Python tells at the end what was wrong, Qt at the beginning.
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def has_display():
    """Whether a window can be opened here; brings Qt's libraries for it when they are all that is missing."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc"):
        return False
    if not sys.platform.startswith("linux"):
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    failure = start_qt()
    if failure and shutil.which("dpkg-query"):
        missing = [package for package in QT_DISPLAY_LIBRARIES if not is_installed(package)]
        if missing:
            install_by_apt(missing, "Qt cannot open a window here (%s)" % failure)
            failure = start_qt()
    if failure:
        say("The display cannot be opened (%s); going on without it." % failure)
    return not failure


def bring_servers():
    """Install the servers that tests start for themselves; what cannot be brought is told, its tests skip."""
    if not shutil.which("apt-get"):
        say("--servers: there is no apt-get here; tests skip the servers that are not installed")
        return
    missing = [package for package in SERVERS if not is_installed(package)]
    if not missing:
        return
    prefix = root_prefix()
    if prefix is None:
        say("--servers: not root; to have them, run: sudo apt-get install %s" % " ".join(missing))
        return
    say("--servers: installing %s, without starting anything" % " ".join(missing))
    if as_root(prefix, ["sh", "-c", QUIET_INSTALL, "sh"] + missing):
        say("--servers: apt-get failed; its words are above, and tests skip what is not there")


# The two commands


def run_demo(arguments):
    prepare("requirements.txt")
    demo = [str(PYTHON), "-m", "deskapp", "demo"] + arguments
    # Not by changing the folder: the user's own paths among the arguments keep their meaning.
    environment = clean_environment(PYTHONPATH=str(HERE))
    if has_display() or any(argument.split("=")[0] == "--shots" for argument in arguments):
        say("Starting deskapp")
        return subprocess.call(demo, env=environment)
    say("There is no display: playing the main job through the window, unseen")
    if SCREENS.exists():
        shutil.rmtree(str(SCREENS))
    environment["QT_QPA_PLATFORM"] = "offscreen"
    code = subprocess.call(demo + ["--shots", str(SCREENS)], env=environment)
    pictures = sorted(SCREENS.glob("**/*.png"))
    if code:
        say("run.py: deskapp ended with %d" % code)
    elif not pictures:
        say("run.py: no screens were drawn")
        code = 1
    if pictures:
        say("%d screens are in %s" % (len(pictures), SCREENS))
    return code


def run_tests(arguments):
    servers, long_too = "--servers" in arguments, "--long" in arguments
    arguments = [argument for argument in arguments if argument not in ("--servers", "--long")]
    prepare("requirements-dev.txt")
    if servers:
        bring_servers()
    if long_too:
        arguments = ["-m", "long or not long", "-o", "faulthandler_timeout=1800"] + arguments
    if not any(argument.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for argument in arguments):
        # side by side; whoever is free takes from the others, since a few tests take as long as hundreds
        arguments = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"] + arguments
    with tempfile.TemporaryDirectory() as folder:
        # .ci/run names a file of its own, to compare it with the list of allowed skips.
        skips = Path(os.environ.get("DESKAPP_SKIPS") or os.path.join(folder, "skips"))
        environment = clean_environment(QT_QPA_PLATFORM="offscreen", DESKAPP_SKIPS=str(skips))
        failed = []
        for name, command in (
            ("ruff", ["ruff", "check", "."]),
            ("mypy", ["mypy"]),
            ("pytest", ["pytest"] + arguments),
        ):
            say("Running " + name)
            if subprocess.call([str(PYTHON), "-m"] + command, cwd=str(HERE), env=environment):
                failed.append(name)
        tell_skips(skips, long_too)
    say("Failed: " + ", ".join(failed) if failed else "ruff, mypy and the tests agree")
    return 1 if failed else 0


def tell_skips(path, long_too):
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    by_reason = {}
    for line in lines:
        test, _, reason = line.partition("\t")
        by_reason.setdefault(reason, []).append(test)
    say("Skipped: %d" % len(lines))
    for reason, tests in sorted(by_reason.items()):
        say("  because %s:" % reason)
        for test in tests:
            say("    %s" % test)
    if not long_too:
        say("Left out: the long trials (--long runs them)")


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        # A folder's name may hold letters that an old console cannot show; that is no reason to fail.
        if stream is not None:  # pythonw has none
            stream.reconfigure(errors="replace")
    if arguments[:1] in (["-h"], ["--help"]):
        say(__doc__)
        return 0
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        return run_demo(arguments)
    except KeyboardInterrupt:
        say("\nInterrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
