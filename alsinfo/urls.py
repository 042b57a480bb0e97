"""Every address of the site."""

from django.urls import path

from alsinfo import health

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
]
