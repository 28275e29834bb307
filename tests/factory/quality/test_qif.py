"""A QIF document is read back by the published structure: order of elements, ids, references, counts, every value."""

from __future__ import annotations

import datetime
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from linewalker.factory.quality.qif import NAMESPACE, qif_document
from linewalker.inspection.verdict import Reason, Verdict
from tests.factory.quality.inspected_samples import inspected
from tests.factory.samples import bad_car, badge, fallen_car, gap, good_car

Q = f"{{{NAMESPACE}}}"
MEASUREMENT = (
    *("Attributes", "Description", "Status", "CharacteristicItemId", "TimeStamp", "FeatureMeasurementIds"),
    *("SubstituteFeatureAlgorithm", "ActualComponentId", "MeasurementDeviceIds", "ManufacturingProcessId"),
    *("NotedEventIds", "NonConformanceDesignator", "Value", "MaxValue", "MinValue"),
)
ORDER = {
    "QIFDocument": (
        *("QPId", "Attributes", "VersionHistory", "Version", "Header", "ValidationCounts", "ProductDataQuality"),
        *("ExternalQIFReferences", "StandardsDefinitions", "SoftwareDefinitions", "AlgorithmDefinitions"),
        *("PreInspectionTraceability", "FileUnits", "DatumDefinitions", "DatumTargetDefinitions", "Transforms"),
        *("CoordinateSystems", "DatumReferenceFrames", "MeasurementResources", "ThreadSpecifications", "Product"),
        *("Features", "FeatureZones", "Characteristics", "Plan", "Results", "Statistics"),
    ),
    "Characteristics": (
        *("FormalStandardId", "CharacteristicDefinitions", "CharacteristicNominals", "CharacteristicItems"),
    ),
    "Results": ("Version", "MeasurementResultsSet", "ActualComponentSets", "InspectionTraceability"),
    "MeasurementResults": (
        *("Attributes", "InspectionTraceability", "ThisResultsInstanceQPId", "ExternalFileReferences"),
        *("MeasuredFeatures", "MeasuredPointSets", "MeasuredCharacteristics", "ActualTransforms"),
        *("CoordinateSystemActualTransformAssociations", "InspectionStatus", "ActualComponentIds"),
    ),
    "ActualComponent": ("Attributes", "SerialNumber", "AdditionalChanges", "Status", "Traceability", "AsmPathId"),
    "Tolerance": ("MaxValue", "MaxDualValue", "MinValue", "MinDualValue", "DefinedAsLimit"),
    "CharacteristicMeasurement": MEASUREMENT,
    "CharacteristicItem": (
        *("Attributes", "Description", "Name", "CharacteristicDesignator", "FeatureItemIds"),
        *("SubstituteFeatureAlgorithm", "NotableEventIds", "MeasurementDeviceIds", "CharacteristicNominalId"),
    ),
    "CharacteristicNominal": (
        *("Attributes", "Description", "CharacteristicDefinitionId", "FeatureNominalIds", "FeatureZoneIds"),
        *("EntityInternalIds", "EntityExternalIds", "Name", "CharacteristicDesignator", "TargetValue"),
    ),
}
"""Sequences of the schemas, as far as they are used here."""
CARS = [good_car(), bad_car(), fallen_car()]


