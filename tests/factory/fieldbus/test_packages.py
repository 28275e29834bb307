"""What is missing is named, with what installs it."""

from __future__ import annotations

import pytest

from linewalker.errors import MissingPackage
from linewalker.factory.fieldbus.packages import demand


def test_a_package_that_is_there_is_no_problem():
    demand("json", what="the tests", extra="none")


def test_one_that_is_not_there_is_named_with_what_installs_it():
    with pytest.raises(MissingPackage, match=r"the wire needs the package not_there; .*'linewalker\[bus\]'"):
        demand("not_there", what="the wire", extra="bus")
