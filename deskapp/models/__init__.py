"""Tables of the desk, the replica that holds them, change capture, migrations and the search index."""

import sys

# peewee imports psycopg when it is installed, which costs every start a fifth of a second. Nothing here uses it: the
# PostgreSQL hub speaks to psycopg itself. It is hidden for the moment of that import only.
_DRIVERS = [name for name in ("psycopg", "psycopg2") if name not in sys.modules]
for _name in _DRIVERS:
    sys.modules[_name] = None  # type: ignore[assignment]
try:
    import peewee as peewee
finally:
    for _name in _DRIVERS:
        del sys.modules[_name]
