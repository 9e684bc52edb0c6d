from django.urls import path

from web import views

app_name = "web"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("glossary/", views.glossary, name="glossary"),
    path("whats-new/", views.whats_new, name="whats_new"),
]
