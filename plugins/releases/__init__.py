"""Releases: what is put together, shown, listed, taken back, checked and told of.

It knows versions of sites by their names and digests, folders and links; not how a site is built, nor what a page says.
No Pelican.

Its layers are a contract in pyproject.toml.
"""
