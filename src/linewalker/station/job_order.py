"""What a job is about: what the line says, completed by what the plant system announced, where both have to agree."""

from __future__ import annotations

from collections.abc import Mapping

from linewalker.errors import InputError
from linewalker.factory.handshake.job import Job
from linewalker.factory.orders.build_orders import BuildOrder, check_order
from linewalker.modeloptions import ModelOptions


def order_of(job: Job, announced: BuildOrder | None, models: Mapping[str, ModelOptions]) -> BuildOrder:
    """The order to work off.

    Args:
        job: as the line started it; a TypeCode and Options that are empty are left to the announcement.
        announced: what the plant system said of this car; None: nothing.
        models: what can be ordered.

    Raises:
        InputError: it is none, or the line says something else than was announced.
    """
    if announced is None:
        if not job.type_code:
            raise InputError(f"the line says no TypeCode, and no order of {job.vin} was announced")
        return _checked(job, job.type_code, job.options, models)
    known = _checked(job, announced.model, announced.options_text, models)
    said = _checked(job, job.type_code or announced.model, job.options or announced.options_text, models)
    if said != known:
        raise InputError(
            f"the line says {said.model} with {said.options_text}, but the announced order of {job.vin} is "
            f"{known.model} with {known.options_text}"
        )
    return known


def _checked(job: Job, model: str, options: str, models: Mapping[str, ModelOptions]) -> BuildOrder:
    return check_order(sequence=job.sequence, vin=job.vin, model=model, options=options, models=models)
