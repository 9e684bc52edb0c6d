"""The addresses of the workflow, by subject."""

from workflow.urls import applying, auditing, bodies, cases, first_pages, people, programmes

app_name = "workflow"
urlpatterns = [
    *first_pages.urlpatterns,
    *cases.urlpatterns,
    *applying.urlpatterns,
    *people.urlpatterns,
    *bodies.urlpatterns,
    *auditing.urlpatterns,
    *programmes.urlpatterns,
]
