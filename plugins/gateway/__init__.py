"""A read-only HTTP gateway before a table of dossiers: statistics for the portal, one dossier's state for citizens."""
