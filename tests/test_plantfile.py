"""Every complaint about a plant's file names file, line, key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.plantfile import Node, PlantFile, allowed_text, read_text

PLAN = """\
models:
  sedan:
    paint: no
    wheels: 19
    sizes:
      - 1.5
      - "2"
"""


def complaint(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        PlantFile.parse(text, "plan.yaml")
    return caught.value


def test_values_know_their_line_and_path() -> None:
    sizes = PlantFile.parse(PLAN, "plan.yaml")["models"]["sedan"]["sizes"].entries()
    assert [(node.line, node.key) for node in sizes] == [(6, "models.sedan.sizes[0]"), (7, "models.sedan.sizes[1]")]
    error = sizes[0].error("too small")
    assert str(error) == "plan.yaml:6: models.sedan.sizes[0]: too small"


def test_texts_are_what_the_plant_wrote() -> None:
    sedan = PlantFile.parse(PLAN, "plan.yaml")["models"]["sedan"]
    assert sedan["paint"].text() == "no"
    assert sedan["wheels"].text() == "19"
    assert sedan["wheels"].integer() == 19
    assert sedan["paint"].flag() is False


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives_the_file(value: float) -> None:
    assert PlantFile.parse(f"a: {value!r}", "f")["a"].number() == value


@pytest.mark.parametrize(
    "wrong", ["0_8", "1_000.5", "１", '"3"', "3 mm", "0,5", ".nan", "inf", "", "[1]", "{b: 1}", "true"]
)
def test_what_is_not_a_number_is_refused_with_its_place(wrong: str) -> None:
    node = PlantFile.parse(f"x: 1\na: {wrong}\n", "plan.yaml")["a"]
    with pytest.raises(InputError, match=r"plan\.yaml:\d: a: expected a number in mm"):
        node.number(unit="mm")


def test_range_of_a_number() -> None:
    node = PlantFile.parse("a: 30", "f")["a"]
    assert node.number(low=0, high=30) == 30
    with pytest.raises(InputError, match="30 mm is outside the range 0 to 20 mm"):
        node.number(low=0, high=20, unit="mm")
    with pytest.raises(InputError, match="whole number"):
        PlantFile.parse("a: 1.5", "f")["a"].integer()


def test_unknown_key_names_its_line_and_the_nearest_allowed_one() -> None:
    node = PlantFile.parse("id: a\ntolerence: 1\n", "plan.yaml")
    with pytest.raises(InputError) as caught:
        node.expect_keys(["id"], ["tolerance", "unit"])
    assert caught.value.line == 2
    assert caught.value.key == "tolerence"
    assert "did you mean 'tolerance'? Allowed: id, tolerance, unit" in str(caught.value)


def test_missing_key() -> None:
    node = PlantFile.parse("id: a\n", "plan.yaml")
    with pytest.raises(InputError, match="'unit' is missing; required: id, unit"):
        node.expect_keys(["id", "unit"])
    with pytest.raises(InputError, match="'unit' is missing"):
        node["unit"]


def test_choice_suggests() -> None:
    node = PlantFile.parse("unit: millimeter", "f")["unit"]
    with pytest.raises(InputError, match="unknown unit 'millimeter'; did you mean 'millimetre'"):
        node.choice(["millimetre", "degree"], "unit")


def test_duplicate_keys_name_both_lines() -> None:
    error = complaint("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert (error.line, error.key) == (4, "a.b")
    assert "first in line 2" in str(error)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_empty_file(text: str) -> None:
    assert "the file is empty" in str(complaint(text))


@pytest.mark.parametrize(
    ("text", "line"), [("a: [1, 2\nb: 3\n", 2), ("a: 1\n\tb: 2\n", 2), ("a: 1\n---\nb: 2\n", 2), ("a: 1\nb: \x07\n", 2)]
)
def test_broken_yaml_names_the_line(text: str, line: int) -> None:
    error = complaint(text)
    assert error.line == line
    assert "not YAML" in str(error)


def test_top_must_be_keys() -> None:
    assert "keys with values at the top" in str(complaint("- 1\n- 2\n"))


def test_endless_and_exploding_aliases_are_refused() -> None:
    assert "endless" in str(complaint("a: &x [1, *x]\n"))
    bomb = "a0: &a0 [1, 1]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9))
    assert "endless" in str(complaint(bomb))


@pytest.mark.parametrize("depth", [60, 5000])
def test_what_is_nested_without_end_is_refused(depth: int) -> None:
    with pytest.raises(InputError, match="too deep for a file of a plant"):
        PlantFile.parse("a: " + "[" * depth + "]" * depth, "f")


def test_file_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        PlantFile.read(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="can not be read"):
        PlantFile.read(tmp_path)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\nname: Tür\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8") as caught:
        PlantFile.read(latin)
    assert caught.value.line == 2


def test_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_text("a: 门\n", encoding="utf-8-sig")
    assert read_text(path) == "a: 门\n"
    assert PlantFile.read(path)["a"].text() == "门"


def test_lists_mappings_and_scalars_are_told_apart() -> None:
    top = PlantFile.parse("a: [x, y]\nb: z\nc: {d: 1}\n", "f")
    assert [node.text() for node in top["a"].one_or_more()] == ["x", "y"]
    assert [node.text() for node in top["b"].one_or_more()] == ["z"]
    for wrong, getter in ((top["b"], Node.entries), (top["a"], Node.mapping), (top["c"], Node.text)):
        with pytest.raises(InputError, match="expected"):
            getter(wrong)


def test_allowed_text_without_close_match() -> None:
    assert allowed_text("zzz", ["hood", "trunk"]) == "Allowed: hood, trunk"
    assert allowed_text("zzz", []) == "none exist here"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_editors_write_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("a: 门\r\nb: Ü\r\n".encode(encoding))
    top = PlantFile.read(path)
    assert (top["a"].text(), top["b"].text()) == ("门", "Ü")


@pytest.mark.parametrize("written", [r'"a\0b"', r'"a\x07b"', r'"a\ud800b"', r'"\e[31m"'])
def test_what_can_be_neither_stored_nor_shown_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(f"x: 1\nid: {written}\n", encoding="utf-8")
    with pytest.raises(InputError, match="neither stored nor shown") as caught:
        PlantFile.read(path)["id"].text()
    assert (caught.value.line, caught.value.key) == (2, "id")


def test_a_path_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match="can not be read"):
        PlantFile.read("a\0b.yaml")
