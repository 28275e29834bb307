"""Quality Information Framework (QIF 3.0, ISO 23952): the results of one car as a QIF document.

A document stands by itself: what each characteristic is (definition, nominal, item), by what it was measured, what came
out, and the car as the actual component with its VIN as serial number. A gap is a width, a flush a height; what has no
number is a user-defined attribute. Elements stand in the order of the schemas QIFDocument, Characteristics and
QIFResults; ids are unique in the document, and every reference leads to one.

NOT_DECIDABLE is INDETERMINATE of a characteristic and UNKNOWN of a car; a number that must not be used stands in the
description alone. The uncertainty of QIF is the combined standard one: half of U (k = 2).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from linewalker.factory.quality.inspected import InspectedCar
from linewalker.factory.records.results import CharacteristicResult
from linewalker.inspection.verdict import Verdict

NAMESPACE, VERSION = "http://qifstandards.org/xsd/qif3", "3.0.0"
_OF_CHARACTERISTIC = {Verdict.OK: "PASS", Verdict.NOK: "FAIL", Verdict.NOT_DECIDABLE: "INDETERMINATE"}
_OF_CAR = {Verdict.OK: "PASS", Verdict.NOK: "FAIL", Verdict.NOT_DECIDABLE: "UNKNOWN"}
_KINDS = {"gap": "Width", "flush": "Height"}
_OF_NO_NUMBER = "UserDefinedAttribute"
_COVERAGE = 2.0
"""Of an expanded uncertainty."""
_DIGITS = 4


def qif_document(car: InspectedCar) -> bytes:
    """The document of a car, UTF-8."""
    return _Document(car).written()


def _kind(entry: CharacteristicResult) -> str:
    return _KINDS.get(entry.method, "UserDefinedLinear") if entry.unit == "mm" else _OF_NO_NUMBER


class _Document:
    """One document while it is built; ids count up."""

    def __init__(self, car: InspectedCar):
        self._car, self._id = car, 0
        self._root = Element("QIFDocument", {"xmlns": NAMESPACE, "versionQIF": VERSION})

    def written(self) -> bytes:
        entries = self._car.result.characteristics
        order = self._car.result.order
        name = f"{self._car.header.station} {order.vin} {order.sequence} {self._car.attempt} {self._car.at.isoformat()}"
        self._add(self._root, "QPId", str(uuid.uuid5(uuid.NAMESPACE_URL, name)))
        application = self._add(self._add(self._root, "Header"), "Application")
        self._add(application, "Name", self._car.header.software)
        self._add(application, "Organization", "Linewalker")
        self._units()
        device = self._device()
        items = self._characteristics(entries)
        self._results(entries, items, device)
        self._root.set("idMax", str(self._id))
        indent(self._root)
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(self._root, encoding="utf-8") + b"\n"

    @staticmethod
    def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
        made = SubElement(parent, name, attributes)
        made.text = text
        return made

    def _identified(self, parent: Element, name: str) -> tuple[Element, str]:
        self._id += 1
        return self._add(parent, name, id=str(self._id)), str(self._id)

    def _units(self) -> None:
        linear = self._add(self._add(self._add(self._root, "FileUnits"), "PrimaryUnits"), "LinearUnit")
        self._add(linear, "SIUnitName", "meter")
        self._add(linear, "UnitName", "mm")
        self._add(self._add(linear, "UnitConversion"), "Factor", "0.001")

    def _device(self) -> str:
        devices = self._add(self._add(self._root, "MeasurementResources"), "MeasurementDevices", n="1")
        device, found = self._identified(devices, "MeasurementDevice")
        self._add(device, "Name", f"{self._car.header.station}, {self._car.header.robot}")
        return found

    def _characteristics(self, entries: Sequence[CharacteristicResult]) -> list[str]:
        """What is asked of each; returns the ids of the items."""
        aspects, n = self._add(self._root, "Characteristics"), str(len(entries))
        definitions = self._add(aspects, "CharacteristicDefinitions", n=n)
        nominals = self._add(aspects, "CharacteristicNominals", n=n)
        items = self._add(aspects, "CharacteristicItems", n=n)
        found = []
        for entry in entries:
            kind = _kind(entry)
            definition, id = self._identified(definitions, f"{kind}CharacteristicDefinition")
            if kind != _OF_NO_NUMBER:
                self._tolerance(definition, entry)
            nominal, nominal_id = self._identified(nominals, f"{kind}CharacteristicNominal")
            self._add(nominal, "CharacteristicDefinitionId", id)
            if kind != _OF_NO_NUMBER and entry.nominal is not None:
                self._add(nominal, "TargetValue", _number(entry.nominal))
            item, item_id = self._identified(items, f"{kind}CharacteristicItem")
            self._add(item, "Description", entry.title.en)
            self._add(item, "Name", entry.id)
            self._add(item, "CharacteristicNominalId", nominal_id)
            found.append(item_id)
        return found

    def _tolerance(self, definition: Element, entry: CharacteristicResult) -> None:
        if entry.lower is None and entry.upper is None:
            self._add(definition, "NonTolerance", "MEASURED")
            return
        tolerance = self._add(definition, "Tolerance")
        for name, limit in (("MaxValue", entry.upper), ("MinValue", entry.lower)):
            if limit is not None:
                self._add(tolerance, name, _number(limit))
        self._add(tolerance, "DefinedAsLimit", "true")

    def _results(self, entries: Sequence[CharacteristicResult], items: Sequence[str], device: str) -> None:
        results = self._add(self._root, "Results")
        measured, _ = self._identified(self._add(results, "MeasurementResultsSet", n="1"), "MeasurementResults")
        one = self._add(measured, "MeasuredCharacteristics")
        measurements = self._add(one, "CharacteristicMeasurements", n=str(len(entries)))
        for entry, item in zip(entries, items):
            self._measurement(measurements, entry, item, device)
        status = _OF_CAR[self._car.result.verdict]
        self._add(self._add(measured, "InspectionStatus"), "InspectionStatusEnum", status)
        components = self._add(measured, "ActualComponentIds", n="1")
        one = self._add(self._add(results, "ActualComponentSets", n="1"), "ActualComponentSet", n="1")
        component, id = self._identified(one, "ActualComponent")
        self._add(component, "SerialNumber", self._car.result.order.vin)
        self._add(self._add(component, "Status"), "InspectionStatusEnum", status)
        self._add(components, "Id", id)

    def _measurement(self, parent: Element, entry: CharacteristicResult, item: str, device: str) -> None:
        kind = _kind(entry)
        made, _ = self._identified(parent, f"{kind}CharacteristicMeasurement")
        usable = entry.verdict is not Verdict.NOT_DECIDABLE and entry.value is not None
        if entry.verdict is not Verdict.OK:
            unusable = "" if usable or entry.value is None else f" ({entry.value})"
            self._add(made, "Description", f"{entry.reason.value}{unusable} {entry.detail or ''}".strip())
        status = _OF_CHARACTERISTIC[entry.verdict] if entry.inspected else "NOT_ANALYZED"
        self._add(self._add(made, "Status"), "CharacteristicStatusEnum", status)
        self._add(made, "CharacteristicItemId", item)
        self._add(made, "TimeStamp", self._car.at.isoformat(timespec="milliseconds"))
        self._add(self._add(made, "MeasurementDeviceIds", n="1"), "Id", device)
        if not usable:
            return
        if kind == _OF_NO_NUMBER:
            self._add(made, "Value", str(entry.value))
            return
        value = self._add(made, "Value", _number(entry.value))
        if entry.expanded_uncertainty is not None:
            value.set("combinedUncertainty", _number(entry.expanded_uncertainty / _COVERAGE))


def _number(value: object) -> str:
    """A decimal of XML Schema, which knows no exponent."""
    assert isinstance(value, int | float)
    return f"{value:.{_DIGITS}f}"
