"""Garbage is looked for seldom: a program that builds makes mostly what it keeps, and looking took a fifth of its time.

Whoever loads this has it so, for good: commands, and the process that those of a build are forked from, which does so
before it loads libraries.
"""

from __future__ import annotations

import gc

gc.set_threshold(200_000, 50, 100)
