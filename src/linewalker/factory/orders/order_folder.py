"""A folder that a plant system puts lists of orders in: each file is taken whole or not at all, then put aside."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import ListedOrder, read_order_list, whole_number
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.orders.order_notice import Fate, OrderConflict, OrderNotice
from linewalker.modeloptions import ModelOptions
from linewalker.plantfile import allowed_text
from linewalker.wholefile import stored, write_whole

TAKEN, REFUSED = "taken", "refused"
REVISION, CANCELLED = "revision", "cancelled"
_YES_OR_NO = {"yes": True, "no": False, "1": True, "0": False, "": False}


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What became of a file.

    Attributes:
        file: where it lies now.
        fates: how many of its orders were new, corrected, known, outdated.
        problem: why nothing of it was taken; empty: it was.
    """

    file: Path
    fates: Mapping[Fate, int]
    problem: str = ""


class OrderFolder:
    """Looks into a folder, again and again. A file is touched when it has not changed from one look to the next.

    Args:
        folder: is there already; it may be a mount point.
        book: that orders go to.
        models: what can be ordered; None: anything.
    """

    def __init__(self, folder: Path, book: OrderBook, models: Mapping[str, ModelOptions] | None = None):
        self._folder, self._book, self._models = folder, book, models
        self._seen: dict[Path, tuple[int, int]] = {}

    def look(self) -> list[Intake]:
        """Take what has come, by name; returns what became of it.

        A program that is killed between taking a file and putting it aside takes it once more: every order in it is
        known by then.

        Raises:
            StorageFault: it can not be kept, or put aside.
        """
        seen, self._seen = self._seen, {}
        for path in self._files():
            try:
                state = path.stat()
            except OSError:  # whoever put it there took it away again
                continue
            self._seen[path] = (state.st_size, state.st_mtime_ns)
        return [self._take(path) for path, now in self._seen.items() if seen.get(path) == now]

    def _files(self) -> list[Path]:
        try:
            names = sorted(os.listdir(self._folder))
        except OSError:  # it is not mounted: it is looked for again
            return []
        return [self._folder / name for name in names if name.lower().endswith(".csv") and not name.startswith(".")]

    def _take(self, path: Path) -> Intake:
        try:
            listed = read_order_list(path, self._models, besides=(REVISION, CANCELLED))
            notices = [_notice(path, one) for one in listed]
            try:
                fates = self._book.take(notices, path.name)
            except OrderConflict as conflict:
                line = listed[(conflict.line or 1) - 1].line
                raise InputError(conflict.problem, file=path, line=line, key=conflict.key) from None
        except InputError as error:
            aside = self._put_aside(path, REFUSED)
            write_whole(aside.with_name(f"{aside.name}.txt"), f"{error}\n")
            return Intake(file=aside, fates={}, problem=str(error))
        return Intake(file=self._put_aside(path, TAKEN), fates=Counter(fates))

    def _put_aside(self, path: Path, where: str) -> Path:
        """Under a name that nothing has there."""
        folder, number = self._folder / where, 1
        with stored(folder / path.name):
            while (target := folder / _numbered(path, number)).exists():
                number += 1
            os.rename(path, target)
        return target


def _numbered(path: Path, number: int) -> str:
    return path.name if number == 1 else f"{path.stem}-{number}{path.suffix}"


def _notice(path: Path, listed: ListedOrder) -> OrderNotice:
    cells = listed.besides
    try:
        revision = whole_number(cells.get(REVISION, "1"), REVISION)
        said = cells.get(CANCELLED, "").lower()
        if said not in _YES_OR_NO:
            raise InputError(f"'{said}' is neither; {allowed_text(said, ('yes', 'no'))}", key=CANCELLED)
        return OrderNotice(order=listed.order, revision=revision, cancelled=_YES_OR_NO[said])
    except InputError as error:
        raise InputError(error.problem, file=path, line=listed.line, key=error.key) from None
