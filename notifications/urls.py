from django.urls import path

from notifications.views import inbox, preferences

app_name = "notifications"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/preferences/", preferences.preferences, name="preferences"),
    path("inbox/unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
]
