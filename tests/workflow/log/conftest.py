from tests.lived_world import (  # noqa: F401
    db,
    lived,
    lived_copy,
    municipality,
    neighbour,
    system,
)
