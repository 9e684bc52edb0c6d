"""Signing in and out, passwords, the second factor, one's own data.

Django's and allauth's own views, with our words and pages. Failures never reveal whether an
account exists.
"""
