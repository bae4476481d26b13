from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.core.errors import EnvironmentTrouble, UserCancelled, UserFacingError
from deskapp.desk import states
from deskapp.ui import i18n, words
from deskapp.ui.messages import Banner, Level, Messages, Recorder, error_words


@pytest.fixture
def messages(qapp: QApplication) -> Messages:
    return Messages()


def test_errors_are_told_in_the_language_of_the_window(messages: Messages) -> None:
    trouble = UserFacingError("The slot was taken", "#%1 is there now. The letter is kept, choose another slot.", 4140)
    assert error_words(trouble)[1] == "#4140 is there now. The letter is kept, choose another slot."
    i18n.install("ru")
    assert error_words(trouble) == ("Время занято", "Там теперь №4140. Письмо сохранено, выберите другое время.")


def test_instants_are_told_in_the_readers_words(messages: Messages) -> None:
    recorder = Recorder(messages)
    messages.time_words = lambda at: f"{at:%H-%M}"
    messages.error(UserFacingError("The letter has left", "It left at %1.", datetime(2026, 11, 3, 8, 58, tzinfo=UTC)))
    assert recorder.failures == [("The letter has left", "It left at 08-58.", "")]


def test_acts_and_states_of_the_desk_have_words(messages: Messages) -> None:
    with pytest.raises(UserFacingError) as caught:
        states.after("agree", "new")
    assert error_words(caught.value)[1] == "“agree” does not fit a ticket in the state “New”. Nothing was changed."
    i18n.install("ru")
    assert error_words(caught.value)[1] == "«согласие» не подходит заявке в состоянии «Новая». Ничего не изменено."
    for act in states._TABLE:
        assert words.act(act) != act


def test_banners_by_importance(messages: Messages) -> None:
    recorder = Recorder(messages)
    messages.put_banner(Banner("a", "offline", Level.OFFLINE))
    messages.put_banner(Banner("b", "broken", Level.ERROR))
    messages.put_banner(Banner("a", "still offline", Level.OFFLINE))
    messages.take_banner("b")
    messages.take_banner("unknown")
    messages.take_banner("a")
    assert [banner.text if banner else None for banner in recorder.banners] == [
        "offline",
        "broken",
        "broken",
        "still offline",
        None,
    ]


def test_trouble_of_each_kind(messages: Messages) -> None:
    recorder = Recorder(messages)
    messages.error(UserCancelled())
    messages.error(EnvironmentTrouble("No connection", retry_after=5))
    messages.error(KeyError("x"))
    messages.say("done")
    assert recorder.failures == [("No connection", "", "")]
    assert [type(crash) for crash in recorder.crashes] == [KeyError]
    assert recorder.said == ["done"]
