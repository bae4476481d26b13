"""What a service is given comes before the keyring, which nobody unlocks for it."""

from __future__ import annotations

from pathlib import Path

from deskapp.core.secrets import MemorySecrets, ServiceSecrets


def test_what_the_system_gives_comes_first(tmp_path: Path) -> None:
    kept = MemorySecrets()
    kept.set("hub", "of the keyring")
    kept.set("mailbox:m1", "of the keyring")
    assert ServiceSecrets(kept, {}).get("hub") == "of the keyring"
    assert ServiceSecrets(kept, {"DESKAPP_HUB_PASSWORD": "given"}).get("hub") == "given"
    given = ServiceSecrets(kept, {"CREDENTIALS_DIRECTORY": str(tmp_path), "DESKAPP_MAIL_PASSWORD": "variable"})
    assert given.get("mailbox:m1") == "variable" and given.get("hub") == "of the keyring"
    (tmp_path / "mailbox").write_text("of all\n", "utf-8")
    (tmp_path / "mailbox-m2").write_text("of the second\n", "utf-8")
    assert given.get("mailbox:m1") == "of all" and given.get("mailbox:m2") == "of the second"
    given.set("hub", "changed")
    assert kept.get("hub") == "changed"
    given.delete("hub")
    assert given.get("hub") is None
