from django.urls import path

from documents.views import downloads, paper_templates, papers, reviews, uploading, writing

app_name = "documents"
# A track's key has no hyphen, so that none is called like the page of the templates.
OF_PROGRAMME = "programmes/<slug:key>/paper-templates/"
ONE = f"{OF_PROGRAMME}<slug:paper>/<slug:language>/"

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
    path(
        "participations/<slug:reference>/papers/<slug:paper>/",
        writing.write_paper,
        name="write_paper",
    ),
    path(
        "participations/<slug:reference>/papers/<slug:paper>/file/",
        writing.written_paper,
        name="written_paper",
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
    path(OF_PROGRAMME, paper_templates.paper_templates, name="paper_templates"),
    path(f"{OF_PROGRAMME}fields/", paper_templates.template_fields, name="template_fields"),
    path(ONE, paper_templates.paper_template, name="paper_template"),
    path(f"{ONE}<int:number>/", paper_templates.template_file, name="template_file"),
    path(f"{ONE}shipped/", paper_templates.shipped_template, name="shipped_template"),
    path(f"{ONE}return/", paper_templates.return_to_shipped, name="return_to_shipped"),
    path("public/documents/<uuid:uuid>/", downloads.public_download, name="public_download"),
]
