"""Links of works and organisations are visited a few at a time, and editors see which are broken."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from conditions.actions import cataloguing, link_checking
from conditions.checks import findings
from conditions.content.visits import Answer, Visit
from conditions.models import CheckedLink, Citation, Reference
from conditions.visiting import visit
from tests import world as w
from tests.at_desk import text_of
from tests.link_server import is_here, serving
from tests.pages import signed_in
from tests.racing import done, races
from tests.test_commands import run

pytestmark = pytest.mark.django_db
WEBSITES = {"https://support-uk.example.org/", "https://support-us.example.org/"}


@pytest.fixture
def world(settings: Any) -> w.World:
    settings.LINK_CHECKS = True
    cache.clear()
    return w.build()


def add(world: w.World, url: str, title: str = "A page", **more: str) -> Reference:
    return cataloguing.add_reference({"type": "webpage", "title": title, "URL": url, **more}, by=world.editor)


def check(answers: dict[str, Answer] | None = None) -> list[str]:
    """Visit what is due, fine unless said otherwise; the addresses visited."""
    visited = []

    def visitor(url: str) -> Visit:
        visited.append(url)
        answer = (answers or {}).get(url, Answer.FINE)
        return Visit(answer, 200 if answer is Answer.FINE else 404, url, "" if answer is Answer.FINE else "Gone.")

    link_checking.check_links(visitor, pause=0)
    return visited


def make_due() -> None:
    CheckedLink.objects.update(next_check_at=w.clock_now() - timedelta(minutes=1))


def test_links_of_works_and_organisations_are_known_once(world: w.World) -> None:
    add(world, "https://guide.example/")
    add(world, "https://doi.example/", "With a DOI", DOI="10.1000/x")
    for _ in range(2):
        link_checking.collect()
        assert set(CheckedLink.objects.values_list("url", flat=True)) == {"https://guide.example/", *WEBSITES}
    cataloguing.change_reference(
        Reference.objects.get(title="A page"),
        {"type": "webpage", "title": "A page", "URL": "https://new.example/"},
        by=world.editor,
    )
    link_checking.collect()
    assert set(CheckedLink.objects.values_list("url", flat=True)) == {"https://new.example/", *WEBSITES}


def test_what_was_visited_is_left_alone_until_it_is_due_again(world: w.World) -> None:
    link_checking.collect()
    assert set(check()) == WEBSITES
    assert check() == []
    assert set(CheckedLink.objects.values_list("state", flat=True)) == {"fine"}
    make_due()
    assert set(check()) == WEBSITES


def test_nothing_is_visited_unless_switched_on(world: w.World, settings: Any) -> None:
    settings.LINK_CHECKS = False
    assert "links: switched off" in run("run_due", "--only", "links")
    assert check() == []
    assert not CheckedLink.objects.exists()


def test_no_host_is_asked_for_more_than_five_pages_in_a_run(world: w.World) -> None:
    for number in range(8):
        add(world, f"https://busy.example/{number}", f"Page {number}")
    link_checking.collect()
    hosts = Counter(url.split("/")[2] for url in check())
    assert hosts == {"busy.example": 5, "support-uk.example.org": 1, "support-us.example.org": 1}
    assert len(check()) == 3


def test_a_run_that_was_cut_off_is_taken_up_again_later(world: w.World) -> None:
    link_checking.collect()

    def dies(url: str) -> Visit:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        link_checking.check_links(dies, pause=0)
    assert check() == [], "the other run may still be at it"
    assert set(CheckedLink.objects.values_list("state", flat=True)) == {"new"}
    CheckedLink.objects.update(next_check_at=w.clock_now() - link_checking.LEASE)
    assert set(check()) == WEBSITES


def test_editors_see_broken_links_and_whose_they_are(world: w.World) -> None:
    work = add(world, "https://gone.example/", "A page that went away")
    link_checking.collect()
    editor = signed_in(world.editor)
    assert "<strong>Nothing waits.</strong>" in text_of(editor.get("/admin/broken-links/"))
    for _ in range(2):
        check({"https://gone.example/": Answer.HARD})
        make_due()
    assert "Links broken</a>: 1" in text_of(editor.get("/admin/"))
    shown = text_of(editor.get("/admin/broken-links/"))
    assert f'<a href="/admin/conditions/reference/{work.pk}/change/">A page that went away</a>' in shown
    assert "https://gone.example/" in shown and "Gone." in shown and "never" in shown
    assert signed_in(world.administrator).get("/admin/broken-links/").status_code == 403


def test_a_draft_that_cites_a_broken_link_is_told(world: w.World, settings: Any) -> None:
    edition = w.draft(world)
    work = add(world, "https://gone.example/", "A page that went away")
    row = Citation(key="gone", reference=work)
    w.write(edition, world.editor, put=[row])
    link_checking.collect()
    assert "was not checked in the last six months" in " ".join(str(each) for each in findings(edition))
    for _ in range(2):
        check({"https://gone.example/": Answer.HARD})
        make_due()
    [found] = [each for each in findings(edition) if each.code == "unsound-link"]
    assert (str(found), found.is_blocking) == ("The web address of [@gone] is broken.", False)
    settings.LINK_CHECKS = False
    assert "unsound-link" not in {each.code for each in findings(edition)}


def test_run_due_collects_once_a_day_and_visits_a_real_server(world: w.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_checking.check_links, "__defaults__", (lambda url: visit(url, is_here),))
    CheckedLink.objects.all().delete()
    with serving() as site:
        monkeypatch.setattr(link_checking, "_addresses_of_organisations", list)
        add(world, f"{site}/to/here")
        assert "links: 1 visited" in run("run_due", "--only", "links")
        add(world, f"{site}/later", "Later")
        assert "links: 0 visited" in run("run_due", "--only", "links")
    link = CheckedLink.objects.get()
    assert (link.state, link.status, link.ended_at, link.is_moved) == ("fine", 200, f"{site}/here", True)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_visit_each_link_once(settings: Any) -> None:
    settings.LINK_CHECKS = True
    w.build()
    link_checking.collect()
    with races() as race:
        visits = done(race(*[lambda: check()] * 3))
    assert sorted(url for each in visits for url in each) == sorted(WEBSITES)
