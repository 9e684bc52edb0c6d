from documents.models.document import Document, Visibility
from documents.models.intake import Intake
from documents.models.review import Review
from documents.models.version import Version, VersionText

__all__ = ["Document", "Intake", "Review", "Version", "VersionText", "Visibility"]
