"""The closed lists of words that rule files may use. `workflow.lifecycle` has the same stages
and transitions as code; a test there keeps the two alike."""

STAGES = (
    "application",
    "memorandum",
    "assessment",
    "strategy_adopted",
    "cofinancing",
    "sustainability",
)
ACTING_ROLES = ("programme_manager", "mentor", "evaluator", "coordinator", "signatory")
# `step_back` always needs a second person and is therefore never listed in a file.
TRANSITIONS = (
    "select",
    "reject",
    "start_assessment",
    "adopt_strategy",
    "award_cofinancing",
    "move_to_sustainability",
    "complete",
    "withdraw",
    "discontinue",
    "hold",
    "resume",
)
COUNTRIES = ("RS", "BA")
ENTITIES = ("FBiH", "RS", "BD")
KINDS_OF_UNIT = ("municipality", "city", "city_municipality", "district")
DEVELOPMENT_GROUPS = ("I", "II", "III", "IV")
LANGUAGES = ("sr", "en", "bs")
# Of a programme, which also says in which script its papers are written.
OF_PROGRAMMES = (*LANGUAGES, "sr-latn")
CURRENCIES = ("EUR", "RSD", "BAM", "GBP", "NOK", "USD")
PARTNER_ROLES = (
    "donor",
    "implementer",
    "consultant",
    "partner",
    "contracting_authority",
    "grant_holder",
)
VISIBILITIES = ("public", "participants", "internal")  # of an uploaded paper
PERIODS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}  # in months
DEFAULT_REMINDERS = (14, 7, 3, 1, 0)  # days before
DEFAULT_OVERDUE = (1, 7)  # days after
REMINDERS_COUNT = ("days", "working_days")
FURTHEST = 3660  # days; ten years: a longer limit is a slip of the pen
