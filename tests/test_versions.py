"""Earlier texts of an article: found in its history, compared, started from again, copied for another condition."""

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal
from conditions.actions import drafting, owning, reusing, review_dates, submitting
from conditions.actions.cataloguing import add_condition
from conditions.admin.comparing import choices
from conditions.admin.timeline import events
from conditions.content.currency import add_months
from conditions.models import Article, Edition, Revision
from conditions.models.desk import contents_of
from organisations.regions import Region
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


def second_version(world: w.World, article: Article) -> Edition:
    """UK readers get another text; the US text stays v1."""
    edition = drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "help-uk", "Ring your GP today.")
    w.publish(world, w.submit(world, edition)[GB])
    edition.refresh_from_db()
    return edition


def first_text(article: Article) -> Revision:
    return w.page(article).publications.get(sequence=1).revision


def of(article: Article, view: str = "compare", query: str = "") -> str:
    return f"/admin/conditions/article/{article.pk}/{view}/?{query}"


def test_an_earlier_text_is_started_from_again_and_needs_a_new_signature(world: w.World, live: w.Article) -> None:
    second_version(world, live)
    digest = first_text(live).pk
    editor = signed_in(world.editor)
    sent = {"text_GB": digest, "regions": "GB,US"}
    answer = editor.post(f"/admin/conditions/article/{live.pk}/restore/", sent, follow=True)
    assert "It goes the whole way through review again." in " ".join(pages.messages(answer))
    edition = live.editions.get(number=3)
    texts = {region: str(content) for region, content in contents_of(edition).items()}
    assert "Ring your GP" not in texts[GB] and "Ask your doctor." in texts[US]
    w.write(edition, world.editor, fields={"change_note": "Back to the first text."})
    rows = w.submit(world, edition)
    assert (rows[GB].revision_id, rows[GB].state, rows[US].state) == (digest, "in_review", "unchanged")
    event = AuditEvent.objects.get(verb="restore")
    assert event.reason == f"The earlier text: UK {digest}"


def test_only_the_articles_own_texts_of_the_region_can_be_restored(world: w.World, live: w.Article) -> None:
    article, other = live, w.live(world, w.article(world, "other", "Other"))
    for texts in ({}, {GB: first_text(other)}, {US: first_text(article)}):
        with pytest.raises(Refusal, match="belongs to another page"):
            reusing.restore(article, texts, by=world.editor)
    answer = signed_in(world.editor).post(
        f"/admin/conditions/article/{article.pk}/restore/",
        {"text_GB": first_text(other).pk, "regions": "GB,US"},
        follow=True,
    )
    assert "Select a valid choice" in " ".join(pages.messages(answer))
    assert article.editions.count() == 1


def test_a_copy_has_text_and_references_and_nothing_that_was_signed(world: w.World) -> None:
    source = w.live(world)
    condition = add_condition("pls", "Primary lateral sclerosis", by=world.editor)
    answer = signed_in(world.other_editor).post(
        f"/admin/conditions/article/{source.pk}/copy/", {"condition": condition.pk}, follow=True
    )
    assert "Nothing of it is signed." in " ".join(pages.messages(answer))
    copy = Article.objects.get(condition=condition)
    edition = copy.editions.get()
    assert answer.redirect_chain[-1][0] == f"/admin/conditions/edition/{edition.pk}/change/"
    content = contents_of(edition)[GB]
    assert (content["title"], content["names"]) == ("Primary lateral sclerosis", [])
    live = first_text(source).content
    assert (content["sections"], content["citations"]) == (live["sections"], live["citations"])
    assert edition.citations.get().reference == world.reference
    page = w.page(copy)
    assert (page.state, page.last_reviewed_on, copy.owner) == ("unpublished", None, world.other_editor)
    assert [path.slug for path in page.paths.all()] == ["pls"]
    assert AuditEvent.objects.get(verb="duplicate").before == str(source)


def test_who_wrote_the_source_can_never_sign_the_copy(world: w.World) -> None:
    roles.grant(world.other_uk.user, Role.EDITOR, by=None)
    source = w.article(world)
    edition = w.draft(world, source)
    w.edit(edition, world.other_uk.user, "overview", "It is a disease [@brown2017].")
    copy = reusing.duplicate(source, add_condition("pls", "PLS", by=world.editor), by=world.other_editor)
    rows = w.submit(world, w.write(copy.editions.get(), world.editor, fields={"change_note": "First."}))
    with pytest.raises(Refusal, match="contributed to this article"):
        w.assigning.invite(rows[GB], world.other_uk, by=world.editor)


def test_an_empty_article_and_a_taken_condition_are_not_copied(world: w.World, live: w.Article) -> None:
    empty, source = w.article(world, "empty", "Empty"), live
    for of_what, onto, why in ((empty, source, "nothing to copy"), (source, empty, "an article on Empty already")):
        with pytest.raises(Refusal, match=why):
            reusing.duplicate(of_what, onto.condition, by=world.editor)


