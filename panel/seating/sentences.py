"""A proposal in words. `names` gives the name of every candidate and person by id."""

from collections.abc import Iterable, Mapping

from panel.seating.report import Apart, Links, Proposal, Short

Names = Mapping[str, str]
MOST_NAMED = 6


def short_in_words(each: Short, names: Names, *, least: int) -> str:
    """Why a candidate has fewer seats than wanted, and what would help."""
    name = names[each.candidate]
    why = " and ".join(_reasons(each)) or f"only {_people(each.people)} can take a seat"
    wanted = least if each.got == 0 else each.wanted
    if each.able < wanted:
        needed = f"a panel of {wanted} needs {_more(wanted - each.able)} without a conflict who is there"
    else:
        needed = "everybody else has as many interviews as they may get; raise a limit or choose more people"
    start = f"{name} cannot be seated" if each.got == 0 else f"{name} has a panel of {each.got}, not {each.wanted}"
    return f"{start}: {why}; {needed}."


def links_in_words(links: Links, names: Names, *, chosen: int) -> list[str]:
    """Whether everybody can be compared, the weakest link, and who cannot be compared yet with what mends it.

    `chosen`: how many people may rate."""
    if chosen < 2:
        return ["One person alone is compared with nobody. Choose at least two."]
    if links.apart:
        sentences = [apart_in_words(each, names) for each in links.apart[:MOST_NAMED]]
        if (more := len(links.apart) - MOST_NAMED) > 0:
            sentences.append(f"{more} more cannot be compared yet.")
        if links.impossible:
            sentences.append(
                "No panels with loads as even link everybody: choose larger panels, more candidates or fewer people."
            )
        return sentences
    sentences = ["Everybody can be compared with everybody, directly or through others."]
    if links.weakest:
        one, other = _some(links.weakest.one, names), _some(links.weakest.other, names)
        if len(links.weakest.other) > MOST_NAMED:
            other = "the others"
        end = ", as many as loads like these allow" if links.weakest.unbeatable else ""
        sentences.append(f"The weakest link: {one} and {other} share {_candidates(links.weakest.shared)}{end}.")
    if links.holding:
        verb = "is" if len(links.holding) == 1 else "are each"
        sentences.append(
            f"{_some(links.holding, names)} {verb} all that links some of the others; should an interview of theirs be "
            "cancelled, these could not be compared."
        )
    return sentences


def apart_in_words(each: Apart, names: Names) -> str:
    who = _some(each.people, names)
    if each.partner is None:
        return f"{who} can’t be compared: there is no candidate whom they and one of the others may both meet."
    panel = "one panel" if len(each.people) == 1 else f"one panel of {names[each.person]}"
    others = "" if len(each.people) == 1 else " with the others"
    return f"{who} can’t be compared{others} yet; {panel} with {names[each.partner]} mends it."


def loads_in_words(proposal: Proposal) -> str:
    totals = [each.before + each.new for each in proposal.loads]
    if not totals:
        return ""
    low, high = min(totals), max(totals)
    if low == high:
        return f"Everybody has {_interviews(low)}."
    return f"Everybody has between {low} and {_interviews(high)}; no panels with these limits are more even."


def _reasons(each: Short) -> Iterable[str]:
    if each.conflicts:
        yield f"{each.conflicts} of {_people(each.people)} {_have(each.conflicts)} a conflict of interest"
    if each.away:
        yield f"{each.away} {'is' if each.away == 1 else 'are'} away or busy then"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _more(number: int) -> str:
    return "one more person" if number == 1 else f"{number} more people"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _candidates(number: int) -> str:
    return "1 candidate" if number == 1 else f"{number} candidates"


def _interviews(number: int) -> str:
    return "1 interview" if number == 1 else f"{number} interviews"


def _some(people: tuple[str, ...], names: Names) -> str:
    shown = [names[each] for each in people[:MOST_NAMED]]
    if len(people) > MOST_NAMED:
        shown.append(f"{len(people) - MOST_NAMED} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
