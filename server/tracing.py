"""Spans of requests for OpenTelemetry: a request, its wait for a worker, its read by stage. Off by default.

Attributes are names of ours and numbers. Never is there a path, an address, a session or anything that was read, nor
the text of an exception.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

Describe: TypeAlias = Callable[[Mapping[str, str | int]], None]
"""Gives the span that is under way attributes."""
SERVICE: Final = "passport-ocr"


class TracingMissing(Exception):
    """OpenTelemetry is not installed; the message says how to install it."""


class Tracing(Protocol):
    """Where spans go."""

    def span(self, name: str, headers: Mapping[str, str] | None = None) -> AbstractContextManager[Describe]:
        """A span as long as the block; one of a request goes on with the trace that ``headers`` name."""
        ...

    def stages(self, seconds: Mapping[str, float]) -> None:
        """Spans of what has just ended, one stage after another: a stage is the sum of what it did."""
        ...

    def close(self) -> None:
        """Send what was not sent yet."""
        ...


class NoTracing:
    """Tells nobody."""

    def span(self, name: str, headers: Mapping[str, str] | None = None) -> AbstractContextManager[Describe]:
        """See `Tracing.span`."""
        return nullcontext(_tell_nobody)

    def stages(self, seconds: Mapping[str, float]) -> None:
        """See `Tracing.stages`."""

    def close(self) -> None:
        """See `Tracing.close`."""


class OpenTelemetryTracing:
    """Tells a provider of OpenTelemetry's SDK."""

    def __init__(self, provider: "TracerProvider") -> None:
        """Tell ``provider``, which sends on to whom it will."""
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._tracer = provider.get_tracer(SERVICE)
        self._kinds = trace.SpanKind
        self._propagator = TraceContextTextMapPropagator()  # W3C's; baggage may hold anything and is not taken

    @contextmanager
    def span(self, name: str, headers: Mapping[str, str] | None = None) -> Iterator[Describe]:
        """See `Tracing.span`."""
        context = None if headers is None else self._propagator.extract(headers)
        kind = self._kinds.INTERNAL if headers is None else self._kinds.SERVER
        with self._tracer.start_as_current_span(
            name, context, kind, record_exception=False, set_status_on_exception=False
        ) as span:
            yield span.set_attributes

    def stages(self, seconds: Mapping[str, float]) -> None:
        """See `Tracing.stages`."""
        begins = time.time_ns() - int(1e9 * sum(seconds.values()))
        for stage, lasted in seconds.items():
            ends = begins + int(1e9 * lasted)
            self._tracer.start_span(stage, start_time=begins).end(ends)
            begins = ends

    def close(self) -> None:
        """See `Tracing.close`."""
        self._provider.shutdown()


def open_tracing(*, wanted: bool) -> Tracing:
    """Tracing to whom OpenTelemetry's own variables name (``OTEL_EXPORTER_OTLP_ENDPOINT``), if it is ``wanted``.

    Raises:
        TracingMissing: the extra ``otel`` is not installed.
    """
    if not wanted:
        return NoTracing()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise TracingMissing("OpenTelemetry is not installed: pip install 'passport-ocr[otel]'") from None
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return OpenTelemetryTracing(provider)


def _tell_nobody(attributes: Mapping[str, str | int]) -> None:
    pass
