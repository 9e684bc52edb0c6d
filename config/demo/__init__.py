"""The demo world: the programmes of the sources and one sample programme, with role accounts.

Everything about a participation is done through the doors of `workflow.services`, by the role
that the procedure names, so that the log of the demo is a log like any other. `world.load_world`
is where it begins. Never in production: the accounts share a password that everybody can read.
"""
