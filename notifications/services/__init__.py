from notifications.services.happening import tell_happened
from notifications.services.planning import plan_missing
from notifications.services.recording import record_sent
from notifications.services.sending import Sender
from notifications.services.telling import tell_due

__all__ = ["Sender", "plan_missing", "record_sent", "tell_due", "tell_happened"]
