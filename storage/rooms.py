"""The rooms of a unit of work: one per family of tables."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from storage.appeals import Appeals
from storage.decisions import Decisions
from storage.directory import Directory
from storage.duty import Duty
from storage.files import Files
from storage.jobs import Jobs
from storage.labels import Labels
from storage.nearby import Nearby
from storage.outbox import Outbox
from storage.overview import Overview
from storage.people import People
from storage.problems import Problems
from storage.screens import Screens
from storage.statistics import Statistics
from storage.teaching import Teaching
from storage.turns import Turns
from storage.waiting import Waiting

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Rooms:
    """Queries by what they are about; each room is opened when it is first entered."""

    @property
    def _unit(self) -> UnitOfWork:
        return cast("UnitOfWork", self)

    @cached_property
    def people(self) -> People:
        """Persons, accounts, roles, invitations, bound chats, drafts, open questions."""
        return People(self._unit)

    @cached_property
    def appeals(self) -> Appeals:
        """Appeals with their messages, answers, clocks, events, ratings."""
        return Appeals(self._unit)

    @cached_property
    def nearby(self) -> Nearby:
        """Appeals and problems of a topic by time and place."""
        return Nearby(self._unit)

    @cached_property
    def screens(self) -> Screens:
        """Messages of ours that stand in chats."""
        return Screens(self._unit)

    @cached_property
    def outbox(self) -> Outbox:
        """Notices on their way out."""
        return Outbox(self._unit)

    @cached_property
    def turns(self) -> Turns:
        """Whose turn it is to be sent."""
        return Turns(self._unit)

    @cached_property
    def waiting(self) -> Waiting:
        """Both queues by state, for whoever looks after them."""
        return Waiting(self._unit)

    @cached_property
    def jobs(self) -> Jobs:
        """Fire times already claimed."""
        return Jobs(self._unit)

    @cached_property
    def directory(self) -> Directory:
        """Versions of the municipality's document."""
        return Directory(self._unit)

    @cached_property
    def statistics(self) -> Statistics:
        """Daily facts and the lists that digests are made of."""
        return Statistics(self._unit)

    @cached_property
    def decisions(self) -> Decisions:
        """Questions to those above a department."""
        return Decisions(self._unit)

    @cached_property
    def problems(self) -> Problems:
        """Mass problems and the appeals in them."""
        return Problems(self._unit)

    @cached_property
    def overview(self) -> Overview:
        """What an administrator looks at."""
        return Overview(self._unit)

    @cached_property
    def files(self) -> Files:
        """Copies of files, to be made and to go."""
        return Files(self._unit)

    @cached_property
    def labels(self) -> Labels:
        """What staff have said about whose a case is."""
        return Labels(self._unit)

    @cached_property
    def teaching(self) -> Teaching:
        """What is to be done with the classifier's models."""
        return Teaching(self._unit)

    @cached_property
    def duty(self) -> Duty:
        """Shifts and alarms of the duty people."""
        return Duty(self._unit)
