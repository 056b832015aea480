"""The portal on a desk: a small web server for the built portal, building again when content changes.

For looking and for tests; in public a real web server serves the release (docs/operations.md).
What is to face the public does not belong here.
"""

from plugins.serving.reloading import Reloading
from plugins.serving.server import PortalServer
from plugins.serving.watching import changes

__all__ = ["PortalServer", "Reloading", "changes"]
