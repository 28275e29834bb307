"""Messages come as they were sent, and their definitions fit their bytes."""

from __future__ import annotations

import pytest

from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.layout import COMMAND, HEADER, STATE
from linewalker.limbs.unitree.messages import TOPICS, BatteryState, ImuState, LowCommand, LowState
from linewalker.limbs.unitree.verbatim import HEARD, definition_of, name_of, verbatim
from tests.limbs.unitree.wires import come_true, free_domain

SIZES = {"uint8": 1, "int16": 2, "uint16": 2, "float32": 4, "int32": 4, "uint32": 4}


def size_of(definition: str) -> int:
    """Bytes that a reader of ``ros2msg`` counts for a message of it (CDR: each number at a multiple of its size)."""
    first, *others = definition.split("=" * 80 + "\n")
    parts = {part.split("\n", 1)[0].removeprefix("MSG: "): part.split("\n", 1)[1] for part in others}

    def walk(lines: str, at: int) -> int:
        for line in lines.strip().splitlines():
            kind, _, count = line.split(" ")[0].partition("[")
            for _ in range(int(count.rstrip("]")) if count else 1):
                at = -(-at // SIZES[kind]) * SIZES[kind] + SIZES[kind] if kind in SIZES else walk(parts[kind], at)
        return at

    return walk(first, 0)


@pytest.mark.parametrize(("kind", "size"), [(LowState, STATE.wire_size), (LowCommand, COMMAND.wire_size)])
def test_a_definition_counts_the_bytes_of_the_wire(kind: type, size: int) -> None:
    assert size_of(definition_of(kind)) == size


@pytest.mark.parametrize("kind", [ImuState, BatteryState])
def test_a_definition_counts_the_bytes_that_the_general_codec_writes(kind: type) -> None:
    zeros = {"ImuState": ([0.0] * 4, [0.0] * 3, [0.0] * 3, [0.0] * 3, 0)}
    message = BatteryState.at(50, 50000) if kind is BatteryState else ImuState(*zeros["ImuState"])
    assert -(-size_of(definition_of(kind)) // 4) * 4 == -(-(len(message.serialize()) - len(HEADER)) // 4) * 4


def test_names_are_those_of_ros() -> None:
    assert {name_of(kind) for kind in HEARD.values()} == {
        "unitree_hg/msg/LowState", "unitree_hg/msg/LowCmd", "unitree_hg/msg/IMUState", "unitree_hg/msg/BmsState"
    }  # fmt: skip


def test_what_is_sent_arrives_to_the_byte() -> None:
    with Participant("lo", free_domain(61)) as wire, Participant("lo", free_domain(61)) as other:
        reader, writer = wire.reader(TOPICS["state"], verbatim(LowState), 8), other.writer(TOPICS["state"], LowState)
        state = LowState()
        state.image["tick"], state.image["motor"]["q"] = 77, 0.25
        sent, came = state.serialize(), list[bytes]()

        def arrived() -> bool:
            writer.write(state)
            came.extend(reader.take(8))
            return bool(came)

        assert come_true(arrived)
        assert came[0][: len(sent)] == sent
