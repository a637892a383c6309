"""`python -m panel calibrate`: the published figures, the keys of its JSON, and files that cannot be used."""

import json
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from panel.cli import main
from tests.stats.simulated import simulated

REFERENCE = Path(__file__).parents[1] / "reference"


def calibrate(*words: str) -> Result:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return CliRunner().invoke(main, ["calibrate", *words])


def found(name: str, *words: str) -> dict[str, Any]:
    answer = calibrate(str(REFERENCE / f"{name}.csv"), "--json", "--bootstrap", "50", *words)
    assert (answer.exit_code, answer.stderr) == (0, "")
    document: dict[str, Any] = json.loads(answer.stdout)
    return document


def file(folder: Path, data: str | bytes) -> str:
    path = folder / "ratings.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


class TestPublished:
    def test_shrout_and_fleiss(self) -> None:
        icc = found("shrout_fleiss_1979")["icc"]
        values = {
            name: icc[name]["value"]
            for name in ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")
        }
        assert list(values.values()) == pytest.approx([0.16574, 0.28976, 0.71484, 0.44280, 0.62005, 0.90932], abs=1e-5)
        assert [icc["ICC(3,1)"][key] for key in ("f", "df1", "df2", "low", "high")] == pytest.approx(
            [11.02725, 5, 15, 0.34246, 0.94586], abs=1e-5
        )
        assert icc["ICC(A,1)"] == icc["ICC(2,1)"]

    def test_krippendorff(self) -> None:
        agreement = found("krippendorff_canonical")["agreement"]
        assert agreement["alpha"] == pytest.approx(
            {"nominal": 0.74342, "ordinal": 0.81539, "interval": 0.84911, "ratio": 0.79740}, abs=1e-5
        )
        assert agreement["alpha_ci"]["ordinal"]["low"] < 0.81539 < agreement["alpha_ci"]["ordinal"]["high"]
        assert agreement["cohen_kappa"]["A-B"]["linear"] == pytest.approx(0.8941176)

    def test_fleiss_and_gwet(self) -> None:
        assert found("irr_diagnoses")["agreement"]["fleiss_kappa"]["estimate"] == pytest.approx(0.43024, abs=1e-5)
        gwet = found("gwet_raw4raters")["agreement"]["gwet_ac1"]
        assert (gwet["estimate"], gwet["se"]) == (pytest.approx(0.77544, abs=1e-5), pytest.approx(0.14295, abs=1e-5))

    def test_brennan(self) -> None:
        document = found("brennan_3_2", "--terms", "target,item,rater,target:item")
        assert document["mixed_model"]["components"] == pytest.approx(
            {"target": 0.47315, "rater": 0.64753, "item": 0.32515, "target:rater": None, "target:item": 0.55957,
             "residual": 2.38025}, abs=1e-5
        )  # fmt: skip
        row = next(each for each in document["d_study"] if (each["raters"], each["items"]) == (4, 3))
        assert (row["relative"], row["absolute"]) == (
            pytest.approx(0.55144, abs=1e-5),
            pytest.approx(0.46370, abs=1e-5),
        )
        assert document["d_study_design"] == "own raters"

    def test_guilford_as_facets_has_it(self) -> None:
        scaled = found("guilford_creativity", "--model", "jml")["rating_scale"]
        severity = {each["id"]: each["measure"] for each in scaled["raters"]}
        assert severity == pytest.approx({"Avogadro": 0.0397, "Brahe": 0.2454, "Cavendish": -0.0960}, abs=5e-5)
        assert scaled["log_likelihood"] == pytest.approx(-165.685, abs=5e-4)
        assert len(scaled["thresholds"]) == 8
        assert {each["se"] for each in scaled["targets"]} == {None}

    def test_two_disconnected_subsets_are_refused(self) -> None:
        document = found("irrNA_ConsistNA")
        assert document["connectivity"] | {"weak_links": []} == {
            "subsets": 2, "rank": 10, "expected_rank": 11, "rank_deficiency": 1, "all_targets_comparable": False,
            "weak_links": [],
        }  # fmt: skip
        assert document["icc"] == {}
        assert document["mixed_model"] is None
        assert any("2 disconnected subsets" in each for each in document["warnings"])


