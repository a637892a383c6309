"""The three roles of the demo team, who sits where, and which questions of the bank each seat asks."""

from dataclasses import dataclass

from panel.demo.candidates import ANALYTICS_ENGINEERS, DATA_SCIENTISTS, MACHINE_LEARNING_ENGINEERS, Described
from panel.domain.plans import AssignmentState, Sitting
from panel.domain.roles import Role, RoleCompetency


def must(name: str) -> RoleCompetency:
    return RoleCompetency(name=name)


def nice(name: str) -> RoleCompetency:
    return RoleCompetency(name=name, need="nice")


@dataclass(frozen=True)
class Seat:
    """An interviewer, by the part of the email before the @, and the keys of the questions they ask."""

    who: str
    questions: tuple[str, ...]
    state: AssignmentState = "accepted"


@dataclass(frozen=True)
class DemoRound:
    name: str
    sitting: Sitting
    minutes: int
    seats: tuple[Seat, ...]
    opening: int = 5
    candidate: int = 10
    training: str = ""

    @property
    def room(self) -> int:
        return self.minutes - self.opening - self.candidate


@dataclass(frozen=True)
class DemoPlan:
    title: str
    rounds: tuple[DemoRound, ...]


@dataclass(frozen=True)
class DemoRole:
    role: Role
    manager: str
    plan: DemoPlan
    candidates: tuple[Described, ...]


MACHINE_LEARNING_ENGINEER = DemoRole(
    role=Role(
        name="Machine learning engineer",
        about="Builds, ships and looks after models that other teams rely on.",
        seniority="senior",
        competencies=(
            must("Technical depth"), must("Problem solving"), must("Practical experience"), must("Explanation"),
            nice("Honesty about limits"),
        ),
    ),
    manager="marta.kovacevic",
    candidates=MACHINE_LEARNING_ENGINEERS,
    plan=DemoPlan(
        "Machine learning engineer: standard plan",
        (
            DemoRound("Technical panel", "panel", 75, (
                Seat("amara.okafor", ("backpropagation", "l1-and-l2-regularisation")),
                Seat("tomasz.zielinski", ("gradient-boosting-and-random-forest",
                                          "unstable-training-and-learning-rate")),
                Seat("mei-ling.chen", ("dropout-and-batch-normalisation", "nine-times-out-of-ten",
                                       "bias-variance-for-a-product-manager")),
            )),
            DemoRound("Deep dives", "separate", 60, (
                Seat("ingrid.solberg", ("convolutional-neural-network", "self-attention", "random-forest",
                                        "cross-validation-basics", "three-kinds-of-learning")),
                Seat("hiroshi.tanabe", ("model-in-production", "too-good-to-be-true-leakage", "reproducibility",
                                        "distribution-shift-in-live-use", "feature-scaling")),
                Seat("tomasz.zielinski", ("fine-tuning-or-retrieval", "embeddings-for-similar-tickets",
                                          "vectorising-pairwise-distances", "hyperparameter-search-on-a-budget",
                                          "programming-languages")),
            )),
            DemoRound("Working together", "panel", 60, (
                Seat("rafael.quintero", ("hardest-fault-you-traced", "setting-priorities")),
                Seat("ingrid.solberg", ("admitting-a-mistake", "teaching-someone")),
                Seat("priya.raghunathan", ("saying-i-do-not-know", "handing-over-work")),
            )),
        ),
    ),
)  # fmt: skip

