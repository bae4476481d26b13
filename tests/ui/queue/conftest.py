from tests.ui.queue_fixtures import desk_window as desk_window
from tests.ui.queue_fixtures import opened as opened
