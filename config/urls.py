from django.contrib import admin
from django.urls import include, path

handler500 = "web.views.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("web.urls")),
    path("", include("workflow.urls")),
    path("", include("workflow.urls.public")),
]
