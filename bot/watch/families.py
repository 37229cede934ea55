"""Counts and facts as Prometheus metrics, in a registry of this process's own hub."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import (
    CONTENT_TYPE_LATEST as CONTENT_TYPE,
)
from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.watch.counts import Counts, Row, Spread, Tally
from bot.watch.readiness import Facts, troubles

__all__ = ["CONTENT_TYPE", "Exposition"]


class Exposition(Collector):
    """What /metrics says."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._facts: Facts | None = None
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)
        for of_process in (ProcessCollector, PlatformCollector, GCCollector):
            of_process(registry=self._registry)

    def text(self, facts: Facts) -> bytes:
        """Everything, with these facts."""
        self._facts = facts
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """The registry asks."""
        yield from map(_counter, self._counts.tallies)
        yield from map(_histogram, self._counts.spreads)
        if self._facts is not None:
            yield from _gauges(self._facts)


def _counter(tally: Tally) -> Metric:
    family = CounterMetricFamily(tally.name, tally.help, labels=tally.labels)
    for labels, value in sorted(tally.values.items()):
        family.add_metric(labels, value)
    return family


def _histogram(spread: Spread) -> Metric:
    family = HistogramMetricFamily(spread.name, spread.help, labels=spread.labels)
    # Without labels there is always a row: a rate over it must not begin with its first event.
    empty = {} if spread.labels else {(): Row([0] * (len(spread.bounds) + 1))}
    bounds = [*map(str, spread.bounds), "+Inf"]
    for labels, row in sorted({**empty, **spread.rows}.items()):
        buckets = list(zip(bounds, accumulate(row.buckets), strict=True))
        family.add_metric(labels, buckets, row.sum)
    return family


def _gauges(facts: Facts) -> Iterator[Metric]:
    ready = 0 if troubles(facts) else 1
    yield GaugeMetricFamily("otklik_ready", "1 while /readyz says 200.", ready)
    leading = GaugeMetricFamily(
        "otklik_leading", "1 for what this replica does for all of them.", labels=["lease"]
    )
    for name, held in facts.leading.items():
        leading.add_metric([name], float(held))
    yield leading
    flying = "Messages on their way from this replica."
    yield GaugeMetricFamily("otklik_sends_in_flight", flying, facts.flying)
    if facts.poll_age is not None:
        since = "Seconds since the messenger last answered a poll."
        yield GaugeMetricFamily("otklik_poll_age_seconds", since, facts.poll_age)
    if facts.update_age is not None:
        since = "Seconds since this replica last received an update."
        yield GaugeMetricFamily("otklik_update_age_seconds", since, facts.update_age)
    yield from _queues(facts)


def _queues(facts: Facts) -> Iterator[Metric]:
    answers = "1 when the database answered this scrape."
    yield GaugeMetricFamily("otklik_database_up", answers, float(facts.backlog is not None))
    backlog = facts.backlog
    if backlog is None:
        return
    rows = GaugeMetricFamily(
        "otklik_queue_rows", "Rows of the queues, of all replicas.", labels=["queue", "state"]
    )
    rows.add_metric(["inbox", "new"], backlog.new)
    rows.add_metric(["inbox", "parked"], backlog.parked)
    rows.add_metric(["outbox", "queued"], backlog.queued)
    rows.add_metric(["outbox", "later"], backlog.later)
    rows.add_metric(["outbox", "dead"], backlog.dead)
    yield rows
    oldest = GaugeMetricFamily(
        "otklik_queue_oldest_seconds", "How long the oldest waits; 0: none.", labels=["queue"]
    )
    oldest.add_metric(["inbox"], backlog.new_age or 0.0)
    oldest.add_metric(["outbox"], backlog.queued_age or 0.0)
    yield oldest
