"""Orders are completed by one rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.modeloptions import ModelOptions

SEDAN = ModelOptions(
    options={"paint": ("silver", "red"), "wheels": ("standard", "sport")},
    defaults={"paint": "silver", "wheels": "standard"},
)
CHOSEN = st.fixed_dictionaries({}, optional={"paint": st.sampled_from(["silver", "red"]), "wheels": st.just("sport")})


@given(chosen=CHOSEN)
def test_what_is_chosen_stays_and_the_rest_is_default(chosen: dict[str, str]) -> None:
    complete = SEDAN.complete("sedan", chosen)
    assert set(complete) == set(SEDAN.options)
    assert complete.items() >= chosen.items()
    assert all(complete[name] == SEDAN.defaults[name] for name in set(complete) - set(chosen))
    assert SEDAN.complete("sedan", complete) == complete


def test_what_there_is_not_is_answered_with_what_there_is() -> None:
    with pytest.raises(InputError, match="options: the model sedan has no option 'pant'; did you mean 'paint'"):
        SEDAN.complete("sedan", {"pant": "red"})
    with pytest.raises(InputError, match="option paint of the model sedan has no value 'reed'; did you mean 'red'"):
        SEDAN.complete("sedan", {"paint": "reed"})
