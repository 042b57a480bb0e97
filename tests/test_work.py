"""The first page says what waits for whom, the list where each article stands; both in the same few queries."""

from datetime import date, timedelta
from itertools import count, islice

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.actions import assigning, drafting, owning, signing, withdrawing
from conditions.content.currency import in_words
from conditions.models import Article, Condition, Edition, RegionalArticle
from organisations import actions as organising
from tests import world as w
from tests.databases import count_rows
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
HOME, LIST = "/admin/", "/admin/conditions/article/"


def due_in(article: Article, days: int, region: w.Region = GB) -> None:
    page = w.page(article, region)
    RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=w.today(region) + timedelta(days=days))


def everything(world: w.World) -> None:
    """One article of each kind of work."""
    due_in(w.live(world, w.article(world, "overdue", "Overdue")), -40)
    due_in(w.live(world, w.article(world, "soon", "Due soon")), 20, US)
    w.draft(world, w.article(world, "draft", "In draft"))
    w.submit(world, w.draft(world, w.article(world, "waiting", "Waiting"), regions="GB"))
    to = w.accept(w.assignment(w.submit(world, w.draft(world, w.article(world, "sent-back", "Sent back")))[GB]))
    signing.request_changes(to, by=to.reviewer.user, note="Weak is not the word.")
    w.sign(w.submit(world, w.draft(world, w.article(world, "signed", "Signed"), regions="GB"))[GB])
    down = w.live(world, w.article(world, "down", "Down"))
    withdrawing.suspend(w.page(down), by=world.publisher, reason="A mistake.")
    organising.propose(world.bodies[GB], by=world.editor, fields={"what_it_does": "Helps more."})


def listed(client: Client, query: str = "") -> list[str]:
    """The articles on the list, in order."""
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200, query
    return [str(article) for article in answer.context["cl"].result_list]


def test_each_role_sees_what_it_acts_on_and_each_number_is_that_of_its_list(world: w.World) -> None:
    everything(world)
    seen = {}
    for who in (world.editor, world.publisher, world.lead, world.administrator):
        client = signed_in(who)
        found = client.get(HOME).context["work"]
        seen[who.username] = [line.heading for line in found]
        for line in found:
            assert client.get(HOME + line.url).context["cl"].result_count == line.count, line.heading
    overdue, soon, waiting = "1 past the review date", "1 due in 30 days", "2 waiting for a reviewer"
    assert seen == {
        "editor": [overdue, "1 with changes requested", waiting, soon, "2 in draft by you"],
        "publisher": ["1 taken down", "1 signed, not published", "1 organisation to verify"],
        "lead": [overdue, "1 taken down", waiting, soon],
        "administrator": [],
    }


def test_the_overdue_are_counted_on_the_first_page_with_how_long_and_since_when(
    world: w.World, live: w.Article
) -> None:
    due_in(live, -40)
    text = signed_in(world.editor).get(HOME).text
    assert "1 past the review date" in text
    assert f"40 days overdue, {w.today() - timedelta(days=40):%-d %B %Y}" in text


def test_when_nothing_waits_the_page_says_so(world: w.World) -> None:
    assert "Nothing waiting." in signed_in(world.publisher).get(HOME).text


NARROWED: dict[str, list[str] | int] = {
    "": ["Overdue", "Due soon", "Down", "In draft", "Sent back", "Signed", "Waiting"],
    "due=overdue": ["Overdue"],
    "due=overdue&region=us": [],
    "due=30": ["Due soon"],
    "due=30&region=uk": [],
    "due=never": ["In draft", "Sent back", "Signed", "Waiting"],
    "state=draft": ["In draft", "Sent back"],
    "state=in-review": ["Sent back", "Waiting"],
    "state=in-review&region=us": ["Sent back"],
    "state=signed": ["Signed"],
    "state=down": ["Down"],
    "state=never": ["In draft", "Sent back", "Signed", "Waiting"],
    "state=archived": [],
    "mine=drafts": [],
    "mine=owned": [],
    "q=sent": ["Sent back"],
    "q=back+sent": ["Sent back"],
    "q=%25": [],
    "state=nonsense&due=x&region=fr&mine=0&reviewer=abc": 7,
}


