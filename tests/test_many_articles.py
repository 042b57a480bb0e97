"""One deed for many articles: what would happen and why not, then what happened, each by an action of its own."""

from datetime import timedelta

import pytest
from django.test import Client

from alsinfo.accounts.models import User
from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from conditions.actions import owning
from conditions.admin import bulk
from conditions.admin.bulk_tasks import TASKS
from conditions.models import Article
from tests import world as w
from tests.pages import signed_in
from tests.world import GB

pytestmark = pytest.mark.django_db
BULK = "/admin/conditions/article/bulk/"


def post(client: Client, what: str, articles: list[Article], step: str, **fields: object) -> tuple[str, list[str]]:
    """The page's text, and its lines: "label | what is said"."""
    keys = ",".join(str(article.pk) for article in articles)
    answer = client.post(BULK, {"what": what, "keys": keys, "step": step, **fields})
    assert answer.status_code == 200
    steps = [(step, step.objection) for step in answer.context.get("steps") or []]
    lines = answer.context.get("done") or steps
    return answer.text, [f"{step.label} | {said or 'yes'}" for step, said in lines]


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_articles_are_handed_over_one_by_one_and_each_says_why_not(world: w.World) -> None:
    ours, theirs = w.article(world, "ours", "Ours"), w.article(world, "theirs", "Theirs")
    owning.hand_over(theirs, world.other_editor, by=world.editor)
    client, before = signed_in(world.lead), verbs()
    sent = {"to": world.other_editor.pk, "note": "Please look after these."}
    text, lines = post(client, "owner", [ours, theirs], "look", **sent)
    assert lines == ["Ours | yes", "Theirs | This person owns the article already."]
    assert "Hand over: 1 of 2" in text
    assert verbs() == before
    _, lines = post(client, "owner", [ours, theirs], "do", **sent)
    assert lines == ["Ours | yes", "Theirs | This person owns the article already."]
    assert verbs() == [*before, "hand_over"]
    ours.refresh_from_db()
    assert ours.owner == world.other_editor
    mail = Message.objects.filter(to_user=world.other_editor).latest("pk")
    assert "Lead handed the article on Ours over to you" in mail.body and "Please look after these." in mail.body


def test_one_refused_meanwhile_does_not_stop_the_others(world: w.World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at as possible, changed before it was done."""
    first, second = w.article(world, "first", "First"), w.article(world, "second", "Second")
    monkeypatch.setattr("conditions.admin.bulk_tasks.owning_policies.objection_to_hand_over", lambda *_, **__: None)
    to = User.objects.get(pk=world.publisher.pk)
    step = TASKS["owner"].steps([first, second], {"to": to, "note": ""}, world.editor)[0]
    monkeypatch.undo()
    assert str(bulk._do(step)) == "An article is owned by an editor whose account is open. Choose somebody else."


def test_reviewers_are_invited_where_a_text_is_in_review(world: w.World) -> None:
    waiting = w.submit(world, w.draft(world, w.article(world, "waiting", "Waiting"), regions="GB"))[GB].edition.article
    nothing = w.article(world, "nothing", "Nothing")
    sent = {"reviewer": world.other_uk.pk}
    _, lines = post(signed_in(world.editor), "invite", [waiting, nothing], "do", **sent)
    assert lines == ["Waiting, UK | yes", "Nothing | No text of it is in review."]
    assert world.other_uk.assignments.get().regional_article == w.page(waiting)
    _, lines = post(signed_in(world.editor), "invite", [waiting], "look", **sent)
    assert "yes" not in lines[0]


def test_a_reviewer_is_asked_to_confirm_live_texts_of_their_own_country(world: w.World) -> None:
    live = w.live(world)
    _, lines = post(signed_in(world.editor), "reconfirm", [live], "do", reviewer=world.other_uk.pk)
    assert lines[0].endswith("UK | yes")
    assert "no checked registration for the United States" in lines[1]


def test_reviewers_are_reminded_once_a_day(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    article, client = row.edition.article, signed_in(world.editor)
    assert [line.partition("| ")[2] for line in post(client, "remind", [article], "do")[1]] == ["yes"]
    mail = Message.objects.filter(to_user=world.uk.user).latest("pk")
    assert mail.subject.startswith("Reminder, your answer is awaited")
    again = post(client, "remind", [article], "do")[1]
    assert [line.partition("| ")[2] for line in again] == ["This reviewer was reminded today already."]
    assert Message.objects.filter(to_user=world.uk.user, subject__startswith="Reminder").count() == 1


def test_reviews_are_brought_forward_and_never_back(world: w.World, live: w.Article, client: Client) -> None:
    article, day = live, w.today() + timedelta(days=60)
    publisher = signed_in(world.publisher)
    sent = {"day": day.isoformat(), "reason": "New guidance is announced."}
    _, lines = post(publisher, "earlier", [article], "do", **sent)
    assert [line.partition("| ")[2] for line in lines] == ["yes", "yes"]
    assert w.page(article).next_review_due_on == day
    assert f"{day:%-d %B %Y}" in client.get("/uk/conditions/als/").text
    later = {**sent, "day": (day + timedelta(days=1)).isoformat()}
    _, lines = post(publisher, "earlier", [article], "do", **later)
    assert all("can only be brought forward" in line for line in lines)
    text, lines = post(publisher, "earlier", [article], "look", **{**sent, "reason": ""})
    assert lines == [] and "This field is required." in text


def test_all_that_match_are_taken_a_hundred_at_a_time(world: w.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    articles = [w.article(world, f"a{number}", f"Article {number}") for number in range(3)]
    other = w.article(world, "b", "Other")
    client = signed_in(world.editor)
    asked = client.get(BULK, {"what": "owner", "all": "yes", "q": "article"})
    assert asked.context["keys"] == ",".join(str(article.pk) for article in articles)
    assert "3 articles chosen." in asked.text
    sent = {"what": "owner", "keys": asked.context["keys"], "to": world.other_editor.pk, "step": "do"}
    first = client.post(BULK, sent)
    assert len(first.context["done"]) == 2 and "Go on: 1 article left" in first.text
    client.post(BULK, {**sent, "keys": first.context["later_keys"]})
    owners = dict(Article.objects.values_list("condition__slug", "owner__username"))
    assert owners == {**dict.fromkeys(("a0", "a1", "a2"), "other-editor"), "b": "editor"}
    assert str(other) == "Other"


def test_who_may_not_do_a_thing_is_not_offered_it_and_nothing_grave_is_offered_to_anybody(world: w.World) -> None:
    article = w.article(world)
    page = signed_in(world.publisher).get("/admin/conditions/article/").text
    assert 'value="earlier"' in page and 'value="owner"' not in page
    answer = signed_in(world.publisher).post(BULK, {"what": "owner", "keys": article.pk, "step": "do"})
    assert answer.status_code == 302
    assert set(TASKS) == {"invite", "reconfirm", "remind", "earlier", "owner"}
    assert signed_in(world.administrator).get(BULK).status_code == 403


@pytest.mark.parametrize("keys", ["", "x", "-1", "1;2", "99999999999999999999", "0"])
def test_numbers_that_are_none_choose_nothing(world: w.World, keys: str) -> None:
    answer = signed_in(world.editor).post(BULK, {"what": "remind", "keys": keys, "step": "do"})
    assert answer.status_code == 302 or answer.context["done"] == []
