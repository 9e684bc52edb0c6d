from django.urls import path

from documents.views import downloads, papers, reviews, uploading

app_name = "documents"
urlpatterns = [
    path("participations/<slug:reference>/documents/", papers.documents, name="documents"),
    path("participations/<slug:reference>/documents/new/", uploading.upload, name="upload"),
    path(
        "participations/<slug:reference>/steps/<uuid:uuid>/documents/new/",
        uploading.upload_for_step,
        name="upload_for_step",
    ),
    path(
        "participations/<slug:reference>/steps/<uuid:uuid>/review/", reviews.review, name="review"
    ),
    path("documents/<uuid:uuid>/", papers.document, name="document"),
    path("documents/<uuid:uuid>/compare/", papers.compare, name="compare"),
    path("documents/<uuid:uuid>/versions/new/", uploading.new_version, name="new_version"),
    path("documents/<uuid:uuid>/visibility/", papers.visibility, name="visibility"),
    path("documents/versions/<uuid:uuid>/", downloads.download, name="download"),
    path(
        "documents/versions/<uuid:uuid>/withdraw/",
        papers.withdraw_version,
        name="withdraw_version",
    ),
    path("public/documents/<uuid:uuid>/", downloads.public_download, name="public_download"),
]
