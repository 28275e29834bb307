"""What the wire needs besides, and what to say where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from linewalker.errors import MissingPackage

INSTALL = "pip install 'linewalker[unitree]'"


def expect_extra() -> None:
    """
    Raises:
        MissingPackage: what speaks DDS is not installed; says what installs it.
    """
    if find_spec("cyclonedds") is None:
        raise MissingPackage(f"连接宇树机器人需要另装：{INSTALL} / a robot of Unitree needs cyclonedds: {INSTALL}")
