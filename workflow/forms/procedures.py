"""The form of another procedure version; which version, the address says."""

from django.utils.translation import gettext_lazy

from web.forms import PlainTextField
from workflow.forms.acts import VersionedForm


class ChangeProcedureForm(VersionedForm):
    """Why the participation follows another version from now on."""

    reason = PlainTextField(
        label=gettext_lazy("Why the procedure changes for this participation"),
        at_most=4000,
        lines=True,
    )
