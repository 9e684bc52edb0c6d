from documents.models.document import Document, Visibility
from documents.models.intake import Intake
from documents.models.paper_template import PaperTemplate
from documents.models.review import Review
from documents.models.version import Version, VersionText
from documents.models.written import MADE_HERE, Written

__all__ = [
    "MADE_HERE",
    "Document",
    "Intake",
    "PaperTemplate",
    "Review",
    "Version",
    "VersionText",
    "Visibility",
    "Written",
]
