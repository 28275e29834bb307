"""The shift: which cars come to the station, in which order, built how.

A plant writes it as CSV with the columns sequence, vin, model, options; ``options`` reads ``paint=red;wheels=sport``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linewalker.errors import InputError
from linewalker.factory.orders.vin import check_digit_advice, vin_problem
from linewalker.modeloptions import ModelOptions
from linewalker.plantfile import allowed_text, read_text

COLUMNS = ("sequence", "vin", "model", "options")
_GREATEST_SEQUENCE = 2**32 - 1  # SequenceNo is a UInt32 on the line
_MOST_DIGITS = 10
_SEPARATOR_LINE = re.compile(r'\s*"?sep=([^\w\s"]|\t)"?[,;\s]*', re.IGNORECASE)
"""What Excel is told by the first line of a file, and does not show."""


@dataclass(frozen=True, kw_only=True)
class BuildOrder:
    """One car of a shift.

    Attributes:
        sequence: its number on the line, unique in the shift.
        vin: its vehicle identification number, unique in the shift.
        model: name of the vehicle model.
        options: option name -> value, with the model's defaults filled in where the model was known.
    """

    sequence: int
    vin: str
    model: str
    options: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 < self.sequence <= _GREATEST_SEQUENCE:
            raise ValueError(f"sequence {self.sequence} is outside 1 to {_GREATEST_SEQUENCE}")
        if problem := vin_problem(self.vin):
            raise ValueError(problem)

    @property
    def options_text(self) -> str:
        """``paint=red;wheels=sport``, names in alphabetic order: how options travel on the line and in the CSV."""
        return ";".join(f"{name}={value}" for name, value in sorted(self.options.items()))


def check_order(
    *, sequence: int, vin: str, model: str, options: str, models: Mapping[str, ModelOptions] | None
) -> BuildOrder:
    """A build order out of the texts of a CSV row or of the line's signals.

    Args:
        models: the known models; None takes any model and any option.

    Raises:
        InputError: with ``key`` the wrong column.
    """
    for key, text in (("vin", vin), ("model", model), ("options", options)):
        if not text.isprintable():
            odd = next(letter for letter in text if not letter.isprintable())
            raise InputError(f"the character U+{ord(odd):04X} can be neither stored nor shown; take it out", key=key)
    if not 0 < sequence <= _GREATEST_SEQUENCE:
        raise InputError(f"{sequence} is outside 1 to {_GREATEST_SEQUENCE}", key="sequence")
    if problem := vin_problem(vin):
        raise InputError(problem, key="vin")
    if not model:
        raise InputError("empty; expected the name of a vehicle model", key="model")
    if models is not None and model not in models:
        raise InputError(f"unknown model '{model}'; {allowed_text(model, models)}", key="model")
    chosen = parse_options(options)
    if models is not None:
        chosen = models[model].complete(model, chosen)
    return BuildOrder(sequence=sequence, vin=vin, model=model, options=chosen)


def parse_options(text: str) -> dict[str, str]:
    """``paint=red;wheels=sport`` as a dictionary; an empty text is no options.

    Raises:
        InputError: not of that form, or an option stands twice.
    """
    options: dict[str, str] = {}
    for part in (piece.strip() for piece in text.split(";")):
        if not part:
            continue
        name, equals, value = (word.strip() for word in part.partition("="))
        if not (name and equals and value) or "=" in value:
            raise InputError(f"'{part}' is not of the form name=value; write paint=red;wheels=sport", key="options")
        if name in options:
            raise InputError(f"the option '{name}' stands twice", key="options")
        options[name] = value
    return options


def read_shift(path: Path | str, models: Mapping[str, ModelOptions] | None = None) -> tuple[BuildOrder, ...]:
    """Read a shift, strictly; the orders come in ascending sequence.

    What Excel writes is taken: a byte-order mark, UTF-16, a first line ``sep=;``, semicolons or tabs instead of commas,
    empty columns at the end, blank lines, spaces around cells, any order of the columns. Anything else that is odd is
    an error.

    Args:
        models: the known models; None takes any model and any option.

    Raises:
        InputError: names file, line, column and what is allowed.
    """
    orders = [listed.order for listed in read_order_list(path, models)]
    return tuple(sorted(orders, key=lambda order: order.sequence))


@dataclass(frozen=True, kw_only=True)
class ListedOrder:
    """One line of a list of orders.

    Attributes:
        line: its number in the file.
        order: what it says.
        besides: cells of columns that such a list may have besides, by name.
    """

    line: int
    order: BuildOrder
    besides: Mapping[str, str]


def read_order_list(
    path: Path | str, models: Mapping[str, ModelOptions] | None = None, *, besides: Collection[str] = ()
) -> list[ListedOrder]:
    """As `read_shift`, line by line.

    Args:
        besides: columns that may be there, too.

    Raises:
        InputError: as `read_shift`.
    """
    listed: list[ListedOrder] = []
    lines_of: dict[tuple[str, object], int] = {}
    for line, row in _Rows(Path(path), besides):
        try:
            order = check_order(
                sequence=whole_number(row["sequence"], "sequence"),
                vin=row["vin"],
                model=row["model"],
                options=row["options"],
                models=models,
            )
        except InputError as error:
            raise InputError(error.problem, file=path, line=line, key=error.key) from None
        for column, value in (("sequence", order.sequence), ("vin", order.vin)):
            first = lines_of.setdefault((column, value), line)
            if first != line:
                raise InputError(f"{value} stands twice, first in line {first}", file=path, line=line, key=column)
        more = {column: row[column] for column in besides if column in row}
        listed.append(ListedOrder(line=line, order=order, besides=more))
    if not listed:
        raise InputError("there is no car in this shift; write one line per car below the header", file=path)
    return listed


def write_shift(path: Path | str, orders: Collection[BuildOrder]) -> None:
    """Write orders as the CSV that `read_shift` reads."""
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows((order.sequence, order.vin, order.model, order.options_text) for order in orders)


def shift_advice(orders: Collection[BuildOrder]) -> tuple[str, ...]:
    """What a planner may want to look at again; nothing that hinders the shift."""
    return tuple(advice for order in orders if (advice := check_digit_advice(order.vin)))


def whole_number(text: str, key: str) -> int:
    """A number as it stands in a cell.

    Raises:
        InputError: it is none; with its column.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise InputError(f"'{text}' is not a whole number from 1 up", key=key)
    return int(text)


