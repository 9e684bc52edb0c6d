from notifications.models.calendar_feed import CalendarFeed
from notifications.models.chore import Chore
from notifications.models.delivery import Delivery, Rhythm
from notifications.models.follow import Follow
from notifications.models.notice import Notice
from notifications.models.preferences import Preferences
from notifications.models.reminder import Occasion, Recipient, Reminder

__all__ = [
    "Chore",
    "CalendarFeed",
    "Delivery",
    "Follow",
    "Notice",
    "Occasion",
    "Preferences",
    "Recipient",
    "Reminder",
    "Rhythm",
]
