"""The documents of the demonstration: made up, of every agency, written here and kept in each site's `documents/`.

    python -m tools.sample_documents
    python -m tools.sample_documents.signed_files

Numbers begin at 901 and titles end with `(mẫu)`, so that nobody takes one for a document that there is. Among them are
three chains of changes, two repeals that hit procedures, and two drafts for comment. Documents that anybody issued do
not belong here.
"""
