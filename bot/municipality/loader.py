"""From municipality.toml, or from the document the database keeps, to a Municipality."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.municipality.calendar import load_calendar
from bot.municipality.checks import problems_of
from bot.municipality.schema import (
    HoursModel,
    MunicipalityModel,
    SpeechModel,
    YearModel,
    parse_clock,
)
from services.calendar import CalendarYear, DayHours, WorkCalendar
from services.municipality import (
    Block,
    Consent,
    Department,
    Municipality,
    Outside,
    Phone,
    Quiet,
    Settlement,
    Speech,
    Territory,
    Topic,
    UrgencyRule,
)
from services.policies import Policy

DEFAULT_FILE = Path(__file__).resolve().parent.parent / "defaults" / "gelendzhik.toml"


class MunicipalityError(ValueError):
    """The file cannot be used. The text lists every problem, one a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_municipality(path: Path | None = None) -> Municipality:
    """Read a municipality file, Gelendzhik's by default. Raises MunicipalityError."""
    path = path or DEFAULT_FILE
    return parse_municipality(read_document(path), str(path))


def read_document(path: Path | None = None) -> dict[str, Any]:
    """The validated file as plain JSON values, with the production calendar folded in.

    The database keeps this document. Raises MunicipalityError.
    """
    path = path or DEFAULT_FILE
    document = _read_toml(path)
    if "years" not in document:
        document["years"] = _calendar_years()
    return _validate(document, str(path)).model_dump(mode="json")


def parse_municipality(document: dict[str, Any], source: str) -> Municipality:
    """Build the values from a document. `source` names it in errors. Raises MunicipalityError."""
    model = _validate(document, source)
    blocks = [Block(b.code, b.name, b.name_en, b.deputy, b.deputy_en) for b in model.blocks]
    departments = [Department(d.code, d.name, d.name_en, d.block) for d in model.departments]
    territories = [Territory(t.code, t.name, t.name_en) for t in model.territories]
    phones = [Phone(p.code, p.name, p.name_en, p.number) for p in model.phones]
    consent = model.consent
    return Municipality(
        name=model.name,
        name_en=model.name_en,
        name_of=model.name_of,
        zone=model.zone,
        calendar=_calendar(model),
        blocks={block.code: block for block in blocks},
        departments={department.code: department for department in departments},
        topics={topic.code: topic for topic in _topics(model)},
        territories={territory.code: territory for territory in territories},
        settlements={settlement.name: settlement for settlement in _settlements(model)},
        urgency_rules=tuple(
            UrgencyRule(
                r.urgency, tuple(r.words), r.advice, r.advice_en, r.block, tuple(r.stop_words)
            )
            for r in model.urgency_rules
        ),
        phones={phone.code: phone for phone in phones},
        policies=tuple(_policies(model)),
        consent=Consent(
            consent.version,
            consent.text,
            consent.text_en,
            consent.url,
            consent.changes,
            consent.changes_en,
        ),
        official_url=model.official_url,
        sure=model.sure,
        speech=_speech(model.speech),
        quiet=Quiet(model.quiet.since, model.quiet.until, timedelta(seconds=model.quiet.awake)),
        area=tuple(model.area.outline) if model.area else (),
        outside={
            o.code: Outside(o.code, o.name, o.name_en, tuple(o.blocks)) for o in model.outside
        },
    )


def _speech(model: SpeechModel) -> Speech:
    """The times of living speech, from seconds."""
    times = model.model_dump(exclude={"flood"})
    return Speech(**{k: timedelta(seconds=v) for k, v in times.items()}, flood=model.flood)


