"""The one panel of the demo team that is plainly split: two interviewers heard the same answers and disagree."""

from dataclasses import dataclass

from panel.domain.scorecards import Recommendation


@dataclass(frozen=True)
class Told:
    level: int
    note: str


@dataclass(frozen=True)
class View:
    """One interviewer's side. `others` is the highest and lowest level given to the remaining questions."""

    answers: tuple[Told, Told]
    others: tuple[int, int]
    recommendation: Recommendation
    summary: str


ROLE = "Machine learning engineer"
CANDIDATE = -4  # place in the role's list, counted from the end: the last whose interviews are all over
ROUND = 0
QUESTIONS = ("gradient-boosting-and-random-forest", "unstable-training-and-learning-rate")
VIEWS: dict[str, View] = {
    "amara.okafor": View(
        answers=(
            Told(
                5,
                "Drew both side by side: many deep trees averaged, against many small corrections in a row, and said "
                "which part of the error each one lowers. Early stopping came without my asking. Uses “residual” "
                "loosely, but the drawing was right all the way, and I rate the idea, not the vocabulary.",
            ),
            Told(
                5,
                "Checked data, then numerics, then learning rate, cheapest first and one change at a time. "
                "Overshooting explained as a ball in a narrow valley. Had clearly been through this at work: told us "
                "what the loss curve looked like and which change mended it.",
            ),
        ),
        others=(4, 4),
        recommendation="strong_yes",
        summary="Thinks in pictures and in procedures, and both were right. The formal words can be learnt in a month.",
    ),
    "tomasz.zielinski": View(
        answers=(
            Told(
                2,
                "Asked twice what the next tree is fitted to. Both times “what is left over”; for anything but squared "
                "error there was no answer. Early stopping named, but not what is watched while it runs. Take away the "
                "drawing and the mechanism is missing.",
            ),
            Told(
                2,
                "Order of the checks sounded learnt by heart. What does the learning rate multiply? “The step.” "
                "What is the step made of? No answer. This person would debug training runs alone here, so for me that "
                "is a 2.",
            ),
        ),
        others=(2, 3),
        recommendation="strong_no",
        summary=(
            "Twice the explanation ended where the mechanism begins. The drawings are good and may have impressed "
            "others more than me; let us talk before we decide."
        ),
    ),
    "mei-ling.chen": View(
        answers=(
            Told(
                4,
                "Well drawn and right for squared error. The general case, following the gradient of the loss, came "
                "only with my hint. 4 and not 5 because of that hint.",
            ),
            Told(
                3,
                "A good routine for narrowing the fault down. Why a smaller rate helps stayed a picture until I asked, "
                "and then it was half an answer.",
            ),
        ),
        others=(3, 4),
        recommendation="yes",
        summary="Practical and quick to draw. Theory thin in places; I would hire and pair with somebody strong in it.",
    ),
}