def test_the_document_has_these_keys(tmp_path: Path) -> None:
    table = simulated(40, 6, 8).table.assign(score=lambda rows: np.clip(np.round(rows["score"]), 1, 5))
    answer = calibrate(file(tmp_path, table.to_csv(index=False)), "--json", "--model", "rating-scale", "--scale", "1,5")
    document = json.loads(answer.stdout)
    assert list(document) == [
        "n", "connectivity", "agreement", "icc", "mixed_model", "rating_scale", "d_study", "d_study_design", "warnings",
    ]  # fmt: skip
    assert document["n"] == {"targets": 40, "raters": 6, "items": 8, "ratings": 480}
    assert {"mean", "mean_se", "components", "components_se", "log_likelihood", "raters", "targets", "items"} == set(
        document["mixed_model"]
    )
    assert {"id", "severity", "se"} < set(document["mixed_model"]["raters"][0])
    assert {"id", "raw_mean", "fair_average", "se", "n"} < set(document["mixed_model"]["targets"][0])
    assert {"id", "difficulty", "se"} < set(document["mixed_model"]["items"][0])
    assert {"id", "measure", "se", "infit", "outfit"} < set(document["rating_scale"]["raters"][0])
    assert {each["method"] for each in document["icc"].values()} == {"variance components (REML)"}
    assert any("come from variance components (REML)" in each for each in document["warnings"])


def test_pairs_of_raters_whose_names_have_hyphens_are_kept_apart(tmp_path: Path) -> None:
    rows = [f"t{t},{rater},{1 + (t * n) % 5}" for t in range(6) for n, rater in enumerate(("A", "A-B", "C", "B-C"), 1)]
    path = file(tmp_path, "target,rater,score\n" + "\n".join(rows))
    kappas = json.loads(calibrate(path, "--json").stdout)["agreement"]["cohen_kappa"]
    assert set(kappas) == {"A-A-B", "A-C", '["A", "B-C"]', '["A-B", "C"]', "A-B-B-C", "B-C-C"}


def test_measures_and_thresholds_stand_in_the_text() -> None:
    said = calibrate(str(REFERENCE / "guilford_creativity.csv"), "--model", "jml").stdout
    assert re.search(r"^Brahe +0\.245 +0\.\d+ +\d\.\d+ +\d\.\d+ +\d\.\d+ +35$", said, re.M)
    assert re.search(r"^1 to 2 +-0\.690 ", said, re.M)
    assert "The thresholds are not in order" in said


def test_fewer_than_thirty_targets_are_said_in_the_document_too() -> None:
    assert found("shrout_fleiss_1979")["warnings"][0] == (
        "No reliability claim: 6 targets rated, 24 more needed to reach the minimum of 30."
    )


def test_two_stages_are_named_only_where_they_were_taken(tmp_path: Path) -> None:
    path = file(tmp_path, simulated(40, 5, 6).table.to_csv(index=False))
    warnings = json.loads(calibrate(path, "--json", "--two-stage").stdout)["warnings"]
    assert not any("tenth" in each for each in warnings)


def test_several_raters_of_the_same_answers_are_told_of_the_term_for_it() -> None:
    assert any("a source of its own" in each for each in found("guilford_creativity")["warnings"])


def test_the_same_seed_gives_the_same_document(tmp_path: Path) -> None:
    path = file(tmp_path, simulated(30, 5, 6).table.to_csv(index=False))
    assert calibrate(path, "--json", "--seed", "7").stdout == calibrate(path, "--json", "--seed", "7").stdout


def test_in_words_a_claim_needs_thirty_targets(tmp_path: Path) -> None:
    few = calibrate(str(REFERENCE / "shrout_fleiss_1979.csv")).stdout
    assert "No reliability claim: 6 targets rated, 24 more needed to reach the minimum of 30." in few
    assert "Koo" not in few
    assert "ICC(A,1) =" not in few
    enough = calibrate(file(tmp_path, simulated(60, 5, 6).table.to_csv(index=False))).stdout
    assert "Provisional: Agreement of a single rater, ICC(A,1) from variance components (REML) =" in enough
    assert "A reliability of 0.80 takes" in enough
    assert "validity" not in few + enough


