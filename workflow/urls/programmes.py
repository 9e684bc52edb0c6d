"""Programmes, their tracks, their set-up."""

from django.urls import path

from workflow.views import programmes, programmes_import, programmes_setup

urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:key>/", programmes.programme, name="programme"),
    # A track's key has no hyphen, so that none is called like this page.
    path("programmes/<slug:key>/set-up/", programmes_setup.programme_setup, name="programme_setup"),
    path("programmes/<slug:key>/<slug:track>/", programmes.track, name="track"),
    path(
        "programmes/<slug:key>/<slug:track>/procedure/<int:version>/",
        programmes.procedure_file,
        name="procedure_file",
    ),
    path(
        "programmes/<slug:key>/<slug:track>/import/",
        programmes_import.import_municipalities,
        name="import_municipalities",
    ),
    path(
        "programmes/<slug:key>/<slug:track>/import/template/",
        programmes_import.import_template,
        name="import_template",
    ),
]