class _Rows:
    """The rows of a CSV file as dictionaries, each with its line."""

    def __init__(self, path: Path, besides: Collection[str]):
        self._path, self._allowed = path, (*COLUMNS, *besides)
        text = read_text(path)
        head = next((line for line in text.splitlines() if line.strip()), "")
        if told := _SEPARATOR_LINE.fullmatch(head):
            text = text.replace(head, "", 1)  # the lines that follow keep their numbers
            self._separator = told[1]
        else:
            self._separator = next((mark for mark in (",", ";", "\t") if mark in head), ",")
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=self._separator, strict=True)

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        columns: list[str] | None = None
        for line, cells in self._cells():
            if columns is None:
                columns = self._columns(line, cells)
                continue
            while len(cells) > len(columns) and not cells[-1]:
                cells.pop()
            if len(cells) != len(columns):
                hint = "; put options with several values in quotes" if self._separator == ";" else ""
                raise InputError(
                    f"{len(cells)} cells, but the header has {len(columns)}{hint}", file=self._path, line=line
                )
            yield line, dict(zip(columns, cells))
        if columns is None:
            raise InputError(f"the file is empty; its first line must be {','.join(COLUMNS)}", file=self._path)

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise InputError(f"not CSV: {error}", file=self._path, line=self._reader.line_num) from None
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield self._reader.line_num, cells

    def _columns(self, line: int, cells: list[str]) -> list[str]:
        while not cells[-1]:
            cells.pop()
        for name in cells:
            if name not in self._allowed:
                problem = f"unknown column '{name}'; {allowed_text(name, self._allowed)}"
                raise InputError(problem, file=self._path, line=line)
            if cells.count(name) > 1:
                raise InputError(f"the column '{name}' stands twice", file=self._path, line=line)
        for name in COLUMNS:
            if name not in cells:
                raise InputError(
                    f"the column '{name}' is missing; the first line must be {','.join(COLUMNS)}",
                    file=self._path,
                    line=line,
                )
        return cells
