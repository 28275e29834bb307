"""Shifts: what is read comes back, and what is wrong is named with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import (
    BuildOrder,
    ModelOptions,
    check_order,
    parse_options,
    read_shift,
    shift_advice,
    write_shift,
)
from linewalker.factory.orders.vin import ALPHABET

VIN_A, VIN_B = "LSVAA49J132047371", "LSVAA49J332047372"
SEDAN = ModelOptions(
    options={"paint": ("silver", "red"), "wheels": ("standard", "sport")},
    defaults={"paint": "silver", "wheels": "standard"},
)
MODELS = {"sedan": SEDAN, "suv": ModelOptions()}
HEADER = "sequence,vin,model,options\n"


def read(tmp_path: Path, text: str | bytes, models=MODELS):
    path = tmp_path / "shift.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_shift(path, models)


def test_orders_come_in_sequence_with_defaults_filled_in(tmp_path):
    orders = read(tmp_path, f"{HEADER}7,{VIN_A},sedan,paint=red\n2,{VIN_B},suv,\n")
    assert [order.sequence for order in orders] == [2, 7]
    assert orders[1].options == {"paint": "red", "wheels": "standard"}
    assert orders[1].options_text == "paint=red;wheels=standard"


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}1,{VIN_A},sedan,paint=red;wheels=sport\n",
        f'sequence;vin;model;options\r\n1;{VIN_A};sedan;"paint=red;wheels=sport"\r\n',
        f"sequence\tvin\tmodel\toptions\n1\t{VIN_A}\tsedan\tpaint=red;wheels=sport",
        f"\n options , model, vin, sequence\n\n paint=red; wheels = sport, sedan , {VIN_A}, 1 \n,,,\n",
        f"sep=;\nsequence;vin;model;options\n1;{VIN_A};sedan;'paint=red;wheels=sport'\n".replace("'", '"'),
        f'\ufeff"sep=;"\r\nsequence;vin;model;options\r\n1;{VIN_A};sedan;"paint=red;wheels=sport"\r\n',
        f"SEP=,\n{HEADER}1,{VIN_A},sedan,paint=red;wheels=sport\n",
        f"sep=\t\nsequence\tvin\tmodel\toptions\n1\t{VIN_A}\tsedan\tpaint=red;wheels=sport\t\n",
        f"sep=|\nsequence|vin|model|options\n1|{VIN_A}|sedan|paint=red;wheels=sport\n",
        f"sequence,vin,model,options,,\n1,{VIN_A},sedan,paint=red;wheels=sport,,\n,,,,,\n",
        f"{HEADER}1,{VIN_A},sedan,paint=red;wheels=sport,,,\n",
        f"{HEADER}1,{VIN_A},sedan,paint=red;wheels=sport\n".replace("\n", "\r"),
        f"sequence\tvin\tmodel\toptions\r\n1\t{VIN_A}\tsedan\tpaint=red;wheels=sport\r\n".encode("utf-16"),
        f"\ufeff{HEADER}1,{VIN_A},sedan,paint=red;wheels=sport\r\n".encode("utf-16-be"),
    ],
    ids=[
        "byte-order mark",
        "semicolons",
        "tabs",
        "spaces and order of columns",
        "sep",
        "quoted sep",
        "sep of a comma",
        "sep of a tab",
        "sep of a bar",
        "empty columns",
        "empty cells",
        "old Macintosh",
        "Unicode text",
        "UTF-16BE",
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path, text):
    [order] = read(tmp_path, text)
    assert order == BuildOrder(sequence=1, vin=VIN_A, model="sedan", options={"paint": "red", "wheels": "sport"})


@pytest.mark.parametrize(
    ("text", "line", "key", "complaint"),
    [
        ("", None, None, "the file is empty"),
        ("\n \n", None, None, "the file is empty"),
        (HEADER, None, None, "no car in this shift"),
        ("sequence,vin,model\n", 1, None, "column 'options' is missing"),
        ("sequence,vin,model,option\n", 1, None, "unknown column 'option'; did you mean 'options'"),
        ("sequence,vin,model,vin\n", 1, None, "'vin' stands twice"),
        (f"{HEADER}1,{VIN_A},sedan\n", 2, None, "3 cells, but the header has 4"),
        (f"sequence;vin;model;options\n1;{VIN_A};sedan;paint=red;wheels=sport\n", 2, None, "in quotes"),
        (f"{HEADER}one,{VIN_A},sedan,\n", 2, "sequence", "'one' is not a whole number"),
        (f"{HEADER}1.0,{VIN_A},sedan,\n", 2, "sequence", "not a whole number"),
        (f"{HEADER}0,{VIN_A},sedan,\n", 2, "sequence", "outside 1 to 4294967295"),
        (f"{HEADER}4294967296,{VIN_A},sedan,\n", 2, "sequence", "outside"),
        (f"{HEADER}{'9' * 5000},{VIN_A},sedan,\n", 2, "sequence", "not a whole number"),
        (f"{HEADER}1,{VIN_A},sedan,\n1,{VIN_B},sedan,\n", 3, "sequence", "1 stands twice, first in line 2"),
        (f"{HEADER}1,{VIN_A},sedan,\n\n2,{VIN_A},suv,\n", 4, "vin", "first in line 2"),
        (f"{HEADER}1,{VIN_A[:-1]},sedan,\n", 2, "vin", "16 characters"),
        (f"{HEADER}1,{VIN_A},sedn,\n", 2, "model", "did you mean 'sedan'"),
        (f"{HEADER}1,{VIN_A},,\n", 2, "model", "empty"),
        (f"{HEADER}1,{VIN_A},sedan,pain=red\n", 2, "options", "no option 'pain'; did you mean 'paint'"),
        (f"{HEADER}1,{VIN_A},sedan,paint=pink\n", 2, "options", "no value 'pink'; .*Allowed: red, silver"),
        (f"{HEADER}1,{VIN_A},suv,paint=red\n", 2, "options", "none exist here"),
        (f"{HEADER}1,{VIN_A},sedan,paint\n", 2, "options", "not of the form name=value"),
        (f"{HEADER}1,{VIN_A},sedan,paint=red;paint=red\n", 2, "options", "stands twice"),
        (f'{HEADER}1,{VIN_A},sedan,"paint=red\n', 2, None, "not CSV"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path, text, line, key, complaint):
    with pytest.raises(InputError, match=complaint) as caught:
        read(tmp_path, text)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert caught.value.file == tmp_path / "shift.csv"


def test_another_encoding_is_named(tmp_path):
    with pytest.raises(InputError, match="not UTF-8") as caught:
        read(tmp_path, HEADER.encode() + f"1,{VIN_A},轿车,".encode("gbk"))
    assert caught.value.line == 2
    with pytest.raises(InputError, match="zero byte") as caught:
        read(tmp_path, HEADER.encode("utf-16-le"))
    assert caught.value.line == 1
    with pytest.raises(InputError, match="not UTF-16"):
        read(tmp_path, HEADER.encode("utf-16")[:-1])


def test_lines_are_counted_from_the_one_that_names_the_separator(tmp_path):
    with pytest.raises(InputError, match="16 characters") as caught:
        read(tmp_path, f"sep=;\r\nsequence;vin;model;options\r\n1;{VIN_A[1:]};sedan;\r\n")
    assert caught.value.line == 3


def test_a_column_without_a_name_is_none(tmp_path):
    with pytest.raises(InputError, match="unknown column ''"):
        read(tmp_path, f"sequence,vin,,model,options\n1,{VIN_A},,sedan,\n")
    with pytest.raises(InputError, match="5 cells, but the header has 4"):
        read(tmp_path, f"{HEADER}1,{VIN_A},sedan,,note\n")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_shift(tmp_path / "none.csv")


def test_without_known_models_any_model_will_do(tmp_path):
    [order] = read(tmp_path, f"{HEADER}1,{VIN_A},tractor,plough=large\n", models=None)
    assert order.options == {"plough": "large"}


def test_advice_does_not_hinder(tmp_path):
    orders = read(tmp_path, f"{HEADER}1,WVWZZZ1JZ3W386752,suv,\n2,{VIN_A},suv,\n")
    [advice] = shift_advice(orders)
    assert "WVWZZZ1JZ3W386752" in advice


def test_the_line_gets_the_same_check_as_the_file():
    order = check_order(sequence=3, vin=VIN_A, model="sedan", options="wheels=sport", models=MODELS)
    assert order.options == {"paint": "silver", "wheels": "sport"}
    with pytest.raises(InputError, match="unknown model"):
        check_order(sequence=3, vin=VIN_A, model="bus", options="", models=MODELS)


def test_the_example_shift_is_three_cars_in_two_variants():
    orders = read_shift(Path(__file__).parents[3] / "examples" / "shift.csv")
    assert len(orders) == 3
    assert len({order.options_text for order in orders}) == 2
    assert shift_advice(orders) == ()


WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=8)
ORDER = st.builds(
    BuildOrder,
    sequence=st.integers(1, 2**32 - 1),
    vin=st.text(alphabet=ALPHABET, min_size=17, max_size=17),
    model=WORD,
    options=st.dictionaries(WORD, WORD, max_size=4),
)


@given(st.lists(ORDER, min_size=1, max_size=5, unique_by=(lambda order: order.vin, lambda order: order.sequence)))
def test_what_is_written_is_read_back(tmp_path_factory, orders):
    path = tmp_path_factory.getbasetemp() / "round_trip.csv"
    write_shift(path, orders)
    assert read_shift(path) == tuple(sorted(orders, key=lambda order: order.sequence))


@given(st.dictionaries(WORD, WORD, max_size=5))
def test_options_survive_their_text(options):
    order = BuildOrder(sequence=1, vin=VIN_A, model="sedan", options=options)
    assert parse_options(order.options_text) == options


@pytest.mark.parametrize("wrong", [{"sequence": 0}, {"vin": "SHORT"}])
def test_an_order_that_can_not_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"outside|characters"):
        BuildOrder(**{"sequence": 1, "vin": VIN_A, "model": "sedan", **wrong})


@pytest.mark.parametrize(
    ("key", "odd"),
    [("model", "se\x07dan"), ("options", "paint=r\x1bed"), ("options", "a=\x85"), ("vin", VIN_A[:-1] + "\x9b")],
)
@pytest.mark.parametrize("models", [None, {}])
def test_what_can_not_be_shown_is_refused_at_the_door(key, odd, models):
    words = {"vin": VIN_A, "model": "sedan", "options": "", key: odd}
    with pytest.raises(InputError, match="can be neither stored nor shown") as error:
        check_order(sequence=1, models=models, **words)
    assert error.value.key == key
    assert str(error.value).isprintable()
