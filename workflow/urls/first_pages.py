"""Where each role begins, and the switch between several."""

from django.urls import path

from workflow.views import first_pages

urlpatterns = [
    path("", first_pages.home, name="home"),
    path("role/", first_pages.choose_role, name="choose_role"),
    path("my-municipalities/", first_pages.my_municipalities, name="my_municipalities"),
    path("reviews/", first_pages.reviews, name="reviews"),
]
