"""Records of the national database taken into the content: planned whole, then written file by file.

`plan_import` reads the files and decides; `carry_out` writes. Its layers are a contract in pyproject.toml.

`national/` reads what the national database exports. Nothing here runs in a build.
"""

from plugins.importing.planning import ImportPlan, ImportSummary, Refused, Taken, plan_import
from plugins.importing.problems import ImportStopped
from plugins.importing.writing import carry_out

__all__ = ["ImportPlan", "ImportStopped", "ImportSummary", "Refused", "Taken", "carry_out", "plan_import"]
