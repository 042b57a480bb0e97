"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from alsinfo import health
from alsinfo.accounts.views import too_many
from conditions.readers.views import errors

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("admin/", admin.site.urls),
    path("desk/", include("conditions.desk.urls")),
    path("accounts/", include("alsinfo.accounts.urls")),
    path("", include("organisations.urls")),
    path("", include("conditions.readers.urls")),
]

handler400 = errors.bad_request
handler404 = errors.no_such_page
handler429 = too_many  # asked for by allauth
handler500 = errors.server_error
