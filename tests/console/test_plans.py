"""What a plan reaches and what it can name stand in the language that is spoken, and whole on 80 columns."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from linewalker.console import plans
from linewalker.errors import InputError
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.messages.language import Language, speaking
from linewalker.station.inputs import known_models, load_models

SEAM = "charge_flap_right/body_side_right"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal of 80 columns shows."""
    stream = io.StringIO()
    monkeypatch.setattr(plans, "terminal", lambda: Console(file=stream, width=80))
    return stream


@pytest.mark.parametrize("model", known_models())
def test_seams_and_parts_are_named_whole_and_in_chinese(model: str, printed: io.StringIO) -> None:
    with speaking(Language.ZH):
        plans.list_features(model)
    lines = printed.getvalue().splitlines()
    catalogue = load_models([model]).catalogues[model]
    for named in (*catalogue.seams.values(), *catalogue.parts.values()):
        assert any(line.split()[:1] == [named.name] for line in lines), named.name
        assert any(named.title.zh in line for line in lines), named.name
    assert all(cell_len(line) <= 80 for line in lines)


@pytest.mark.parametrize("model", known_models())
def test_no_stretch_of_a_seam_is_broken_at_the_end_of_a_line(model: str, printed: io.StringIO) -> None:
    plans.list_features(model)
    seams, _, _ = printed.getvalue().partition(f"{model}: parts")
    ranges = [word for word in seams.split() if "…" in word]
    assert len(ranges) >= 4 * len(load_models([model]).catalogues[model].seams)
    for low, _, high in (word.partition("…") for word in ranges):
        assert float(low) <= float(high)


def test_an_unknown_model_is_answered_with_those_there_are() -> None:
    with pytest.raises(InputError, match="sedan, suv"):
        plans.list_features("sedann")


def test_a_characteristic_out_of_reach_says_why_beside_one_within(printed: io.StringIO) -> None:
    def characteristic(name: str) -> Characteristic:
        return Characteristic(
            id=name,
            title=Title(zh="口盖间隙", en="flap, gap"),
            method="gap",
            severity=Severity.MINOR,
            feature=SEAM,
            question=None,  # type: ignore[arg-type]
            when={},
        )

    refused = {"R2": "the car is in the way"}
    table = plans._reach_table("sedan", [characteristic("R1"), characteristic("R2")], refused)
    plans.terminal().print(table)
    text = printed.getvalue()
    assert text.count(SEAM) == 2
    assert "flap, gap" in text
    assert "yes" in text
    assert "no: the" in text
    assert "…" not in text
