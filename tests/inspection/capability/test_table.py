"""Tables as Excel writes them in three countries are read; slips are named with line and column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.table import OPERATOR, PART, TRIAL, VALUE, read_table

COLUMNS = (PART, OPERATOR, TRIAL, VALUE)
ENGLISH = "part,operator,trial,value\n1,A,1,0.29\n1,A,2,-0.5\n2,B,1,1e3\n"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "study.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        ("sep=;\nTeil;Prüfer;Wiederholung;Messwert\n1;A;1;0,29\n1;A;2;-0,5\n\n2;B;1;1e3\n", "utf-8-sig"),
        ("零件\t评价人\t试次\t测值\n1\tA\t1\t0.29\n1\tA\t2\t-0.5\n2\tB\t1\t1e3\n", "utf-16"),
        ('Value ,TRIAL,date,Appraiser,Part\n"0,29",1,x,A,1\n"-0,5",2,y,A,1\n1e3,1,z,B,2\n', "utf-8"),
        (ENGLISH.replace("\n", "\r\n"), "utf-8"),
    ],
)
def test_files_of_many_countries_say_the_same(tmp_path: Path, text: str, encoding: str) -> None:
    table = read_table(written(tmp_path, text, encoding), COLUMNS)
    np.testing.assert_array_equal(table.numbers("value"), [0.29, -0.5, 1000.0])
    assert table.cells["operator"] == ("A", "A", "B")
    assert table.cells["part"] == ("1", "1", "2")
    assert table.unused == (("date",) if "date" in text else ())


def test_a_column_that_is_not_needed_may_be_missing(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "part,operator,value\n1,A,2\n"), COLUMNS)
    assert "trial" not in table
    assert "part" in table


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("", r"study\.csv: the file is empty; its first line must name the columns: part, operator, value"),
        ("part,operator,trial,value\n", r"there is no row below"),
        (ENGLISH.replace("0.29", "o.29"), r"study\.csv:2: value: 'o\.29' is not a number"),
        (ENGLISH.replace("0.29", "nan"), r"study\.csv:2: value: 'nan' is not a number"),
        (ENGLISH.replace("0.29", "1e999"), r"study\.csv:2: value: '1e999' is beyond 1e\+12; choose a larger unit"),
        (ENGLISH.replace("0.29", "1.234.5"), r"is not a number"),
        (ENGLISH.replace("-0.5", '"-0,5"'), r"study\.csv:3: value: '-0,5' has another decimal mark than line 2"),
        (ENGLISH.replace("1,A,2", ",A,2"), r"study\.csv:3: part: an empty cell"),
        (ENGLISH.replace("2,B", "2,B,9"), r"study\.csv:4: 5 cells, but the header has 4"),
        (
            ENGLISH.replace("operator", "operater"),
            r"study\.csv:1: the column 'operator' is missing.* has part, operater",
        ),
        (ENGLISH.replace("trial", "Part"), r"'part' and 'Part' are both the column 'part'"),
        (ENGLISH + '"3,A', r"study\.csv:\d: not CSV"),
    ],
)
def test_slips_are_named_with_line_and_column(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_table(written(tmp_path, wrong), COLUMNS).numbers("value")


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read_table(written(tmp_path, "零件,测值\n1,2\n", "gbk"), COLUMNS)
