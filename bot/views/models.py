"""/models: which models of the classifier there are; what came of a learning at night."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.model import Came, ModelTask, Task
from services.teaching import LOOKED_AT, learnt_at
from services.understanding.guess import COLD
from storage.outbox import OutboxRow

LATEST = 3
"""So many changes are told."""
_DECIDABLE = {Came.OFFERED, Came.ACCEPTED, Came.DECLINED, Came.PASSED}


def share(value: float) -> str:
    """«81 %»."""
    return f"{value * 100:.0f} %"


def why_word(reason: str) -> str:
    """Why a file is of no use."""
    return {
        "foreign": _("this is not a model of the hub"),
        "format": _("a model of another version of the hub"),
        "damaged": _("the file is damaged"),
        "vocabulary": _("learnt by another vocabulary"),
    }.get(reason, _("the file can't be read"))


async def models(frame: Frame, row: OutboxRow) -> Rendered:
    """The list, with a button for each that could be used instead."""
    lines, buttons = [f"<b>{_('Models of the classifier')}</b>"], []
    for number, model in enumerate(row.ref["models"], 1):
        lines += _model(number, model)
        if not model["used"] and "why" not in model:
            label = _("Take into use: {n}", n=number)
            buttons.append(Button(label, data("a1", "muse", 0, model["mark"])))
    lines += ["", await _labels(frame), *await _changes(frame)]
    rows: Rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Rendered("\n".join(lines), rows, silent=True)


def _model(number: int, model: dict[str, Any]) -> list[str]:
    mark = ""
    if model["used"]:
        mark = " ✓ " + _("in use")
    elif model["before"]:
        mark = " · " + _("in use before")
    if model["name"] == COLD:
        return [f"{number}. {_('The vocabulary alone, without a model')}{mark}"]
    if "why" in model:
        told = _("of no use: {why}", why=why_word(model["why"]))
        return [f"{number}. {escape(model['name'])}{mark}", f"    {told}"]
    day = f"{date.fromisoformat(model['day']):%d.%m.%Y}" if model["day"] else ""
    texts = ngettext("{n} text", "{n} texts", int(model["texts"]))
    made = " · ".join(filter(None, (day and _("made {day}", day=day), texts)))
    figures = _(
        "group right {group}, without a person {auto}, of them right {right}",
        group=share(model["group"]),
        auto=share(model["auto"]),
        right=share(model["auto_right"]),
    )
    return [f"{number}. {escape(model['version'])}{mark}", f"    {made}", f"    {figures}"]


async def _labels(frame: Frame) -> str:
    learnings = await frame.uow.teaching.last(Task.LEARN, limit=LOOKED_AT)
    n = await frame.uow.labels.count(since=learnt_at(learnings))
    return ngettext(
        "New from staff since the last learning: {n} label",
        "New from staff since the last learning: {n} labels",
        n,
    )


async def _changes(frame: Frame) -> list[str]:
    """Who took what into use, the newest first."""
    done = [t for t in await frame.uow.teaching.last(Task.USE, limit=10) if t.came is Came.USED]
    return [
        _(
            "{moment} {name}: {model}",
            moment=frame.stamp(task.done_at or task.at),
            name=await frame.name(task.person_id),
            model=_name(task),
        )
        for task in done[:LATEST]
    ]


def _name(task: ModelTask) -> str:
    if task.name == COLD:
        return _("the vocabulary alone")
    return escape((task.name or "—").removesuffix(".model"))


async def learnt(frame: Frame, row: OutboxRow) -> Rendered | None:
    """What came of a learning, with figures; and what was decided."""
    task = await frame.uow.get(ModelTask, row.ref["task"])
    if task is None or task.came is None:
        return None
    lines = [_head(task)]
    if "new" in task.data:
        lines += _figures(task.data)
    decided = await _decided(frame, task)
    if decided:
        return Rendered("\n".join([*lines, decided]))
    if task.came is not Came.OFFERED:
        return Rendered("\n".join(lines), silent=True)
    buttons = (
        Button(_("Take into use"), data("a1", "mtake", task.id)),
        Button(_("Keep the present one"), data("a1", "mkeep", task.id)),
    )
    return Rendered("\n".join(lines), (buttons,))


def _head(task: ModelTask) -> str:
    if task.came in _DECIDABLE or task.decided_by is not None:
        return "<b>{}</b>".format(_("A new model was learnt: {name}", name=_name(task)))
    if task.came is Came.WORSE:
        return _("A model was learnt at night and is no better than the one in use. It stays.")
    if task.came is Came.REFUSED:
        file, why = escape(task.name or ""), why_word(task.data["why"])
        return _("Nothing could be learnt at night. {file}: {why}", file=file, why=why)
    return _("The learning at night has failed; the log says why.")


def _figures(told: dict[str, Any]) -> list[str]:
    new, old = told["new"], told["old"]
    names = {
        "group": _("group right"),
        "topic": _("topic right"),
        "auto": _("routed without a person"),
        "auto_right": _("of them right"),
    }
    compared = [
        _("{what}: {new} (now {old})", what=name, new=share(new[key]), old=share(old[key]))
        for key, name in names.items()
        # Labels of staff seldom tell a topic: there may be none to be right about.
        if new[key] or old[key]
    ]
    texts = ngettext("{n} text", "{n} texts", told["texts"])
    count = _("{texts}, from staff: {labels}", texts=texts, labels=told["labels"])
    honest = _("Both were asked about texts that they had not seen.")
    flattered = _("The one in use may have learnt from some of these texts.")
    return [count, *compared, flattered if told["flattered"] else honest]


async def _decided(frame: Frame, task: ModelTask) -> str:
    if task.came is Came.PASSED:
        return _("A newer one was learnt since.")
    if task.decided_by is None or task.decided_at is None:
        return ""
    name, moment = await frame.name(task.decided_by), frame.stamp(task.decided_at)
    if task.came is Came.ACCEPTED:
        return _("Taken into use: {name}, {moment}", name=name, moment=moment)
    if task.came is Came.DECLINED:
        return _("The present one stays: {name}, {moment}", name=name, moment=moment)
    why = why_word(task.data.get("why", ""))
    return _("It could not be taken into use: {why}", why=why)
