"""The public addresses of organisations."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from organisations import answering, views

app_name = "organisations"

urlpatterns = [
    path("your-entry/thanks/", answering.thanks, name="thanks"),
    path("your-entry/<str:token>/", answering.answer, name="your-entry"),
    path("logos/<slug:digest>.webp", views.logo, name="logo"),
    path("<str:region_slug>/organisations/", views.finder, name="finder"),
    path("<str:region_slug>/organisations/<slug:slug>/", views.organisation, name="organisation"),
    re_path(
        r"^(?P<address>(?:uk|us)/organisations(?:/[-\w]+)?)$",
        RedirectView.as_view(url="/%(address)s/", permanent=True),
        name="organisations-add-slash",
    ),
]
