"""What speech needs besides, and what to say where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from linewalker.errors import MissingPackage

INSTALL = "pip install 'linewalker[speech]'"
_NEEDED = ("ctranslate2", "tokenizers", "pypinyin")


def expect_extra() -> None:
    """
    Raises:
        MissingPackage: what hears is not installed; says what installs it, and that orders can be typed.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingPackage(
            f"语音需要另装：{INSTALL}；指令仍可打字输入 / speech needs {', '.join(missing)}: {INSTALL}; "
            "orders can be typed without it"
        )
