"""How texts come about is told from the rules themselves and counted from the record; corrections are owned up to."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from conditions import checks
from conditions.actions import drafting, withdrawing
from conditions.content.currency import EXPIRED_DAYS
from conditions.errors.cataloguing import MissingRole
from conditions.models import Article
from conditions.policies import assigning, cataloguing, overruling, publishing
from conditions.policies import drafting as drafting_policies
from conditions.policies import withdrawing as withdrawing_policies
from conditions.readers import process
from tests import world as w
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PROCESS, CORRECTIONS = "/uk/editorial-process/", "/uk/corrections/"
WRONG = "The page named the wrong dose."


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    process._counted.cache_clear()
    yield
    process._counted.cache_clear()


def corrected(world: w.World, article: Article, body: str = "Ring your GP.") -> None:
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "help-uk", body)
    w.write(edition, world.editor, fields={"correction": WRONG, "wrong_since": w.today()})
    w.publish(world, w.submit(world, edition)[GB])


def test_the_figures_are_counted_from_the_record_once_an_hour(
    client: Client, world: w.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    empty = client.get(PROCESS).text
    assert "nothing was reviewed" in empty and "<dt>Signed pages</dt><dd>0</dd>" in empty
    corrected(world, w.live(world))
    with django_assert_num_queries(0):
        assert client.get(PROCESS).text == empty
    down = w.live(world, w.article(world, "down", "Down"))
    withdrawing.revoke(w.page(down).live_publication().signatures().get(), by=world.lead, reason="Struck off.")  # type: ignore[union-attr]
    process._counted.cache_clear()
    with django_assert_num_queries(7):
        page = client.get(PROCESS).text
    for part in (
        "<dt>Signed pages</dt><dd>1</dd>",
        "1 of 1 (100 in 100)",
        "<dd>3, and 0 reviewed again without a change</dd>",
        "less than a day in half of all reviews",
        f'<a href="{CORRECTIONS}">1</a>',
        "<dd>1 time</dd>",
        "<dt>Signatures withdrawn</dt><dd>1</dd>",
        f"after {EXPIRED_DAYS} days, that it is out of date",
    ):
        assert part in page, part
    assert all(rule.asks in page for rule in checks.RULES if rule.is_blocking)
    us = client.get("/us/editorial-process/").text
    assert 'lang="en-US"' in us and '<a href="/us/corrections/">0</a>' in us


def test_who_may_do_what_is_what_the_rules_say(world: w.World, live: w.Article) -> None:
    """Each deed is tried by each role: the rule that decides refuses for want of a role just where the page says so."""
    other = w.submit(world, w.draft(world, w.article(world, "other", "Other")))[GB]
    page, today = w.page(live), w.today()
    to = w.accept(w.assignment(other))
    rules: dict[str, Callable[[User], Refusal | None]] = {
        "write": lambda user: drafting_policies.objection_to_start(live, by=user),
        "ask": lambda user: assigning.objection_to_invite(other, world.other_uk, by=user, today=today),
        "publish": lambda user: publishing.objection_to_publish(other, by=user),
        "take": lambda user: withdrawing_policies.objection_to_suspend(page, by=user, reason="Why."),
        "put": lambda user: withdrawing_policies.objection_to_lift(page, by=user, reason="Why.", today=today),
        "look": lambda user: cataloguing.objection_to_register(by=user),
        "let": lambda user: overruling.objection_to_overrule(other, by=user, reason="Why."),
    }
    people = {
        "editor": world.other_editor,
        "publisher": world.publisher,
        "lead": world.lead,
        "administrator": world.administrator,
        "reviewer": world.us.user,
    }
    for deed, may in process.DEEDS.items():
        rule = rules.get(deed.split()[0])
        for role, user in people.items():
            if rule:
                assert isinstance(rule(user), MissingRole) == (role not in may), f"{deed}: {role}"
    assert set(rules) == {deed.split()[0] for deed in process.DEEDS} - {"sign"}
    assert assigning.objection_to_answer(to, by=world.lead, states=(to.state,)) is not None


def test_a_correction_stands_with_its_days_under_the_signed_title_while_readers_get_the_page(
    client: Client, world: w.World, live: w.Article
) -> None:
    assert "No page for the United Kingdom has had to be corrected." in client.get(CORRECTIONS).text
    corrected(world, live)
    page = client.get(f"{CORRECTIONS}?page=x").text
    for part in (WRONG, "Wrong since", '<a href="/uk/conditions/als/v2/">version 2</a>', "Amyotrophic lateral"):
        assert part in page
    assert WRONG not in client.get("/us/corrections/").text
    w.write(drafting.start(live, by=world.editor), world.editor, fields={"correction": "A draft of one."})
    assert "A draft of one." not in client.get(CORRECTIONS).text
    withdrawing.suspend(w.page(live), by=world.publisher, reason="A number is wrong.")
    page = client.get(CORRECTIONS).text
    assert WRONG not in page and "Amyotrophic" not in page


def test_many_corrections_are_told_on_pages_in_bounded_queries(
    client: Client,
    world: w.World,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("conditions.readers.views.process.PER_PAGE", 1)
    article = w.live(world)
    corrected(world, article)
    corrected(world, article, "Ring your GP today.")
    with django_assert_max_num_queries(8):
        first = client.get(CORRECTIONS).text
    assert "Page 1 of 2" in first and '<a class="alone" href="?page=2" rel="next">' in first and "version 3" in first
    second = client.get(f"{CORRECTIONS}?page=2").text
    assert "version 2</a>" in second and 'rel="prev"' in second
    assert client.get(f"{CORRECTIONS}?page={10**30}").text == second
