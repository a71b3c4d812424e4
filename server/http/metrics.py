"""What `/metrics` shows, in Prometheus' text format. Labels are names of ours, and apps of the credentials file."""

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from engine import Warning

from ..pool.messages import WireReading
from ..pool.pool import ReadingPool

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 20)
"""Bounds of the histograms: finest where a read normally lies."""
TOO_MANY: Final = 429
REFUSED_SIGNATURE: Final = frozenset({401, 403, TOO_MANY})
"""HTTP statuses of requests that nobody proved to be theirs."""


class Metrics:
    """The numbers of one service. Everything is in the process that answers; workers only send readings."""

    def __init__(self, pool: ReadingPool) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._registry.register(PoolCollector(pool))
        self._requests = self._counter("requests", "Requests answered.", "route", "status", "code")
        self._app_requests = self._counter("app_requests", "Requests answered, of apps that signed.", "app", "code")
        self._signatures_refused = self._counter("signatures_refused", "Signatures that did not hold.", "reason")
        for reason in ("failed", "throttled"):
            self._signatures_refused.labels(reason)
        self._request_seconds = self._histogram("request_seconds", "From a request's head to its answer.", "route")
        self._stage_seconds = self._histogram("stage_seconds", "Stages of a successful read; whole is all.", "stage")
        self._corrected = self._counter("corrected_characters", "Characters of MRZs the decoder changed.")
        self._readings_corrected = self._counter("readings_corrected", "Readings with such a character.")
        self._warnings = self._counter("warnings", "Warnings about pictures.", "warning")
        for warning in Warning:  # a rate needs the zero before the first
            self._warnings.labels(warning.name.lower())

    def count_request(
        self, route: str, status: int, code: int | str | None, seconds: float, app: str, meant: int
    ) -> None:
        """Count an answer.

        ``route`` is a path as it was declared, never as a client spelt it; ``app`` the one that proved who it is;
        ``meant`` the HTTP status that says what ``code`` says.
        """
        if app:
            self._app_requests.labels(app, "" if code is None else code).inc()
        elif meant in REFUSED_SIGNATURE:
            self._signatures_refused.labels("throttled" if meant == TOO_MANY else "failed").inc()
        self._requests.labels(route, status, "" if code is None else code).inc()
        self._request_seconds.labels(route).observe(seconds)

    def count_reading(self, reading: WireReading) -> None:
        """Count what a successful read tells of itself."""
        for stage, seconds in reading.timings.items():
            self._stage_seconds.labels(stage).observe(seconds)
        self._stage_seconds.labels("whole").observe(sum(reading.timings.values()))
        self._corrected.inc(reading.corrected)
        self._readings_corrected.inc(bool(reading.corrected))
        for warning in reading.warnings:
            self._warnings.labels(warning.warning.name.lower()).inc()

    def exposition(self) -> bytes:
        """All numbers as Prometheus wants them."""
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"passport_ocr_{name}", text, labels, registry=self._registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(f"passport_ocr_{name}", text, labels, registry=self._registry, buckets=SECONDS)


class PoolCollector(Collector):
    """Asks the pool when Prometheus asks."""

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """See `prometheus_client.registry.Collector`."""
        load = self._pool.load
        yield GaugeMetricFamily("passport_ocr_waiting_reads", "Pictures that wait for a worker.", load.waiting)
        yield GaugeMetricFamily("passport_ocr_workers", "Workers that read or are ready to.", load.workers)
        yield GaugeMetricFamily("passport_ocr_workers_busy", "Workers that read.", load.busy)
        replaced = CounterMetricFamily("passport_ocr_workers_replaced", "Workers replaced.", labels=["reason"])
        replaced.add_metric(["died"], load.died)
        replaced.add_metric(["hung"], load.hung)
        yield replaced
