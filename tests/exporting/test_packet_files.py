"""Decision packets as files: the same content gives the same bytes, and no byte can be changed unseen."""

import json
import shutil
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfReader

from panel.domain.debriefs import ScoreSheet
from panel.domain.roles import Role
from panel.errors import InputError
from panel.exporting import packet_document, packet_file, typesetting
from panel.exporting.packet import (
    SEAL_LENGTH,
    Packet,
    PacketAnchor,
    PacketDecision,
    PacketQuestion,
    PacketRating,
    PacketReconciliation,
    PacketRound,
    PacketScorecard,
    canonical,
    digest,
    sealed,
)
from panel.exporting.packet_document import document_of, maker, packet_pdf
from panel.exporting.packet_file import ATTACHED, check_file
from panel.exporting.typesetting import set_pdf

AT = datetime(2026, 3, 2, 9, 0, 0, 123456)
HOSTILE = 'x" #eval("1") $1$ *b* <b>&lt; \\u{1F600} =1+1 \n#pagebreak() \u202e ' + "long" * 60


def a_packet(note: str = "what I heard", **changes: object) -> Packet:
    sheet = ScoreSheet(
        ratings=1, interviewers=1, reconciled=1, not_assessed=0, on_trial=(), splits=0, sealed_mean=2.0,
        sealed_median=2.0, composite_mean=4.0, composite_median=4.0, competencies=(), must_haves_missing=(),
    )  # fmt: skip
    anchors = tuple(PacketAnchor(level=each, label=f"Label {each}", text=note) for each in range(1, 6))
    question = PacketQuestion(
        number=1, key="why", version=1, prompt="Why?", probes=(note,), weight=2, weight_reason=note, on_trial=False,
        competency="Depth", rubric="Depth", rubric_version=1, anchors=anchors,
    )  # fmt: skip
    held = PacketRound(
        id="r", name="Panel", sitting="panel", plan_title="Onsite", plan_version=1, plan_version_id="v",
        published_at=AT, questions=(question,),
    )  # fmt: skip
    rating = PacketRating(
        question="why", outcome="rated", reason="", reworded=True, sealed=2, reconciled=4, composite=4, note=note
    )
    card = PacketScorecard(
        id="s", person="Ana", round_id="r", round_name="Panel", submitted_at=AT, recommendation="yes",
        confidence="high", summary=note, ratings=(rating,),
    )  # fmt: skip
    decision = PacketDecision(
        number=1, outcome="hire", reason=note, conditions=note, against=note, revises="", present=("Ana", "Max"),
        unconfirmed=("Bo",), by="Max", at=AT, scores=sheet,
    )  # fmt: skip
    facts: dict[str, object] = {
        "candidate_id": "c", "candidate": "Priya", "debrief_id": "d", "debrief": 1, "opened_by": "Max",
        "opened_at": AT, "role": Role(name="Engineer", competencies=("Depth",)), "rounds": (held,),  # type: ignore[arg-type]
        "scorecards": (card,), "confirmations": (), "decisions": (decision,), "model": "raw", "rule": "3 of 5",
        "reconciliations": (
            PacketReconciliation(
                scorecard="s", question="why", person="Ana", number=1, level=4, reason=note, by="Max", at=AT
            ),
        ),
    }  # fmt: skip
    return Packet.model_validate(facts | changes)


@pytest.fixture(scope="module")
def made() -> bytes:
    return packet_pdf(a_packet())


def verdict(data: bytes) -> str:
    """`unchanged`, `changed`, or the refusal's sentence."""
    try:
        return check_file("a.pdf", data).verdict
    except InputError as error:
        return str(error)


def test_the_same_content_gives_the_same_bytes_and_another_gives_others(made: bytes) -> None:
    assert packet_pdf(a_packet()) == made
    assert packet_pdf(a_packet(note="what I heard.")) != made


def test_every_page_bears_the_digest_of_the_content_that_is_attached(made: bytes) -> None:
    read = PdfReader(BytesIO(made))
    ((content,),) = read.attachments.values()
    assert content.decode() == canonical(a_packet())
    for page in read.pages:
        assert digest(canonical(a_packet())) in page.extract_text()


def test_an_unchanged_file_is_said_to_be(made: bytes) -> None:
    found = check_file("a.pdf", made)
    assert (found.verdict, found.sentence, found.packet, found.sha256) == (
        "unchanged", "a.pdf is unchanged, to the byte.", a_packet(), digest(canonical(a_packet())),
    )  # fmt: skip


def test_one_changed_byte_anywhere_is_found(made: bytes) -> None:
    chance = Random(7)
    (attached,) = [each.start() for each in ATTACHED.finditer(made)]
    places = [*range(60), *range(len(made) - SEAL_LENGTH - 40, len(made)), *range(attached, attached + 250)]
    places += [chance.randrange(len(made)) for _ in range(250)]
    for place in places:
        data = bytearray(made)
        data[place] ^= 1 << chance.randrange(8)
        assert verdict(bytes(data)) != "unchanged", place


def test_a_byte_less_or_more_is_found(made: bytes) -> None:
    for data in (made[:-1], made + b"\n", made[:5000] + made[5001:], made[:5000] + b" " + made[5000:]):
        assert verdict(data) == "changed"


