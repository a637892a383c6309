"""What interviewers jot down besides the signs of one question: remarks by competency and level, and small talk.

The remarks are the anchors of the program's own rubrics in an interviewer's words. Other rubrics do without them.
"""

from panel.domain.scorecards import Reason


def _each(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|"))


REMARKS: dict[str, dict[int, tuple[str, ...]]] = {
    "Technical depth": {
        1: _each(
            """Terms used without their meaning | Right vocabulary, wrong account of it | Could not say what the
            main term does | Two attempts, neither described the mechanism | Nothing left once the definition
            was questioned | Mixed up with a neighbouring topic"""
        ),
        2: _each(
            """Definition fine, mechanism missing | Knows what it is for, not how it works | Central step left out
            | Repeated the definition when asked how | Purpose clear, inner workings not | Stayed at the level
            of a summary | Stopped where the mechanism begins"""
        ),
        3: _each(
            """Usual case correct and in order | No idea when it would break | Steps right, limits not known |
            Standard account, nothing beyond it | Mechanism all right; silent on failure cases | Good for the
            everyday case | Sound, but never asked itself why | Textbook order, no edge cases"""
        ),
        4: _each(
            """Gave reasons for the steps, not only the steps | One real failure case, well described | Knew an
            alternative but not what it costs | Why as well as how | Failure case came without asking | Solid
            below the surface | Only the price of the alternative was missing"""
        ),
        5: _each(
            """Weighed it against an alternative, with costs on both sides | Said how one would notice the failure
            | As deep as I could follow with questions | Why, when it fails and what else one could do | Costs
            compared without prompting | Would trust this explanation in a design review"""
        ),
    },
    "Problem solving": {
        1: _each(
            """Tool first, goal never stated | Kept to the plan when the facts changed | No goal in the answer |
            Solution named before the problem was clear | New constraint ignored | Started building at once"""
        ),
        2: _each(
            """Several options, no choice | List of methods without a reason | Goal stated, then a catalogue |
            Asked which one, got the list again | No reason tied to this case | Possible steps but no order"""
        ),
        3: _each(
            """Sensible order and one reason from the case | Check on the result only after I asked | Good plan, no
            way of telling whether it worked | Chose and gave a reason | Steps in order, assumptions unspoken |
            Decent route, no alternative considered | Reasoned choice; success not defined"""
        ),
        4: _each(
            """Assumptions said aloud | Compared with one alternative | Own check built into the plan | Said how to
            tell whether it worked | Clear plan with its assumptions | Measured the plan against another route |
            Did not say what would change the plan"""
        ),
        5: _each(
            """Tested the weakest assumption first | Named the finding that would change the plan | Revised the
            plan when I added a constraint | Costs and risks compared before choosing | Changed course for a
            good reason | Plan with a stopping point"""
        ),
    },
    "Practical experience": {
        1: _each(
            """General talk, no case | Asked twice for own work, none named | What people usually do, not what was
            done | No detail that could be checked | Example stayed hypothetical | Could not place it in a real
            project"""
        ),
        2: _each(
            """Real project, own part unclear | A lot of we | Tools listed where actions were asked for | Purpose
            of the work clear, contribution not | Own share never became visible | Team did it; who did what is
            open"""
        ),
        3: _each(
            """Own steps in order | Outcome without a figure | Did the work, cannot say how well it went | Credible
            account, no result to compare | Hands-on, result left vague | Good detail on the work, none on the
            effect"""
        ),
        4: _each(
            """Measured result and one setback | Noticed the fault and dealt with it | Result with a comparison |
            Real experience, told with the awkward parts | Setback told without being asked | Knew what went
            wrong and how it showed"""
        ),
        5: _each(
            """Rejected options named | Followed it after delivery | Does one thing differently since, and said
            what | Decisions linked to later effects | Clearly lived with the consequences | Knew what happened
            after release"""
        ),
    },
    "Data sense": {
        1: _each(
            """Numbers taken as given | Never asked where the data came from | Straight to a model | Did not ask
            what a row stands for | Figure accepted without a question | Origin of the data not mentioned"""
        ),
        2: _each(
            """Check the data, but no check named | Cleaning mentioned, no specific fault | Knows that care is
            needed, not where | Asked what to look for: general answer | Quality as a word only | No single
            check I could run"""
        ),
        3: _each(
            """Two sensible checks, no consequence | Checks named, decision missing | Knew what to look for, not
            what it would change | Right suspicions, no next step | Good list of faults; what follows stayed
            open | Would find the problem and then stop"""
        ),
        4: _each(
            """Asked how the figure arose | Fault tied to its origin | Said which decision the finding would change
            | One way it misleads here, with a check | Thought about who recorded it | Detection clear, size of
            the effect not"""
        ),
        5: _each(
            """Measured how much harm the fault does | Chose a remedy and said what it leaves open | From cause to
            size to remedy | Size of the effect before the repair | Named the cost of the repair | Distrust in
            the right place"""
        ),
    },
    "Explanation": {
        1: _each(
            """Could not repeat a main point afterwards | Near the topic, question not answered | No thread to
            follow | Listener left without an answer | Several openings, no conclusion | I still did not know
            the point at the end"""
        ),
        2: _each(
            """Right points in unexplained terms | Asked for plainer words, got the same ones | Jargon throughout |
            Would lose anybody from another field | Terms stacked on terms | Correct, but only for insiders"""
        ),
        3: _each(
            """Clear once I asked for an example | Order easy to follow | Plain words on request | Main point
            understandable, example late | Good order, terms explained only when asked | Followed it with a
            little help"""
        ),
        4: _each(
            """Point first, then an example | Terms explained as they came up | Fitting example without asking |
            Easy to follow | Did not check whether I had understood | Clear for somebody new to it"""
        ),
        5: _each(
            """Checked what I had understood | Said where the comparison stops being true | Fitted the wording to
            the listener | Asked me to say it back | Simplified and said so | I could explain it to somebody
            else now"""
        ),
    },
    "Learning and curiosity": {
        1: _each(
            """Interest claimed, no instance | Asked for a source, none came | Nothing named that was learnt |
            Topic matters, no more than that | No example after some time to think | Enthusiasm only in general
            terms"""
        ),
        2: _each(
            """Source named, content not | Title of a course and little else | Could not say what came of it |
            General phrase where a lesson was asked for | Feedback mentioned, content vague | Remembered the
            name, not the idea"""
        ),
        3: _each(
            """One thing learnt, in own words | Knew where it came from; never tried it | Retold it well, no use so
            far | Understood it, did nothing with it yet | Lesson clear, practice missing | Good account of one
            source"""
        ),
        4: _each(
            """Tried it and reported the result | Result differed from what was expected, and said so | Put to a
            test | Used it in real work | Reported what did not work either | Small trial with an outcome"""
        ),
        5: _each(
            """Compared it with other evidence | Said where it does not hold | Changed a habit because of it | Own
            trial against the claim | Lasting change in how the work is done | Questioned the source before
            using it"""
        ),
    },
    "Collaboration": {
        1: _each(
            """Told from one side | Others appear only as an obstacle | No view but the own one | Asked what the
            others thought: nothing | Outcome put down to other people | Nobody else in the story"""
        ),
        2: _each(
            """We talked, but no content | Others consulted, what they wanted is unclear | Nothing specific from
            the other side | Meetings mentioned, not what was said | Could not give the other reasons | Named
            people, no positions"""
        ),
        3: _each(
            """Both views fair | One step towards the others | No agreement I could name | Other side well put,
            result open | Understood the other view; outcome missing | A good step, nothing on what followed"""
        ),
        4: _each(
            """Asked for reasons, then adjusted the plan | Agreement and what followed from it | Brought evidence
            instead of opinion | Clear what was agreed | Plan changed because of the others | Own share in the
            trouble not mentioned"""
        ),
        5: _each(
            """Own share named | Way of working changed afterwards | Arrangement outlasted the case | Result,
            agreement and own mistake | Something was set up that still works | Generous to the other side
            without prompting"""
        ),
    },
    "Honesty about limits": {
        1: _each(
            """Wrong statement held to when questioned | Changed the subject at the gap | Invented rather than
            admitted | Stated as fact what could not be known | Gap covered up | Confident where it was plainly
            a guess"""
        ),
        2: _each(
            """Guess in the tone of fact | Admitted it only under pressure | Doubt came after the third question |
            Vague until pressed | Uncertain, but did not say so first | Needed pushing to name the gap"""
        ),
        3: _each(
            """Said plainly what was not known, no next step | I do not know, and that was it | Open about it;
            would look it up | Honest, without a way forward | Gap named unasked, no plan | More careful in
            future, nothing more concrete"""
        ),
        4: _each(
            """Known and unknown kept apart | Named one way to find out | Said so at once and knew the next step |
            Open about the gap, with a check | Concrete way to put it right | Size of the doubt not discussed"""
        ),
        5: _each(
            """Known, likely and unknown kept apart | Said what follows if the guess is wrong | First check and
            first person to tell | Doubt with a size | Order of checks made sense | Most careful about the
            shakiest part"""
        ),
    },
}

OPENINGS: dict[str, tuple[str, ...]] = {
    "high": _each(
        """Straight to the point | Quick and calm | Hardly needed me | Good structure from the start | Thought
        first, then answered well | Used the board | Built it up from an example | Answered and then added the
        caveat"""
    ),
    "middle": _each(
        """Slow start, then fine | Needed a nudge | Fair answer | Long way round, got there | Rephrased the
        question once, then all right | Began in general terms | Better in the second half | Decent first pass"""
    ),
    "low": _each(
        """Hard going | Asked me to repeat the question | Short answer | Several attempts | Moved away from the
        question twice | Long answer, little in it | I offered a smaller example; it did not help | Lost the
        thread early"""
    ),
}

PROBED: dict[str, tuple[str, ...]] = {
    "high": _each(
        """{probe}: answered at once, with a reason | {probe}: good, went further than I had asked | {probe}: clear
        | {probe}: no hesitation | {probe}: had an example ready | {probe}: yes, and saw the catch | Asked
        {quote} and got a straight answer | On {quote}: convincing | On {quote}: gave two sides and chose one"""
    ),
    "middle": _each(
        """{probe}: partly | {probe}: got there with a hint | {probe}: right direction, no detail | {probe}:
        correct after some thought | {probe}: half an answer | {probe}: fine in principle | Asked {quote};
        needed a hint | On {quote}: only the obvious part | On {quote}: plausible, not more"""
    ),
    "low": _each(
        """{probe}: no answer | {probe}: went back to the first answer | {probe}: guessed | {probe}: did not
        connect it with the question | {probe}: changed the subject | {probe}: nothing usable | Asked {quote};
        nothing came | On {quote}: stuck | On {quote}: repeated the earlier point"""
    ),
}

ORDINALS = _each(
    """First probe | Second probe | Third probe | Fourth probe | Fifth probe | Sixth probe | Seventh probe
    | Eighth probe"""
)

NOT_ASKED: dict[Reason, tuple[str, ...]] = {
    "time": _each(
        """Ran out of time | Time was up | No time left after the long first question | Left out: we started ten
        minutes late | Dropped in favour of the candidate's own questions | Not reached | The discussion before it
        was worth the time | Candidate had to leave five minutes early | Left for the next round | Overran on the
        one before"""
    ),
    "covered": _each(
        """Skipped, the previous answer had covered most of it | Came up by itself two questions earlier | Answered
        along with the first one | The example before it told us this already"""
    ),
    "not_fitting": _each(
        """We agreed in the room to leave this one out | Has only worked where this never comes up | Asked about
        tools that were never used there | Would have been a guess, not an answer"""
    ),
}
COULD_NOT_ASSESS = _each(
    """Connection dropped in the middle of this answer | Was called out of the room for a few minutes and missed
    most of it | My question was unclear and we talked about something else | Answer cut short when we overran |
    Sound was bad, caught about half | Candidate cannot talk about this project for reasons of confidentiality |
    Knew this exact example from a talk; says little either way | Had to deal with the shared screen, did not
    listen properly"""
)

SUMMARIES: dict[str, tuple[str, ...]] = {
    "strong_yes": _each(
        """Would like to work with this person. {Best} stood out. | Clear hire for me. Best part: {best}. Least
        strong: {worst}, still good. | Strong throughout, {best} most of all. | One of the better interviews of
        this round. {Best} well above what we need. | Yes without reservations; {worst} was the only part that
        needed prompting. | Ready to take on the work. {Best} convinced me early. | No doubts from my side. I
        would still ask a little more about {worst}."""
    ),
    "yes": _each(
        """Good on {best}; {worst} can be learnt on the job. | Yes. {Best} carried it, {worst} was average. |
        Solid. Some gaps in {worst}, none that worry me. | Would hire. Would want a closer look at {worst}
        first. | More good than weak. {Best} clearly fine. | Leaning yes. Strong on {best}, needed help on
        {worst}. | Enough for the role; {worst} needs support in the first months. | Positive. Evidence on
        {worst} is a little thin."""
    ),
    "no": _each(
        """Close, but {worst} is below what we need now. | Not yet. {Best} was fine, {worst} was not. | Leaning no:
        too many answers stopped at the surface, above all on {worst}. | Some good moments; {worst} did not
        reach the bar. | No for this role. {Best} may fit elsewhere. | Needed a hint on most questions. Best on
        {best}. | Good signs in {best}, but the gap in {worst} is large. | Below the bar on {worst}; average
        otherwise."""
    ),
    "strong_no": _each(
        """No. {Worst} far below what the role needs. | Very little I could rate higher. {Best} was the best of it.
        | Most answers stayed general, also after the probes. | Not for this role. Gaps in {worst} and beyond. |
        Clear no on the evidence; {worst} weakest. | Could not find a question that went well apart from some of
        {best}."""
    ),
}
# For a sitting that asks about one competency only.
SUMMARIES_OF_ONE: dict[str, tuple[str, ...]] = {
    "strong_yes": _each(
        """As strong on {best} as I have heard this month. | My part was {best} only: no doubts there.
        | {Best}: yes, clearly. The others have to judge the rest. | Went deeper on {best} than I had planned to.
        | Hard to fault. {Best} is covered. | Would let this person teach {best} here."""
    ),
    "yes": _each(
        """Good enough on {best} for what we need. | Yes, on {best} alone. | {Best} solid, with gaps at the edges.
        | The usual cases are safe, the unusual ones can be learnt. | {Best}: good on balance.
        | Fine on {best}, no more and no less. | Needed a hint here and there and used it well.
        | Positive on {best}, not by a wide margin."""
    ),
    "no": _each(
        """Not quite there on {best}. | {Best} stays at the surface too often for this role. | Too many hints needed.
        | Knows the words; {best} is more than that. | No, though not by much.
        | A fair answer here and there, most below the bar. | I only asked about {best}; on that, no."""
    ),
    "strong_no": _each(
        """{Best} is far from what the role needs. | Hardly an answer went below the definition.
        | Clear no on {best}; nothing else was asked. | The probes led nowhere.
        | Very little to build on as far as {best} goes."""
    ),
}
