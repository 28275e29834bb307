"""The CAD export of one vehicle model: what the inspection knows of the nominal car. All mm, vehicle frame V."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linewalker.errors import InputError
from linewalker.inspection.cad.seam import Array, Seam, vector
from linewalker.inspection.title import Title
from linewalker.modeloptions import ModelOptions
from linewalker.plantfile import read_text


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part to look at.

    Attributes:
        name, title: what a plan calls it, what people call it.
        panel: the panel it is mounted on.
        p_V_mm: its centre, (3,).
        normal, up: unit vectors in V, out of the panel and upwards on the part.
        width_mm, height_mm: extent across and along ``up``.
        option: the option of the order that selects the variant, or None.
        variants: what can be mounted; ``none`` among them means that nothing may be right.
    """

    name: str
    title: Title
    panel: str
    p_V_mm: Array
    normal: Array
    up: Array
    width_mm: float
    height_mm: float
    option: str | None
    variants: tuple[str, ...]

    def ordered_variant(self, options: Mapping[str, str]) -> str:
        """The variant that an order with these options asks for."""
        return self.variants[0] if self.option is None else options[self.option]


@dataclass(frozen=True, kw_only=True)
class EnvelopePart:
    """An upright convex prism around a part of the car; the car lies within all of them together. mm, V.

    Attributes:
        outline_mm: (k, 2) corners seen from above, in the order of growing angle from x to y.
        bottom_mm, top_mm: heights.
    """

    outline_mm: Array
    bottom_mm: float
    top_mm: float


