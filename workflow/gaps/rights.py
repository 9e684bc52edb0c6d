"""Mandates against the guardian rights that enforce them, both ways."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.models import GroupObjectPermission, UserObjectPermission

from municipalities.models import Mandate
from municipalities.roles import right_of

Right = tuple[int, int, str, str]  # person, kind of place, place, name of the right


def compare_rights() -> Iterator[tuple[str, str]]:
    """What is wrong, as name and sentence: a mandate without its right, a right without one."""
    rights = rights_there()
    for mandate in Mandate.objects.filter(ended_at=None).order_by("pk").iterator():
        right, _model = rights.get(mandate.right_id or 0, (None, ""))
        if right == right_for(mandate):
            del rights[mandate.right_id or 0]
        else:
            yield named(mandate), _("This mandate runs, but its right is missing.")
    for (user, _kind, place, name), model in rights.values():
        told = {"user": user, "right": name, "model": model, "place": place}
        said = _(
            "Person %(user)s has the right %(right)s on %(model)s %(place)s without a mandate."
        )
        yield _("rights"), said % told
    if GroupObjectPermission.objects.exists():
        yield _("rights"), _("A group has rights; only mandates may give them.")
    yield from mandates_of_nothing()


def rights_there() -> dict[int, tuple[Right, str]]:
    """Every right that stands, by its primary key, with the name of the model."""
    rows = UserObjectPermission.objects.order_by("pk").values_list(
        "pk", "user_id", "content_type_id", "object_pk", "permission__codename",
        "content_type__model",
    )  # fmt: skip
    return {row[0]: (row[1:5], row[5]) for row in rows.iterator()}


def right_for(mandate: Mandate) -> Right:
    return mandate.user_id, mandate.place_type_id, str(mandate.place_id), right_of(mandate.role)


def named(mandate: Mandate) -> str:
    return _("mandate %(pk)d (%(role)s)") % {"pk": mandate.pk, "role": mandate.role}


def mandates_of_nothing() -> Iterator[tuple[str, str]]:
    """Running mandates over a place that is no longer there. One query for each kind of place."""
    running = Mandate.objects.filter(ended_at=None)
    for kind in ContentType.objects.filter(pk__in=running.values("place_type")):
        model = kind.model_class()
        there = model._base_manager.values_list("pk") if model else []
        for mandate in running.filter(place_type=kind).exclude(place_id__in=there):
            yield named(mandate), _("Its place is gone.")


def expired() -> list[str]:
    """Mandates whose last day has passed and that nobody closed; they count no more."""
    over = Mandate.objects.filter(ended_at=None, ends_on__lt=timezone.localdate())
    return [
        _("%(mandate)s: expired on %(day)s, nobody has closed it yet.")
        % {"mandate": named(mandate), "day": str(mandate.ends_on)}
        for mandate in over.order_by("pk")
    ]