def test_the_list_is_narrowed_by_what_is_asked(world: w.World) -> None:
    everything(world)
    client = signed_in(world.other_editor)
    for query, found in NARROWED.items():
        names = listed(client, query)
        assert found in (names, len(names)), query


def test_the_list_finds_an_article_by_every_name_and_by_its_reviewer(world: w.World, live: w.Article) -> None:
    live.condition.names.create(text="Lou Gehrig’s disease", kind="eponym")
    client = signed_in(world.lead)
    assert listed(client, "q=gehrig") == [str(live)]
    assert listed(client, f"reviewer={world.uk.pk}") == [str(live)]
    assert listed(client, f"reviewer={world.uk.pk}&region=us") == []
    assert listed(client, f"reviewer={world.other_uk.pk}") == []
    assigning.invite_to_reconfirm(w.page(live), world.other_uk, by=world.editor)
    assert listed(client, f"reviewer={world.other_uk.pk}") == [str(live)]


def test_a_line_says_what_readers_get_and_what_is_on_its_way(world: w.World, live: w.Article) -> None:
    edition = drafting.start(live, by=world.editor)
    w.edit(edition, world.editor, "help-uk", "Ring your GP.")
    w.submit(world, edition)
    text = signed_in(world.editor).get(LIST).text
    for words in ("Live v1", "v2 in review", "in 12 months", "Asked: Dr Uk Reviewer"):
        assert words in text, words
    assert text.count("v2 in review") == 1


def test_an_archived_article_is_found_only_in_the_archive(world: w.World) -> None:
    article = w.article(world)
    owning.archive(article, by=world.editor)
    client = signed_in(world.editor)
    assert (listed(client), listed(client, "state=archived")) == ([], [str(article)])


def test_empty_lists_say_why(world: w.World) -> None:
    client = signed_in(world.editor)
    assert "There is no article yet." in client.get(LIST).text
    assert "No article matches." in client.get(f"{LIST}?q=nothing").text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "1 day overdue"),
        (-40, "40 days overdue"),
        (0, "due today"),
        (1, "in 1 day"),
        (25, "in 25 days"),
        (305, "in 10 months"),
    ],
)
def test_a_review_date_is_said_in_words(days: int, words: str) -> None:
    today = date(2026, 11, 21)
    assert in_words(today + timedelta(days=days), today) == words


def many(world: w.World, number: int, numbers: "count[int]") -> None:
    """So many articles more, written past the actions: drafts with a page in each region."""
    conditions = Condition.objects.bulk_create(
        Condition(slug=f"c{n}", name=f"Condition {n}") for n in islice(numbers, number)
    )
    articles = Article.objects.bulk_create(Article(condition=each, owner=world.editor) for each in conditions)
    RegionalArticle.objects.bulk_create(
        RegionalArticle(article=each, region=region) for each in articles for region in w.Region
    )
    now = w.clock_now()
    drafts = {"number": 1, "started_by": world.editor, "started_at": now, "saved_at": now}
    Edition.objects.bulk_create(Edition(article=each, **drafts) for each in articles)


def test_the_number_of_queries_does_not_grow_with_the_articles(world: w.World) -> None:
    """At 10, 100 and 1,000 articles; the benchmark asks the same at 10,000."""
    everything(world)
    article, numbers = w.live(world, w.article(world, "als")), count()
    edition = drafting.start(article, by=world.editor)
    client = signed_in(world.editor)
    pages: tuple[str, ...] = (
        HOME,
        LIST,
        f"{LIST}{article.pk}/change/",
        f"/admin/conditions/edition/{edition.pk}/change/",
    )
    pages = (*pages, f"{LIST}?q=condition&state=draft&due=never")
    found = []
    for page in pages:
        client.get(page)  # what is read once in a process is read now
    for more in (10, 90, 900):
        many(world, more, numbers)
        count_rows()
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        found.append(counts)
    assert found[0] == found[1] == found[2], found
    assert max(found[0][:2]) < 60
