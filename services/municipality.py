"""What the centre knows about its municipality, as values: who does what, where, and how soon.

The numbers and words are data (municipality.toml, then the database); nothing here reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from services.calendar import WorkCalendar
from services.policies import Policy, Urgency


@dataclass(frozen=True, slots=True)
class Block:
    """A group of topics under one deputy, with a staff chat of its own."""

    code: str
    name: str
    name_en: str
    deputy: str
    """The position, never a person: «заместитель главы, курирующий …»."""
    deputy_en: str


@dataclass(frozen=True, slots=True)
class Department:
    """The body that executes; it belongs to one block."""

    code: str
    name: str
    name_en: str
    block: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A node of the classifier, in words a citizen would use."""

    code: str
    name: str
    name_en: str
    group: str
    """The group of the «Инцидент менеджмент» classifier this topic is reported under."""
    block: str
    words: tuple[str, ...]
    """Words and phrases, matched on lemmas."""
    stop_words: tuple[str, ...]
    """A text with one of these is not about this topic."""
    urgency: Urgency
    evidence: bool
    """«Solved» needs a photo taken after the work."""
    place: bool = True
    """It is about somewhere: worth asking where."""
    subject: str | None = None
    """The topic of that classifier it is reported under, by code; None: its group tells no more."""


@dataclass(frozen=True, slots=True)
class Territory:
    """The town or a rural district."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town or a village, with what people call its parts."""

    name: str
    territory: str
    streets: tuple[str, ...]
    """«Мира» is a street; a lane, an avenue or a square says so: «пер. Тихий»."""
    microdistricts: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    """What people call it besides: «Архипка»."""
    point: tuple[float, float] | None = None
    """Its middle on the map: latitude, longitude."""


@dataclass(frozen=True, slots=True)
class UrgencyRule:
    """Phrases that make an appeal more urgent than its topic says (domain.md §1)."""

    urgency: Urgency
    words: tuple[str, ...]
    """Phrases matched on lemmas, in any order within a few words (understanding/phrases.py)."""
    advice: str
    """One sentence for the citizen, shown at once; empty when there is nothing to advise."""
    advice_en: str
    block: str | None
    """The block that answers for it when the text names no topic."""
    stop_words: tuple[str, ...] = ()
    """A found phrase that shares a word with one of these means something else."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number the citizen is shown."""

    code: str
    name: str
    name_en: str
    number: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A service that is not the municipality's, to which cases are passed on."""

    code: str
    name: str
    name_en: str
    blocks: tuple[str, ...]
    """Whose cases usually go there; shown first for them."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How living speech becomes appeals (architecture.md §In 7, conversations.md §1.6, §1.15)."""

    understood_after: timedelta = timedelta(seconds=5)
    """A burst whose topic is understood is registered so long after its last message."""
    unclear_after: timedelta = timedelta(seconds=60)
    """The same where the topic is not understood yet."""
    longest: timedelta = timedelta(minutes=5)
    """A burst is registered in any case so long after its first message."""
    joins_within: timedelta = timedelta(minutes=30)
    """So long a further message joins the newest appeal; so long an open question waits, too."""
    series: timedelta = timedelta(minutes=5)
    """Additions no further apart are acknowledged by one message."""
    flood: int = 10
    """More messages than this in a minute are a flood."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """When no citizen's phone makes a sound because of us (conversations.md §0.3)."""

    since: time = time(21, 0)
    until: time = time(8, 0)
    awake: timedelta = timedelta(minutes=15)
    """Who wrote so lately is up, and hears what is said to it."""

    def at(self, local: datetime) -> bool:
        """It is a quiet hour, by the clock on the town's wall."""
        hour = local.time()
        if self.since <= self.until:
            return self.since <= hour < self.until
        return hour >= self.since or hour < self.until


@dataclass(frozen=True, slots=True)
class Consent:
    """One version of the personal-data consent."""

    version: int
    text: str
    text_en: str
    url: str
    changes: str = ""
    """What this version changed, in one line, for those who agreed to an older one."""
    changes_en: str = ""


@dataclass(frozen=True, slots=True)
class Municipality:
    """Everything above, for one municipality."""

    name: str
    name_en: str
    name_of: str
    """The Russian genitive: «администрация Геленджика»."""
    zone: str
    calendar: WorkCalendar
    blocks: dict[str, Block]
    departments: dict[str, Department]
    topics: dict[str, Topic]
    """Our own, and the rest of the region's classifier (services/classifier/served.py)."""
    subjects: dict[str, str]
    """Name of a topic of that classifier, as names are compared → code among `topics`."""
    groups: dict[str, str]
    """The same for its groups: the topic of a matter that is known no nearer."""
    territories: dict[str, Territory]
    settlements: dict[str, Settlement]
    urgency_rules: tuple[UrgencyRule, ...]
    phones: dict[str, Phone]
    policies: tuple[Policy, ...]
    consent: Consent
    official_url: str
    """Where an appeal under 59-ФЗ is filed."""
    sure: float
    """From here on the classifier and our own words together route without a person."""
    outside: dict[str, Outside]
    """Services that are not the town hall's, by code."""
    speech: Speech = Speech()
    quiet: Quiet = Quiet()
    area: tuple[tuple[float, float], ...] = ()
    """Corners of the municipality's outline, (latitude, longitude); empty: not known."""

    @property
    def public_numbers(self) -> frozenset[str]:
        """The digits of the telephones that citizens are shown: those are never masked."""
        numbers = (phone.number for phone in self.phones.values())
        return frozenset("".join(filter(str.isdigit, number)) for number in numbers)
