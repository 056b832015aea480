"""Sequences of edits on a small province: what builds make of what they made before is what a build makes of nothing.

`edits` has what people do to content and theme, `desk` the province that they do it to, `here` runs a build's tasks
quickly, `sequence` makes sequences, goes through them and shortens one that fails.
"""
