"""Runs a batch on a Ray cluster."""

import functools

import typer

from engine.decode import MAX_BYTES

from ...batch.on_ray import ClusterJob, run_on_ray
from ...batch.totals import Totals
from ...batch.workers import Workers
from .options import HERE
from .order import Order
from .progress import BatchProgress


def run_there(order: Order, address: str) -> Totals:
    """Read what is ordered; see `batch.on_ray.run_on_ray` for what it raises.

    Raises:
        typer.BadParameter: the order has what a cluster does not do.
    """
    _check(order)
    open_reader = functools.partial(Workers, 1, order.scope, order.kept, order.deadline)
    job = ClusterJob(order.out, order.names, MAX_BYTES, open_reader)
    with BatchProgress(lambda: None) as shown:
        return run_on_ray(
            order.sources,
            order.share.takes,
            job,
            shown,
            None if address == HERE else address,
            retry_failed=order.retry_failed,
        )


def _check(order: Order) -> None:
    if not order.out.rstrip("/").endswith(".parquet"):
        raise typer.BadParameter(
            "a cluster writes Parquet: name a folder or URL that ends in .parquet", param_hint="--out"
        )
    if order.errors or order.only != "all" or order.jobs or order.folders:
        raise typer.BadParameter(
            "leave out --errors, --only, --jobs, --annotate and --crops: a cluster writes all rows, with all cores",
            param_hint="--ray",
        )
