"""Files are taken whole, when whoever writes them is done, each once; what is wrong is put aside with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.orders.order_folder import OrderFolder
from linewalker.factory.orders.order_notice import Fate
from linewalker.modeloptions import ModelOptions

VIN, OTHER = "LSVAA49J132047371", "1M8GDM9AXKP042788"
MODELS = {"sedan": ModelOptions(options={"paint": ["red", "blue"]}, defaults={"paint": "red"})}
HEAD = "sequence,vin,model,options"


@pytest.fixture
def book(tmp_path):
    return OrderBook(tmp_path / "orders.sqlite")


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def put(inbox: Path, name: str, *rows: str, head: str = HEAD) -> None:
    (inbox / name).write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def settled(folder: OrderFolder):
    """What becomes of what lies there now."""
    assert folder.look() == []
    return folder.look()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_file_that_still_grows_is_left_alone(inbox, book):
    folder = OrderFolder(inbox, book, MODELS)
    for rows in range(3):
        put(inbox, "a.csv", *[f"{i},{(VIN, OTHER)[i - 1]},sedan," for i in range(1, rows + 1)])
        assert folder.look() == []
    (intake,) = folder.look()
    assert (intake.problem, intake.fates) == ("", {Fate.NEW: 2})
    assert names(inbox / "taken") == ["a.csv"]
    assert book.find(VIN).notice.order.options == {"paint": "red"}
    assert book.find(VIN).source == "a.csv"


def test_the_same_again_late_ones_and_corrections_in_whatever_order_of_files(inbox, book):
    head = f"{HEAD},revision,cancelled"
    put(inbox, "1.csv", f"1,{VIN},sedan,paint=blue,2,", head=head)
    put(inbox, "2.csv", f"1,{VIN},sedan,paint=red,1,no", f"2,{OTHER},sedan,,1,", head=head)
    put(inbox, "3.csv", f"2,{OTHER},sedan,,2,YES", head=head)
    put(inbox, "4.csv", f"1,{VIN},sedan,paint=blue,2,", head=head)
    fates = [intake.fates for intake in settled(OrderFolder(inbox, book, MODELS))]
    assert fates == [{Fate.NEW: 1}, {Fate.OUTDATED: 1, Fate.NEW: 1}, {Fate.CORRECTED: 1}, {Fate.KNOWN: 1}]
    assert book.find(VIN).notice.revision == 2
    assert [found.notice.order.vin for found in book.waiting()] == [VIN]


@pytest.mark.parametrize(
    ("rows", "head", "says"),
    [
        ([f"1,{VIN},sedan,", f"2,{OTHER},suv,"], HEAD, "bad.csv:3: model: unknown model 'suv'"),
        ([f"1,{VIN},sedan,,0"], f"{HEAD},revision", "bad.csv:2: revision: 0 is outside"),
        ([f"1,{VIN},sedan,,-2"], f"{HEAD},revision", "bad.csv:2: revision: '-2' is not a whole number"),
        ([f"1,{VIN},sedan,,maybe"], f"{HEAD},cancelled", "bad.csv:2: cancelled: 'maybe' is neither"),
        ([f"1,{VIN},sedan,,1"], f"{HEAD},colour", "bad.csv:1: unknown column 'colour'"),
        ([], HEAD, "bad.csv: there is no car"),
    ],
)
def test_a_file_with_something_wrong_is_refused_whole_and_says_where(inbox, book, rows, head, says):
    put(inbox, "bad.csv", *rows, head=head)
    (intake,) = settled(OrderFolder(inbox, book, MODELS))
    assert says in intake.problem
    assert names(inbox / "refused") == ["bad.csv", "bad.csv.txt"]
    assert says in (inbox / "refused" / "bad.csv.txt").read_text(encoding="utf-8")
    assert book.find(VIN) is None


def test_a_contradiction_names_its_line(inbox, book):
    put(inbox, "a.csv", f"1,{VIN},sedan,paint=red")
    settled(OrderFolder(inbox, book, MODELS))
    put(inbox, "b.csv", f"2,{OTHER},sedan,", "", f"1,{VIN},sedan,paint=blue")
    (intake,) = settled(OrderFolder(inbox, book, MODELS))
    assert "b.csv:4: revision: revision 1 of the order of" in intake.problem


def test_a_name_that_comes_again_overwrites_nothing(inbox, book):
    folder = OrderFolder(inbox, book, MODELS)
    for _ in range(3):
        put(inbox, "a.csv", f"1,{VIN},sedan,")
        settled(folder)
    assert names(inbox / "taken") == ["a-2.csv", "a-3.csv", "a.csv"]


def test_a_kill_after_the_taking_changes_nothing_when_it_is_taken_again(inbox, book):
    put(inbox, "a.csv", f"1,{VIN},sedan,")
    settled(OrderFolder(inbox, book, MODELS))
    (inbox / "taken" / "a.csv").rename(inbox / "a.csv")
    (intake,) = settled(OrderFolder(inbox, book, MODELS))
    assert intake.fates == {Fate.KNOWN: 1}


def test_other_files_hidden_ones_and_a_folder_that_is_away_are_no_matter(inbox, book):
    for name in ("a.txt", ".a.csv", "a.csv.part"):
        put(inbox, name, f"1,{VIN},sedan,")
    assert settled(OrderFolder(inbox, book, MODELS)) == []
    assert settled(OrderFolder(inbox / "not mounted", book, MODELS)) == []
