"""The packages that speak a fieldbus; each is an extra of ours."""

from __future__ import annotations

from importlib.util import find_spec

from linewalker.errors import MissingPackage


def demand(package: str, *, what: str, extra: str) -> None:
    """Go on only where a package is installed.

    Args:
        package: its name.
        what: that needs it, in words.
        extra: of ours that installs it.

    Raises:
        MissingPackage: it is not there; says what installs it.
    """
    if find_spec(package) is None:
        raise MissingPackage(
            f"{what} needs the package {package}; install it with: python -m pip install 'linewalker[{extra}]'"
        )
