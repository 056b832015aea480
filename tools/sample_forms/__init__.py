"""The forms of the demonstration, which citizens download: written here as DOCX, kept in each site's `media/`.

    python -m tools.sample_forms

They are our own: what such a form asks, in plain words, with a line at the foot that says that it is a sample.
`wanted.yaml` lists them by site; `document` writes one.
Forms that anybody files do not belong here: those come from the agencies.
"""