def test_a_cut_file_is_told_apart_from_another(made: bytes) -> None:
    (start,) = [each.end() for each in ATTACHED.finditer(made)]
    assert {verdict(made[:length]) for length in (10, 200, start - 40)} == {
        "a.pdf is cut off or damaged: its end is missing, and nothing in it can be checked."
    }
    assert verdict(made[: start + 20]) == "a.pdf is cut off: the content it carries does not end."
    assert verdict(made[:-200]) == "changed"


def with_content(made: bytes, text: str) -> bytes:
    """The file with another content put in the place of its own, and a seal that fits."""
    (found,) = list(ATTACHED.finditer(made))
    old = zlib.decompressobj()
    old.decompress(made[found.end() :])
    end = len(made) - len(old.unused_data)
    return sealed(made[: found.end()] + zlib.compress(text.encode()) + made[end:-SEAL_LENGTH], maker())


def test_a_content_edited_with_its_digest_and_seal_renewed_is_found(made: bytes) -> None:
    edited = a_packet(note="what I wish I had heard")
    found = check_file("a.pdf", with_content(made, canonical(edited)))
    assert (found.verdict, found.packet) == ("changed", edited)
    assert found.sentence == (
        "a.pdf was changed: it is not what this program makes of the content it carries. The seal at its end fits, "
        "so it was set after the change."
    )
    spaced = json.dumps(json.loads(canonical(a_packet())))
    assert check_file("a.pdf", with_content(made, spaced)).verdict == "changed"


def test_pages_of_another_content_with_the_first_attached_are_found() -> None:
    text = canonical(a_packet())
    data = document_of(a_packet(note="flattering"), content=text, sha256=digest(text))
    assert verdict(sealed(set_pdf("packet", data, dated=AT, own_letters_only=True), maker())) == "changed"


def test_what_is_no_packet_gets_a_plain_sentence(made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = {"title": "t", "heading": "h", "candidate": "c", "expect": "e", "interviews": [], "zone": "z"}
    brief = set_pdf("brief", empty | {"sections": [], "paper": "a4"}, dated=AT)
    other = with_content(made, '{"invoice": 1}')[:-SEAL_LENGTH]
    assert {name: verdict(data) for name, data in {
        "nothing": b"", "text": b"hello", "brief": brief, "invoice": other,
        "bomb": with_content(made, " " * 10_000_001),
        "deep": with_content(made, "[" * 100_000)[:-SEAL_LENGTH],
    }.items()} == {
        "nothing": "a.pdf is no PDF file. Name the PDF that was downloaded from the debrief.",
        "text": "a.pdf is no PDF file. Name the PDF that was downloaded from the debrief.",
        "brief": "a.pdf is a PDF, but no decision packet of this program: it carries no content to check.",
        "invoice": "a.pdf carries a content that is no decision packet of this program, or one that was changed.",
        "bomb": "changed",
        "deep": "a.pdf carries a content that is no decision packet of this program, or one that was changed.",
    }  # fmt: skip
    monkeypatch.setattr(packet_file, "MOST_BYTES", 100)
    assert verdict(made).startswith("a.pdf is larger than")


def test_a_file_of_another_version_is_neither_said_to_be_true_nor_false(made: bytes) -> None:
    """Also one that merely says so: the database has the last word on both."""
    found = check_file("a.pdf", sealed(made[:-SEAL_LENGTH], "0" * 16))
    assert (found.verdict, found.packet) == ("other_maker", a_packet())
    assert found.sentence.startswith("a.pdf was set by another version of the program, so it cannot be made anew")
    shaped = with_content(made, '{"kind": "panel decision packet", "format": 2}')[:-SEAL_LENGTH]
    assert verdict(sealed(shaped, "0" * 16)) == (
        "a.pdf says that it was set by another version of the program, and this one cannot read the content it "
        "carries. Check it with the version that made it."
    )
    assert check_file("a.pdf", made[:-17] + b"0" * 16 + b"\n").verdict == "changed"  # the seal is over this too


@pytest.mark.parametrize(
    "changed", ["domain/debriefs.py", "domain/roles.py", "exporting/kit.py", "exporting/packet.py"]
)
def test_a_program_with_other_words_or_another_shape_is_another_version(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a file it did not make is not called changed."""
    for name in ("domain", "exporting"):
        shutil.copytree(packet_document.EXPORTING.parent / name, tmp_path / name)
    monkeypatch.setattr(packet_document, "EXPORTING", tmp_path / "exporting")
    monkeypatch.setattr(packet_document, "DOMAIN", tmp_path / "domain")
    assert maker.__wrapped__() == maker()
    with (tmp_path / changed).open("a") as module:
        module.write("# another word\n")
    assert maker.__wrapped__() != maker()


def test_no_letter_of_the_machine_enters_a_packet() -> None:
    """Ethiopic is in no package, so it is a box here even where the machine has letters for it."""
    fonts = PdfReader(BytesIO(packet_pdf(a_packet(note="ሰላም", candidate="Priya")))).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(each.get_object()["/BaseFont"]).partition("+")[2] for each in fonts.values()}
    assert all(name.startswith(("Inter", "DejaVuSansMono", "Noto", "Libertinus", "NewCM")) for name in names), names
    own = typesetting._fonts(own_only=True).families()
    assert set(own) <= set(typesetting._fonts(own_only=False).families())
    assert {"Inter Variable", "Inter"} & set(own)


def test_hostile_text_is_text() -> None:
    packet = a_packet(note=HOSTILE, candidate="#panic()")
    data = packet_pdf(packet)
    assert check_file("a.pdf", data).packet == packet
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert "#panic()" in text
    assert '#eval("1") $1$ *b* <b>&lt;' in text
