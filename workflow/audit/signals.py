"""The one announcement that goes up to the apps above."""

from django.dispatch import Signal

# Sent inside the transaction, once for what one act wrote about one participation. Provides:
# entries, in their order. Receivers write rows of their own, nothing else: no mail, no files, no
# network.
entry_recorded = Signal()
