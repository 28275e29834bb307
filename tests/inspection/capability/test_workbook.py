"""Workbooks are read as Excel shows them; what is none is refused with one line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.table import OPERATOR, PART, VALUE, read_table
from linewalker.inspection.capability.workbook import read_sheet

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{_SPACE}" xmlns:r="{_OFFICE}"><sheets><sheet name="GRR" sheetId="1" r:id="rId7"/>'
    '<sheet name="notes" sheetId="2" r:id="rId8"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId8" Type="x" Target="worksheets/sheet2.xml"/>'
    '<Relationship Id="rId7" Type="x" Target="{target}"/></Relationships>'
)
SHARED = (
    f'<sst xmlns="{_SPACE}"><si><t>零件</t><rPh sb="0" eb="2"><t>れいけん</t></rPh></si><si><r><t>oper</t></r>'
    "<r><t>ator</t></r></si><si><t>A</t></si></sst>"
)
SHEET = (
    f'<worksheet xmlns="{_SPACE}"><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="D1" t="inlineStr"><is><t>value</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="D2"><v>0.28999999999999998</v></c></row>'
    '<row r="4"><c r="A4"><v>2</v></c><c r="B4" t="str"><f>B2</f><v>A</v></c><c r="D4"><f>1/8</f><v>0.125</v></c></row>'
    "</sheetData></worksheet>"
)


def written(tmp_path: Path, *, target: str = "worksheets/sheet1.xml", sheet: str = SHEET) -> Path:
    path = tmp_path / "study.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(target=target))
        archive.writestr("xl/sharedStrings.xml", SHARED)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"])
def test_a_workbook_is_a_table(tmp_path: Path, target: str) -> None:
    table = read_table(written(tmp_path, target=target), (PART, OPERATOR, VALUE))
    assert table.cells == {"part": ("1", "2"), "operator": ("A", "A"), "value": ("0.29", "0.125")}
    np.testing.assert_array_equal(table.numbers("value"), [0.29, 0.125])
    assert table.lines == (2, 4)


def test_a_slip_is_named_with_its_row(tmp_path: Path) -> None:
    wrong = SHEET.replace("<v>0.125</v>", "<v>#DIV/0!</v>").replace('<c r="D4">', '<c r="D4" t="e">')
    with pytest.raises(InputError, match=r"study\.xlsx:4: value: '#DIV/0!' is not a number"):
        read_table(written(tmp_path, sheet=wrong), (PART, OPERATOR, VALUE)).numbers("value")


def test_columns_are_counted_as_excel_does(tmp_path: Path) -> None:
    sheet = SHEET.replace("D1", "AB1").replace("D2", "AB2").replace("D4", "AB4")
    assert [len(cells) for _, cells in read_sheet(written(tmp_path, sheet=sheet))] == [28, 28, 28]


@pytest.mark.parametrize(
    "sheet",
    ["<worksheet", SHEET.replace("<v>2</v></c><c", "<v>99</v></c><c"), '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET],
    ids=["no XML", "a text that is not there", "entities"],
)
def test_a_damaged_workbook_is_refused(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(InputError, match=r"study\.xlsx: is no Excel workbook that can be read"):
        list(read_sheet(written(tmp_path, sheet=sheet)))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_text("part,value\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no Excel workbook"):
        list(read_sheet(path))
    with pytest.raises(InputError, match="no such file"):
        list(read_sheet(tmp_path / "nowhere.xlsx"))
