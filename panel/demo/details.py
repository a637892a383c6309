"""Particulars that an interviewer writes down beside the signs of a question: of good answers and of poor ones.

By key of the question; a question without particulars does without. Each holds for one candidate of several.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Details:
    good: tuple[str, ...]
    poor: tuple[str, ...]


NONE = Details((), ())


def _of(good: str, poor: str) -> Details:
    return Details(tuple(_each(good)), tuple(_each(poor)))


def _each(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


DETAILS: dict[str, Details] = {
    "backpropagation": _of(
        """two-layer net on the board, deltas written from the output backwards | stored activations named as the
        price | softmax with cross-entropy: p minus y, knew why that is handy | sigmoid slope at most a quarter,
        so early layers starve | optimiser treated as a separate box""",
        """error "travels back", nothing on what is multiplied | chain rule only after I had said the words |
        gradient and update mixed until the end""",
    ),
    "l1-and-l2-regularisation": _of(
        """diamond and circle drawn, then said why the corners matter | constant pull against a pull that fades |
        correlated features: L1 keeps one of them, which one can change | elastic net as the way out | scaled
        first, penalty by validation""",
        """"L1 is for feature selection", no reason | squares and absolute values, and there it ended | penalty
        only ever a good thing""",
    ),
    "gradient-boosting-and-random-forest": _of(
        """forest cuts variance, boosting works on bias as well | next tree fits the gradient of the loss | few
        settings to tune in the forest as an argument | noisy labels as a reason for the forest | early stopping
        on a validation part""",
        """"boosting wins competitions" | next tree: "the mistakes", no further | trees counted by habit, 500
        always""",
    ),
    "unstable-training-and-learning-rate": _of(
        """first a batch it should be able to overfit | looked for a log of zero and for missing inputs | clipping
        as a bandage, said so | halved the rate to see whether the jumps go | warm-up mentioned with a reason""",
        """lower the rate, full stop | new architecture as second step | NaN put down to "bad luck with the seed" """,
    ),
    "dropout-and-batch-normalisation": _of(
        """running averages at prediction time | units rescaled so that the expected sum stays the same | own bug:
        eval mode forgotten, results changed with the batch | batch of two on a large image, so group
        normalisation | both modes for both methods in a small table""",
        """both "against overfitting" | dropout also live in production, thought this was fine | batch norm taken
        for scaling the inputs""",
    ),
    "nine-times-out-of-ten": _of(
        """about 86 to 94, worked out aloud | asked which sites the 200 came from | offered a trial of a few
        hundred cases at the new site | range first, then what it leaves out | said how the 200 had been chosen
        matters more than the sum""",
        """agreed with the manager | formula written down, no reading of it | "it depends" and no number""",
    ),
    "bias-variance-for-a-product-manager": _of(
        """darts board, then asked me which board I would pay for | ended with "buy data or better inputs?" |
        recruiting example: too simple a rule against learning the last ten applicants by heart | told me which
        of my decisions it changes | bias in the everyday sense put aside first""",
        """formula for somebody who had asked for plain words | overfitting explained with overfitting | nothing I
        could do on Monday""",
    ),
    "convolutional-neural-network": _of(
        """counted parameters of a 3 x 3 layer with channels and bias | shared weights: same edge, any place |
        moved cat, moved map | pretrained backbone for a few hundred pictures""",
        """conv, pool, conv, pool, and no filter | filters "designed for edges" | channels left out of the count""",
    ),
    "self-attention": _of(
        """query asks, key answers, value is what is handed on | root of d so that the softmax does not saturate |
        twice the text, four times the table | order has to be put in by position""",
        """"looks at the important words" | heat map taken as the reason for the output | cost for long texts
        unknown""",
    ),
    "random-forest": _of(
        """bootstrap rows and a random part of the columns at each split | a third of the rows left out, free test
        | repeated customers make out-of-bag too hopeful | less correlation, more to gain from averaging""",
        """"many trees vote" | second tree repairs the first, so boosting | more trees, more overfitting""",
    ),
    "cross-validation-basics": _of(
        """imputer and scaler inside the fold | refit on everything, fold models thrown away | spread over folds
        read with care | final test kept apart""",
        """best fold goes live | scaled once at the top | test set "not needed any more" """,
    ),
    "three-kinds-of-learning": _of(
        """labels, no labels, reward: sorted by what the learner is told | spam, customer groups, a game, each with
        its check | masked words as a case in between | why a late reward is harder""",
        """names of algorithms only | reward taken for a label | supervised means somebody watches""",
    ),
    "model-in-production": _of(
        """feed first, then the inputs, then the outcome | old rule kept as a fallback | small labelled sample each
        week while outcomes are late | share of empty fields on the dashboard""",
        """retrain, whatever the question | load and response time, nothing on results | accuracy without outcomes""",
    ),
    "too-good-to-be-true-leakage": _of(
        """collection flag written after the default | asked of each column when it becomes known | honest AUC was
        .78 in the end | rebuilt all features as of the decision date""",
        """first thought: great model | leakage only as scaling before the split | wanted more folds""",
    ),
    "reproducibility": _of(
        """lock file, data snapshot and seed in one commit | one figure could not be repeated: a view had been
        changed | five seeds, spread in the report | conclusion held, third digit did not""",
        """seed and nothing else | code there, data version not | never tried it""",
    ),
    "distribution-shift-in-live-use": _of(
        """unit of income changed in the feed: looked there first | only approved people have outcomes | early
        arrears as a stand-in | mix of applicants against meaning of the features""",
        """retrain every week | waits six months for accuracy | one significant test, model declared broken""",
    ),
    "feature-scaling": _of(
        """distances and penalties yes, trees no | scaler stored with the model | binary columns left alone | step
        size of gradient descent as a reason""",
        """always, also for trees | "makes it normal" | list learnt by heart""",
    ),
    "fine-tuning-or-retrieval": _of(
        """weekly change, so look it up | questions without an answer in the test set | found passage and answer
        judged apart | tone is what fine-tuning is for""",
        """tunes every Monday | tried five questions and was content | "with retrieval it cannot be wrong" """,
    ),
    "embeddings-for-similar-tickets": _of(
        """two hundred pairs judged by the support team | keyword search as the thing to beat | error codes need
        exact match | new model, so all old tickets again""",
        """coloured map as proof | product name instead of a plan | wanted to name the coordinates""",
    ),
    "vectorising-pairwise-distances": _of(
        """800 MB for the result, counted first | squared norms and one matrix product | blocks of a thousand rows
        | asked whether we need all of them or the nearest ten""",
        """"use a GPU" | 80 GB in between and did not notice | believed it becomes linear""",
    ),
    "hyperparameter-search-on-a-budget": _of(
        """ten runs to learn the noise between seeds | random over the two settings that matter | stops bad runs
        early | expects the winner to be worse on new data""",
        """full grid, never counted | test set inside the search | best run reported as the result""",
    ),
    "programming-languages": _of(
        """command line tool in Go, used by two teams | writes Python daily, only reads Scala | tests run on each
        change | slow loop moved to Rust, with a number | chose SQL over pandas because the data would not fit""",
        """eight languages on the list | tutorial with other colours | "Python, because it is best" """,
    ),
    "hardest-fault-you-traced": _of(
        """rows duplicated by a time zone change, once a year | could switch it on with one flag | first suspect
        was the network, ruled out with a dump | float rounding in a join key | two jobs writing the same file
        at night""",
        """gone after an upgrade | long evening, cause unknown | five changes at once""",
    ),
    "admitting-a-mistake": _of(
        """wrong currency in a report that had gone to the board | told them within the hour, cause still open |
        three weeks of figures recalculated | a check now stops the job | wrote to everybody who had the file""",
        """repaired it quietly | somebody else's mistake | "more careful since" """,
    ),
    "teaching-someone": _of(
        """learner thought that a p-value is the chance of being right | had them predict the next output | second
        try with coins instead of the formula | noticed it by a question that made no sense | let them draw it""",
        """lecture on the topic, learner missing | same words, slower | no questions, so understood""",
    ),
    "saying-i-do-not-know": _of(
        """"I know the trend, not the cause; Thursday" | gave a date and kept it | director wanted a number, got a
        range | once guessed and told that too | wrote down what would be needed to know""",
        """"happens rarely" | number made up and never checked | cannot say how it ended""",
    ),
    "handing-over-work": _of(
        """receiver ran the release alone, once | list of known faults in the first paragraph | first question was
        about a password; now in the vault | reasons written down, not only steps | stayed reachable for a
        month, two questions""",
        """"all documented" | does not know whether it runs | later questions seen as the receiver's problem""",
    ),
    "setting-priorities": _of(
        """invoice run before dashboard: cost of a day's delay | told sales on Monday what would not come | in
        hindsight the audit should have come first | two lists, one for dropped things | asked the two bosses to
        agree""",
        """stayed late until done | planning tool described | loudest voice first""",
    ),
    "interest-in-machine-learning": _of(
        """bird calls from the balcony, 60 % wrong at first | more data did not help, cleaner labels did | wants to
        know when a forecast should say nothing | bus delays at home, with the timetable as baseline""",
        """"the future" | list of products | same sentence twice""",
    ),
    "scoping-a-problem": _of(
        """how many calls can the team make a week? | defined leaving as no order in 90 days, asked whether that
        fits | people rescued last year spoil the labels | part without an offer for comparison | would stop if
        nobody acts on the list""",
        """gradient boosting in minute two | data, data, data | request taken word for word""",
    ),
    "base-rate-of-an-alarm": _of(
        """10 000 machines: 90 real alarms, 495 false | about 15 % | second sensor before stopping the line | told
        it as "six of seven alarms are false, still worth a look" | repeated alarms may share a cause""",
        """90 %, no doubt about it | Bayes by name, counts by nobody | would switch the alarm off""",
    ),
    "first-hour-with-new-data": _of(
        """is a row a parcel or an attempt? | 1 January 1970 as a delivery date | who is missing: parcels that
        never arrived | zero minutes late in a fifth of rows | asked when the driver presses the button""",
        """drops gaps and outliers, starts | names of plots | nobody asked who records it""",
    ),
    "handling-missing-data": _of(
        """who leaves income empty, and why? | median plus a flag for missing | filled inside the split | compared
        rows with and without income on default rate | live form makes the field optional""",
        """mean, always | a third of the table thrown away | live use not considered""",
    ),
    "machine-learning-versus-programming": _of(
        """parking fees by rule, number plates by examples | data in, program out | mistakes remain, so test on new
        cases | tax rules as a case for written code""",
        """"thinks for itself" | neural networks only | no human choice in it, apparently""",
    ),
    "is-this-ab-test-significant": _of(
        """difference .4 points, interval roughly -.2 to 1.0 | was the end date fixed before? | cheap to undo, so
        could still ship | asked how many metrics were looked at | needs about five times the users""",
        """5.4 is more than 5.0 | p-value as chance of no effect | run on until it is""",
    ),
    "choosing-a-metric-with-a-stakeholder": _of(
        """how many alerts can be checked a day? | small table with two models, choice flips | recall at 200
        alerts, fixed beforehand | price of annoying an honest customer | precision in words: of ten calls,
        three are fraud""",
        """F1 because of the imbalance | formulas to choose from | could not put precision in words""",
    ),
    "how-a-decision-tree-works": _of(
        """greedy, so the first split can be regretted later | Gini with numbers | smallest leaf size and pruning
        by validation | other sample, other tree""",
        """"picks the important ones" | 100 % on training was fine | wanted to scale first""",
    ),
    "k-nearest-neighbours": _of(
        """small k wiggles, large k blurs | all work at prediction time | far apart in 200 dimensions, everybody |
        income in cents drowns age""",
        """centres moved, so k-means | slow, and that was all | scale does not matter""",
    ),
    "principal-component-analysis": _of(
        """small variance can carry the class, drew it | rotation first, then cut | fitted on the training fold |
        labels not looked at""",
        """"most important features" | 95 %, as always | units not mentioned""",
    ),
    "logistic-regression-coefficients": _of(
        """doubles the odds, from 10 % to about 18 % | others held fixed | late payments may stand for something
        else | table for the officer: before and after""",
        """70 % more likely | ranked by raw size | "each one causes it" """,
    ),
    "probability-calibration": _of(
        """of those given .9, do nine in ten have it? | reliability plot on held-out patients | good ranking, bad
        numbers: possible | isotonic needs more data than a logistic fit | other hospital, check again""",
        """a number below one is a probability | AUC as the answer | recalibrated on training data""",
    ),
    "imbalanced-classes-and-metrics": _of(
        """never-fraud scores 99.9 as well | in 100 000 payments: counts for each cell | threshold from 300 checks
        a day | test set left as it is""",
        """impressed by 99.9 | synthetic examples first | balanced the test set""",
    ),
    "when-plain-k-fold-is-wrong": _of(
        """same patient on both sides of the split | train on two years, test on the third | last 30 days have no
        label yet | known patients do come back in real use""",
        """many rows, so shuffle | stratify and done | name of the class, not of the leak""",
    ),
    "k-means-and-hierarchical-clustering": _of(
        """round groups and many rows against a small set with levels | single linkage makes chains | both find
        groups in noise | several random starts""",
        """k or no k | "finds the best" | units not mentioned""",
    ),
    "read-a-small-decision-tree": _of(
        """80, 20 and 10 against 20 % overall | complaints matter for the new ones, at least here | calling 100
        people reaches 80 of 200 leavers | training data only, said so""",
        """branches read aloud | complaints cause churn | 80 % for sure""",
    ),
    "weighing-up-a-new-method": _of(
        """first: how well was the other side tuned? | two days, our data, same budget for both | stops on Thursday
        if not better by a point | told the team about a failed trial""",
        """famous lab, so good | one run with defaults | nothing tried lately""",
    ),
    "bandit-or-ab-test": _of(
        """headline dies tomorrow, so bandit | price of showing the worse one | Thompson sampling with counts |
        morning readers differ from evening readers""",
        """"smarter" | best so far, for ever | usual test on the result""",
    ),
    "unwelcome-result": _of(
        """"the campaign brought no sales we can see" | showed ten single orders | asked the head of sales to say
        it back | range on the first slide | not found is not the same as not there, said it twice""",
        """presented the facts | buried on slide 19 | "not found" became "does not exist" """,
    ),
    "staying-up-to-date": _of(
        """retold one paper, with its weak baseline | tried it for a weekend, no gain | ignores leaderboards, said
        why | reads the issue tracker of one library | changed the way of splitting because of a blog post""",
        """six newsletters | headline only | newer, so better""",
    ),
    "project-that-failed": _of(
        """nobody had opened the dashboard for two weeks: first sign | own share: never asked who would use it |
        now shows a paper draft first | stopped in month four, could have been month two | pilot customer left,
        plan did not change""",
        """success with a small bump | management again | communication matters""",
    ),
    "hard-feedback": _of(
        """"your reports answer a question nobody asked" | asked for one example before replying | now sends the
        question back in writing | two days to swallow it | part not accepted, with a reason""",
        """perfectionist | long defence | always open, no case""",
    ),
    "data-that-surprised-you": _of(
        """zero meant "not measured" at one site | asked the nurse who types it | result moved by a third | told
        the two teams that used it | date of entry, not of the event""",
        """dirty data, cleaned | odd rows deleted | noticed by a customer, no change""",
    ),
    "pushing-back-on-a-metric": _of(
        """closed tickets: a third were reopened | 50 cases by hand | new figure can be gamed as well, said how |
        team lead had a bonus on it; talked to first | response time counted from the second message""",
        """"nonsense", no cases | complained, never counted | new figure without a fault""",
    ),
    "last-order-and-recent-spend-query": _of(
        """left join, and why | row_number with order id to settle ties | one row for each customer, checked by a
        count | sum of spend against the orders table | date condition kept in the join, not in the where""",
        """inner join, silent customers lost | DISTINCT until it looked right | no check at all""",
    ),
    "data-analysis-and-visualisation": _of(
        """mean hid two groups, histogram showed them | row was a visit, not a person | threw a pie chart away |
        opening hours changed after the heat map | jump in March was a new till""",
        """tools and chart types | row unknown | correlation told as a reason""",
    ),
    "when-not-to-use-machine-learning": _of(
        """what happens with the prediction? | rule with two conditions as the first offer | forecast is not
        influence | sorted list would do | would measure the rule for a month""",
        """"almost anything" | only too little data | yes without a question""",
    ),
    "explaining-a-model-to-a-non-expert": _of(
        """of 100 patients, 12 stay away; of the 20 we call, 7 | not for giving the slot away | asked what I would
        do with a 30 | would phone, never cancel | how to notice that it has stopped working""",
        """trees and thresholds for a clinic manager | trust it, 95 % | threshold never explained""",
    ),
    "technical-disagreement": _of(
        """batch against streaming; gave the other side its best argument | two-day trial, criterion agreed first |
        lost the argument and helped to build it | schema first or later | would ask for the reasons a week
        earlier now""",
        """explained until they understood | other view unknown | gets on with everybody""",
    ),
    "ambiguous-requirement": _of(
        """"active customer" had two readings | mocked up a table with invented numbers | started with the part
        both readings need | asked sales and finance in one room | wrote the definition into the report""",
        """asked the boss, did it | built one reading to the end | how bad the brief was""",
    ),
    "labelling-data": _of(
        """two people on the first 300 | disagreements went into the guide | test set labelled three times | 95 %
        agreement with 5 % complaints says little | "where is my parcel?" as the hard case""",
        """labelling service, unchecked | labels as truth | careless people""",
    ),
    "project-end-to-end": _of(
        """own part: target and evaluation; named who built the rest | against last year's rule: 8 % less waste |
        second month worse, holiday weeks | dropped a network for a linear model, with reason""",
        """model for ten minutes, use unknown | 95 %, of what? | ends with training""",
    ),
    "deadline-trade-off": _of(
        """dropped the export, kept the reconciliation | told them three weeks before | cost: two days by hand each
        month | options in a table, chosen by who waits""",
        """weekend | checks left out, silently | what was dropped stayed unclear""",
    ),
    "high-cardinality-categories": _of(
        """out-of-fold means with shrinkage | hash for the rare ones | new merchants next week: own bucket |
        embedding only if there is enough data""",
        """40 000 columns | codes as numbers | target mean on everything""",
    ),
    "work-across-teams": _of(
        """their target was uptime, ours was freshness | one page: who delivers what by when | took over their
        night alerts in return | still holds a year later""",
        """blocked, escalated | reason of the others unknown | alignment""",
    ),
    "helping-a-colleague": _of(
        """asked first: hands or ears? | took the review, not the feature | own report came a day late, told the
        manager | noticed it by the short messages""",
        """did it for them, quicker | colleague's view unknown | helps everybody""",
    ),
    "working-with-domain-experts": _of(
        """sat with the dispatchers for two days | rain does not matter, roadworks do | two experts disagreed;
        tested on last year | code 99 is the end of a shift""",
        """regular meetings | experts as labellers | nothing learnt that could be named""",
    ),
    "baseline-first": _of(
        """what people do today, in a spreadsheet | last week's value as second baseline | half a point is inside
        the noise | would ship the simple one""",
        """largest model first | 92 is good, as such | more tuning on the same test""",
    ),
}
