"""What a vehicle model can be ordered with, and how an order that names some of it is completed. One rule for all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from linewalker.errors import InputError
from linewalker.plantfile import allowed_text


@dataclass(frozen=True, kw_only=True)
class ModelOptions:
    """What a vehicle model can be ordered with.

    Attributes:
        options: option name -> its values.
        defaults: option name -> the value of a car whose order does not name the option.
    """

    options: Mapping[str, Collection[str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def complete(self, model: str, chosen: Mapping[str, str]) -> dict[str, str]:
        """All options of an order: those chosen, and the defaults of the others.

        Args:
            model: the name of the model, for the message.
            chosen: what the order names.

        Raises:
            InputError: an option or value that this model does not have; ``key`` is ``options``.
        """
        for name, value in chosen.items():
            if name not in self.options:
                raise InputError(
                    f"the model {model} has no option '{name}'; {allowed_text(name, self.options)}", key="options"
                )
            if value not in self.options[name]:
                problem = f"the option {name} of the model {model} has no value '{value}'"
                raise InputError(f"{problem}; {allowed_text(value, self.options[name])}", key="options")
        return {**self.defaults, **chosen}
