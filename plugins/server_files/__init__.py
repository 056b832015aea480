"""Files that servers in public are set up with: nginx, static hosts, systemd; a template each, filled from settings.

What a page shows, and what builds it, does not belong here; nor does any file of the system: an operator copies them.
"""

from plugins.server_files.rendering import rendered
from plugins.server_files.values import ServerValues, WrongValueError, host_of, read_values
from plugins.server_files.writing import Written, write_files

__all__ = ["ServerValues", "Written", "WrongValueError", "host_of", "read_values", "rendered", "write_files"]
