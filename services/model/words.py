"""Ids and closed vocabularies: states, outcomes, roles, what chats are for."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
AppealId = NewType("AppealId", int)
AnswerId = NewType("AnswerId", int)


class State(StrEnum):
    """States of an appeal (domain.md §1)."""

    NEW = "new"
    ASSIGNED = "assigned"
    RETURNING = "returning"
    IN_PROGRESS = "in_progress"
    WAITING_CITIZEN = "waiting_citizen"
    POSTPONED = "postponed"
    REVIEW = "review"
    ANSWERED = "answered"
    REOPENED = "reopened"
    DISPUTED = "disputed"
    MERGED = "merged"
    REJECTED = "rejected"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How an answer or a closed appeal ended (domain.md §1, `closed`)."""

    SOLVED = "solved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    REFUSED = "refused"
    FORWARDED = "forwarded"
    NO_FEEDBACK = "no_feedback"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    TERMINATED = "terminated"


class Role(StrEnum):
    """Roles of domain.md §11, and HUB for what the machine does by itself."""

    CIT = "CIT"
    DUT = "DUT"
    EXE = "EXE"
    DEP = "DEP"
    BHD = "BHD"
    BLK = "BLK"
    QC = "QC"
    MHD = "MHD"
    CRD = "CRD"
    MAY = "MAY"
    PRS = "PRS"
    ADM = "ADM"
    AUD = "AUD"
    HUB = "HUB"


WHOLE_CENTRE = "*"
"""The scope of a role that is not tied to a block or a department."""
