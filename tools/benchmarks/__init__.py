"""What a search costs who asks it: bytes, requests and time in a browser, beside another engine on the same pages.

It runs over a portal that is built already and changes nothing in it. What is only needed here (a browser, Pagefind)
is looked for by `tools`, before `measuring` is imported.
"""
