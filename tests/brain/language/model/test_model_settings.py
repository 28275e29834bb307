"""Settings come from the environment, hold together, and do not show the key."""

import pytest

from linewalker.brain.language.model.model_settings import ModelSettings, Use
from linewalker.errors import InputError

RIGHT = {
    "LINEWALKER_MODEL_URL": "https://models.example:8443/v1/",
    "LINEWALKER_MODEL": "qwen3",
    "LINEWALKER_MODEL_KEY": "k-1",
}


def test_what_the_environment_says_is_taken() -> None:
    said = RIGHT | {"LINEWALKER_MODEL_USE": "unsure", "LINEWALKER_MODEL_TIME_S": "2.5", "LINEWALKER_MODEL_STREAM": "1"}
    settings = ModelSettings.of_environment(said)
    assert settings is not None
    assert (settings.use, settings.time_s, settings.stream, settings.calls) == (Use.UNSURE, 2.5, True, 2)
    assert settings.endpoint.geturl() == "https://models.example:8443/v1/chat/completions"
    assert settings.shown == "https://models.example:8443"


def test_without_an_address_there_is_no_model() -> None:
    assert ModelSettings.of_environment({"LINEWALKER_MODEL": "qwen3"}) is None


def test_the_key_is_not_shown() -> None:
    settings = ModelSettings.of_environment(RIGHT)
    assert "k-1" not in repr(settings) + str(settings)


WRONG = [
    ("_URL", "models.example", "no http"),
    ("_URL", "ftp://models.example", "no http"),
    ("_URL", "http://", "no http"),
    ("_URL", "http://models.example:port", "no http"),
    ("_URL", "http://models example/v1", "no http"),
    ("_URL", "http://me:secret@models.example/v1", "carries a user"),
    ("_URL", "http://models.example/v1?key=secret", "carries a user"),
    ("", "", "there is no model"),
    ("_KEY", "a\r\nX-Evil: 1", "no header"),
    ("_KEY", "ключ", "no header"),
    ("_USE", "sometimes", "always or unsure"),
    ("_TIME_S", "soon", "expected a number"),
    ("_TIME_S", "nan", "expected a number"),
    ("_TIME_S", "0", "above 0"),
    ("_TIME_S", "1000", "at most"),
    ("_CALLS", "-1", "above 0"),
    ("_CALLS", "1e9", "at most"),
]


@pytest.mark.parametrize(("name", "value", "says"), WRONG)
def test_what_makes_no_sense_is_told_without_the_secret(name: str, value: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        ModelSettings.of_environment(RIGHT | {f"LINEWALKER_MODEL{name}": value})
    assert "secret" not in str(caught.value)
    assert "k-1" not in str(caught.value)
