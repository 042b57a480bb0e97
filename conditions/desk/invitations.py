"""What the link in an invitation shows, without signing in: the request, never the text."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alsinfo.concurrency import clock_now
from alsinfo.tokens import hash_of
from conditions.desk.texts import is_whole, minutes_to_read
from conditions.models import InvitationLink
from conditions.vocabulary import OPEN_ASSIGNMENTS

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}

alarm = logging.getLogger("alsinfo.alarm")


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, of whom and by when; one answer for every link that does not work."""
    response = _answer(request, token)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
def _answer(request: HttpRequest, token: str) -> HttpResponse:
    found = InvitationLink.objects.filter(
        token_hash=hash_of(token), expires_at__gt=clock_now(), assignment__state__in=OPEN_ASSIGNMENTS
    )
    link = found.select_related(
        "assignment__regional_article__article",
        "assignment__revision",
        "assignment__reviewer",
        "assignment__invited_by",
    ).first()
    if link is None:
        return render(request, "desk/invitation_over.html", status=404)
    assignment = link.assignment
    if not is_whole(assignment.revision):
        alarm.critical("The text of review %s is altered.", assignment.pk)
        return render(request, "503.html", status=503)
    content = assignment.revision.content
    context = {
        "assignment": assignment,
        "region": assignment.region,
        "title": content["title"],
        "summary": content["summary"],
        "minutes": minutes_to_read(content),
        "works_until": assignment.regional_article.day(link.expires_at),
    }
    return render(request, "desk/invitation.html", context)
