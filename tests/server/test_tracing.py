"""What a trace tells of a request, and what it never tells."""

import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from server.app import open_pool
from server.settings import Settings
from server.tracing import NoTracing, OpenTelemetryTracing, TracingMissing, open_tracing
from tests.doubles import VALUES, fixed_reading
from tests.server.doubles import SECRET, ObedientEngine
from tests.server.running import serving

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "baggage": f"name={SECRET}"}


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture(scope="module")
def client(exporter: InMemorySpanExporter) -> Iterator[httpx.Client]:
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing = OpenTelemetryTracing(provider)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.app.open_tracing", lambda *, wanted: tracing)
        pool = open_pool(Settings(no_auth=True, workers=1), ObedientEngine, tracing=tracing)
        with serving(None, pool=pool, workers=1) as client:
            yield client


def spans(client: httpx.Client, exporter: InMemorySpanExporter, order: bytes) -> dict[str, Any]:
    """The spans of one request, by name."""
    exporter.clear()
    client.post("/ocr/passport", data={"app_id": "1"}, files={"image": ("p", order)}, headers=PARENT)
    client.get("/livez")  # whose span ends after the other's
    found = [span for span in exporter.get_finished_spans() if f"{span.context.trace_id:032x}" == TRACE]
    return {span.name: span for span in found}


def test_a_request_its_wait_and_its_read_by_stage(client: httpx.Client, exporter: InMemorySpanExporter) -> None:
    found = spans(client, exporter, b"read:x")
    request, read = found["request"], found["read"]
    assert set(found) == {"request", "queue", "read", *fixed_reading().timings}
    assert request.kind is SpanKind.SERVER
    assert request.attributes["http.route"] == "/ocr/passport"
    assert (request.attributes["http.response.status_code"], request.attributes["passport_ocr.code"]) == (200, 0)
    assert found["queue"].parent.span_id == read.parent.span_id == request.context.span_id
    stages = [found[stage] for stage in fixed_reading().timings]
    assert {stage.parent.span_id for stage in stages} == {read.context.span_id}
    lasted = {stage.name: (stage.end_time - stage.start_time) / 1e9 for stage in stages}
    assert lasted == pytest.approx(fixed_reading().timings, abs=1e-6)


@pytest.mark.parametrize("order", [b"read:" + SECRET.encode(), b"none", b"defect", b"abort"])
def test_nothing_that_was_read_and_no_exceptions_text(
    client: httpx.Client, exporter: InMemorySpanExporter, order: bytes
) -> None:
    told = "".join(span.to_json() for span in spans(client, exporter, order).values())
    assert '"read"' in told
    assert [value for value in (SECRET, *VALUES.values(), "127.0.0.1") if len(value) > 3 and value in told] == []


def test_off_it_tells_nobody_and_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    tracing = open_tracing(wanted=Settings(no_auth=True).tracing)
    assert isinstance(tracing, NoTracing)
    with tracing.span("request", {}) as describe:
        describe({"a": 1})
    with pytest.raises(TracingMissing, match=r"passport-ocr\[otel\]"):
        open_tracing(wanted=True)


def test_it_goes_where_opentelemetrys_own_variables_say() -> None:
    tracing = open_tracing(wanted=True)
    assert isinstance(tracing, OpenTelemetryTracing)
    tracing.close()
