"""Two editors write in the same article at the same time: nothing is lost, in whatever order they save."""

from collections.abc import Callable

import pytest

from conditions.models import Edition
from tests import world as w
from tests.writers import Writer

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
CITED = " [@brown2017]."


def bodies(edition: Edition) -> dict[str, str]:
    return {row.key: row.body for row in edition.sections.all()}


def each_another_section(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("symptoms", "Theirs.")
    two.body("overview", "Mine.")
    assert one.save()
    assert not two.save()
    assert two.offered() == {"sections-0-body": "mine", "sections-1-body": "theirs"}
    assert two.save()
    assert bodies(edition)["overview"] == "Mine." and bodies(edition)["symptoms"] == "Theirs."


def the_same_text_and_mine_is_kept(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("overview", "Theirs.")
    two.body("overview", "Mine.")
    assert one.save()
    assert not two.save()
    assert two.offered() == {"sections-0-body": ""}
    assert not two.save(), "nobody chose"
    two.choose("mine", "sections-0-body")
    assert two.save()
    assert bodies(edition)["overview"] == "Mine."


def the_same_text_and_theirs_is_taken(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("overview", "Theirs.")
    two.body("overview", "Mine.")
    assert one.save()
    assert not two.save()
    two.choose("theirs", "sections-0-body", "Mine.")
    assert two.save()
    assert bodies(edition)["overview"] == "Theirs."


def the_same_text_and_both_are_joined(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("overview", "Theirs.")
    two.body("overview", "Mine.")
    assert one.save()
    assert not two.save()
    two.body("overview", "Theirs. Mine.")
    two.choose("mine", "sections-0-body")
    assert two.save()
    assert bodies(edition)["overview"] == "Theirs. Mine."


def removed_by_one_and_edited_by_the_other(one: Writer, two: Writer, edition: Edition) -> None:
    one.remove("sections", "overview")
    two.body("overview", "Mine.")
    assert one.save()
    assert not two.save()
    place = two.place("sections", "overview")
    assert two.offered() == {f"sections-{place}": ""}
    two.choose("mine", f"sections-{place}")
    assert two.save()
    assert bodies(edition)["overview"] == "Mine."


def removed_by_one_and_left_alone_by_the_other(one: Writer, two: Writer, edition: Edition) -> None:
    one.remove("sections", "overview")
    two.body("symptoms", "Mine.")
    assert one.save()
    assert not two.save()
    place = two.place("sections", "overview")
    assert two.offered() == {f"sections-{place}": "theirs", "sections-0-body": "mine"}
    two.body("overview", "Mine, after all.")
    assert not two.save(), "what was chosen is another text by now"
    assert two.offered()[f"sections-{place}"] == ""
    two.choose("theirs", f"sections-{place}", "Mine, after all.")
    assert two.save()
    assert "overview" not in bodies(edition) and bodies(edition)["symptoms"] == "Mine."


def edited_by_one_and_removed_by_the_other(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("overview", "Theirs.")
    two.remove("sections", "overview")
    assert one.save()
    assert not two.save()
    assert two.offered() == {"sections-0": ""}
    assert two.says("sections-0-body") == "Theirs."
    two.choose("theirs", "sections-0")
    assert two.save()
    assert bodies(edition)["overview"] == "Theirs."


def both_add_a_section_of_the_same_key(one: Writer, two: Writer, edition: Edition) -> None:
    for writer, text in ((one, "Theirs."), (two, "Mine.")):
        writer.add("sections", key="causes", kind="causes", heading="Causes", body=text, position="4", region="")
    assert one.save()
    assert not two.save()
    place = two.place("sections", "causes")
    assert two.offered() == {f"sections-{place}-body": ""}
    two.choose("mine", f"sections-{place}-body")
    assert two.save()
    assert bodies(edition)["causes"] == "Mine."


def each_adds_a_section_and_one_is_moved(one: Writer, two: Writer, edition: Edition) -> None:
    one.add("sections", key="causes", kind="causes", heading="Causes", body="Theirs.", position="4", region="")
    one.write(**{"sections-1-position": "7"})
    two.add("sections", key="outlook", kind="outlook", heading="Outlook", body="Mine.", position="5", region="")
    assert one.save()
    assert not two.save()
    place = two.place("sections", "causes")
    assert two.offered() == {f"sections-{place}": "theirs"}
    assert two.save()
    assert bodies(edition)["causes"] == "Theirs." and bodies(edition)["outlook"] == "Mine."
    assert [row.key for row in edition.sections.all()][-3:] == ["causes", "outlook", "symptoms"]


def a_key_is_renamed_by_one_and_its_text_edited_by_the_other(one: Writer, two: Writer, edition: Edition) -> None:
    one.write(**{"sections-1-key": "signs", "citations-0-key": "brown"})
    two.body("symptoms", "Mine.")
    two.write(change_note="Mine, too.")
    assert one.save()
    assert not two.save()
    assert two.offered() == {
        "change_note": "mine",
        "citations-0-key": "theirs",
        "sections-1-key": "theirs",
        "sections-0-body": "theirs",
        "sections-1-body": "",
    }, "the key of a work is renamed in every text that cites it"
    two.choose("mine", "sections-1-body")
    assert two.save()
    assert bodies(edition)["signs"] == "Mine." and "symptoms" not in bodies(edition)
    assert edition.citations.get().key == "brown"


def a_third_save_before_the_choice(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("overview", "Theirs.")
    two.body("overview", "Mine.")
    two.body("symptoms", "Mine, too.")
    assert one.save()
    assert not two.save()
    two.choose("mine", "sections-0-body")
    one.body("overview", "Theirs, again.")
    one.body("symptoms", "Theirs, too.")
    assert one.save()
    assert not two.save()
    assert two.offered() == {"sections-0-body": "", "sections-1-body": ""}, "the answer was about another text"
    assert "Theirs, again." in two.page.content.decode()
    two.choose("theirs", "sections-0-body", "Mine.")
    two.choose("mine", "sections-1-body")
    assert two.save()
    assert bodies(edition)["overview"] == "Theirs, again." and bodies(edition)["symptoms"] == "Mine, too."


def a_fault_beside_the_conflict(one: Writer, two: Writer, edition: Edition) -> None:
    one.body("overview", "Theirs.")
    two.body("overview", "Mine.")
    two.body("symptoms", "Mine <b>bold</b>.")
    assert one.save()
    assert not two.save()
    two.choose("mine", "sections-0-body")
    assert not two.save(), "HTML is not allowed"
    two.typed.remove("Mine <b>bold</b>.")
    two.body("symptoms", "Mine, bold.")
    assert two.save()
    assert bodies(edition)["overview"] == "Mine." and bodies(edition)["symptoms"] == "Mine, bold."


INTERLEAVINGS: list[Callable[[Writer, Writer, Edition], None]] = [
    each_another_section,
    the_same_text_and_mine_is_kept,
    the_same_text_and_theirs_is_taken,
    the_same_text_and_both_are_joined,
    removed_by_one_and_edited_by_the_other,
    removed_by_one_and_left_alone_by_the_other,
    edited_by_one_and_removed_by_the_other,
    both_add_a_section_of_the_same_key,
    each_adds_a_section_and_one_is_moved,
    a_key_is_renamed_by_one_and_its_text_edited_by_the_other,
    a_third_save_before_the_choice,
    a_fault_beside_the_conflict,
]


@pytest.mark.parametrize("interleaving", INTERLEAVINGS, ids=lambda each: each.__name__.replace("_", " "))
def test_nothing_is_lost(interleaving: Callable[[Writer, Writer, Edition], None]) -> None:
    world = w.build()
    edition = w.draft(world)
    interleaving(Writer(world.editor, edition), Writer(world.other_editor, edition), edition)
