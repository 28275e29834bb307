"""The noting performer keeps to the seam, and records of it are plain."""

from linewalker.station.approval.performer import Draft, Performer, Phase, Progress
from tests.station.approval.samples import INSPECT, NotingPerformer


def test_what_a_performer_is_asked_and_told() -> None:
    performer: Performer = NotingPerformer()
    draft = performer.prepare([INSPECT])
    assert isinstance(draft, Draft)
    assert performer.progress() == Progress()
    assert performer.begin("k3ta", [INSPECT], draft.plan) is None
    assert performer.progress().phase is Phase.WORKING
