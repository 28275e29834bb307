"""What orders are read with is what the station works with; nothing is built or simulated for it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.reader import OrderReader
from linewalker.errors import InputError
from linewalker.station.inputs import load_models, read_inspection_plan
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of, plan_spoken_of, vocabulary_of
from tests.brain.memory.known_shift import known_history

PLAN = Path(__file__).parents[2] / "examples" / "plan.yaml"


def test_names_are_those_of_plan_and_catalogues() -> None:
    models = load_models()
    plan = read_inspection_plan(PLAN, models)
    vocabulary = vocabulary_of(PLAN)
    catalogues = models.catalogues.values()
    assert {s.name for s in vocabulary.seams} == {name for c in catalogues for name in c.seams}
    assert {p.name for p in vocabulary.parts} == {name for c in catalogues for name in c.parts}
    assert {p.name for p in vocabulary.panels} == {name for c in catalogues for name in c.panels}
    planned = {(c.id, c.feature, c.method, c.severity.value) for model in plan.models.values() for c in model}
    assert {(c.id, c.feature, c.method, c.severity) for c in vocabulary.planned} == planned


def test_areas_are_those_of_the_plan() -> None:
    plan = read_inspection_plan(PLAN, load_models())
    assert {a.name: (a.title, a.members) for a in vocabulary_of(PLAN).areas} == {
        name: (area.title, area.contains) for name, area in plan.areas.items()
    }


def test_titles_are_those_of_the_catalogue() -> None:
    catalogue = load_models(["sedan"]).catalogues["sedan"]
    spoken = {t.name: t.title for t in (*vocabulary_of(PLAN).seams, *vocabulary_of(PLAN).parts)}
    for thing in (*catalogue.seams.values(), *catalogue.parts.values()):
        assert spoken[thing.name] == thing.title


def test_without_a_plan_there_are_the_names_of_all_cars() -> None:
    assert EXAMPLE_PLAN == PLAN
    assert not lexicon_of(None).planned
    assert lexicon_of(None).seams.keys() == lexicon_of(PLAN).seams.keys()


def test_what_is_on_record_is_understood_without_its_plan(tmp_path: Path) -> None:
    history = known_history(tmp_path)
    vocabulary = vocabulary_of(None, history=history)
    assert {c.id for c in vocabulary.planned} == {"gap_hood_fender_left", "flush_door_left", "variant_badge_rear"}
    seam = next(seam for seam in vocabulary.seams if seam.name == "hood/front_fender_left")
    assert (seam.master, seam.slave, seam.title.en) == ("hood", "front_fender_left", "hood/front fender left")
    drawn = vocabulary_of(None)
    assert {s.name for s in vocabulary.seams} > {s.name for s in vocabulary_of(None).seams if "tailgate" not in s.name}
    assert next(p.title for p in vocabulary.parts if p.name == "badge_rear") == next(
        p.title for p in drawn.parts if p.name == "badge_rear"
    )
    both = vocabulary_of(PLAN, history=history)
    assert {c.id for c in both.planned} == {c.id for c in (*vocabulary_of(PLAN).planned, *vocabulary.planned)}
    [goal] = OrderReader(Lexicon(vocabulary)).read("mean of gap_hood_fender_left").goals
    assert goal.slots == {"feature": "gap_hood_fender_left", "statistic": "mean"}


def test_without_a_plan_records_are_spoken_of_by_the_plan_they_were_worked_by(tmp_path: Path) -> None:
    history = known_history(tmp_path)
    assert EXAMPLE_PLAN is not None
    assert plan_spoken_of(None, None) == EXAMPLE_PLAN
    assert plan_spoken_of(None, history) is None
    assert plan_spoken_of(tmp_path, history) == tmp_path
    by_it = hashlib.sha256(EXAMPLE_PLAN.read_bytes()).hexdigest()
    worked = replace(history, shifts=tuple(replace(shift, plan_sha256=by_it) for shift in history.shifts))
    assert plan_spoken_of(None, worked) == EXAMPLE_PLAN


def test_a_model_there_is_none_of_is_said(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("models:\n  truck: {characteristics: []}\n")
    with pytest.raises(InputError, match="unknown model 'truck'"):
        vocabulary_of(plan)


def test_nothing_heavy_is_loaded() -> None:
    program = (
        "import sys; from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of;"
        "from linewalker.brain.language.reader import OrderReader; OrderReader(lexicon_of(EXAMPLE_PLAN)).read('停');"
        "print([m for m in ('mujoco', 'numba', 'scipy', 'cv2', 'linewalker.world') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_plant_has_words_of_its_own(tmp_path: Path) -> None:
    words = tmp_path / "words.yaml"
    words.write_text(
        "features: {hood/front_bumper: [nose seam, 鼻子缝]}\nmethods: {gap: slot width}\n", encoding="utf-8"
    )
    reader = OrderReader(lexicon_of(PLAN, words=words))
    for order in ("measure the slot width of the nose seam", "量一下鼻子缝的间隙"):
        assert reader.read(order).document()["goals"] == [
            {"skill": "inspect", "slots": {"features": ["hood/front_bumper"], "methods": ["gap"]}}
        ]
    words.write_text("features: {hood/bumper: [nose]}\n", encoding="utf-8")
    with pytest.raises(InputError, match="there is no 'hood/bumper' here"):
        lexicon_of(PLAN, words=words)