@dataclass(frozen=True, kw_only=True)
class VehicleCatalogue:
    """One vehicle model.

    Attributes:
        model, title: what a shift calls it, what people call it.
        axle_height_mm: height of the V origin above the floor.
        length_mm, width_mm, height_mm: overall dimensions.
        options: values each option of the order may take.
        defaults: the value of an option that an order does not name.
        seams, parts: by name.
        footprint_mm: (k, 2) convex outline seen from above, mirrors included.
        envelope: what to keep clear of.
        panels: names of the panels.
    """

    model: str
    title: Title
    axle_height_mm: float
    length_mm: float
    width_mm: float
    height_mm: float
    options: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str]
    seams: Mapping[str, Seam]
    parts: Mapping[str, Part]
    footprint_mm: Array
    envelope: tuple[EnvelopePart, ...]
    panels: tuple[str, ...]

    @classmethod
    def read(cls, path: Path | str) -> VehicleCatalogue:
        """Load the JSON file that the CAD department hands out.

        Raises:
            InputError: the file is missing, not JSON, or lacks something; the message names the key.
        """
        try:
            data = json.loads(read_text(path))
        except json.JSONDecodeError as error:
            raise InputError(f"not JSON: {error.msg}", file=path, line=error.lineno) from None
        return cls.from_dict(data, file=path)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, file: Path | str | None = None) -> VehicleCatalogue:
        """As `read`, from the decoded JSON."""
        reader = _Reader(file)
        options = {name: tuple(values) for name, values in reader.get(data, "options", dict).items()}
        catalogue = cls(
            model=reader.get(data, "model", str),
            title=reader.title(data, ""),
            **{k: reader.number(data, k) for k in ("axle_height_mm", "length_mm", "width_mm", "height_mm")},
            options=options,
            defaults=dict(reader.get(data, "defaults", dict)),
            seams=reader.named(data, "seams", reader.seam),
            parts=reader.named(data, "parts", reader.part),
            footprint_mm=vector(reader.get(data, "footprint", list), (-1, 2)),
            envelope=tuple(reader.prism(entry, f"envelope[{i}].") for i, entry in enumerate(data.get("envelope", []))),
            panels=tuple(reader.get(data, "panels", list)),
        )
        reader.check_references(catalogue)
        return catalogue

    def complete(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """All options of an order: those chosen, and the defaults of the others.

        Raises:
            InputError: an option or value that this model does not have.
        """
        return self.orderable.complete(self.model, chosen)

    @property
    def orderable(self) -> ModelOptions:
        """What the model can be ordered with."""
        return ModelOptions(options=self.options, defaults=self.defaults)


class _Reader:
    """Takes the decoded JSON apart and says which key is wrong."""

    def __init__(self, file: Path | str | None):
        self._file = file

    def error(self, problem: str, key: str) -> InputError:
        return InputError(problem, file=self._file, key=key)

    def get(self, data: Mapping[str, Any], key: str, kind: type, path: str = "") -> Any:
        if key not in data:
            raise self.error("this key of the CAD export is missing", f"{path}{key}")
        if not isinstance(data[key], kind):
            raise self.error(f"expected {kind.__name__}, found {type(data[key]).__name__}", f"{path}{key}")
        return data[key]

    def number(self, data: Mapping[str, Any], key: str, path: str = "") -> float:
        value = data.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"expected a number, found {value!r}", f"{path}{key}")
        return float(value)

    def title(self, data: Mapping[str, Any], path: str) -> Title:
        title = self.get(data, "title", dict, path)
        return Title(zh=self.get(title, "zh", str, f"{path}title."), en=self.get(title, "en", str, f"{path}title."))

    def named(self, data: Mapping[str, Any], key: str, build: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for i, entry in enumerate(self.get(data, key, list)):
            path = f"{key}[{i}]."
            item = build(entry, path)
            if item.name in found:
                raise self.error(f"'{item.name}' stands twice", f"{path}name")
            found[item.name] = item
        return found

    def seam(self, data: Mapping[str, Any], path: str) -> Seam:
        points = self.get(data, "points", list, path)
        if len(points) < 2:
            raise self.error("a seam needs two points or more", f"{path}points")
        try:
            columns = {key: [point[key] for point in points] for key in points[0]}
            return Seam.from_columns(
                name=self.get(data, "name", str, path),
                title=self.title(data, path),
                master=self.get(data, "master", str, path),
                slave=self.get(data, "slave", str, path),
                radius_master_mm=self.number(data, "radius_master_mm", path),
                radius_slave_mm=self.number(data, "radius_slave_mm", path),
                columns=columns,
            )
        except KeyError as error:
            raise self.error(f"a point lacks {error}", f"{path}points") from None
        except (ValueError, TypeError) as error:
            raise self.error(f"points are not as agreed: {error}", f"{path}points") from None

    def prism(self, data: Mapping[str, Any], path: str) -> EnvelopePart:
        return EnvelopePart(
            outline_mm=vector(self.get(data, "outline", list, path), (-1, 2)),
            bottom_mm=self.number(data, "bottom_mm", path),
            top_mm=self.number(data, "top_mm", path),
        )

    def part(self, data: Mapping[str, Any], path: str) -> Part:
        return Part(
            name=self.get(data, "name", str, path),
            title=self.title(data, path),
            panel=self.get(data, "panel", str, path),
            p_V_mm=vector(self.get(data, "p", list, path), (3,)),
            normal=vector(self.get(data, "normal", list, path), (3,)),
            up=vector(self.get(data, "up", list, path), (3,)),
            width_mm=self.number(data, "width_mm", path),
            height_mm=self.number(data, "height_mm", path),
            option=data.get("option"),
            variants=tuple(self.get(data, "variants", list, path)),
        )

    def check_references(self, catalogue: VehicleCatalogue) -> None:
        """Every default is an option, every part's option exists."""
        for name, values in catalogue.options.items():
            if catalogue.defaults.get(name) not in values:
                raise self.error(f"expected one of {', '.join(values)}", f"defaults.{name}")
        for part in catalogue.parts.values():
            if not part.variants:
                raise self.error("a part needs a variant or more", f"parts.{part.name}.variants")
            if part.option is not None and part.option not in catalogue.options:
                raise self.error(f"unknown option '{part.option}'", f"parts.{part.name}.option")
