"""README says only what is true: its commands are the ones that run, and its links lead somewhere."""

import re
from pathlib import Path

from panel.content import read_content

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_check_runs_the_readmes_test_command() -> None:
    _, test_command = re.findall(r"```sh\n(.*?)\n```", README, re.S)
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [part for part in test_command.split(" && ") if part not in script] == []


def test_every_link_to_a_file_leads_to_one() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if not target.startswith("http") and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_numbers_of_the_bank_are_the_banks() -> None:
    content = read_content(ROOT)
    questions = sum(len(each.questions) for each in content.question_files)
    assert f"{questions} questions" in README
    assert len(content.rubrics) == 8
