"""A reader of DDS that gives messages alone: that a writer has gone is no message."""

from __future__ import annotations

from typing import Any

from cyclonedds.internal import InvalidSample
from cyclonedds.sub import DataReader


class MessageReader(DataReader):
    """See the module; arguments are those of cyclonedds' ``DataReader``."""

    def read(self, *arguments: Any, **more: Any) -> list[Any]:
        """The newest messages, which stay."""
        return _messages(super().read(*arguments, **more))

    def take(self, *arguments: Any, **more: Any) -> list[Any]:
        """The newest messages, which go."""
        return _messages(super().take(*arguments, **more))


def _messages(samples: list[Any]) -> list[Any]:
    return [sample for sample in samples if not isinstance(sample, InvalidSample)]
