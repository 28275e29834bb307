"""Attribute studies: a published answer and laws."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.attribute import Share, attribute
from linewalker.inspection.capability.grade import Grade
from tests.inspection.capability.published import SPOTS, SPOTS_TRUTH

NAMES = tuple(SPOTS)
RATINGS = np.array([[[int(call) for call in part] for part in calls.split()] for calls in SPOTS.values()]).transpose(
    1, 0, 2
)
TRUTH = np.array([int(word) for word in SPOTS_TRUTH])


def test_black_spots_to_the_printed_digit() -> None:
    """What jaspQualityControl's tests expect: shares, their intervals, Cohen's and Fleiss' kappa."""
    study = attribute(RATINGS, NAMES, ("no", "yes"), truth=TRUTH, bad="yes")
    assert [round(a.kappa, 9) for a in study.appraisers] == [0.612903226, 0.492307692, 0.264150943]
    assert [round(a.kappa_within, 6) for a in study.appraisers] == [0.905462, 0.91, 0.543919]
    assert study.kappa_all == pytest.approx(0.641666666666666)
    assert [round(a.effective.percent, 2) for a in study.appraisers] == [80.0, 73.33, 60.0]
    assert [round(a.within.percent, 2) for a in study.appraisers] == [93.33, 93.33, 80.0]
    assert [round(a.misses.percent, 2) for a in study.appraisers] == [16.67, 26.67, 10.0]
    assert [round(a.false_alarms.percent, 2) for a in study.appraisers] == [20.0, 20.0, 66.67]
    low, high = study.appraisers[0].effective.interval_percent
    assert (round(low, 3), round(high, 3)) == (51.911, 95.669)
    assert (study.together, study.all_effective) == (Share(found=9, of=15), Share(found=7, of=15))
    low, high = study.all_effective.interval_percent
    assert (round(low, 3), round(high, 3)) == (21.267, 73.414)


def test_pairs_are_compared_trial_by_trial() -> None:
    """AIAG's cross-tabulation: all parts and trials of one against the other."""
    study = attribute(RATINGS, NAMES, ("no", "yes"))
    for (one, other, kappa), (i, j) in zip(study.pairs, [(0, 1), (0, 2), (1, 2)]):
        assert (one, other) == (NAMES[i], NAMES[j])
        counts = np.histogram2d(RATINGS[:, i].ravel(), RATINGS[:, j].ravel(), bins=2)[0] / 45.0
        chance = float(counts.sum(axis=0) @ counts.sum(axis=1))
        assert kappa == pytest.approx((np.trace(counts) - chance) / (1.0 - chance))


def test_who_is_always_right_is_good_at_everything() -> None:
    ratings = np.broadcast_to(TRUTH[:, None, None], (15, 1, 3))
    [appraiser] = attribute(ratings, ["A"], ("OK", "NOK"), truth=TRUTH).appraisers
    assert set(appraiser.grades.values()) == {Grade.GOOD}
    assert appraiser.grades.keys() == {"kappa", "effective", "misses", "false_alarms"}


def test_without_truth_only_agreement_is_told() -> None:
    study = attribute(RATINGS, NAMES, ("no", "yes"))
    assert study.bad is None
    assert study.all_effective is None
    assert all(a.grades == {} for a in study.appraisers)
    assert study.kappa_all == pytest.approx(0.641666666666666)


def test_misses_and_false_alarms_change_places_with_the_word_of_bad_parts() -> None:
    yes = attribute(RATINGS, NAMES, ("no", "yes"), truth=TRUTH, bad="yes")
    no = attribute(RATINGS, NAMES, ("no", "yes"), truth=TRUTH, bad="no")
    assert [a.misses for a in yes.appraisers] == [a.false_alarms for a in no.appraisers]
    assert [a.kappa for a in yes.appraisers] == [a.kappa for a in no.appraisers]


@pytest.mark.parametrize("word", ["NOK", "n.i.O.", "不合格", "0"])
def test_usual_words_of_bad_parts_are_known(word: str) -> None:
    assert attribute(RATINGS, NAMES, ("x", word), truth=TRUTH).bad == word


def test_words_that_nobody_said_and_single_ratings_are_refused() -> None:
    with pytest.raises(InputError, match=r"nothing was ever called 'NG'; there is no, yes"):
        attribute(RATINGS, NAMES, ("no", "yes"), truth=TRUTH, bad="NG")
    with pytest.raises(InputError, match="rated once"):
        attribute(RATINGS[:, :1, :1], ["A"], ("no", "yes"), truth=TRUTH)
