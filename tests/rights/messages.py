"""Pages of messages, by what they are about."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.rights.actors import World


def message_arguments(world: "World", page: str, thing: str) -> list[Any]:
    if page == "told":
        return [world.cases[thing].reference if thing in world.cases else "T0-000"]
    return []
