"""A read-only HTTP gateway before a table of dossiers: statistics for the portal, one dossier's state for citizens.

It asks views that have no column for a person, and writes nowhere. Settings, statements and answers are here; what the
portal does with the answers is plugins/dossiers.
"""
