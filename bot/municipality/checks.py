"""What pydantic cannot see: codes that repeat, references that dangle, cases without a deadline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.municipality.schema import HoursModel, MunicipalityModel, PolicyModel
from services.areas import within
from services.policies import Regime, Urgency

Problem = tuple[str, str]
"""A key path, and what was expected and got."""


def problems_of(model: MunicipalityModel) -> list[Problem]:
    """Every contradiction inside a file whose shape is right."""
    return [
        *_duplicates("blocks", (item.code for item in model.blocks), "code"),
        *_duplicates("departments", (item.code for item in model.departments), "code"),
        *_duplicates("topics", (item.code for item in model.topics), "code"),
        *_duplicates("territories", (item.code for item in model.territories), "code"),
        *_duplicates("settlements", (item.name for item in model.settlements), "name"),
        *_duplicates("streets", (item.name for item in model.streets), "name"),
        *_duplicates("phones", (item.code for item in model.phones), "code"),
        *_duplicates("outside", (item.code for item in model.outside), "code"),
        *_duplicates("policies", (f"{item.id} v{item.version}" for item in model.policies), "id"),
        *_duplicates("years", (str(item.year) for item in model.years), "year"),
        *_dangling(model),
        *_off_the_map(model),
        *_hours(model),
        *_uncovered(model),
    ]


def _duplicates(table: str, keys: Iterable[str], key: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, value in enumerate(keys):
        seen[value] += 1
        if seen[value] == 2:
            yield f"{table}[{index}].{key}", f"expected a value used once, got «{value}» again"


def _dangling(model: MunicipalityModel) -> Iterator[Problem]:
    blocks = {block.code for block in model.blocks}
    territories = {territory.code for territory in model.territories}
    settlements = {settlement.name for settlement in model.settlements}
    for i, department in enumerate(model.departments):
        yield from _known(f"departments[{i}].block", department.block, blocks, "block")
    for i, topic in enumerate(model.topics):
        yield from _known(f"topics[{i}].block", topic.block, blocks, "block")
    for i, rule in enumerate(model.urgency_rules):
        if rule.block is not None:
            yield from _known(f"urgency_rules[{i}].block", rule.block, blocks, "block")
    for i, service in enumerate(model.outside):
        for j, block in enumerate(service.blocks):
            yield from _known(f"outside[{i}].blocks[{j}]", block, blocks, "block")
    for i, settlement in enumerate(model.settlements):
        path = f"settlements[{i}].territory"
        yield from _known(path, settlement.territory, territories, "territory")
    for i, street in enumerate(model.streets):
        for j, name in enumerate(street.settlements):
            path = f"streets[{i}].settlements[{j}]"
            yield from _known(path, name, settlements, "settlement")


def _off_the_map(model: MunicipalityModel) -> Iterator[Problem]:
    outline = model.area.outline if model.area else []
    for i, settlement in enumerate(model.settlements):
        if settlement.point is not None and not within(outline, settlement.point):
            found = list(settlement.point)
            yield f"settlements[{i}].point", f"expected a point inside the outline, got {found}"


def _known(path: str, value: str, known: set[str], kind: str) -> Iterator[Problem]:
    if value not in known:
        yield path, f"expected the code of a {kind} of this file ({_some(known)}), got «{value}»"


def _some(values: set[str]) -> str:
    listed = sorted(values)
    return ", ".join(listed[:6]) + (", …" if len(listed) > 6 else "")


def _hours(model: MunicipalityModel) -> Iterator[Problem]:
    days: dict[str, HoursModel | None] = dict(model.hours)
    if not any(days.values()):
        yield "hours", "expected at least one working day, got none"
    for day, hours in days.items():
        if hours is None:
            continue
        if hours.end <= hours.start:
            yield f"hours.{day}.end", f"expected a time after {hours.start}, got {hours.end}"
        pause = (hours.break_start, hours.break_end)
        if pause == (None, None):
            continue
        if None in pause or not (hours.start < pause[0] < pause[1] < hours.end):  # type: ignore[operator]
            got = " – ".join(str(moment) for moment in pause)
            yield f"hours.{day}.break_start", f"expected a break inside working hours, got {got}"


def _uncovered(model: MunicipalityModel) -> Iterator[Problem]:
    """Every kind of case the file can produce needs a deadline."""
    regimes = {Regime.BOT, *(regime for policy in model.policies for regime in policy.regimes)}
    urgencies = {Urgency.NORMAL, *(topic.urgency for topic in model.topics)}
    urgencies |= {rule.urgency for rule in model.urgency_rules}
    for regime in sorted(regimes):
        for urgency in sorted(urgencies):
            if not any(_covers(policy, regime, urgency) for policy in model.policies):
                yield "policies", f"expected a policy for {regime} × {urgency}, got none"


def _covers(policy: PolicyModel, regime: Regime, urgency: Urgency) -> bool:
    return (not policy.regimes or regime in policy.regimes) and (
        not policy.urgencies or urgency in policy.urgencies
    )
