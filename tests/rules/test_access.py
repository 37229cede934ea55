"""Who may do what, as a table: what it does not allow is denied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.access import HUB, RULES, Actor, Deed, authorise, held
from services.errors import Denied
from services.lifecycle import Action
from services.model import WHOLE_CENTRE, Grant, PersonId, Role

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ME, OTHER = PersonId(1), PersonId(2)
ALL = WHOLE_CENTRE

CITIZEN = "reply rate reopen withdraw restore split duplicate"
WORK = (
    "take give_up ask unask submit draft note hand_over return postpone resume recall "
    "answer_unchecked list view topic split speak_to_all check_rights"
)
LOOK = "oversee stand_down"
HEAD = f"{WORK} assign free extend read {LOOK}"
DEPUTY = "assign extend extend_strict"
ADMIN = "bind invite put_up check_rights roles health models give_up settle_dead"
DUTY = (
    "check_rights route unroute pass pass_interim send_back merge split duplicate reject "
    "close_rejected forward list explain view speak_to_all ask unask weigh topic register_for "
    "accept stand_duty reply settle_dead"
)

# role, its scope, the block of the appeal → what may be done to somebody else's appeal
TABLE = [
    (Role.CIT, ALL, "HCS", ""),
    (Role.DUT, ALL, "HCS", DUTY),
    (Role.DUT, ALL, None, DUTY),
    (Role.EXE, "HCS", "HCS", WORK),
    (Role.EXE, "HCS", "ROD", ""),
    (Role.EXE, "HCS", None, ""),
    (Role.EXE, ALL, "ROD", WORK),
    (Role.DEP, "HCS", "HCS", HEAD),
    (Role.DEP, "HCS", "ROD", LOOK),
    (Role.BHD, "HCS", "HCS", HEAD),
    (Role.BHD, "HCS", "ROD", LOOK),
    (Role.BLK, "HCS", "HCS", f"read list view {DEPUTY} {LOOK}"),
    (Role.BLK, "HCS", "ROD", LOOK),
    (Role.BLK, ALL, "ROD", f"read list view {DEPUTY} {LOOK}"),
    (Role.QC, ALL, "HCS", "pass pass_interim send_back view"),
    (Role.QC, ALL, None, "pass pass_interim send_back view"),
    (
        Role.MHD,
        ALL,
        "HCS",
        f"{DUTY} decide_back decide_keep decide_anew decide_return terminate models read {LOOK}",
    ),
    (Role.CRD, ALL, "HCS", f"decide_back decide_keep decide_anew decide_return view read {LOOK}"),
    (Role.MAY, ALL, "HCS", f"read {LOOK}"),
    (Role.PRS, ALL, "HCS", ""),
    (Role.ADM, ALL, "HCS", ADMIN),
    (Role.ADM, ALL, None, ADMIN),
    (Role.AUD, ALL, "HCS", "view"),
]
DEEDS: tuple[Action | Deed, ...] = (*Action, *Deed)


def grant(role: Role, scope: str = ALL) -> Grant:
    """A role of mine, in force since the day before."""
    return Grant(1, ME, role, scope, NOON - timedelta(days=1), None, None)


def allowed(actor: Actor, *, block: str | None = "HCS", owner: PersonId | None = OTHER) -> set[str]:
    """Everything the actor may do."""
    found = set()
    for deed in DEEDS:
        try:
            authorise(actor, deed, block=block, owner=owner)
        except Denied:
            continue
        found.add(str(deed))
    return found


@pytest.mark.parametrize(("role", "scope", "block", "may"), TABLE)
def test_what_a_role_may_do(role: Role, scope: str, block: str | None, may: str) -> None:
    assert allowed(Actor(ME, (grant(role, scope),)), block=block) == set(may.split())


def test_the_table_has_every_role() -> None:
    assert {row[0] for row in TABLE} == set(Role) - {Role.HUB}


def test_a_citizen_may_speak_about_his_own_only() -> None:
    assert allowed(Actor(ME), owner=ME) == {*CITIZEN.split(), "register"}
    assert allowed(Actor(ME), owner=OTHER) == set()
    assert allowed(Actor(ME), owner=None) == set()
    assert allowed(Actor(None), owner=None) == set()


def test_the_hub_may_only_carry_and_never_judge() -> None:
    assert allowed(HUB) == {
        "register",
        "route",
        "reassign",
        "dispute",
        "silence",
        "give_up",
        "resume",
        "merge",
        "split",
        "answer_follows",
        "put_up",
    }


def test_an_administrator_of_the_settings_needs_no_grant_and_sees_no_case() -> None:
    assert allowed(Actor(ME, administrator=True)) == set(ADMIN.split())


def test_roles_add_up_and_the_first_of_the_table_is_named() -> None:
    actor = Actor(ME, (grant(Role.EXE, "HCS"), grant(Role.QC)))
    assert allowed(actor) == {*WORK.split(), "pass", "pass_interim", "send_back"}
    assert allowed(actor, block="ROD") == {"pass", "pass_interim", "send_back", "view"}
    assert authorise(actor, Action.TAKE, block="HCS") is Role.EXE
    assert authorise(actor, Action.PASS, block="HCS") is Role.QC
    assert authorise(Actor(ME, administrator=True), Deed.BIND) is Role.ADM


def test_scopes_of_several_grants_add_up() -> None:
    actor = Actor(ME, (grant(Role.EXE, "HCS"), grant(Role.EXE, "ROD")))
    for block, may in (("HCS", WORK), ("ROD", WORK), ("EDU", ""), (None, "")):
        assert allowed(actor, block=block) == set(may.split())


def test_every_deed_stands_in_the_table_and_any_other_is_denied_to_everybody() -> None:
    assert set(DEEDS) == set(RULES)
    everything = tuple(grant(role, ALL) for role in Role)
    unheard: Any = "unheard_of"
    with pytest.raises(Denied, match="no_role"):
        authorise(
            Actor(ME, everything, administrator=True, hub=True), unheard, block="HCS", owner=ME
        )


def test_a_role_called_hub_makes_nobody_the_hub() -> None:
    assert allowed(Actor(ME, (grant(Role.HUB),))) == set()


@pytest.mark.parametrize(
    ("since", "until", "in_force"),
    [
        (-60, None, True),
        (0, None, True),
        (1, None, False),
        (-60, 1, True),
        (-60, 0, False),
        (-60, -1, False),
        (1, 60, False),
    ],
)
def test_a_grant_is_in_force_from_its_first_moment_to_before_its_last(
    since: int, until: int | None, in_force: bool
) -> None:
    given = replace(
        grant(Role.DUT),
        since=NOON + timedelta(minutes=since),
        until=None if until is None else NOON + timedelta(minutes=until),
    )
    assert held([given], NOON) == ((given,) if in_force else ())
    assert allowed(Actor(ME, held([given], NOON))) == (set(DUTY.split()) if in_force else set())
