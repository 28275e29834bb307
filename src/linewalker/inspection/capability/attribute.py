"""Attribute study: people or machines that sort parts into good and bad, against one another and against the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.agreement import cohen_kappa, fleiss_kappa, share_interval
from linewalker.inspection.capability.grade import Grade, at_least, at_most

KAPPA = (0.9, 0.7)
EFFECTIVENESS_PERCENT = (90.0, 80.0)
MISS_PERCENT = (2.0, 5.0)
FALSE_ALARM_PERCENT = (5.0, 10.0)
"""Good, marginal (AIAG MSA 4th ed., III.C; of kappa VDA 5:2021)."""

BAD_WORDS = ("nok", "bad", "ng", "n.i.o.", "nio", "fail", "reject", "0", "no", "不合格", "坏", "不良")


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    found: int
    of: int

    @property
    def percent(self) -> float:
        return 100.0 * self.found / self.of

    @property
    def interval_percent(self) -> tuple[float, float]:
        """Two-sided, 95 %."""
        low, high = share_interval(self.found, self.of)
        return 100.0 * low, 100.0 * high


@dataclass(frozen=True, kw_only=True)
class Appraiser:
    """How one of them did.

    Attributes:
        name: whose.
        within: parts that were called the same at every trial.
        kappa_within: Fleiss' kappa of the trials.
        kappa: Cohen's against the truth, all trials; None where the truth is not known or all is one category.
        effective: parts that were called what they are at every trial.
        misses: bad parts called good, of all calls of bad parts.
        false_alarms: good parts called bad, of all calls of good parts.
    """

    name: str
    within: Share
    kappa_within: float | None
    kappa: float | None = None
    effective: Share | None = None
    misses: Share | None = None
    false_alarms: Share | None = None

    @property
    def grades(self) -> dict[str, Grade]:
        """Of whatever is known."""
        found = {}
        if self.kappa is not None:
            found["kappa"] = at_least(self.kappa, *KAPPA)
        if self.effective is not None:
            found["effective"] = at_least(self.effective.percent, *EFFECTIVENESS_PERCENT)
        if self.misses is not None:
            found["misses"] = at_most(self.misses.percent, *MISS_PERCENT)
        if self.false_alarms is not None:
            found["false_alarms"] = at_most(self.false_alarms.percent, *FALSE_ALARM_PERCENT)
        return found


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """Result of an attribute study.

    Attributes:
        parts, trials: how many.
        appraisers: each.
        pairs: (name, name, Cohen's kappa over all parts and trials).
        kappa_all: Fleiss' kappa of all ratings of a part.
        together: parts that everyone called the same at every trial.
        all_effective: parts that everyone called what they are at every trial; None where the truth is not known.
        bad: the word of bad parts; None if there is none.
    """

    parts: int
    trials: int
    appraisers: tuple[Appraiser, ...]
    pairs: tuple[tuple[str, str, float | None], ...]
    kappa_all: float | None
    together: Share
    all_effective: Share | None
    bad: str | None


def attribute(
    ratings: Array,
    names: Sequence[str],
    categories: Sequence[str],
    *,
    truth: Array | None = None,
    bad: str | None = None,
) -> Attribute:
    """Effectiveness, misses, false alarms and kappa (AIAG MSA 4th ed., III.C).

    Args:
        ratings: (parts, appraisers, trials) places in ``categories``.
        names: of the appraisers.
        categories: the words.
        truth: (parts,) what the parts are; None if nobody knows.
        bad: the word of bad parts; None looks for one of `BAD_WORDS`.

    Raises:
        InputError: nothing to compare, or ``bad`` is no category.
    """
    if ratings.shape[1] * ratings.shape[2] < 2:
        raise InputError("each part was rated once; two trials or two operators are needed", key="trial")
    word = _bad_word(categories, bad) if truth is not None else None
    place = None if word is None else categories.index(word)
    appraisers = tuple(_appraiser(name, ratings[:, k, :], truth, place) for k, name in enumerate(names))
    pairs = [
        (names[i], names[j], cohen_kappa(ratings[:, i, :].ravel(), ratings[:, j, :].ravel()))
        for i, j in combinations(range(len(names)), 2)
    ]
    flat = ratings.reshape(len(ratings), -1)
    return Attribute(
        parts=len(ratings),
        trials=ratings.shape[2],
        appraisers=appraisers,
        pairs=tuple(pairs),
        kappa_all=fleiss_kappa(flat),
        together=_share((flat == flat[:, :1]).all(axis=1)),
        all_effective=None if truth is None else _share((flat == truth[:, None]).all(axis=1)),
        bad=word,
    )


def _appraiser(name: str, calls: Array, truth: Array | None, bad: int | None) -> Appraiser:
    """One of them. Args: calls: (parts, trials)."""
    within = _share((calls == calls[:, :1]).all(axis=1))
    kappa_within = fleiss_kappa(calls) if calls.shape[1] > 1 else None
    if truth is None:
        return Appraiser(name=name, within=within, kappa_within=kappa_within)
    right = np.repeat(truth, calls.shape[1])
    misses = false_alarms = None
    if bad is not None:
        called, really = calls == bad, truth == bad
        misses = _share(~called[really]) if really.any() else None
        false_alarms = _share(called[~really]) if (~really).any() else None
    return Appraiser(
        name=name,
        within=within,
        kappa_within=kappa_within,
        kappa=cohen_kappa(calls.ravel(), right),
        effective=_share((calls == truth[:, None]).all(axis=1)),
        misses=misses,
        false_alarms=false_alarms,
    )


def _share(true: Array) -> Share:
    return Share(found=int(np.sum(true)), of=true.size)


def _bad_word(categories: Sequence[str], bad: str | None) -> str | None:
    if bad is not None:
        if bad not in categories:
            raise InputError(f"nothing was ever called '{bad}'; there is {', '.join(categories)}", key="bad")
        return bad
    return next((word for word in categories if word.casefold() in BAD_WORDS), None)
