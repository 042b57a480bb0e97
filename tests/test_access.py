"""Who may open and send what: every route found from the resolver, for every role, against one table."""

import os
import re
from copy import deepcopy

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests import access
from tests.writes import Writes

pytestmark = [pytest.mark.django_db, pytest.mark.looks]  # who may what is decided by no database
MAY_ACT = {"/admin/accounts/": {"admin"}, "/admin/outbox/": {"admin", "lead"}}
NOT_THE_RECORD = {"django_session", "accounts_cacheentry"}
WRITE = "WRITE_ACCESS_TABLE"


@pytest.mark.parametrize("roles", access.COMPANIES, ids="-".join)
def test_every_route_answers_every_role_as_the_table_says_and_writes_nothing_unasked(roles: tuple[str, ...]) -> None:
    if os.environ.get(WRITE) and roles is access.COMPANIES[0]:
        write()
        return
    assert answers(roles) == table(roles), f"read the difference; {WRITE}=1 takes it"


def write() -> None:
    """Write the table anew."""
    found = answers(access.ROLES)
    width = max(map(len, found)) + 2
    lines = [f"{route:{width}}" + "".join(f"{cell:>10}" for cell in cells) for route, cells in found.items()]
    head = f"{'route':{width}}" + "".join(f"{role:>10}" for role in access.ROLES)
    access.TABLE.write_text("\n".join([head, *lines]) + "\n")


def table(roles: tuple[str, ...]) -> dict[str, list[str]]:
    """What the table says: for each route the cells of these roles."""
    head, *lines = (line.split() for line in access.TABLE.read_text().splitlines())
    places = [head.index(role) - len(head) for role in roles]
    return {" ".join(line[: 1 - len(head)]): [line[place] for place in places] for line in lines}


def answers(roles: tuple[str, ...]) -> dict[str, list[str]]:
    """What the site answers: for each route a cell for each of these roles."""
    clients = access.build()
    found = {}
    for route in access.all_routes():
        where = access.address(route)
        found[f"/{route}"] = [cell(clients[role], where) for role in roles]
    return found


def cell(client: Client, where: str) -> str:
    """The answers to GET, which never writes, and to an empty POST, with a star if that was enough to act."""
    read, written = answer(client, "get", where)
    assert not written, f"GET {where} wrote to {written}"
    sent, written = answer(client, "post", where)
    return f"{read.status_code}/{sent.status_code}{'*' if written else ''}"


def answer(client: Client, method: str, where: str) -> tuple[HttpResponse, set[str]]:
    """The answer, and the tables of the record that were written to; nothing stays."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic(), Writes() as writes:
        response = getattr(client, method)(where)
        transaction.set_rollback(True)
    client.cookies = cookies  # whoever signed out is still there
    return response, writes.tables - NOT_THE_RECORD


def test_an_empty_post_acts_only_on_accounts_and_on_mail_that_did_not_arrive() -> None:
    """The same table, read by rule."""
    lines = access.TABLE.read_text().splitlines()
    assert len(lines) > 150
    for line in lines[1:]:
        cells = dict(zip(access.ROLES, re.findall(r"\d{3}/\d{3}\*?", line), strict=True))
        acts = {role for role, answers in cells.items() if answers.endswith("*")}
        allowed = next((roles for place, roles in MAY_ACT.items() if line.startswith(place)), set())
        assert acts <= allowed, line


def test_the_record_and_the_accounts_are_opened_to_those_who_need_them() -> None:
    """Also by rule: nobody deletes anything, and who is not staff never gets past the door of the admin."""
    for line in access.TABLE.read_text().splitlines()[1:]:
        cells = dict(zip(access.ROLES, re.findall(r"\d{3}/\d{3}\*?", line), strict=True))
        if "/delete/" in line:
            assert {cells[role] for role in access.ROLES} <= {"302/302", "403/403"}, line
        if line.startswith("/admin/") and "/login/" not in line:
            assert {cells[role] for role in ("nobody", "left", "reviewer", "other", "reader")} == {"302/302"}, line
