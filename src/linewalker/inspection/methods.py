"""The methods there are, by the name that a plan uses: ours, and those of packages that are installed."""

from __future__ import annotations

from linewalker.inspection.code.question import CODE
from linewalker.inspection.method import Feature, Method
from linewalker.inspection.part.question import PRESENCE, VARIANT
from linewalker.inspection.seam.question import FLUSH, GAP
from linewalker.inspection.title import Title
from linewalker.plugins import Registry

METHODS: Registry[Method] = Registry(
    group="linewalker.methods",
    kind="method",
    wanted=Method,
    built_in={
        "gap": GAP,
        "flush": FLUSH,
        "presence": PRESENCE,
        "variant": VARIANT,
        "code": CODE,
    },
)


def title_of(name: str) -> Title:
    """What people call a method; its name, if it is of a package that is not installed here."""
    return METHODS[name].title if name in METHODS else Title(zh=name, en=name)


def is_signed(name: str) -> bool:
    """Whether values of a method are shown with their sign."""
    return name in METHODS and METHODS[name].signed


def methods_for(feature: Feature) -> tuple[str, ...]:
    """Names of the methods that inspect such a feature."""
    return tuple(name for name, method in METHODS.items() if method.feature is feature)
