"""The files of the demo: small ones, written while it is loaded, each marked as a sample.

What they say is true and taken from the named source; what the source does not say is marked as
to be confirmed. `content_of` writes a `Sample` as the type that its name ends in.
"""

from config.demo.papers.sample import Sample
from config.demo.papers.writing import content_of

__all__ = ["Sample", "content_of"]
