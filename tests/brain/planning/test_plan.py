"""There is no plan that the checker did not verify."""

from __future__ import annotations

import json

import pytest

from linewalker.brain.planning.certificate import certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.plan import Plan
from linewalker.errors import PlanRefused
from tests.brain.planning.test_certificate import PROBLEM, STOPS


def test_a_plan_without_a_good_certificate_can_not_be_made() -> None:
    with pytest.raises(PlanRefused, match="'a' is required"):
        Plan(problem=PROBLEM, certificate=certified(PROBLEM, STOPS[:1]))


def test_whoever_has_its_document_can_verify_it() -> None:
    plan = Plan(problem=PROBLEM, certificate=certified(PROBLEM, STOPS))
    document = json.loads(json.dumps(plan.document()))
    verify(document["problem"], document["certificate"])
    assert document["certificate"]["id"] == plan.id
