"""The public addresses; see docs/reference."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from conditions.readers.views import (
    articles,
    errors,
    feedback,
    lists,
    machines,
    pictures,
    process,
    search,
    site_pages,
    team,
    verify,
    versions,
)

app_name = "readers"

urlpatterns = [
    path("", lists.region_choice, name="region-choice"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap-index"),
    path("sitemaps/<slug:name>-<int:number>.xml", machines.sitemap, name="sitemap"),
    path("photographs/<slug:digest>.webp", team.photograph, name="photograph"),
    path("pictures/<slug:digest>.<slug:suffix>", pictures.picture, name="picture"),
    path("verify/", verify.verify_form, name="verify-form"),
    path("verify/<slug:digest>/", verify.verify, name="verify"),
    path("verify/<slug:digest>/content.json", verify.content, name="signed-content"),
    path("<str:region_slug>/", lists.home, name="home"),
    path("<str:region_slug>/feed.xml", machines.feed, name="feed"),
    path("<str:region_slug>/conditions/", lists.a_to_z, name="a-to-z"),
    path("<str:region_slug>/conditions/<slug:slug>/", articles.article, name="article"),
    path("<str:region_slug>/conditions/<slug:slug>/history/", versions.history, name="history"),
    path("<str:region_slug>/conditions/<slug:slug>/v<int:number>/", versions.version, name="version"),
    path("<str:region_slug>/conditions/<slug:slug>/compare/", versions.compare, name="compare"),
    path(
        "<str:region_slug>/conditions/<slug:slug>/references.<str:suffix>",
        articles.references,
        name="references",
    ),
    path("<str:region_slug>/search/", search.search, name="search"),
    path("<str:region_slug>/search/suggest/", search.suggestions, name="suggestions"),
    path("<str:region_slug>/feedback/", feedback.feedback, name="feedback"),
    path("<str:region_slug>/feedback/sent/", feedback.feedback_sent, name="feedback-sent"),
    path("<str:region_slug>/corrections/", process.corrections, name="corrections"),
    path("<str:region_slug>/editorial-process/", process.editorial_process, name="editorial-process"),
    path("<str:region_slug>/medical-team/", team.medical_team, name="medical-team"),
    path("<str:region_slug>/medical-team/<slug:slug>/", team.reviewer, name="reviewer"),
    re_path(
        r"^(?P<address>admin|desk|accounts|verify(?:/[0-9a-f]{64})?|(?:uk|us)"
        r"(?:/conditions(?:/[-\w]+(?:/(?:history|compare|v\d+))?)?|/medical-team(?:/[-\w]+)?)?)$",
        RedirectView.as_view(url="/%(address)s/", permanent=True),
        name="add-slash",
    ),
    re_path(rf"^(?P<region_slug>uk|us)/(?P<kind>{site_pages.KINDS})/$", site_pages.site_page, name="site-page"),
    re_path(
        r"^(?P<address>(?:uk|us)/search)$",
        RedirectView.as_view(url="/%(address)s/", permanent=True, query_string=True),
        name="search-add-slash",
    ),
    re_path(
        rf"^(?P<address>(?:uk|us)/(?:feedback(?:/sent)?|corrections|editorial-process|{site_pages.KINDS}))$",
        RedirectView.as_view(url="/%(address)s/", permanent=True),
        name="pages-add-slash",
    ),
    re_path(r"", errors.no_such_page, name="no-such-page"),
]
