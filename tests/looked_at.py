"""The demonstration with one page of every kind that readers can meet, for those who look at them all.

Run in a shell of the demonstration; see `tests.look`.
"""

from datetime import timedelta

from alsinfo.accounts.models import User
from conditions.actions import retiring, withdrawing
from conditions.models import Article, Edition, Publication, Reference, Reviewer
from organisations.regions import Region
from tests import world as w
from tests.bodies import approved
from tests.world import GB, World

HOSTILE = "'\"><script>alert(1)</script><img src=x onerror=alert(1)><b>{{ page }}&amp;</b>" + "W" * 60
ODD = "1 < 2 and '\"{{ page }} {% now %} " + "W" * 90
ALS = "/uk/conditions/amyotrophic-lateral-sclerosis/"


def make() -> list[str]:
    """The addresses, each of another kind; the first is the article that speed is measured at."""
    world = _world()
    for number in range(60):
        approved(world, f"Support {number}", ["GB"])
    _overdue(w.live(world, w.article(world, "overdue", "Overdue")), days=40)
    _overdue(_changed(world, w.live(world, w.article(world, "expired", "Expired"), regions="GB")), days=95)
    taken_down = w.live(world, w.article(world, "suspended", "Suspended"), regions="GB")
    withdrawing.suspend(w.page(taken_down), by=world.publisher, reason="A dose was wrong.")
    _withdraw(world, w.live(world, w.article(world, "withdrawn", "Withdrawn"), regions="GB"))
    hostile(world)
    digest = Publication.objects.filter(ended_at=None, regional_article__state="live").order_by("pk")[0].revision_id
    return [
        ALS,
        ALS.replace("uk", "us", 1),
        *("/", "/uk/", "/us/", "/uk/conditions/", "/uk/medical-team/", f"/uk/medical-team/{world.uk.slug}/"),
        *(f"/uk/conditions/{slug}/" for slug in ("overdue", "expired", "suspended", "withdrawn", "hostile")),
        *(f"/uk/conditions/expired/{part}" for part in ("history/", f"history/?on={w.today()}", "v1/", "compare/")),
        *("/uk/conditions/hostile/history/", "/uk/conditions/hostile/v1/"),
        *("/verify/", "/verify/?code=nothing", f"/verify/{digest}/"),
        *("/uk/organisations/", "/uk/organisations/?page=2", "/uk/organisations/?q=nobody-at-all"),
        *("/us/organisations/?area=US-IL", "/uk/organisations/mnd-scotland/"),
        *("/uk/search/", "/uk/search/?q=mnd", "/uk/search/?q=zzzzqqqq", "/uk/search/?q=%3Cscript%3Ealert(1)"),
        *("/uk/feedback/?page=amyotrophic-lateral-sclerosis&about=mistake", "/uk/feedback/sent/"),
        *("/uk/corrections/", "/uk/editorial-process/", "/us/editorial-process/", "/uk/about/", "/uk/privacy/"),
        *("/uk/accessibility/", "/no-such-page", "/uk/conditions/no-such-page/"),
    ]


def _world() -> World:
    """The people of the demonstration; each signs with the password of tests."""
    users = {user.username.removeprefix("demo-"): user for user in User.objects.all()}
    reviewers = {name: Reviewer.objects.get(user=users[f"reviewer-{name}"]) for name in ("uk", "us")}
    for reviewer in reviewers.values():
        reviewer.user.set_password(w.PASSWORD)
        reviewer.user.save()
    editor, publisher = users["editor"], users["publisher"]
    roles = {name: users.get(name, editor) for name in ("editor", "publisher", "lead", "administrator")}
    others = {f"other_{name}": user for name, user in roles.items()}
    return World(
        **roles,
        **others,
        uk=reviewers["uk"],
        us=reviewers["us"],
        superuser=editor,
        other_uk=reviewers["uk"],
        draft_reader=users["draft-reader"],
        bodies={region: w.organisation(region, editor, publisher) for region in Region},
        reference=Reference.objects.order_by("pk")[0],
    )


def _overdue(article: Article, *, days: int) -> None:
    Article.objects.filter(pk=article.pk).update(risk_tier="low")
    article.regional_articles.filter(state="live").update(next_review_due_on=w.today() - timedelta(days=days))


def _changed(world: World, article: Article) -> Article:
    """A second version, which owns up to a mistake."""
    edition = w.drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "symptoms", "Muscles waste [@brown2017].")
    fields = {"regions": "GB", "correction": "It said that muscles grow.", "wrong_since": w.today()}
    _publish(world, w.write(edition, world.editor, fields=fields))
    return article


def _withdraw(world: World, article: Article) -> None:
    retiring.propose_withdrawal(w.page(article), by=world.publisher, reason="Another page says it better.")
    retiring.withdraw(w.page(article), by=world.lead)


def hostile(world: World) -> None:
    """A page of what somebody could type to break it, and of words too long for a screen."""
    edition = w.draft(world, w.article(world, "hostile", HOSTILE[:100]), regions="GB")
    opening = edition.openings.get()
    opening.title = opening.names = opening.summary = opening.key_points = HOSTILE[:140]
    _publish(world, w.write(edition, world.editor, put=[opening, w.section("more", HOSTILE, ODD, kind="other")]))


def _publish(world: World, edition: Edition) -> None:
    w.publish(world, w.submit(world, edition)[GB])
