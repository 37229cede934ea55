"""The words of the training room, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.i18n import _
from bot.town.training.results import Result
from services.training import Lesson

WORDS: dict[str, Callable[[], str]] = {
    "title": lambda: _("Training"),
    "lead": lambda: _(
        "Six practice cases: take, ask, answer, return, an emergency, a mass problem. About 20 "
        "minutes; you may stop after any of them."
    ),
    "no_score": lambda: _(
        "The town is made up and is forgotten when it closes: nothing here counts in a score. What "
        "is kept is the result, by first name."
    ),
    "who": lambda: _("Who is learning?"),
    "name": lambda: _("First name"),
    "enter": lambda: _("Come in"),
    "entering": lambda: _("The administrator lets you in…"),
    "known": lambda: _("Go on"),
    "coach": lambda: _("The coach"),
    "window": lambda: _("Your messenger"),
    "all": lambda: _("Who is learning"),
    "to_do": lambda: _("What to do"),
    "went_well": lambda: _("What was good"),
    "could_be": lambda: _("What could be better"),
    "done": lambda: _("done"),
    "open": lambda: _("not yet"),
    "begin": lambda: _("Begin"),
    "next": lambda: _("Next"),
    "again": lambda: _("Once more"),
    "opening": lambda: _("A citizen is writing: a few seconds."),
    "failed": lambda: _("This case did not come together. Begin it once more."),
    "not_kept": lambda: _("The result could not be written:"),
    "finished": lambda: _("All six are done. Any of them can be repeated."),
    "lessons": lambda: _("The six cases"),
    "welcome": lambda: _(
        "On this page is your messenger, in it the chat of the housing block. Cards come there; "
        "you work them as you would on the job."
    ),
}

TITLES: dict[Lesson, Callable[[], str]] = {
    Lesson.TAKE: lambda: _("Take a card"),
    Lesson.ASK: lambda: _("Ask the citizen"),
    Lesson.ANSWER: lambda: _("Answer to the point"),
    Lesson.RETURN: lambda: _("Return what is not yours"),
    Lesson.EMERGENCY: lambda: _("Accept an emergency"),
    Lesson.PROBLEM: lambda: _("Answer everybody at once"),
}

CHECKS: dict[str, tuple[Callable[[], str], Callable[[], str], Callable[[], str]]] = {
    "taken": (
        lambda: _("Take the card"),
        lambda: _("The card is yours: the citizen reads that it is being worked on"),
        lambda: _("Nobody took the card"),
    ),
    "accepted": (
        lambda: _("Accept the emergency"),
        lambda: _("The emergency was accepted, the citizen was told at once"),
        lambda: _("Nobody accepted the emergency"),
    ),
    "in_time": (
        lambda: _("Be in time"),
        lambda: _("In time"),
        lambda: _("The time was over: take the card first, the answer can wait"),
    ),
    "asked": (
        lambda: _("Ask for the address"),
        lambda: _("You asked instead of guessing"),
        lambda: _("There was no question: somebody would have driven at random"),
    ),
    "waited": (
        lambda: _("Wait for the citizen's answer"),
        lambda: _("You waited for the answer; the clock stood still meanwhile"),
        lambda: _("The question was taken back: the address is still unknown"),
    ),
    "no_guess": (
        lambda: _("No answer before the address is known"),
        lambda: _("Nothing was answered at random"),
        lambda: _("An answer left without the address"),
    ),
    "facts": (
        lambda: _("Say what was done and what came of it"),
        lambda: _("One sees what was done"),
        lambda: _("One doesn't see what was done"),
    ),
    "date": (
        lambda: _("Name the day"),
        lambda: _("The day is named"),
        lambda: _("No day: when was it done, or when will it be?"),
    ),
    "photo": (
        lambda: _("Send a photo «after»"),
        lambda: _("The photo «after» is there"),
        lambda: _("Without a photo «after» it can't be «Solved»"),
    ),
    "private": (
        lambda: _("No phone numbers, no documents"),
        lambda: _("No personal data shows"),
        lambda: _("Personal data showed: the bot does not send that"),
    ),
    "plain": (
        lambda: _("Plain words"),
        lambda: _("Plainly written"),
        lambda: _("Hard to read"),
    ),
    "passed": (
        lambda: _("Get past the checker"),
        lambda: _("The checker let it pass at once"),
        lambda: _("The checker sent the answer back"),
    ),
    "returned": (
        lambda: _("Return the case"),
        lambda: _("You returned it: the case did not lie with the wrong people"),
        lambda: _("It was not returned: somebody else's case stayed with you"),
    ),
    "reason": (
        lambda: _("Name the reason"),
        lambda: _("The reason is right"),
        lambda: _("Another reason: the territory is ours, the question is not"),
    ),
    "block": (
        lambda: _("Name whose it is"),
        lambda: _("The right block is named"),
        lambda: _("Another block: a hole in the road is for roads or improvement"),
    ),
    "spared": (
        lambda: _("Leave the citizen in peace"),
        lambda: _("The citizen was not troubled"),
        lambda: _("The citizen was written to about a case that is not yours"),
    ),
    "news": (
        lambda: _("Tell everybody the news"),
        lambda: _("The news reached everybody before the answer"),
        lambda: _("There was no news: people waited in silence"),
    ),
    "everybody": (
        lambda: _("Answer every author"),
        lambda: _("Every author has the answer"),
        lambda: _("Not every author was answered"),
    ),
}
"""What to do, what was good, what could be better."""


def refusal(error: Exception) -> str:
    """Why the coach can't do it."""
    if error.args == ("first_name",):
        return _("A first name only, in letters: «Anna».")
    return _("This did not work. Try once more.")


def progress(results: Mapping[Lesson, Result]) -> str:
    """«3 of 6»."""
    return _("{done} of {total}", done=len(results), total=len(Lesson))
