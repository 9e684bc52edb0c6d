from django.urls import path

from notifications.views import (
    asking,
    calendar,
    deliveries,
    due,
    following,
    inbox,
    preferences,
    told,
)

app_name = "notifications"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.mark_all_read, name="mark_all_read"),
    path("inbox/<uuid:uuid>/", inbox.notice, name="notice"),
    path("inbox/preferences/", preferences.preferences, name="preferences"),
    path("inbox/preferences/test/", preferences.test_message, name="test_message"),
    path("inbox/calendar/", calendar.calendar, name="calendar"),
    path("inbox/calendar/make/", calendar.make_calendar, name="make_calendar"),
    path("inbox/calendar/revoke/", calendar.revoke_calendar, name="revoke_calendar"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("inbox/unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("participations/<slug:reference>/told/", told.told, name="told"),
    path("deadlines/", due.due, name="due"),
    path("deadlines/remind/", asking.remind, name="remind"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:uuid>/", deliveries.delivery, name="delivery"),
    path(
        "programmes/<slug:key>/deliveries/",
        deliveries.programme_deliveries,
        name="programme_deliveries",
    ),
    path("participations/<slug:reference>/follow/", following.following, name="following"),
]