def unconfirmed(document: dict[str, Any]) -> list[str]:
    """Key paths marked ★ (`confirm = true`): what the customer has yet to confirm."""
    found = []
    for table, items in document.items():
        entries = items if isinstance(items, list) else [items]
        for entry in entries:
            if isinstance(entry, dict) and entry.get("confirm"):
                code = entry.get("code") or entry.get("id") or entry.get("version")
                found.append(f"{table}.{code}" if code else table)
    return found


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MunicipalityError([f"{path}: expected a municipality file, got none"]) from None
    except OSError as error:
        raise MunicipalityError([f"{path}: expected a readable file, got {error}"]) from None
    except UnicodeDecodeError as error:
        raise MunicipalityError([f"{path}: expected UTF-8 text, got {error.reason}"]) from None
    except tomllib.TOMLDecodeError as error:
        # The message ends with «(at line 3, column 7)».
        raise MunicipalityError([f"{path}: expected valid TOML, got: {error}"]) from None


def _validate(document: dict[str, Any], source: str) -> MunicipalityModel:
    try:
        model = MunicipalityModel.model_validate(document)
    except ValidationError as error:
        raise MunicipalityError([f"{source}: {line}" for line in _words(error)]) from None
    if problems := problems_of(model):
        raise MunicipalityError([f"{source}: {path}: {words}" for path, words in problems])
    return model


def _words(error: ValidationError) -> Iterator[str]:
    for item in error.errors():
        path = _path(item["loc"])
        if item["type"] == "missing":
            yield f"{path}: expected a value, got nothing"
        elif item["type"] == "extra_forbidden":
            yield f"{path}: expected no such key, got «{_short(item['input'])}»"
        else:
            expected = item["msg"].removeprefix("Value error, ").replace("Input should be", "")
            expected = expected.strip().removeprefix("expected ")
            if ", got «" not in expected:
                expected += f", got «{_short(item['input'])}»"
            yield f"{path}: expected {expected}"


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "(the whole file)"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _calendar(model: MunicipalityModel) -> WorkCalendar:
    week = dict(model.hours)
    return WorkCalendar(
        zone=ZoneInfo(model.zone),
        week=tuple(_day(hours) for hours in week.values()),
        years={year.year: _year(year) for year in model.years},
        regional_counts_for_59fz=model.regional_counts_for_59fz,
    )


def _day(hours: HoursModel | None) -> DayHours | None:
    if hours is None:
        return None
    return DayHours(hours.start, hours.end, hours.break_start, hours.break_end)


def _year(year: YearModel) -> CalendarYear:
    return CalendarYear(
        year=year.year,
        days_off=frozenset(year.days_off),
        working_days=frozenset(year.working_days),
        short_days=frozenset(year.short_days),
        regional_days_off=frozenset(year.regional_days_off),
    )


def _calendar_years() -> list[dict[str, Any]]:
    try:
        return [_year_document(year) for year in load_calendar().years.values()]
    except ValueError as error:
        raise MunicipalityError(str(error).splitlines()) from None


def _year_document(year: CalendarYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "days_off": sorted(year.days_off),
        "working_days": sorted(year.working_days),
        "short_days": sorted(year.short_days),
        "regional_days_off": sorted(year.regional_days_off),
    }


def _topics(model: MunicipalityModel) -> Iterator[Topic]:
    for t in model.topics:
        words, stop_words = tuple(t.words), tuple(t.stop_words)
        yield Topic(
            code=t.code,
            name=t.name,
            name_en=t.name_en,
            group=t.group,
            block=t.block,
            words=words,
            stop_words=stop_words,
            urgency=t.urgency,
            evidence=t.evidence,
            place=t.place,
        )


def _settlements(model: MunicipalityModel) -> Iterator[Settlement]:
    for s in model.settlements:
        streets = tuple(street.name for street in model.streets if s.name in street.settlements)
        yield Settlement(
            s.name, s.territory, streets, tuple(s.microdistricts), tuple(s.aliases), s.point
        )


def _policies(model: MunicipalityModel) -> Iterator[Policy]:
    for p in model.policies:
        yield Policy(
            id=p.id,
            version=p.version,
            regimes=frozenset(p.regimes),
            urgencies=frozenset(p.urgencies),
            clocks=tuple(parse_clock(clock) for clock in p.clocks),
            preceding_working_day=p.preceding_working_day,
            around_the_clock=p.around_the_clock,
            extension=p.extension,
            source=p.source,
            confirm=p.confirm,
        )
