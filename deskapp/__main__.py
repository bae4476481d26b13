"""``python -m deskapp``."""

import sys

if __name__ == "__main__" and getattr(sys, "frozen", False):
    # in the built application a second process is started by the same file, and must not become a second desk
    from multiprocessing import freeze_support

    freeze_support()

from deskapp.cli import main

if __name__ == "__main__":
    sys.exit(main())
