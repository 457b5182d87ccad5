"""Numbers for Prometheus: how much came in and went out, how long it took, what is stuck. Never words, never names."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

#: Seconds; the bars are 50 ms to acknowledge and 300 ms to answer.
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)
_SLOW = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0)


class Metrics:
    """All numbers of one process; `adapters.sending.Sender` reports to it as its observer."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "madoguchi_request_seconds",
            "Time until a request was acknowledged or answered",
            ["route", "status"],
            buckets=_QUICK,
            registry=self._registry,
        )
        self._received = Counter(
            "madoguchi_received_total", "What came in, repeats included", ["platform", "kind"], registry=self._registry
        )
        self._sent = Histogram(
            "madoguchi_delivery_seconds",
            "Time from when a post was owed until it stood where it belongs",
            ["platform"],
            buckets=_SLOW,
            registry=self._registry,
        )
        self._hindered = Counter(
            "madoguchi_delivery_hindered_total",
            "Sends that did not end in a receipt, by what came of them",
            ["platform", "outcome"],
            registry=self._registry,
        )
        self._deliveries = Gauge(
            "madoguchi_deliveries", "Posts in the database by state", ["state"], registry=self._registry
        )

    def request(self, route: str, status: int, seconds: float) -> None:
        """Counts a request that was answered."""
        self._requests.labels(route, str(status)).observe(seconds)

    def received(self, platform: str, kind: str) -> None:
        """Counts something that came in."""
        self._received.labels(platform, kind).inc()

    def sent(self, platform: str, seconds: float) -> None:
        """Counts a post that stands where it belongs, and the seconds since it was owed."""
        self._sent.labels(platform).observe(seconds)

    def hindered(self, platform: str, outcome: str) -> None:
        """Counts a send that did not end in a receipt ("throttled", "later", "failed", "gone", "reconciled")."""
        self._hindered.labels(platform, outcome).inc()

    def deliveries(self, counts: Mapping[str, int]) -> None:
        """Sets how many posts are in each state."""
        self._deliveries.clear()
        for state, count in counts.items():
            self._deliveries.labels(state).set(count)

    def exposed(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self._registry)
