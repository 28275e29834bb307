"""What is said where the extra is missing."""

from __future__ import annotations

import pytest

from linewalker.errors import MissingPackage
from linewalker.limbs.unitree import extra


def test_a_missing_extra_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    extra.expect_extra()
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    with pytest.raises(MissingPackage, match=r"pip install 'linewalker\[unitree\]'"):
        extra.expect_extra()
