"""Putting pictures into drafts, as rows of the table of actions."""

from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import picturing
from conditions.models import Picture
from tests import pictured
from tests import situations as s
from tests.action_case import Case
from tests.acts import Place, now


def add(place: Place, by: User) -> Any:
    edition = now(place.edition)
    picture, files = Picture(key="nerves", **pictured.WORDS), pictured.files()
    return picturing.add_picture(edition, picture, files, by=by, opened_version=edition.lock_version)


SAID = f"![nerves], {pictured.files()[-1].digest}"
PICTURING = (Case("add_picture", "editor", (s.drafted,), "Edition", after=SAID, act=add),)
