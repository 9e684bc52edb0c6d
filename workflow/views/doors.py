"""What a page answers when a door stays shut: one place for all views that knock.

    @explains_refusals
    def some_act(request, …):
        form = SomeForm(request.POST or None)
        if form.is_valid():
            entry = tried(form, lambda told: services.some_act(thing, by=request.user, **told))
            if entry:
                return recorded(request, entry, thing)
        return shown(request, "workflow/some_act.html", {"form": form})

`tried` puts a sentence or the readiness tree at the form and the page is shown again (422);
the decorator answers with pages of their own where the form is of no use any more (403, 409).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from web.script.dates import date_and_time
from workflow.audit.models import Entry
from workflow.errors import ChangedMeanwhile, MovedMeanwhile, NotReady, Refused
from workflow.models import KeyReused, Participation
from workflow.pages.timeline import UNTOLD, told_in_a_sentence
from workflow.permissions import can
from workflow.services.steps import InvalidEvidence
from workflow.verbs import happened

View = Callable[..., HttpResponseBase]


def explains_refusals(view: View) -> View:
    """Turn what a door raised into a page: 403, 409, or 422 with its sentence."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except MovedMeanwhile as lost:
            return moved_meanwhile(request, lost.participation, step=kwargs.get("uuid"))
        except ChangedMeanwhile as lost:
            return changed_meanwhile(request, lost)
        except PermissionDenied as refused:
            return not_allowed(request, str(refused))
        except KeyReused:
            return refused_page(request, sent_before())
        except Refused as refused:
            return refused_page(request, str(refused.sentence))
        except NotReady as blocked:
            return refused_page(request, "", tree=blocked.tree)

    return answered


def tried(form: BaseForm, door: Callable[[dict[str, Any]], Any]) -> Any:
    """What the door returned for the valid form's data; None where it refused.

    Then the form bears the sentence, or `form.tree` what is missing. For doors that return
    nothing, True.
    """
    try:
        done = door(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
    except KeyReused:
        form.add_error(None, sent_before())
        renew_key(form)
    except InvalidEvidence as wrong:
        add_errors(wrong.form.errors.as_data(), to=form)
    except ValidationError as wrong:
        add_errors(wrong.update_error_dict({}), to=form)
    except NotReady as blocked:
        form.tree = blocked.tree  # type: ignore[attr-defined]
    else:
        return True if done is None else done
    return None


def shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; after a POST that did nothing, with status 422."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)


def recorded(request: HttpRequest, entry: Entry, found: Any) -> HttpResponse:
    """Back to what it was about, with what was recorded and under which number."""
    told = {"what": happened(entry.verb), "seq": entry.seq, "hash": entry.entry_hash[:8]}
    sentence = _("Recorded: %(what)s. Entry %(seq)d in the log, fingerprint %(hash)s.") % told
    messages.success(request, sentence)
    return redirect(found)


def sent_before() -> str:
    return _("This form was sent before with other content. Check what is there, then send again.")


def renew_key(form: BaseForm) -> None:
    """Give a form that is shown again a key of its own."""
    if "idempotency_key" in form.fields:
        sent: Any = form.data
        fresh = sent.copy()
        fresh[form.add_prefix("idempotency_key")] = str(uuid4())
        form.data = fresh


def add_errors(errors: dict[str, list[ValidationError]], *, to: BaseForm) -> None:
    """Each sentence at its field; of a field that the form does not have, at its head."""
    for field, sentences in errors.items():
        to.add_error(field if field in to.fields else None, sentences)


def moved_meanwhile(
    request: HttpRequest, participation: Participation, *, step: Any = None
) -> HttpResponse:
    """409: who did what meanwhile, and when; nothing of what was sent is recorded."""
    told = participation.entries.exclude(verb__in=UNTOLD)
    entries = told.select_related("by", "reason_kept", "step")
    ours = entries.filter(step__uuid=step) if step else entries.transitions()
    last = ours.order_by("-seq").first() or entries.order_by("-seq").first()
    context = {
        "participation": participation,
        "url": participation.get_absolute_url(),
        "sentence": sentence_on(last, request, participation) if last else "",
    }
    return render(request, "workflow/moved_meanwhile.html", context, status=409)


def sentence_on(entry: Entry, request: HttpRequest, participation: Participation) -> str:
    """ "On 3 March 2026 at 9:30, Programme manager: Application → Memorandum." """
    with_names = bool(can(request.user, "view_people", participation))
    return _("On %(when)s, %(who)s: %(what)s.") % {
        "when": date_and_time(entry.recorded_at),
        **told_in_a_sentence(entry, with_names=with_names),
    }


def changed_meanwhile(request: HttpRequest, lost: ChangedMeanwhile) -> HttpResponse:
    """409 for an application; a view that can keep the typed text catches it before."""
    context = {
        "url": lost.found.get_absolute_url(),
        "sentence": _("Somebody else saved this application since you opened it."),
    }
    return render(request, "workflow/moved_meanwhile.html", context, status=409)


def not_allowed(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence}
    return render(request, "workflow/not_allowed.html", context, status=403)


def refused_page(request: HttpRequest, sentence: str, *, tree: Any = None) -> HttpResponse:
    context = {"sentence": sentence, "tree": tree, "back": request.path}
    return render(request, "workflow/refused.html", context, status=422)
