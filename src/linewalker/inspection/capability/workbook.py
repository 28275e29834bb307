"""The first sheet of an Excel workbook (.xlsx) as rows of texts: ECMA-376, by the standard library alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from linewalker.errors import InputError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_MOST_BYTES = 64 * 2**20  # of a part, unpacked; the table of a study has some kilobytes


def read_sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers; cells are texts, numbers as Excel shows them, formulas their last result.

    Raises:
        InputError: it is no workbook, or one that is protected by a password, or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            shared = _shared_texts(archive)
            sheet = _part(archive, _first_sheet(archive))
            rows = [_row(row, shared) for row in sheet.iter(f"{_MAIN}row")]
    except FileNotFoundError:
        raise InputError("there is no such file", file=path) from None
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, RuntimeError, ElementTree.ParseError):
        raise InputError(
            "is no Excel workbook that can be read; save it as .xlsx without a password, or as CSV UTF-8", file=path
        ) from None
    for at, (number, cells) in enumerate(rows):
        yield number or at + 1, cells


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise ValueError("too large for the table of a study")
    data = archive.read(name)
    if b"<!DOCTYPE" in data:
        raise ValueError("a workbook declares no entities")
    return ElementTree.fromstring(data)


def _first_sheet(archive: zipfile.ZipFile) -> str:
    sheets = _part(archive, "xl/workbook.xml").find(f"{_MAIN}sheets")
    wanted = (sheets if sheets is not None else [])[0].attrib[_ID]
    relations = {entry.attrib["Id"]: entry.attrib["Target"] for entry in _part(archive, "xl/_rels/workbook.xml.rels")}
    target = relations[wanted]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(entry) for entry in _part(archive, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(entry: ElementTree.Element) -> str:
    """Plain or in pieces of several fonts; how it is read aloud, which East Asian Excel keeps, is left out."""
    pieces = [entry.find(f"{_MAIN}t"), *(run.find(f"{_MAIN}t") for run in entry.iter(f"{_MAIN}r"))]
    return "".join(piece.text or "" for piece in pieces if piece is not None)


def _row(row: ElementTree.Element, shared: list[str]) -> tuple[int, list[str]]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        place = _CELL.fullmatch(cell.attrib.get("r", ""))
        column = _column(place[1]) if place else len(cells)
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _content(cell, shared).strip()
    return int(row.attrib.get("r", 0)), cells


def _column(letters: str) -> int:
    """``A`` is 0."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _content(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        inside = cell.find(f"{_MAIN}is")
        return "" if inside is None else _text(inside)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s" and value:
        return shared[int(value)]
    return f"{float(value):.15g}" if kind == "n" and value else value
