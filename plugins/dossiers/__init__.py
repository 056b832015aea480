"""Dossier statistics: pulled from a backend, judged, kept, and put where browsers find them.

Layers, left may be used by right:
failures <- (files, period, deadline) <- mapping <- (settings, answers) <- client <- (snapshots, history) <- refresh
<- live. Nothing a backend does gets further than `refresh`.
"""
