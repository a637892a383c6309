"""The best set of questions for all interviewers of a plan at once, by mixed-integer programming.

spec.py        what is asked for: items, interviewers, competencies, wishes; plain numbers, no hiring and no storage
answer.py      what comes back: who asks what, how good that is proven to be, what binds, what to relax
checks.py      a spec that cannot be meant, refused with the place that is wrong
rules.py       every bound of a spec as one Rule, and what an assignment makes of it
lots.py        questions that are alike taken together, those that cannot be needed left out; seats
columns.py     the variables; rows.py the rules as rows of a matrix
solving.py     HiGHS through scipy.optimize.milp; steps.py a large model in steps that each may prove enough
improving.py   a set made better for two seats at a time; lifting.py the worst-off raised so
clock.py       what is left of the time
choosing.py    the two objectives
relaxing.py    the fewest constraints to relax, and by how much
wording.py     rules as sentences
assembling.py  the way in

docs/assembly.md gives the formulas.
"""

from panel.assembly.answer import Answer, Binding, Relaxation
from panel.assembly.assembling import assemble
from panel.assembly.checks import SpecError
from panel.assembly.spec import ANY, CompetencySpec, InterviewerSpec, Item, Range, Spec

__all__ = [
    "ANY",
    "Answer",
    "Binding",
    "CompetencySpec",
    "InterviewerSpec",
    "Item",
    "Range",
    "Relaxation",
    "Spec",
    "SpecError",
    "assemble",
]
