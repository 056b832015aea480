"""`python -m plugins.command_line` is `portal`."""

import sys

from plugins.command_line import main

if __name__ == "__main__":
    sys.exit(main())
