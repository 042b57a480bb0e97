"""The addresses of the reviewers' desk."""

from django.urls import path

from conditions.desk import (
    calendars,
    copies,
    dates,
    dissents,
    invitations,
    previews,
    profile,
    readings,
    records,
    take_down,
    views,
)

app_name = "desk"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("calendars/<str:token>.ics", calendars.calendar, name="calendar"),
    path("profile/", profile.profile, name="profile"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("previews/<str:token>/", previews.preview, name="preview"),
    path("readings/", readings.readings, name="readings"),
    path("readings/<int:pk>/", readings.reading, name="reading"),
    path("record/", records.record, name="record"),
    path("record.csv", records.record_file, name="record-file"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/page/", views.page, name="page"),
    path("reviews/<int:pk>/copy/", copies.copy, name="copy"),
    path("reviews/<int:pk>/date/", dates.propose, name="date"),
    path("reviews/<int:pk>/dissent/", dissents.dissent, name="dissent"),
    path("reviews/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("take-down/<slug:region_slug>/<slug:slug>/", take_down.take_down, name="take-down"),
]
