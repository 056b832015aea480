"""Emergency notices said, ended and put beside the pages of portals that are shown, without a build.

How a page shows one does not belong here, nor what is said in content.
"""

from plugins.alerts.saying import AlertStore, alert_of
from plugins.alerts.showing import check_portal, show_alerts

__all__ = ["AlertStore", "alert_of", "check_portal", "show_alerts"]
