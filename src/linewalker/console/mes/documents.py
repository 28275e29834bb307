"""Orders and answers as JSON, as openapi.json describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import check_order
from linewalker.factory.orders.order_book import Announced
from linewalker.factory.orders.order_notice import OrderNotice
from linewalker.modeloptions import ModelOptions
from linewalker.plantfile import allowed_text

_NEEDED, _BESIDES = ("sequence", "model"), ("options", "revision", "cancelled")


def notice_from(document: object, models: Mapping[str, ModelOptions] | None, *, vin: str | None = None) -> OrderNotice:
    """An order as somebody sent it.

    Args:
        models: what can be ordered; None: anything.
        vin: of the address it was sent to; None: the document has it.

    Raises:
        InputError: with ``key`` the member that is wrong.
    """
    if not isinstance(document, dict):
        raise InputError("an order is an object with sequence, model and options")
    needed = (*_NEEDED, *(() if vin else ("vin",)))
    for name in document:
        if name not in (*needed, *_BESIDES):
            raise InputError(f"no order has it; {allowed_text(str(name), (*needed, *_BESIDES))}", key=str(name))
    for name in needed:
        if name not in document:
            raise InputError("is missing", key=name)
    cancelled = document.get("cancelled", False)
    if not isinstance(cancelled, bool):
        raise InputError("is true or false", key="cancelled")
    order = check_order(
        sequence=_whole(document, "sequence"),
        vin=vin or _text(document, "vin"),
        model=_text(document, "model"),
        options=_options(document.get("options", {})),
        models=models,
    )
    return OrderNotice(order=order, revision=_whole(document, "revision", 1), cancelled=cancelled)


def announced_document(announced: Announced) -> dict[str, Any]:
    """What is known of a car's order."""
    order = announced.notice.order
    return {
        "vin": order.vin,
        "sequence": order.sequence,
        "model": order.model,
        "options": dict(order.options),
        "revision": announced.notice.revision,
        "cancelled": announced.notice.cancelled,
        "source": announced.source,
        "received_at": announced.received_at,
        "begun": list(announced.begun),
    }


def problem(status: int, error: InputError, *, number: int | None = None) -> dict[str, Any]:
    """What is wrong, as RFC 9457 has it.

    Args:
        number: which order of a list, from 0.
    """
    said: dict[str, Any] = {"status": status, "detail": error.problem}
    if error.key is not None:
        said["member"] = error.key
    if number is not None:
        said["number"] = number
    return said


def _whole(document: Mapping[str, Any], name: str, otherwise: int | None = None) -> int:
    value = document.get(name, otherwise)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError("is a whole number from 1 up", key=name)
    return value


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document[name]
    if not isinstance(value, str):
        raise InputError("is a text", key=name)
    return value


def _options(options: object) -> str:
    """As the line and a shift have them, which can say everything but these signs."""
    if not isinstance(options, dict):
        raise InputError('is an object, as {"paint": "red"}', key="options")
    for name, value in options.items():
        if not (isinstance(value, str) and value.strip() and name.strip()):
            raise InputError(f"{name!r}: name and value are texts that say something", key="options")
        if any(sign in name + value for sign in ";="):
            raise InputError(f"{name!r}: neither name nor value has ; or = in it", key="options")
    return ";".join(f"{name}={value}" for name, value in options.items())
