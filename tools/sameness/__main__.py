from __future__ import annotations

import sys

from tools.sameness import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
