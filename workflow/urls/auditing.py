from django.urls import path

from workflow.views import auditing

urlpatterns = [
    path("log/", auditing.log, name="log"),
    path("log/verify/", auditing.verify_log, name="verify_log"),
    path("log/<uuid:pk>/", auditing.entry, name="entry"),
    path(
        "participations/<slug:reference>/log/",
        auditing.participation_log,
        name="participation_log",
    ),
]
