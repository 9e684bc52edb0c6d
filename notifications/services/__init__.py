from notifications.services.alarming import alarm
from notifications.services.daily import once_a_day
from notifications.services.happening import tell_happened
from notifications.services.planning import plan_missing
from notifications.services.recording import record_sent
from notifications.services.sending import Sender, send_due
from notifications.services.telling import tell_due

__all__ = [
    "Sender",
    "alarm",
    "once_a_day",
    "plan_missing",
    "record_sent",
    "send_due",
    "tell_due",
    "tell_happened",
]
