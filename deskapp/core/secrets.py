"""Passwords: in the system keyring or nowhere. keyring is imported on first use, it costs a fifth of a second."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

SERVICE = "deskapp"
_TIMEOUT = 20.0


class NoKeyring(UserFacingError):
    """This machine has no keyring that we trust; passwords are asked for at each start."""

    def __init__(self) -> None:
        super().__init__(
            "There is no system keyring",
            "Everything of the desk is safe. Passwords are kept in memory only and asked for at each start. "
            "Install and unlock a keyring (Secret Service, KWallet, Credential Manager) to keep them.",
        )


class SecretStore(Protocol):
    """Where a password is kept between starts. ``get`` gives None when there is none."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None: ...


class MemorySecrets:
    """Keeps secrets until the process ends: what is left when there is no keyring, and what tests use."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._kept[name] = secret

    def delete(self, name: str) -> None:
        self._kept.pop(name, None)


class KeyringSecrets:
    """The system's keyring, with memory beside it for this run.

    Calls go through a thread with a time limit, since a keyring that asks in a dialog may block for ever. ``NoKeyring``
    is raised by ``set`` only, after the secret was kept for this run: nothing is ever written in plain text instead.
    """

    def __init__(self) -> None:
        self._memory = MemorySecrets()

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor  # nobody is asked at a start

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="keyring")

    def usable(self) -> bool:
        """Whether the system has a keyring of its own; the plain-text and the asking ones do not count."""
        try:
            return bool(self._pool.submit(self._trusted).result(_TIMEOUT))
        except Exception:
            return False

    @staticmethod
    def _trusted() -> bool:
        import keyring

        backend = keyring.get_keyring()
        return backend.priority > 0 and not type(backend).__module__.startswith("keyrings.")

    def get(self, name: str) -> str | None:
        kept = self._memory.get(name)
        if kept is not None:
            return kept

        def read() -> str | None:
            import keyring

            return keyring.get_password(SERVICE, name) if self._trusted() else None

        try:
            return self._pool.submit(read).result(_TIMEOUT)
        except Exception:  # back ends raise their vendors' errors, not only KeyringError
            return None

    def set(self, name: str, secret: str) -> None:
        self._memory.set(name, secret)

        def write() -> None:
            import keyring

            if not self._trusted():
                raise NoKeyring
            keyring.set_password(SERVICE, name, secret)

        try:
            self._pool.submit(write).result(_TIMEOUT)
        except Exception as error:
            raise NoKeyring from error

    def delete(self, name: str) -> None:
        self._memory.delete(name)

        def remove() -> None:
            import keyring

            if self._trusted() and keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)

        try:
            self._pool.submit(remove).result(_TIMEOUT)
        except Exception as error:
            raise NoKeyring from error


class ServiceSecrets:
    """What a service is given by the system that starts it, before the keyring is asked: nobody is there to unlock one.

    A secret ``hub`` or ``mailbox:ID`` is the file ``hub`` or ``mailbox-ID`` (``mailbox`` where there is but one) in the
    folder ``CREDENTIALS_DIRECTORY`` (systemd, LoadCredential=), or the variable ``DESKAPP_HUB_PASSWORD`` or
    ``DESKAPP_MAIL_PASSWORD``. What is set goes to the keyring.
    """

    def __init__(self, kept: SecretStore, environment: Mapping[str, str] = os.environ) -> None:
        self._kept = kept
        self._environment = environment

    def get(self, name: str) -> str | None:
        kind = name.partition(":")[0]
        folder = self._environment.get("CREDENTIALS_DIRECTORY")
        if folder:
            for file in (name.replace(":", "-"), kind):
                try:
                    return (Path(folder) / file).read_text("utf-8").rstrip("\r\n")
                except (OSError, ValueError):
                    continue
        variable = {"hub": "DESKAPP_HUB_PASSWORD", "mailbox": "DESKAPP_MAIL_PASSWORD"}.get(kind, "")
        given = self._environment.get(variable)
        return given if given is not None else self._kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._kept.set(name, secret)

    def delete(self, name: str) -> None:
        self._kept.delete(name)
