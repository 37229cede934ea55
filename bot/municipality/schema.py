"""The shape of municipality.toml. A key that is not here is a mistake, not a hint."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from services.policies import ClockKind, Regime, Span, Urgency

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{2,32}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HoursModel(_Model):
    """Working hours of one day of the week, with at most one break."""

    start: time
    end: time
    break_start: time | None = None
    break_end: time | None = None


class WeekModel(_Model):
    """A day that is absent is a day off."""

    mon: HoursModel | None = None
    tue: HoursModel | None = None
    wed: HoursModel | None = None
    thu: HoursModel | None = None
    fri: HoursModel | None = None
    sat: HoursModel | None = None
    sun: HoursModel | None = None


class YearModel(_Model):
    """One year of the production calendar, folded in so that the database keeps it."""

    year: int
    days_off: list[date]
    working_days: list[date] = []
    short_days: list[date] = []
    regional_days_off: list[date] = []


class BlockModel(_Model):
    """`confirm` here and below is ★: the customer has yet to confirm it."""

    code: Code
    name: Text
    name_en: Text
    deputy: Text
    deputy_en: Text
    confirm: bool = False


class DepartmentModel(_Model):
    """`block` is a block's code."""

    code: Code
    name: Text
    name_en: Text
    block: str
    confirm: bool = False


class TopicModel(_Model):
    """`group` is a group of the «Инцидент менеджмент» classifier."""

    code: Code
    name: Text
    name_en: Text
    group: Text
    block: str
    words: list[Text] = Field(min_length=1)
    stop_words: list[Text] = []
    urgency: Urgency = Urgency.NORMAL
    evidence: bool = False
    place: bool = True


class TerritoryModel(_Model):
    """The town or a rural district."""

    code: Code
    name: Text
    name_en: Text
    confirm: bool = False


class SettlementModel(_Model):
    """`territory` is a territory's code."""

    name: Text
    territory: str
    microdistricts: list[Text] = []
    aliases: list[Text] = []
    point: tuple[Latitude, Longitude] | None = None


class StreetModel(_Model):
    """A street with every settlement that has one of this name."""

    name: Text
    settlements: list[str] = Field(min_length=1)


class AreaModel(_Model):
    """The municipality's outline on the map: corners as [latitude, longitude], in order."""

    outline: list[tuple[Latitude, Longitude]] = Field(min_length=3)
    confirm: bool = False


class UrgencyRuleModel(_Model):
    """`block` is a block's code."""

    urgency: Urgency
    words: list[Text] = Field(min_length=1)
    stop_words: list[Text] = []
    advice: str = ""
    advice_en: str = ""
    block: str | None = None


class PhoneModel(_Model):
    """A number the citizen is shown."""

    code: Code
    name: Text
    name_en: Text
    number: Text
    confirm: bool = False


class OutsideModel(_Model):
    """A service outside the town hall; `blocks` are codes of blocks."""

    code: Code
    name: Text
    name_en: Text
    blocks: list[str] = []
    confirm: bool = False


class PolicyModel(_Model):
    """A deadline rule; each clock is «kind span», like «reaction 30 min CH»."""

    id: Code
    version: int = Field(default=1, ge=1)
    regimes: list[Regime] = []
    urgencies: list[Urgency] = []
    clocks: list[str] = Field(min_length=1)
    preceding_working_day: bool = False
    around_the_clock: bool = False
    extension: str = "none"
    source: Text
    confirm: bool = False

    @field_validator("clocks")
    @classmethod
    def _readable(cls, clocks: list[str]) -> list[str]:
        for clock in clocks:
            parse_clock(clock)
        return clocks


class ConsentModel(_Model):
    """One version of the consent text."""

    version: int = Field(ge=1)
    text: Text
    text_en: Text
    url: Url
    changes: str = ""
    changes_en: str = ""
    confirm: bool = False


class SpeechModel(_Model):
    """How living speech becomes appeals; `flood` counts messages, everything else is seconds."""

    understood_after: int = Field(default=5, ge=0)
    unclear_after: int = Field(default=60, ge=1)
    longest: int = Field(default=300, ge=1)
    joins_within: int = Field(default=1800, ge=0)
    series: int = Field(default=300, ge=0)
    flood: int = Field(default=10, ge=1)


class QuietModel(_Model):
    """Hours without a sound on citizens' phones; `awake` is seconds since his last words."""

    since: time = time(21, 0)
    until: time = time(8, 0)
    awake: int = Field(default=900, ge=0)


class MunicipalityModel(_Model):
    """The whole file."""

    name: Text
    name_en: Text
    name_of: Text
    zone: str
    official_url: Url
    sure: float = Field(ge=0, le=1)
    regional_counts_for_59fz: bool = False
    hours: WeekModel
    consent: ConsentModel
    speech: SpeechModel = SpeechModel()
    quiet: QuietModel = QuietModel()
    blocks: list[BlockModel] = Field(min_length=1)
    departments: list[DepartmentModel] = []
    topics: list[TopicModel] = Field(min_length=1)
    territories: list[TerritoryModel] = []
    settlements: list[SettlementModel] = []
    streets: list[StreetModel] = []
    urgency_rules: list[UrgencyRuleModel] = []
    phones: list[PhoneModel] = []
    outside: list[OutsideModel] = []
    policies: list[PolicyModel] = Field(min_length=1)
    years: list[YearModel] = []
    area: AreaModel | None = None

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            raise ValueError("expected an IANA time zone like «Europe/Moscow»") from None
        return zone


def parse_clock(text: str) -> tuple[ClockKind, Span]:
    """Read «reaction 30 min CH». Raises ValueError."""
    kind, _, span = text.strip().partition(" ")
    known = set(ClockKind) - {ClockKind.PROMISE}
    if kind not in known:
        kinds = ", ".join(k for k in ClockKind if k in known)
        raise ValueError(f"expected a clock that begins with one of {kinds}, got «{text}»")
    return ClockKind(kind), Span.parse(span)
