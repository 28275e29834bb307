"""What others' packages add to ours, through entry points (Python packaging, entry points specification)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar, cast

from linewalker.errors import BrokenPlugin

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """Things by name: our own, and those that installed packages offer.

    A package is looked into when one of its names is asked for, so a broken one stops only those who use it.

    Args:
        group: of the entry points.
        kind: what is registered, one word for messages.
        wanted: the type that an offered thing has.
        built_in: our own.
    """

    def __init__(self, *, group: str, kind: str, wanted: type, built_in: Mapping[str, T]):
        self._group, self._kind, self._wanted, self._built_in = group, kind, wanted, built_in

    def __getitem__(self, name: str) -> T:
        """
        Raises:
            KeyError: nobody offers this name.
            BrokenPlugin: the package that offers it can not be used, or is not the only one.
        """
        return self._built_in[name] if name in self._built_in else self._loaded(self._offered()[name])

    def __iter__(self) -> Iterator[str]:
        yield from self._built_in
        yield from sorted(self._offered())

    def __len__(self) -> int:
        return len(self._built_in) + len(self._offered())

    def __contains__(self, name: object) -> bool:
        return name in self._built_in or name in self._offered()

    def _offered(self) -> dict[str, EntryPoint]:
        offered: dict[str, EntryPoint] = {}
        for entry in entry_points(group=self._group):
            other = "linewalker itself" if entry.name in self._built_in else None
            if entry.name in offered and entry.value != offered[entry.name].value:
                other = _package(offered[entry.name])
            if other is not None:
                raise BrokenPlugin(
                    f"{_package(entry)} offers the {self._kind} '{entry.name}', and so does {other}; "
                    "rename one, or uninstall the package"
                )
            offered[entry.name] = entry
        return offered

    def _loaded(self, entry: EntryPoint) -> T:
        offer = f"{_package(entry)} offers the {self._kind} '{entry.name}' as {entry.value}"
        try:
            thing = entry.load()
        except Exception as cause:
            what = f"{type(cause).__name__}: {cause}"
            raise BrokenPlugin(
                f"{offer}, which can not be loaded ({what}); mend the package or uninstall it"
            ) from cause
        if not isinstance(thing, self._wanted):
            raise BrokenPlugin(f"{offer}, which is a {type(thing).__name__}; expected a {self._wanted.__name__}")
        return cast(T, thing)


def _package(entry: EntryPoint) -> str:
    """The package an entry point belongs to, with its version."""
    return "a package without a name" if entry.dist is None else f"the package {entry.dist.name} {entry.dist.version}"
