"""The results that the station has told, as all models show them: those that were committed, and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from linewalker.factory.handshake.signals import LineImage, LineResult, StationImage

MOST_RESULTS = 100
"""The last so many can be asked for; all are in the records."""
MOST_HANDLES = 100


@dataclass(frozen=True, kw_only=True)
class ToldResult:
    """One car.

    Attributes:
        job_id: names it.
        vin, sequence: of the car, and of the inspection.
        model: of the car, as the line wrote it.
        result: verdict on the whole car.
        reason: why it is not OK.
        document: all characteristics as JSON.
        started, ended: UTC, as this server saw it.
    """

    job_id: str
    vin: str
    sequence: int
    model: str
    result: LineResult
    reason: str
    document: str
    started: datetime
    ended: datetime


class Told:
    """See the module. Results of before this server's start are not in it, but for one that stands there.

    Attributes:
        standing: the one that the line has not taken over yet; None: there is none.
        latest: the last one; None: there is none yet.
    """

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._clock = clock
        self._results: dict[str, ToldResult] = {}
        self._handles: dict[int, frozenset[str]] = {}
        self._number = 0
        self._started = clock()
        self.standing: ToldResult | None = None
        self.latest: ToldResult | None = None

    def follow(self, line: LineImage, before: StationImage, now: StationImage) -> ToldResult | None:
        """Take in what the station says now; returns a result that is new."""
        if now.busy and not before.busy:
            self._started = self._clock()
        if not now.done:
            self.standing = None
        elif not before.done and now.result != LineResult.UNDEFINED:  # an empty carrier has none
            self.standing = self.latest = ToldResult(
                job_id=now.job_id,
                vin=now.vin,
                sequence=now.sequence_no,
                model=line.type_code,
                result=LineResult(now.result),
                reason=now.result_reason,
                document=now.result_json,
                started=self._started,
                ended=self._clock(),
            )
            self._results.pop(now.job_id, None)
            self._results[now.job_id] = self.standing
            if len(self._results) > MOST_RESULTS:
                del self._results[next(iter(self._results))]
            return self.standing
        return None

    def find(self, job_id: str) -> ToldResult | None:
        """By its name."""
        return self._results.get(job_id)

    @property
    def all(self) -> list[ToldResult]:
        """The latest last."""
        return list(self._results.values())

    def hand_out(self, results: list[ToldResult]) -> int:
        """A number under which somebody has taken results; they say it when they are done with them."""
        self._number = self._number % (2**32 - 1) + 1
        self._handles[self._number] = frozenset(one.job_id for one in results)
        if len(self._handles) > MOST_HANDLES:
            del self._handles[next(iter(self._handles))]
        return self._number

    def take_back(self, handle: int) -> frozenset[str] | None:
        """The results of a handle, which is none any more; None: it is none."""
        return self._handles.pop(handle, None)
