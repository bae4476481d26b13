"""A ticket: header and dates, one stream of letters and work, the composer below, facts at the side."""
