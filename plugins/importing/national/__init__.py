"""Records of the national database on administrative procedures, made into ours.

Three shapes: what a crawl of its web pages left (`web_records`), what its exchange service answers (`exchange`), and
rows of a sheet under Vietnamese headings (`sheet`). Each record becomes a `Draft` with its doubts, or a `Refusal`.
What is in the content already, and files, do not belong here: nothing is written and nothing merged.

Its layers are a contract in pyproject.toml. `faults` looks at one draft, and compares drafts with each other.
"""

from plugins.importing.national.draft import DOUBTS, REFUSALS, Doubt, DoubtKind, Draft, Refusal

__all__ = ["DOUBTS", "REFUSALS", "Doubt", "DoubtKind", "Draft", "Refusal"]
