"""Emergency notices said, ended and put beside the pages of portals that are shown, without a build.

How a page shows one does not belong here, nor what is said in content.
"""

from plugins.alerts.saying import AlertStore, said
from plugins.alerts.showing import check_portal, show_alerts

__all__ = ["AlertStore", "check_portal", "said", "show_alerts"]
