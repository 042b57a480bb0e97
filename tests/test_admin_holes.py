"""The holes of a stock admin: closed here, and seen to be closed."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from alsinfo.admin.records import RecordAdmin, page_of
from conditions.models import Citation
from tests import pages
from tests import world as w
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


def lists() -> list[str]:
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    return [reverse(f"admin:{name}_changelist") for name in names]


def test_only_what_our_own_classes_guard_is_listed() -> None:
    assert all(isinstance(each, RecordAdmin) for each in admin.site._registry.values())
    assert not admin.site.is_registered(Group)
    labels = {model._meta.model_name for model in admin.site._registry}
    assert not labels & {"renderedpage", "session", "logentry", "rolegrant"}


def test_nothing_is_edited_in_lists_copied_or_offered_by_search() -> None:
    for each in admin.site._registry.values():
        assert not each.list_editable
        assert not each.save_as
        assert not each.actions
        assert not each.autocomplete_fields
        assert not each.filter_horizontal
    for name in ("autocomplete", "view_on_site"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}", args=[1, 1] if name == "view_on_site" else [])


@pytest.mark.parametrize("extra", ["_popup=1", "_saveasnew=1", "_to_field=id"])
def test_pop_ups_copies_and_other_keys_are_refused(world: w.World, extra: str) -> None:
    editor = signed_in(world.editor)
    condition = w.article(world).condition
    before = pages.everything()
    for url in (page_of(condition), "/admin/conditions/condition/add/", "/admin/conditions/condition/"):
        assert editor.get(f"{url}?{extra}").status_code == 400
        assert editor.post(f"{url}?{extra}", {"name": "x", "slug": "x"}).status_code == 400
        name, _, value = extra.partition("=")
        assert editor.post(url, {"name": "x", "slug": "x", name: value}).status_code == 400
    assert pages.everything() == before


@pytest.mark.parametrize(
    "query",
    [
        "password__startswith=md5",
        "is_superuser__exact=1",
        "role_grants__role=publisher",
        "email__contains=a",
        "is_active__in=0,1",
    ],
)
def test_a_query_string_reveals_no_field_that_is_not_shown(world: w.World, query: str) -> None:
    administrator = signed_in(world.administrator)
    assert administrator.get(f"/admin/accounts/user/?{query}").status_code == 400
    assert administrator.get("/admin/accounts/user/?is_active__exact=1").status_code == 200


def test_odd_queries_are_answered_without_a_fault(world: w.World, live: w.Article) -> None:
    superuser = signed_in(world.superuser)
    for url in lists():
        for query in ("q=%27%22%3B--", "o=99.-99.x", "p=-5", "p=x", "p=99999999", "all=", "e=1", "q=" + "x" * 3000):
            assert superuser.get(f"{url}?{query}").status_code in (200, 302), f"{url}?{query}"


def test_a_link_fills_no_form(world: w.World) -> None:
    page = signed_in(world.editor).get("/admin/conditions/condition/add/?name=Forged&slug=forged")
    assert "orged" not in str(pages.form(page).fields)


def test_no_page_shows_a_password_or_lets_anybody_set_a_flag_of_power(world: w.World) -> None:
    administrator = signed_in(world.administrator)
    for url in (page_of(world.editor), "/admin/accounts/user/add/", "/admin/accounts/user/"):
        page = administrator.get(url).content.decode()
        assert "md5$" not in page
        assert "is_superuser" not in page


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_lists_cost_the_same_however_long(world: w.World, who: str) -> None:
    client = signed_in(getattr(world, who))
    w.live(world)
    counts(client)
    first = counts(client)
    for number in range(3):
        w.live(world, w.article(world, f"c{number}", f"Condition {number}"))
    assert counts(client) == first


def counts(client: Client) -> dict[str, int]:
    """The queries of each list and of the article form."""
    found = {}
    for url in [*lists(), "/admin/"]:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        found[url] = len(captured)
    return found


def test_the_article_form_costs_the_same_however_long(world: w.World) -> None:
    editor = signed_in(world.editor)
    edition = w.draft(world)
    editor.get(page_of(edition))
    with CaptureQueriesContext(connection) as short:
        editor.get(page_of(edition))
    sections = [
        w.section(f"s{number}", f"Section {number}", "Text [@brown2017].", kind="other") for number in range(15)
    ]
    citations = [Citation(key=f"k{number}", reference=world.reference) for number in range(40)]
    w.write(edition, world.editor, put=[*sections, *citations])
    with CaptureQueriesContext(connection) as long:
        editor.get(page_of(edition))
    assert len(long) == len(short)
    assert len(long) < 80