DATA_SCIENTIST = DemoRole(
    role=Role(
        name="Data scientist",
        about="Turns open questions of the business into studies, forecasts and experiments.",
        seniority="mid",
        competencies=(
            must("Data sense"), must("Problem solving"), must("Technical depth"), must("Explanation"),
            nice("Learning and curiosity"),
        ),
    ),
    manager="daniel.osei",
    candidates=DATA_SCIENTISTS,
    plan=DemoPlan(
        "Data scientist: standard plan",
        (
            DemoRound("Case panel", "panel", 75, (
                Seat("kofi.mensah", ("interest-in-machine-learning", "scoping-a-problem", "base-rate-of-an-alarm")),
                Seat("leila.haddad", ("first-hour-with-new-data", "handling-missing-data",
                                      "machine-learning-versus-programming")),
                Seat("mei-ling.chen", ("is-this-ab-test-significant", "choosing-a-metric-with-a-stakeholder")),
            ), training="Case interview"),
            DemoRound("Methods", "separate", 60, (
                Seat("amara.okafor", ("how-a-decision-tree-works", "random-forest", "k-nearest-neighbours",
                                      "principal-component-analysis", "logistic-regression-coefficients")),
                Seat("niamh.gallagher", ("probability-calibration", "imbalanced-classes-and-metrics",
                                         "when-plain-k-fold-is-wrong", "cross-validation-basics",
                                         "three-kinds-of-learning")),
                Seat("jonas.brandt", ("k-means-and-hierarchical-clustering", "read-a-small-decision-tree",
                                      "weighing-up-a-new-method", "bandit-or-ab-test",
                                      "bias-variance-for-a-product-manager")),
            )),
            DemoRound("Communication and growth", "panel", 60, (
                Seat("jonas.brandt", ("unwelcome-result", "staying-up-to-date")),
                Seat("sofia.ibanez", ("project-that-failed", "hard-feedback")),
                Seat("rafael.quintero", ("data-that-surprised-you", "pushing-back-on-a-metric")),
            )),
        ),
    ),
)  # fmt: skip

ANALYTICS_ENGINEER = DemoRole(
    role=Role(
        name="Analytics engineer",
        about="Owns the tables, definitions and reports that everybody else works with.",
        seniority="mid",
        competencies=(
            must("Data sense"), must("Practical experience"), must("Problem solving"), must("Explanation"),
            nice("Collaboration"),
        ),
    ),
    manager="marta.kovacevic",
    candidates=ANALYTICS_ENGINEERS,
    plan=DemoPlan(
        "Analytics engineer: standard plan",
        (
            DemoRound("Working session", "panel", 90, (
                Seat("hiroshi.tanabe", ("last-order-and-recent-spend-query", "data-analysis-and-visualisation",
                                        "when-not-to-use-machine-learning")),
                Seat("niamh.gallagher", ("first-hour-with-new-data", "explaining-a-model-to-a-non-expert",
                                         "technical-disagreement")),
                Seat("leila.haddad", ("ambiguous-requirement", "labelling-data", "reproducibility",
                                      "base-rate-of-an-alarm")),
            )),
            DemoRound("One to one", "separate", 60, (
                Seat("sofia.ibanez", ("handling-missing-data", "is-this-ab-test-significant", "feature-scaling",
                                      "read-a-small-decision-tree", "high-cardinality-categories")),
                Seat("priya.raghunathan", ("project-end-to-end", "programming-languages", "handing-over-work",
                                           "deadline-trade-off", "setting-priorities")),
                Seat("kofi.mensah", ("work-across-teams", "helping-a-colleague", "working-with-domain-experts",
                                     "unwelcome-result", "baseline-first", "machine-learning-versus-programming")),
            )),
        ),
    ),
)  # fmt: skip

ROLES = (MACHINE_LEARNING_ENGINEER, DATA_SCIENTIST, ANALYTICS_ENGINEER)

# Not published: a proposal waits for the manager, and an interviewer has still to choose.
DRAFT = DemoPlan(
    "Data scientist: one-day version",
    (
        DemoRound("Case panel", "panel", 60, (
            Seat("mei-ling.chen", ("scoping-a-problem", "handling-missing-data")),
            Seat("kofi.mensah", ("when-not-to-use-machine-learning", "imbalanced-classes-and-metrics"), "proposed"),
            Seat("niamh.gallagher", (), "open"),
        )),
        DemoRound("Conversation", "separate", 45, (
            Seat("sofia.ibanez", ("project-that-failed", "staying-up-to-date", "data-that-surprised-you")),
        )),
    ),
)  # fmt: skip
DRAFT_OF = DATA_SCIENTIST
