"""`portal bench`: what a search costs who asks it, what builds cost after each kind of edit, what the gateway costs.

Search and builds are measured beside another program on the same content. What is only needed here (a browser,
Pagefind, Hugo) is looked for by `tools`, before what uses it is imported. Nothing that a portal needs belongs here.
"""
