from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Papers: their versions, intake, reviews, and the papers that Koraci writes itself."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents.forms.kinds import register_kinds
        from documents.gaps import compare_papers
        from documents.pages import reviews
        from documents.pages.papers import panel, section
        from documents.pages.published import public_panel
        from documents.pages.search import found_papers
        from documents.papers import checks  # noqa: F401  (registers them)
        from documents.review_gaps import compare_reviews
        from documents.review_triggers import OF_REVIEWS
        from documents.template_triggers import OF_TEMPLATES
        from documents.triggers import OF_PAPERS
        from documents.verbs import register_words
        from workflow import panels
        from workflow.audit.triggers import guard
        from workflow.evidence import Section
        from workflow.gaps import register_comparison
        from workflow.pages.programmes import register_link
        from workflow.pages.reviews import register_asked
        from workflow.pages.search import register_group

        guard(OF_PAPERS)
        guard(OF_REVIEWS)
        guard(OF_TEMPLATES)
        register_words()
        register_link("keep_templates", _("Templates of papers"), "documents:paper_templates")
        register_kinds(Section("documents/_step_papers.html", section))
        panels.register_of_step(panels.StepPanel("documents/_reviews.html", reviews.panel))
        register_asked(reviews.to_review)
        panels.register(panels.Panel("documents", "documents/_panel.html", panel))
        public = panels.PublicPanel("documents", "documents/_public.html", public_panel)
        panels.register_public(public)
        register_group("papers", _("Papers"), found_papers)
        register_comparison(compare_papers)
        register_comparison(compare_reviews)
