"""What the databases refuse of reviews: one that was handed in changes no more and never goes."""

from workflow.audit.triggers import Guards

REVIEW = "documents_review"
IS_HANDED_IN = "OLD.handed_in_at IS NOT NULL"

SQLITE = {
    "review_stays": f"""BEFORE UPDATE ON {REVIEW} WHEN {IS_HANDED_IN}
        BEGIN SELECT RAISE(ABORT, 'a review handed in never changes'); END""",
    "review_no_delete": f"""BEFORE DELETE ON {REVIEW} WHEN {IS_HANDED_IN}
        BEGIN SELECT RAISE(ABORT, 'a review handed in is never deleted'); END""",
    # INSERT OR REPLACE would pass the delete trigger.
    "review_no_replace": f"""BEFORE INSERT ON {REVIEW} BEGIN
        SELECT RAISE(ABORT, 'a review handed in never changes') WHERE EXISTS (
            SELECT 1 FROM {REVIEW} WHERE handed_in_at IS NOT NULL AND (id = NEW.id
                OR uuid = NEW.uuid OR (step_id = NEW.step_id AND round = NEW.round
                    AND by_id = NEW.by_id)));
        END""",
}

FUNCTIONS = {
    "koraci_review_changes": f"""
        IF {IS_HANDED_IN} THEN RAISE EXCEPTION 'a review handed in never changes'; END IF;
        RETURN NEW;""",
    "koraci_review_goes": f"""
        IF {IS_HANDED_IN} THEN RAISE EXCEPTION 'a review handed in is never deleted'; END IF;
        RETURN OLD;""",
    "koraci_reviews_stay": "RAISE EXCEPTION 'a review handed in is never deleted';",
}
POSTGRESQL = {
    "review_stays": (REVIEW, "BEFORE UPDATE", "ROW", "koraci_review_changes"),
    "review_no_delete": (REVIEW, "BEFORE DELETE", "ROW", "koraci_review_goes"),
    "review_no_truncate": (REVIEW, "BEFORE TRUNCATE", "STATEMENT", "koraci_reviews_stay"),
}

OF_REVIEWS = Guards(frozenset({REVIEW}), SQLITE, FUNCTIONS, POSTGRESQL)
