"""Calls with their questions and their selection, and applications."""

from django.urls import path

from workflow.views import applying, calls, questions, selection

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.call_publish, name="call_publish"),
    path("calls/<slug:reference>/", calls.call, name="call"),
    path("calls/<slug:reference>/extend/", calls.call_extend, name="call_extend"),
    path("calls/<slug:reference>/register/", calls.call_register, name="call_register"),
    path("calls/<slug:reference>/questions/", questions.call_questions, name="call_questions"),
    path("calls/<slug:reference>/ask/", questions.call_ask, name="call_ask"),
    path(
        "calls/<slug:reference>/questions/<int:number>/answer/",
        questions.call_answer,
        name="call_answer",
    ),
    path("calls/<slug:reference>/selection/", selection.call_selection, name="call_selection"),
    path(
        "calls/<slug:reference>/selection.csv",
        selection.call_selection_csv,
        name="call_selection_csv",
    ),
    path(
        "calls/<slug:reference>/selection.xlsx",
        selection.call_selection_xlsx,
        name="call_selection_xlsx",
    ),
    path("calls/<slug:reference>/begin/", calls.begin_application, name="begin_application"),
    path("applications/", applying.applications, name="applications"),
    path("applications/<slug:reference>/", applying.application, name="application"),
    path(
        "applications/<slug:reference>/submitted/",
        applying.application_submitted,
        name="application_submitted",
    ),
    path(
        "applications/<slug:reference>/texts/",
        applying.application_texts,
        name="application_texts",
    ),
    path(
        "applications/<slug:reference>/members/",
        applying.application_members,
        name="application_members",
    ),
    path("applications/<slug:reference>/members/add/", applying.member_add, name="member_add"),
    path(
        "applications/<slug:reference>/members/<slug:code>/remove/",
        applying.member_remove,
        name="member_remove",
    ),
    path(
        "applications/<slug:reference>/members/<slug:code>/consent/",
        applying.application_consent,
        name="application_consent",
    ),
    path(
        "applications/<slug:reference>/check/",
        applying.application_check,
        name="application_check",
    ),
    path(
        "applications/<slug:reference>/withdraw/",
        applying.application_withdraw,
        name="application_withdraw",
    ),
    path(
        "applications/<slug:reference>/return/",
        applying.application_return,
        name="application_return",
    ),
]
