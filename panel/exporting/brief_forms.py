"""A candidate's brief as PDF, as plain text and as Markdown: the same words in the same order."""

import textwrap

from panel.exporting.brief import EXPECT, Brief, facts_of, sections_of
from panel.exporting.markdown_lines import plain
from panel.exporting.prose_tree import breakable
from panel.exporting.typesetting import Paper, set_pdf

WIDTH = 76


def brief_pdf(brief: Brief, paper: Paper) -> bytes:
    data = {
        "paper": paper,
        "title": brief.title,
        "heading": breakable(brief.title),
        "candidate": breakable(brief.candidate_name),
        "expect": EXPECT,
        "zone": brief.zone_line,
        "interviews": [
            {
                "name": breakable(each.round_name),
                "facts": [(name, breakable(value)) for name, value in facts_of(each, brief.zone)],
            }
            for each in brief.interviews
        ],
        "sections": [(name, [breakable(each) for each in lines]) for name, lines in sections_of(brief)],
    }
    return set_pdf("brief", data, dated=brief.dated)


def brief_text(brief: Brief) -> str:
    """Lines of at most 76 characters, as a mail takes them."""
    parts = [_wrapped(brief.title), f"For {brief.candidate_name}", _wrapped(EXPECT)]
    for each in brief.interviews:
        facts = [_wrapped(f"{name}: {value}", "  ") for name, value in facts_of(each, brief.zone)]
        parts.append("\n".join([_headline(each.round_name), *facts]))
    parts.append(_wrapped(brief.zone_line))
    for name, lines in sections_of(brief):
        parts.append("\n".join([_headline(name), *(_wrapped(each) for each in lines)]))
    return "\n\n".join(parts) + "\n"


def brief_markdown(brief: Brief) -> str:
    parts = [f"# {plain(brief.title)}", f"For {plain(brief.candidate_name)}", plain(EXPECT)]
    for each in brief.interviews:
        facts = "\n".join(f"- **{name}:** {plain(value)}" for name, value in facts_of(each, brief.zone))
        parts += [f"## {plain(each.round_name)}", facts]
    parts.append(plain(brief.zone_line))
    for name, lines in sections_of(brief):
        parts += [f"## {name}", *(plain(each) for each in lines)]
    return "\n\n".join(parts) + "\n"


def _headline(text: str) -> str:
    line = " ".join(text.split())
    return f"{line}\n{'-' * min(len(line), WIDTH)}"


def _wrapped(text: str, later: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=later, break_on_hyphens=False)
