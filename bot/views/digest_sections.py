"""The sections of a digest, each a paragraph; an empty one is a line (conversations.md §3.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from html import escape

from bot.i18n import _, ngettext
from bot.views import moments
from bot.views.frame import Frame, number
from bot.views.lists import days_late, what
from bot.views.questions import line_of
from bot.views.rating import few, share
from services.digest_facts import DigestFacts, Trend, Work
from services.oversight import Line
from services.policies import Regime


def _headed(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return f"<b>{title}</b>: " + _("nothing to remark")
    return "\n".join([f"<b>{title}</b>", *lines])


def _and_more(rows: list[str], total: int) -> list[str]:
    left = total - len(rows)
    return [*rows, _("and {n} more", n=left)] if left > 0 else rows


def delta(n: float, usual: float) -> str:
    """«+29 %», «−8 %»: against what is usual."""
    percent = round((n / usual - 1) * 100)
    return f"{percent:+d} %".replace("-", "−")


async def waiting(frame: Frame, found: DigestFacts, shown: int) -> str:
    """First of all: what is asked of the reader."""
    if not found.waiting:
        return _("We are not waiting for anything from you.")
    title = ngettext(
        "Waiting for you: {n} decision", "Waiting for you: {n} decisions", len(found.waiting)
    )
    rows = ["• " + await line_of(frame, decision) for decision in found.waiting[:shown]]
    return _headed(title, _and_more(rows, len(found.waiting)))


def _came(found: DigestFacts) -> str:
    total = sum(found.received.values())
    if found.since == found.day - timedelta(days=1):
        line = _("Yesterday {n} came in", n=total)
    else:
        line = _("Since {day} {n} came in", day=moments.day(found.since), n=total)
    if found.usual is not None and found.usual >= 1:
        line += _(", usually {n}", n=round(found.usual))
    return line


def changed(frame: Frame, found: DigestFacts, shown: int) -> str:
    """Received against the mean of four weeks, and what made it grow."""
    line, total = _came(found), sum(found.received.values())
    if found.usual is not None and found.usual >= 1:
        line += f" ({delta(total, found.usual)})"
    if len(found.received) > 1:
        blocks = sorted(found.received.items(), key=lambda pair: -pair[1])
        rows = [f"{escape(frame.block(b))} {n}" for b, n in blocks[:shown]]
        line += ": " + ", ".join(_and_more(rows, len(blocks)))
    lines = [line]
    if found.grown is not None and found.grown.usual is not None:
        lines.append(
            _(
                "Most growth: {topic}, {n} instead of the usual {usual}",
                topic=_topic(frame, found.grown),
                n=found.grown.n,
                usual=number(round(found.grown.usual, 1)),
            )
        )
    return _headed(_("What changed"), lines)


def _topic(frame: Frame, trend: Trend) -> str:
    return escape(frame.topic(trend.topic))


def critical(frame: Frame, found: DigestFacts, shown: int) -> str:
    """What burns now."""
    rows = []
    for line in found.critical[:shown]:
        case = _("No. {number}", number=line.appeal.id)
        since = _("since {moment}", moment=frame.stamp(line.appeal.received_at))
        free = "" if line.appeal.holder_id else ", " + _("nobody has taken it")
        rows.append(f"🚨 {case}: {what(frame, line.appeal)}, {since}{free}")
    title = _("Critical now")
    if not rows:
        return _headed(title, rows)
    return _headed(f"{title}: {len(found.critical)}", _and_more(rows, len(found.critical)))


def dates(frame: Frame, found: DigestFacts, shown: int) -> str:
    """Overdue, today, tomorrow; the legal kinds apart."""
    lines = [_late(frame, _("⏰ Overdue {n}"), found.overdue, shown) or _("Overdue: none")]
    lines.append(_late(frame, _("⏰ Not taken in time {n}"), found.untaken, shown))
    today = _by_regime(found.today)
    lines.append(_("Today {n}", n=len(found.today)) + today)
    lines.append(_("Next working day {n}", n=len(found.tomorrow)) + _by_regime(found.tomorrow))
    return _headed(_("Deadlines"), [line for line in lines if line])


def _late(frame: Frame, title: str, lines: Sequence[Line], shown: int) -> str:
    if not lines:
        return ""
    rows = []
    for line in lines[:shown]:
        case = _("No. {number}", number=line.appeal.id)
        days = days_late(frame, line)
        late = ngettext("{n} day", "{n} days", days) if days else _("today")
        free = "" if line.appeal.holder_id else ", " + _("nobody has taken it")
        rows.append(f"{case} {what(frame, line.appeal)}, {late}{free}")
    return title.format(n=len(lines)) + ": " + "; ".join(_and_more(rows, len(lines)))


def _by_regime(lines: Sequence[Line]) -> str:
    """«: бот 2, ПОС 1, 59-ФЗ 1 (№ 955)» where there is more than the bot's own."""
    words = {
        Regime.BOT: _("bot"),
        Regime.SOCIAL: _("social networks"),
        Regime.POS: _("POS"),
        Regime.LAW59: _("59-FZ"),
        Regime.AG: _("Active Citizen"),
        Regime.RECEPTION: _("reception"),
    }
    counts = Counter(line.appeal.regime for line in lines)
    if not counts.keys() - {Regime.BOT}:
        return ""
    parts = [f"{words[regime]} {counts[regime]}" for regime in Regime if counts[regime]]
    legal = [
        _("No. {number}", number=x.appeal.id) for x in lines if x.appeal.regime is Regime.LAW59
    ]
    text = ": " + ", ".join(parts)
    return f"{text} ({', '.join(_and_more(legal[:3], len(legal)))})" if legal else text