def name(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(Q)


def order_of(element: ElementTree.Element) -> tuple[str, ...] | None:
    kinds = ("CharacteristicMeasurement", "CharacteristicItem", "CharacteristicNominal")
    kind = next((end for end in kinds if name(element).endswith(end)), name(element))
    return ORDER.get(kind)


def read(car) -> ElementTree.Element:
    return ElementTree.fromstring(qif_document(inspected(car)))


def measurements(root) -> dict[str, ElementTree.Element]:
    names = {item.get("id"): item.findtext(f"{Q}Name") for item in root.find(f".//{Q}CharacteristicItems")}
    found = root.find(f".//{Q}CharacteristicMeasurements")
    return {names[one.findtext(f"{Q}CharacteristicItemId")]: one for one in found}


@pytest.mark.parametrize("car", CARS)
def test_elements_stand_in_the_order_of_the_schema(car):
    for element in read(car).iter():
        if (order := order_of(element)) is not None:
            places = [order.index(name(child)) for child in element]
            assert places == sorted(set(places)), name(element)


@pytest.mark.parametrize("car", CARS)
def test_ids_are_unique_references_lead_somewhere_and_counts_are_right(car):
    root = read(car)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert int(root.get("idMax")) == max(map(int, ids))
    for element in root.iter():
        if name(element) == "Id" or (name(element).endswith("Id") and name(element) != "QPId"):
            assert element.text in ids
        if element.get("n") is not None:
            assert int(element.get("n")) == len(element)


def test_every_value_its_limits_and_its_uncertainty_come_back():
    root = read(good_car())
    found = measurements(root)["gap_hood_fender_left"]
    value = found.find(f"{Q}Value")
    assert (found.tag, value.text, value.get("combinedUncertainty")) == (
        f"{Q}WidthCharacteristicMeasurement", "4.1200", "0.0400"
    )  # fmt: skip
    assert found.findtext(f"{Q}Status/{Q}CharacteristicStatusEnum") == "PASS"
    (tolerance,) = root.iter(f"{Q}Tolerance")
    assert [(name(one), one.text) for one in tolerance] == [
        ("MaxValue", "4.7000"), ("MinValue", "3.3000"), ("DefinedAsLimit", "true")
    ]  # fmt: skip
    assert root.findtext(f".//{Q}WidthCharacteristicNominal/{Q}TargetValue") == "4.0000"
    assert measurements(root)["variant_badge_rear"].findtext(f"{Q}Value") == "rs"
    assert root.findtext(f".//{Q}SerialNumber") == good_car().order.vin
    when = datetime.datetime.fromisoformat(found.findtext(f"{Q}TimeStamp"))
    assert abs((when - inspected(good_car()).at).total_seconds()) < 0.001


@pytest.mark.parametrize(
    ("entry", "status", "value"),
    [
        (gap(value=5.0, verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE), "FAIL", "5.0000"),
        (gap(value=4.71, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NEAR_LIMIT), "INDETERMINATE", None),
        (gap(value=None, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NO_SEAM), "INDETERMINATE", None),
        (gap(value=None, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NOT_INSPECTED), "NOT_ANALYZED", None),
        (badge("missing", Verdict.NOK, Reason.PART_MISSING), "FAIL", "missing"),
    ],
)
def test_what_is_not_decidable_passes_nowhere(entry, status, value):
    root = read(replace(good_car(), characteristics=(entry,)))
    (found,) = measurements(root).values()
    assert found.findtext(f"{Q}Status/{Q}CharacteristicStatusEnum") == status
    assert found.findtext(f"{Q}Value") == value
    assert entry.reason.value in found.findtext(f"{Q}Description")
    verdicts = [one.text for one in root.iter(f"{Q}InspectionStatusEnum")]
    assert verdicts == ["FAIL" if entry.verdict is Verdict.NOK else "UNKNOWN"] * 2


@pytest.mark.parametrize(("lower", "upper"), [(3.3, None), (None, 4.7), (None, None)])
def test_limits_on_one_side_stand_alone(lower, upper):
    root = read(replace(good_car(), characteristics=(gap(lower=lower, upper=upper),)))
    limits = {name(one) for one in next(iter(root.iter(f"{Q}Tolerance")), ())} - {"DefinedAsLimit"}
    assert limits == {side for side, limit in (("MinValue", lower), ("MaxValue", upper)) if limit is not None}
    assert (root.findtext(f".//{Q}NonTolerance") == "MEASURED") == (lower is None is upper)


def test_the_same_result_is_the_same_document():
    assert qif_document(inspected(bad_car())) == qif_document(inspected(bad_car()))
    assert read(good_car()).findtext(f"{Q}QPId") != read(good_car(1)).findtext(f"{Q}QPId")
