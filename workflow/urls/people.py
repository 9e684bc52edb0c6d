"""People: mandates, invitations, handovers."""

from django.urls import path

from workflow.views import invitations, people

urlpatterns = [
    path("participations/<slug:reference>/people/", people.people, name="people"),
    path("participations/<slug:reference>/handover/", people.handover, name="handover"),
    path(
        "municipalities/<slug:code>/people/",
        people.municipality_people,
        name="municipality_people",
    ),
    path(
        "municipalities/<slug:code>/handover/",
        people.municipality_handover,
        name="municipality_handover",
    ),
    path("programmes/<slug:key>/people/", people.programme_people, name="programme_people"),
    path("mandates/<int:pk>/end/", people.mandate_end, name="mandate_end"),
    path("mandates/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("invitations/accept/", invitations.accept_invitation, name="accept_invitation"),
    path("invitations/<int:pk>/revoke/", people.revoke_invitation, name="revoke_invitation"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
