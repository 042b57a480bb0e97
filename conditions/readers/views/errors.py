"""What a reader gets when there is no page, or none that could be made."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from alsinfo.answers import finished
from alsinfo.middleware import is_staff_path
from conditions.readers.answers import not_found


def no_such_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for every address that leads nowhere."""
    response = not_found()
    if is_staff_path(request):
        response.headers["Cache-Control"] = "no-store"
    return finished(request, response)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without the database."""
    return HttpResponse(render_to_string("500.html"), status=500)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself was malformed."""
    return HttpResponse(render_to_string("400.html"), status=400)
