"""The table of a study: CSV or .xlsx with named columns, as people keep it, in Chinese, English or German."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.workbook import read_sheet
from linewalker.plantfile import read_text

_LARGEST = 1e12
_SEPARATOR_LINE = re.compile(r'\s*"?sep=([^\w\s"]|\t)"?[,;\s]*', re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a column holds, and the names it may have.

    Attributes:
        name: its own.
        words: others, in any language; letter case does not count.
        number: it holds numbers.
        needed: a file without it is refused.
    """

    name: str
    words: tuple[str, ...] = ()
    number: bool = False
    needed: bool = True

    def is_called(self, word: str) -> bool:
        """Whether a heading means this column."""
        return word.casefold() in {name.casefold() for name in (self.name, *self.words)}


PART = Column(name="part", words=("零件", "工件", "件号", "样件", "teil", "parts", "sample", "工件号", "零件号"))
OPERATOR = Column(name="operator", words=("评价人", "操作者", "检验员", "测量人", "appraiser", "prüfer", "pruefer"))
VALUE = Column(
    name="value", words=("测值", "测量值", "读数", "messwert", "wert", "measurement", "measured"), number=True
)
REFERENCE = Column(
    name="reference", words=("参考值", "基准值", "标准值", "referenz", "referenzwert", "master"), number=True
)
STANDARD = Column(name="reference", words=(*REFERENCE.words, "基准", "standard", "真值"), needed=False)
TRIAL = Column(name="trial", words=("试次", "次数", "第几次", "wiederholung", "repeat"), needed=False)
RESULT = Column(name="result", words=("结果", "判定", "评价", "ergebnis", "verdict", "rating"))
SUBGROUP = Column(name="subgroup", words=("子组", "组", "批次", "日期", "untergruppe", "group", "date"), needed=False)
SIZE = Column(name="size", words=("尺寸", "缺陷尺寸", "größe", "groesse", "a", "length"), number=True)
HIT = Column(name="hit", words=("检出", "命中", "treffer", "hit.miss", "detected"))
SIGNAL = Column(name="signal", words=("信号", "响应", "â", "a_hat", "response", "ahat"), number=True)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of a study.

    Attributes:
        file: where they stand.
        lines: the line of each row.
        cells: column -> texts, one per row.
        unused: headings of the file that the study has no use for.
    """

    file: Path
    lines: tuple[int, ...]
    cells: dict[str, tuple[str, ...]] = field(repr=False)
    unused: tuple[str, ...] = ()

    def __contains__(self, name: str) -> bool:
        return name in self.cells

    def numbers(self, name: str) -> Array:
        """A column as numbers; a decimal comma is taken as well as a point, but not both in one column.

        Raises:
            InputError: names the line and the column of what is no number.
        """
        values: list[float] = []
        first: dict[str, int] = {}  # line of the first of each decimal mark
        for line, text in zip(self.lines, self.cells[name]):
            value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
            if math.isnan(value):
                raise self.error(f"'{text}' is not a number; write 1.25 or 1,25", line, name)
            if abs(value) > _LARGEST:
                raise self.error(f"'{text}' is beyond {_LARGEST:g}; choose a larger unit", line, name)
            for mark in {",", "."} & set(text):
                first.setdefault(mark, line)
            if len(first) > 1:
                other = next(at for at in first.values() if at != line)
                raise self.error(
                    f"'{text}' has another decimal mark than line {other}; use one, and none for thousands", line, name
                )
            values.append(value)
        return np.array(values)

    def error(self, problem: str, line: int | None = None, name: str | None = None) -> InputError:
        """What is wrong with the file, or at a place in it."""
        return InputError(problem, file=self.file, line=line, key=name)


def read_table(path: Path | str, columns: Sequence[Column]) -> Table:
    """Read the columns of a study out of a CSV file, or of the first sheet of an Excel workbook (.xlsx).

    Separators may be commas, semicolons or tabs; a byte-order mark, UTF-16, a first line ``sep=;``, blank lines, spaces
    around cells and any order of columns are taken. Columns with other names are left out, and told.

    Raises:
        InputError: names file, line, column and what is allowed.
    """
    rows = _rows(Path(path))
    line, heading = next(rows, (1, []))
    if not heading:
        wanted = ", ".join(column.name for column in columns if column.needed)
        raise InputError(f"the file is empty; its first line must name the columns: {wanted}", file=path)
    places = _places(Path(path), line, heading, columns)
    lines, cells = [], {name: [] for name in places}  # type: tuple[list[int], dict[str, list[str]]]
    for line, row in rows:
        if len(row) > len(heading) and any(row[len(heading) :]):
            raise InputError(f"{len(row)} cells, but the header has {len(heading)}", file=path, line=line)
        lines.append(line)
        for name, place in places.items():
            text = row[place] if place < len(row) else ""
            if not text:
                raise InputError("an empty cell; fill it, or take the row out", file=path, line=line, key=name)
            cells[name].append(text)
    if not lines:
        raise InputError("there is no row below the header", file=path)
    unused = tuple(word for at, word in enumerate(heading) if word and at not in places.values())
    frozen = {name: tuple(texts) for name, texts in cells.items()}
    return Table(file=Path(path), lines=tuple(lines), cells=frozen, unused=unused)


def _places(path: Path, line: int, heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Column -> its place in a row."""
    places: dict[str, int] = {}
    for column in columns:
        found = [at for at, word in enumerate(heading) if column.is_called(word)]
        if len(found) > 1:
            names = " and ".join(f"'{heading[at]}'" for at in found)
            raise InputError(f"{names} are both the column '{column.name}'; keep one", file=path, line=line)
        if found:
            places[column.name] = found[0]
        elif column.needed:
            names = ", ".join((column.name, *column.words))
            there = ", ".join(word for word in heading if word)
            problem = f"the column '{column.name}' is missing; it may be called {names}. The file has {there}"
            raise InputError(problem, file=path, line=line)
    return places


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with its line."""
    if path.suffix.lower() == ".xlsx":
        yield from ((line, cells) for line, cells in read_sheet(path) if any(cells))
        return
    text = read_text(path)
    head = next((line for line in text.splitlines() if line.strip()), "")
    if told := _SEPARATOR_LINE.fullmatch(head):
        text, separator = text.replace(head, "", 1), told[1]  # the lines that follow keep their numbers
    else:
        separator = next((mark for mark in (";", "\t", ",") if mark in head), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(f"not CSV: {error}", file=path, line=reader.line_num) from None
        if any(cells):
            yield reader.line_num, cells
