"""``python -m deskapp``."""

import sys

from deskapp.cli import main

if __name__ == "__main__":
    sys.exit(main())
