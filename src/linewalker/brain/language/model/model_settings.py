"""Which language model is asked, how, and what it may cost. All of it comes from the environment."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import SplitResult, urlsplit

from linewalker.errors import InputError

PREFIX = "LINEWALKER_MODEL"
_MOST_S, _MOST_CALLS, _MOST_TOKENS = 120.0, 10, 1_000_000


class Use(Enum):
    """When the model is asked. It never is for an order to stop, nor for one that the offline reading refuses."""

    ALWAYS = "always"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class ModelSettings:
    """A model behind an OpenAI-compatible address.

    Attributes:
        url: up to and with the version, such as ``http://localhost:11434/v1``.
        model: what the server calls it.
        key: sent as a bearer token; it stands in no record, log or message. Empty: none is sent.
        use: for every order, or only where the offline reading is not sure.
        stream: ask for a stream of events.
        time_s, calls, tokens: what one order may cost before the offline reading answers it.
        total_tokens: what all orders of this program may cost; after that no model is asked.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    use: Use = Use.ALWAYS
    stream: bool = False
    time_s: float = 8.0
    calls: int = 2
    tokens: int = 20_000
    total_tokens: int = 500_000

    def __post_init__(self) -> None:
        parts = _address(self.url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"{PREFIX}_URL is no http or https address; expected such as http://localhost:11434/v1")
        if parts.username is not None or parts.query or parts.fragment:
            raise InputError(f"{PREFIX}_URL carries a user, a query or a fragment; give the key in {PREFIX}_KEY")
        if not self.model:
            raise InputError(f"there is no model; set {PREFIX} to what the server calls it")
        if not self.key.isascii() or not all(letter.isprintable() for letter in self.key):
            raise InputError(f"{PREFIX}_KEY has letters that no header may have")
        for name, most in (("time_s", _MOST_S), ("calls", _MOST_CALLS), ("tokens", _MOST_TOKENS)):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 < value <= most):
                raise InputError(f"{PREFIX}_{name.upper()} is {value:g}; expected above 0 and at most {most:g}")

    @property
    def endpoint(self) -> SplitResult:
        """Where chat completions are."""
        return urlsplit(f"{self.url.rstrip('/')}/chat/completions")

    @property
    def shown(self) -> str:
        """The address as messages may show it."""
        return f"{self.endpoint.scheme}://{self.endpoint.netloc}"

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] | None = None) -> ModelSettings | None:
        """What the environment says; None if it names no model.

        Raises:
            InputError: something it says makes no sense.
        """
        said = os.environ if environment is None else environment
        url = said.get(f"{PREFIX}_URL", "")
        if not url:
            return None
        return cls(
            url=url,
            model=said.get(PREFIX, ""),
            key=said.get(f"{PREFIX}_KEY", ""),
            use=_choice(said.get(f"{PREFIX}_USE", Use.ALWAYS.value)),
            stream=said.get(f"{PREFIX}_STREAM", "") not in ("", "0", "no", "false"),
            time_s=_number(said, "TIME_S", cls.time_s),
            calls=int(_number(said, "CALLS", cls.calls)),
            tokens=int(_number(said, "TOKENS", cls.tokens)),
            total_tokens=int(_number(said, "TOTAL_TOKENS", cls.total_tokens)),
        )


def _address(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return None if any(letter.isspace() or not letter.isprintable() for letter in url) else parts


def _choice(text: str) -> Use:
    try:
        return Use(text)
    except ValueError:
        raise InputError(f"{PREFIX}_USE is '{text}'; expected always or unsure") from None


def _number(said: Mapping[str, str], name: str, default: float) -> float:
    text = said.get(f"{PREFIX}_{name}", "")
    try:
        number = float(text) if text else float(default)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{PREFIX}_{name} is '{text}'; expected a number")
    return number
