"""Made-up questions that look like a real bank: the same for the same seed, as many as one wants."""

import random
from collections.abc import Iterator
from itertools import accumulate

from panel.domain.questions import DIFFICULTIES, BankQuestion, Category, Question

ANSWER_WORDS = 150
COMPETENCIES = (
    "Technical depth",
    "Data sense",
    "Engineering practice",
    "Experiment design",
    "Communication",
    "Teamwork",
)
CATEGORIES = ("General", "Technical", "Algorithms and models", "Behavioral", "Databases", "Languages", "Operations")


def _listed(text: str, separator: str = "|") -> list[str]:
    return [each.strip() for each in text.replace("\n", " ").split(separator) if each.strip()]


SUBJECTS = _listed("""
overfitting | L1 regularization | L2 regularisation | k-means | k-nearest neighbours | gradient boosting |
random forests | logistic regression | naive Bayes | principal component analysis | cross-validation |
the bias-variance trade-off | batch normalisation | dropout | attention | embeddings | a transformer | an LSTM |
backpropagation | the learning rate | class imbalance | precision and recall | the ROC curve | calibration |
data leakage | missing data | feature scaling | hyperparameters | early stopping | A/B tests | p-values |
confidence intervals | Bayes' theorem | the central limit theorem | SQL joins | window functions | database indexes |
normal forms | transactions | deadlocks | sharding | replication | caching | a hash table | a binary search tree |
a heap | dynamic programming | recursion | big O notation | garbage collection | threads and processes |
the Python GIL | generators | decorators | a list | a tuple | type hints | C++ templates | Rust lifetimes |
Go channels | Java streams | REST | GraphQL | HTTP/2 | TCP | UDP | TLS | OAuth | load balancing | message queues |
idempotency | rate limiting | containers | Kubernetes | continuous integration | feature flags | code review |
technical debt | monitoring | on-call duty | incident reviews | a missed deadline | a disagreement | feedback |
mentoring | priorities | an unclear task
""")
PLACES = _listed("""
in a small team | for a product manager | in production | on a phone | with ten million rows | under time pressure |
in a bank | in a hospital | for a beginner | in a new project | with little data | in a distributed system |
when it fails | before a release | after an incident | on one machine | in an interview | in a code review
""")
ASKING = _listed("""
What is {0}? | How does {0} work? | Explain {0} {2}. | What is the difference between {0} and {1}? |
When would you not use {0} {2}? | How would you test {0} {2}? | Tell me about {0} {2}. | Compare {0} with {1} {2}. |
What goes wrong with {0} {2}? | How do you measure {0}, and what has {1} to do with it? |
Can you describe {0} to somebody who knows {1}? | Why does {0} matter {2}? | What would you do first about {0} {2}?
""")
SYLLABLES = _listed(
    """
an ar at bal ber bi cal ci com con cor da de den der di el en er es ex fi for ga gen gra im in ing ion is ker la lar
le lo ly ma men mi mod na nal ne ni nor or pa par per pla po pre pro ra re res ri ro sam se sig sta ta tar te ten
ter ti tic tion to tra un va ver vi
""",
    " ",
)


def vocabulary(chance: random.Random, size: int = 12_000) -> list[str]:
    """Pronounceable words, common ones first."""
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(words)


def believable_questions(count: int, *, seed: int = 7) -> Iterator[BankQuestion]:
    """Questions with answers of about 150 words, in which few words are common and most are rare, as in speech."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
    categories = [
        Category(key=name.lower().replace(" ", "-"), name=name, order=place)
        for place, name in enumerate(CATEGORIES, start=1)
    ]
    for number in range(count):
        one, other = chance.sample(SUBJECTS, 2)
        prompt = chance.choice(ASKING).format(one, other, chance.choice(PLACES))
        rest = chance.choices(words, cum_weights=weights, k=ANSWER_WORDS - 10)
        sentences = [" ".join(rest[place : place + 14]).capitalize() + "." for place in range(0, len(rest), 14)]
        question = Question(
            key=f"q-{number}",
            prompt=prompt[0].upper() + prompt[1:],
            answer=f"**Core idea.** {one} is told apart from {other} by an example. " + " ".join(sentences),
            probes=(f"What if {chance.choice(SUBJECTS)} changes?", "Why?"),
            strong=("Gives a reason.",),
            weak=("Gives a slogan.",),
            competency=chance.choice(COMPETENCIES),
            difficulty=chance.choice(DIFFICULTIES),
            minutes=chance.choice((3, 5, 5, 8, 10, 15)),
            tags=tuple(dict.fromkeys(chance.choices(words[:400], k=3))),
        )
        yield BankQuestion(question=question, category=chance.choice(categories), version=1)
