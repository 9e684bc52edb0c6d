from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from workflow.audit.trace import traced

ADMIN = "/admin/"


class RequestTraceMiddleware:
    """Every entry written during a request carries its channel and its id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        channel = "admin" if request.path.startswith(ADMIN) else "web"
        with traced(channel, request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
