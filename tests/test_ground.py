"""Tests begin with the same world, and none sees what another did to it."""

import pytest

from alsinfo.accounts.models import User
from conditions.models import Article
from organisations.models import Organisation
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_does_to_the_world_is_gone_for_the_next(world: w.World, time: str) -> None:
    assert world.editor.full_name == User.objects.get(pk=world.editor.pk).full_name == "Editor"
    User.objects.filter(pk=world.editor.pk).update(full_name=time)
    world.editor.full_name = time


def test_an_article_stands_for_those_who_ask_for_it_alone(world: w.World) -> None:
    assert not Article.objects.exists()


def test_a_live_article_is_the_only_one(live: w.Article) -> None:
    assert Article.objects.get() == live


def test_who_asks_for_no_world_finds_none() -> None:
    assert not Organisation.objects.exists()
