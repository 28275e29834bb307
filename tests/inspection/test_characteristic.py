"""A characteristic applies where all its options agree, and asks its question under its own name."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Limits
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict

OPTIONS = {"paint": ("red", "silver", "blue"), "badge": ("none", "rs")}


class Size:
    """How long a text is."""

    limits = Limits(unit="letters", nominal=4.0, lower=3.0, upper=5.0)

    def judge(self, characteristic: str, evidence: str, options: Mapping[str, str]) -> Judgement:
        return self.limits.judge(characteristic, len(evidence), 0.0, detail=options["paint"], time_s=1.0)


def asked(**when: tuple[str, ...]) -> Characteristic:
    return Characteristic(
        id="S", title=Title(zh="长度", en="length"), method="size", severity=Severity.MINOR, feature="plate",
        question=Size(), when=when,  # type: ignore[arg-type]
    )  # fmt: skip


@given(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in OPTIONS.items()}),
    st.dictionaries(st.sampled_from([*OPTIONS]), st.sets(st.sampled_from(["red", "blue", "rs"]), min_size=1)),
)
def test_it_applies_where_every_option_has_one_of_the_values(
    options: dict[str, str], when: dict[str, set[str]]
) -> None:
    applies = asked(**{name: tuple(values) for name, values in when.items()}).applies_to(options)
    assert applies == (not [name for name in when if options[name] not in when[name]])


def test_a_judgement_bears_its_id() -> None:
    judgement = asked().judge("ABCD", {"paint": "red"})
    assert (judgement.characteristic, judgement.verdict, judgement.detail) == ("S", Verdict.OK, "red")
    nothing = asked().undecided(Reason.NOT_REACHED, "too high", 3.0)
    assert (nothing.characteristic, nothing.unit, nothing.upper, nothing.time_s) == ("S", "letters", 5.0, 3.0)
