from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler429 = "accounts.locking.too_many"
handler500 = "web.views.server_error"

# The administration has no sign-in page of its own: it would not ask for the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("accounts.urls.allauth")),
    path("", include("web.urls")),
    path("", include("notifications.urls")),
    path("", include("documents.urls")),
    path("", include("workflow.urls")),
    path("", include("workflow.urls.public")),
]
if settings.DEMO:
    urlpatterns.insert(0, path("", include("config.demo.mailbox")))
