"""Pages for everybody: what `Participation.objects.public()` holds, and never a person's name.

Nothing here asks who reads. ADR 0018 says what is public and why.
"""
