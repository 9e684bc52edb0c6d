"""Addresses for everybody: pages begin with their language, data has none."""

from django.urls import path, register_converter

from web.addresses import LanguageConverter
from workflow.views import open_data, public

register_converter(LanguageConverter, "language")

app_name = "public"
urlpatterns = [
    path("<language:language>/public/", public.home, name="home"),
    path("<language:language>/public/programmes/<slug:key>/", public.programme, name="programme"),
    path(
        "<language:language>/public/municipalities/<slug:code>/",
        public.municipality,
        name="municipality",
    ),
    path("<language:language>/public/log/", public.log, name="log"),
    path("<language:language>/public/data/", public.data, name="data"),
    path("public/data/<slug:table>.csv", open_data.as_csv, name="csv"),
    path("public/data/<slug:table>.json", open_data.as_json, name="json"),
]
