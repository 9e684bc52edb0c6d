"""The planning bodies of municipalities."""

from django.urls import path

from workflow.views import bodies

urlpatterns = [
    path("municipalities/<slug:code>/bodies/", bodies.bodies, name="bodies"),
    path("municipalities/<slug:code>/bodies/new/", bodies.found_body, name="found_body"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/act/", bodies.confirm_act, name="confirm_act"),
    path("bodies/<int:pk>/seats/", bodies.seat_member, name="seat_member"),
    path("bodies/<int:pk>/sessions/", bodies.record_session, name="record_session"),
    path("bodies/<int:pk>/end/", bodies.end_body, name="end_body"),
    path("seats/<int:pk>/leave/", bodies.leave_seat, name="leave_seat"),
]