def topics(frame: Frame, found: DigestFacts) -> str:
    """The three most frequent of seven days."""
    rows = []
    for trend in found.topics:
        usual = trend.usual
        change = f" ({delta(trend.n, usual)})" if usual is not None and usual >= 1 else ""
        rows.append(f"{_topic(frame, trend)} {trend.n}{change}")
    return _headed(_("Topics of 7 days"), [" · ".join(rows)] if rows else [])


def quality(found: DigestFacts) -> str:
    """Answered, in time, marks, returned."""
    work = found.work
    if not (work.answered or work.marks or work.reopened or work.sent_back):
        return _headed(_("Quality"), [])
    parts = [_answered(work)]
    if work.mean is not None:
        mean = number(round(work.mean, 1))
        parts.append(
            ngettext("mark {mean} ({n} rating)", "mark {mean} ({n} ratings)", work.marks, mean=mean)
        )
    parts.append(_("returned by citizens {n}", n=work.reopened))
    lines = [" · ".join(parts)]
    if work.sent_back:
        lines.append(_("Sent back by checkers {n}", n=work.sent_back))
    return _headed(_("Quality"), lines)


def _answered(work: Work) -> str:
    if not work.answered:
        return _("Answered: none")
    return _(
        "Answered {n}, in time {in_time} ({share} %)",
        n=work.answered,
        in_time=work.in_time,
        share=round(work.in_time / work.answered * 100),
    )


def rating(frame: Frame, found: DigestFacts, shown: int) -> str:
    """This month, block by block."""
    busy = [(b, w) for b, w in found.by_block.items() if w.received or w.answered or w.due]
    rows = []
    for block, work in busy[:shown]:
        name = escape(frame.block(block))
        if few(work):
            rows.append(f"▫️ {name} — " + _("little data ({n})", n=work.due))
            continue
        row = name + " · " + _("in time {share} %", share=share(work))
        if work.mean is not None:
            row += " · " + _("mark {mean} ({n})", mean=number(round(work.mean, 1)), n=work.marks)
        rows.append(row)
    title = _("Rating for {month}", month=moments.month(found.month))
    return _headed(title, _and_more(rows, len(busy)))


def promised(frame: Frame, found: DigestFacts, shown: int) -> str:
    """What citizens were promised for today."""
    title = _("Promised for today")
    cases = [
        _("No. {number}", number=x.appeal.id) + " " + what(frame, x.appeal)
        for x in found.promised[:shown]
    ]
    if not cases:
        return _headed(title, [])
    rows = _and_more(cases, len(found.promised))
    return _headed(f"{title}: {len(found.promised)}", [" · ".join(rows)])


async def load(frame: Frame, found: DigestFacts, shown: int) -> str:
    """Open cases by executor, and what nobody holds."""
    held = sorted(((n, p) for p, n in found.load.items() if p is not None), reverse=True)
    rows = [f"{await frame.name(person)} {n}" for n, person in held[:shown]]
    rows = _and_more(rows, len(held))
    free = found.load.get(None, 0)
    if free:
        rows.append(_("nobody has taken {n}", n=free))
    return _headed(_("Workload"), [" · ".join(rows)] if rows else [])


def quiet_day(found: DigestFacts) -> str:
    """The whole digest of a day on which nothing burns."""
    work = found.work
    lines = [
        _("We are not waiting for anything from you."),
        _(
            "{came}. Overdue: none. Due today: {today}, on the next working day: {tomorrow}.",
            came=_came(found),
            today=len(found.today) or _("none"),
            tomorrow=len(found.tomorrow) or _("none"),
        ),
        _("Critical, errors, promises: nothing to remark."),
        _quiet_answers(work),
    ]
    return "\n".join(lines)


def _quiet_answers(work: Work) -> str:
    if not work.answered:
        return _("Answered: none")
    line = _("Answered {n}, all in time", n=work.answered)
    if work.in_time < work.answered:
        line = _answered(work)
    if not work.marks:
        return f"{line} · " + _("no marks")
    if work.marks < 5:
        return f"{line} · " + _("marks {n}: too few to judge", n=work.marks)
    mean = number(round(work.mean or 0, 1))
    return f"{line} · " + _("mark {mean} ({n})", mean=mean, n=work.marks)
