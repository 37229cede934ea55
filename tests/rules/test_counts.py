"""Numbers that are counted while the hub works, and what Prometheus reads of them."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from bot.watch.counts import Counts, Spread
from bot.watch.families import Exposition
from tests.rules.test_docs import text_of
from tests.rules.test_readiness import WELL

SECONDS = st.floats(min_value=0, max_value=5000, allow_nan=False)


def samples(counts: Counts) -> dict[str, float]:
    """Every sample by its name and labels, as written."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(Exposition(counts).text(WELL).decode()):
        for sample in family.samples:
            labels = ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


@given(st.lists(SECONDS, max_size=60))
def test_a_spread_counts_each_value_once_under_every_bound_above_it(seen: list[float]) -> None:
    counts = Counts()
    for seconds in seen:
        counts.receipt.see(seconds)
    shown = samples(counts)
    name = "otklik_receipt_latency_seconds"
    for bound in counts.receipt.bounds:
        below = sum(seconds <= bound for seconds in seen)
        assert shown[f"{name}_bucket{{le={bound}}}"] == below
    assert shown[f"{name}_bucket{{le=+Inf}}"] == len(seen) == shown[f"{name}_count{{}}"]
    assert abs(shown[f"{name}_sum{{}}"] - sum(seen)) < 0.001


@given(st.lists(st.sampled_from(["sent", "wait", "failed"]), max_size=30))
def test_a_tally_counts_by_its_labels(ends: list[str]) -> None:
    counts = Counts()
    for end in ends:
        counts.sends.add("telegram", "card", end)
    shown = samples(counts)
    for end in set(ends):
        key = f"otklik_sends_total{{channel=telegram,kind=card,outcome={end}}}"
        assert shown[key] == ends.count(end)


def test_names_are_ours_carry_their_unit_and_are_there_once() -> None:
    counts = Counts()
    names = [found.name for found in (*counts.tallies, *counts.spreads)]
    assert len(names) == len(set(names))
    assert all(name.startswith("otklik_") for name in names)
    assert all(spread.name.endswith("_seconds") for spread in counts.spreads)


def test_bounds_rise() -> None:
    spreads: list[Spread] = Counts().spreads
    assert all(list(s.bounds) == sorted(set(s.bounds)) for s in spreads)


def test_hubs_of_one_process_have_numbers_of_their_own() -> None:
    one, other = Counts(), Counts()
    one.jobs.add("digest", "done")
    assert samples(one)["otklik_job_runs_total{job=digest,outcome=done}"] == 1
    assert "otklik_job_runs_total{job=digest,outcome=done}" not in samples(other)


def test_the_document_names_every_metric_and_no_other() -> None:
    text = Exposition(Counts()).text(replace(WELL, update_age=1.0)).decode()
    exposed = set(re.findall(r"^# TYPE (otklik_\w+)", text, re.M))
    table = "\n".join(line for line in text_of("docs/metrics.md").split("\n") if line[:1] == "|")
    assert set(re.findall(r"`(otklik_\w+)`", table)) == exposed
    alerts = set(re.findall(r"otklik_\w+(?=[{\[ )])", text_of("docs/metrics.md")))
    assert {re.sub(r"_bucket$", "", name) for name in alerts} <= exposed | {"otklik"}
