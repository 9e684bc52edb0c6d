"""Questions about a call: read by all who see it, asked by who may apply, answered for all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_form import keeps_what_was_typed
from web.forms import sentences_on_removed
from workflow import services
from workflow.errors import ChangedMeanwhile, NotAllowed
from workflow.forms.questions import AnswerForm, AskForm
from workflow.models import Call, Question
from workflow.pages.questions import askers, question_desk, question_list
from workflow.permissions import MAY, can, named
from workflow.views.calls import visible_call
from workflow.views.doors import explains_refusals, shown, tried

Writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@explains_refusals
def call_questions(request: HttpRequest, reference: str) -> HttpResponse:
    """Every answered question, and those that wait: one's own, or all for who answers them."""
    found = visible_call(request, reference)
    listed = question_list(request.user, found, request.GET.get("page"))
    context = {"call": found, "list": listed, "desk": listed.desk, "page": listed.page}
    return render(request, "workflow/call_questions.html", context)


@keeps_what_was_typed
@Writing
@explains_refusals
def call_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask one question. It is read by the programme; with its answer by all."""
    found = visible_call(request, reference)
    municipalities = askers(request.user)
    if request.method == "POST" and not municipalities:
        raise NotAllowed(_("This needs the role: %s.") % named(MAY["ask_question"]))
    form = AskForm(request.POST or None, municipalities=municipalities)
    if request.method == "POST" and form.is_valid():
        asked = tried(form, lambda _told: ask(request, found, form))
        if asked:
            said = [_("Your question is sent. It is published with its answer.")]
            messages.success(request, " ".join([*said, *sentences_on_removed(form)]))
            return redirect("workflow:call_questions", reference)
    context = {"call": found, "form": form, "desk": question_desk(request.user, found)}
    return shown(request, "workflow/call_ask.html", context)


def ask(request: HttpRequest, call: Call, form: AskForm) -> Question:
    text = form.cleaned_data["text"]
    return services.ask_question(call, form.asks_for, by=request.user, text=text)


@keeps_what_was_typed
@Writing
@explains_refusals
def call_answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Answer a question for all. Of two who answer at once the second keeps the typed text."""
    found = visible_call(request, reference)
    rows = found.questions.visible_to(request.user).select_related("municipality__parent")
    question = get_object_or_404(rows, number=number)
    form = AnswerForm.opened_at(question, request.POST or None)
    may = can(request.user, "answer_question", found)
    context = {"call": found, "question": question, "form": form, "may": may}
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            saved = tried(
                form, lambda _told: services.answer_question(question, by=request.user, **told)
            )
        except ChangedMeanwhile as lost:
            context |= {"now": lost.found, "form": form.at_version(lost.found.version)}
            return render(request, "workflow/call_answer.html", context, status=409)
        if saved:
            said = [_("The answer is published."), *sentences_on_removed(form)]
            messages.success(request, " ".join(said))
            return redirect("workflow:call_questions", reference)
    return shown(request, "workflow/call_answer.html", context)
