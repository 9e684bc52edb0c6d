from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: settings, addresses, the demo world."""

    name = "config"