@pytest.mark.parametrize(
    ("data", "words", "sentence"),
    [
        ("", (), "ratings.csv is empty."),
        ("target,rater,score\n", (), "ratings.csv has column names and no ratings below them."),
        ("target,rater,score\na,x,\nb,x,NA\n", (), "ratings.csv: There are no ratings: every score is missing."),
        ("target,score\na,1\n", (), "ratings.csv lacks the column rater."),
        ("target,rater,score\na,x,good\n", (), "ratings.csv, line 2: the score “good” is not a number."),
        ("target,rater,score\na,x,1e999\n", (), "ratings.csv, line 2: the score is infinite."),
        ("target,rater,score\na,x,1\na,x,2\n", (), "ratings.csv: Rater x scored item 1 of target a more than once"),
        ("target,rater,score\na,x,1\nb,x,9\n", ("--scale", "1,5"), "ratings.csv: The score 9, given by x to b, lies"),
        ("target,rater,score\na,x,1\n", ("--scale", "five"), "The scale 'five' is not two numbers."),
        ("target,rater,score\na,x,1\n", ("--scale", "5,1"), "ratings.csv: A scale has a lowest and a highest level"),
        ("target,rater,score\na,x,1\n", ("--terms", "rater"), "ratings.csv: A model of fair scores needs the term"),
        ("target,rater,score\na,x,1\n", ("--terms", "target,mood"), "ratings.csv: There is no term 'mood'"),
        (b"\xff\xfe\x00\x00garbage", (), "The columns of ratings.csv cannot be told apart."),
        (b"PK\x03\x04zip", (), "ratings.csv is not a text file."),
        ('target,rater,score\n"a,x,1\n', (), "ratings.csv"),
        ("<html><body>404</body></html>", (), "ratings.csv is not a table."),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    tmp_path: Path, data: str | bytes, words: tuple[str, ...], sentence: str
) -> None:
    answer = calibrate(file(tmp_path, data), *words)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(sentence)
    assert answer.stderr.count("\n") == 1
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert calibrate(str(tmp_path / "none.csv")).stderr == f"There is no file {tmp_path / 'none.csv'}.\n"
    assert calibrate(str(tmp_path)).stderr == f"{tmp_path} is a folder. Name a file of ratings.\n"


@pytest.mark.parametrize(
    "data",
    [
        "target,rater,score\na,x,3\n",
        "target,rater,score\na,x,3\nb,x,3\nc,x,3\n",
        "target,rater,score\na,x,1\na,y,2\na,z,3\n",
        "target,rater,score\na,x,1\nb,x,2\nc,x,3\n",
        "target,rater,score\na,x,1\nb,y,2\nc,z,3\n",
        "target,rater,score\na,x,-1\nb,y,-2\na,y,0\nb,x,3\n",
        "target,rater,score\na,x,1e300\nb,y,-1e300\na,y,0\nb,x,3\n",
        "target,rater,score\na,x,1e-300\nb,y,2e-300\na,y,0\nb,x,3e-300\n",
        "target,rater,item,score\na,x,p,1\na,x,q,1\nb,x,p,2\nb,x,q,2\n",
        "target,rater,item,score\na,x,p,1\na,y,q,2\nb,x,p,3\nb,y,q,4\nc,x,p,1\nc,y,q,5\n",
        "target,rater,score\n=cmd(),<script>,1\n=cmd(),'; drop,2\nb,<script>,3\nb,'; drop,5\n",
    ],
)
@pytest.mark.parametrize("model", ["mixed", "rating-scale", "jml"])
def test_what_little_data_cannot_say_is_null_and_never_a_wrong_number(tmp_path: Path, data: str, model: str) -> None:
    answer = calibrate(file(tmp_path, data), "--json", "--model", model, "--bootstrap", "20")
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    if answer.exit_code:
        assert answer.stderr.count("\n") == 1
        return
    document = json.loads(answer.stdout)  # allow_nan=False: no NaN and no infinity
    assert "NaN" not in answer.stdout
    assert document["d_study"] == [] or document["mixed_model"]["components"]["target"] > 0