def test_any_two_texts_are_compared_and_the_draft_too(world: w.World, live: w.Article) -> None:
    second_version(world, live)
    draft = drafting.start(live, by=world.editor)
    w.edit(draft, world.editor, "overview", "It is a rare disease of nerve cells [@brown2017].")
    labels = [choice.label for choice in choices(live, GB)]
    assert labels[0] == "Edition 3, the draft as it was last saved"
    assert labels[1].startswith("v2, published") and ", live; Edition 2, round 1" in labels[1]
    assert labels[2].startswith("v1, published")
    client = signed_in(world.lead)
    page = client.get(of(live)).text
    assert "rare" in page and "<ins>" in page and "1 of 8 parts differ." in page
    versions = f"region=uk&before={first_text(live).pk}&after={choices(live, GB)[1].token}"
    page = client.get(of(live, query=versions)).text
    assert "Ring" in page and "<del>" in page and "rare" not in page
    assert "Only a person with the role of editor can do this." in page
    assert "Another edition of this article is open." in signed_in(world.editor).get(of(live)).text
    assert "nothing to compare it with" in client.get(of(w.live(world, w.article(world, "one", "One")))).text


def test_a_text_of_another_article_or_region_is_not_shown(world: w.World, live: w.Article) -> None:
    article, other = live, w.live(world, w.article(world, "other", "Other"))
    drafted = w.draft(world, w.article(world, "drafted", "Drafted"), regions="US").article
    client = signed_in(world.editor)
    foreign = (first_text(other).pk, w.page(article, US).live_publication().revision_id, "draft", "nothing")  # type: ignore[union-attr]
    for token in foreign:
        assert client.get(of(article, query=f"region=uk&after={token}")).status_code == 404, token
    assert "There is no text for UK readers yet." in client.get(of(drafted)).text
    for view in ("compare", "history"):
        assert signed_in(world.administrator).get(of(article, view)).status_code == 403
        assert client.get(f"/admin/conditions/article/0/{view}/").status_code == 404


def test_the_history_tells_everything_once_newest_first(world: w.World, live: w.Article) -> None:
    second_version(world, live)
    owning.hand_over(live, world.other_editor, by=world.editor)
    told = [(event.what, event.region) for event in reversed(events(live))]
    assert told[:2] == [("Article added", ""), ("Edition 1 started", "")]
    assert ("v2 published", "UK") in told and ("v2 published", "US") not in told
    assert told[-1] == ("Handed over", "")
    assert told.count(("Signed: the whole page", "UK")) == 2
    assert told.count(("Edition 2 sent to review, round 1", "US")) == 1
    page = signed_in(world.publisher).get(of(live, "history")).text
    assert "Editor → Other Editor" in page and "after=" in page


def test_a_shorter_interval_brings_the_review_of_live_pages_forward_and_a_longer_one_moves_nothing(
    world: w.World,
    live: w.Article,
) -> None:
    reviewed = {region: w.page(live, region).last_reviewed_on for region in (GB, US)}  # not one day at night
    due = {region: add_months(day, 6) for region, day in reviewed.items() if day}
    chosen = {"risk_tier": "high", "reason": "New drugs."}
    review_dates.change_risk(live, by=world.editor, review_interval_months=6, **chosen)
    assert {Region(page.region): page.next_review_due_on for page in live.regional_articles.all()} == due
    live.refresh_from_db()
    with pytest.raises(Refusal, match="clinical lead"):
        review_dates.change_risk(live, by=world.editor, review_interval_months=12, **chosen)
    with pytest.raises(Refusal, match="12 months at least"):
        review_dates.change_risk(live, by=world.lead, review_interval_months=13, **chosen)
    review_dates.change_risk(live, by=world.lead, review_interval_months=12, **chosen)
    assert w.page(live).next_review_due_on == due[GB]


def test_an_article_is_archived_once_nobody_writes_or_reads_it(world: w.World) -> None:
    edition = w.draft(world)
    article = edition.article
    with pytest.raises(Refusal, match="An edition of this article is open"):
        owning.archive(article, by=world.editor)
    for region in (GB, US):
        submitting.discard(edition, region, by=world.editor, reason="")
        edition.refresh_from_db()
    editor = signed_in(world.editor)
    page = f"/admin/conditions/article/{article.pk}/"
    editor.post(f"{page}archive/")
    text = editor.get(f"{page}change/").text
    assert "In the archive since" in text and "Take it out of the archive first." in text
    with pytest.raises(Refusal, match="archived"):
        drafting.start(article, by=world.editor)
    editor.post(f"{page}unarchive/")
    article.refresh_from_db()
    drafting.start(article, by=world.editor)
    with pytest.raises(Refusal, match="public or taken down"):
        owning.archive(w.live(world, w.article(world, "live", "Live")), by=world.editor)
