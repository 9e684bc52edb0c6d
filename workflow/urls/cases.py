from django.urls import path

from workflow.views import cases, opening, procedures, search, steps, transitions

urlpatterns = [
    path("board/", cases.board, name="board"),
    path("board/figures/", cases.figures, name="figures"),
    path("search/", search.search, name="search"),
    path("my-steps/", steps.my_steps, name="my_steps"),
    path("participations/", cases.participations, name="participations"),
    path("participations/new/", opening.open_participation, name="open_participation"),
    path("participations/<slug:reference>/", cases.participation, name="participation"),
    path("participations/<slug:reference>/decisions/", cases.decisions, name="decisions"),
    path("participations/<slug:reference>/readers/", cases.readers, name="readers"),
    path(
        "participations/<slug:reference>/transitions/<slug:name>/",
        transitions.transition,
        name="transition",
    ),
    path(
        "participations/<slug:reference>/procedure/",
        procedures.change_procedure,
        name="change_procedure",
    ),
    path(
        "participations/<slug:reference>/procedure/<int:version>/",
        procedures.change_procedure,
        name="change_procedure",
    ),
    path("participations/<slug:reference>/steps/<uuid:uuid>/", steps.step, name="step"),
    path(
        "participations/<slug:reference>/steps/<uuid:uuid>/<slug:act>/",
        steps.step_act,
        name="step_act",
    ),
    path(
        "participations/<slug:reference>/proposals/<uuid:uuid>/",
        transitions.proposal,
        name="proposal",
    ),
]
