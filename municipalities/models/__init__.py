from municipalities.models.bodies import Body, BodyMember, Session
from municipalities.models.mandates import Invitation, Mandate
from municipalities.models.register import Fact, Municipality

__all__ = ["Body", "BodyMember", "Fact", "Invitation", "Mandate", "Municipality", "Session"]
