"""What becomes of a contract's clock: one case a row, told as a story.

Times are on the wall clock of the case's first hours: "02 10:00" is 2 November 2026 (a Monday), "10-24 22:00" is
24 October 2026, "2027-03-27 22:00" as written. Hours (``HOURS``):

    office   9-13, 14-18 in Moscow; Tue 3 until 17, Wed 4 a holiday, Sat 14 worked 9-13
    round    round the clock in Moscow
    ural     9-18 without a break in Yekaterinburg, two hours ahead of Moscow
    london   9-17 every day in London; clocks go back on 25 October 2026, forward on 28 March 2027
    berlin   round the clock in Berlin; the same changes
    night    20-8 every day in Moscow

A story's lines: "pause WHY", "run", "target MINUTES" (or "target none"), "hours NAME", "done", "reopen LEAST".
A case: name, hours, begun, target, story, now, state, due, minutes used.
"""

from __future__ import annotations

OFFICE = ((540, 780), (840, 1080))
HOURS = {
    "office": ("Europe/Moscow", OFFICE, range(5)),
    "round": ("Europe/Moscow", ((0, 1440),), range(7)),
    "ural": ("Asia/Yekaterinburg", ((540, 1080),), range(5)),
    "london": ("Europe/London", ((540, 1020),), range(7)),
    "berlin": ("Europe/Berlin", ((0, 1440),), range(7)),
    "night": ("Europe/Moscow", ((1200, 1920),), range(7)),
}
DAYS = {
    "2026-11-03": ((540, 780), (840, 1020)),
    "2026-11-04": (),
    "2026-11-14": ((540, 780),),
}

Case = tuple[str, str, str, int | None, tuple[str, ...], str, str, str, int]

# fmt: off
CASES: tuple[Case, ...] = (
    # -- hours, breaks, days ------------------------------------------------------------------------------------------
    ("within the morning", "office", "02 09:20", 120, (), "02 10:00", "running", "02 11:20", 40),
    ("lunch does not count", "office", "02 12:00", 120, (), "02 13:30", "running", "02 15:00", 60),
    ("a letter at night begins in the morning", "office", "02 22:00", 60, (), "03 08:00", "running", "03 10:00", 0),
    ("a letter on Sunday begins on Monday", "office", "01 15:00", 60, (), "01 16:00", "running", "02 10:00", 0),
    ("the day goes on into the next", "office", "02 17:00", 120, (), "02 18:30", "running", "03 10:00", 60),
    ("a shortened day ends at 17", "office", "03 16:00", 120, (), "03 17:30", "running", "05 10:00", 60),
    ("a holiday does not count", "office", "03 16:30", 60, (), "04 12:00", "running", "05 09:30", 30),
    ("forty hours over short day, holiday and weekend", "office", "02 09:00", 2400, (), "02 09:00", "running",
     "10 10:00", 0),
    ("a worked Saturday counts", "office", "13 17:00", 120, (), "13 18:00", "running", "14 10:00", 60),
    ("an ordinary Saturday does not", "office", "06 17:00", 120, (), "07 12:00", "running", "09 10:00", 60),
    ("due exactly at the end of the day", "office", "02 14:00", 240, (), "02 15:00", "running", "02 18:00", 60),
    ("round the clock counts the night", "round", "02 22:00", 240, (), "02 23:00", "running", "03 02:00", 60),
    ("round the clock counts the holiday", "round", "03 20:00", 480, (), "04 00:00", "running", "04 04:00", 240),
    ("a night shift spans midnight", "night", "02 19:00", 300, (), "02 23:00", "running", "03 01:00", 180),
    ("day time is no night shift", "night", "02 07:00", 120, (), "02 12:00", "running", "02 21:00", 60),
    ("seconds are not lost by days", "office", "02 17:59", 2, (), "03 09:00", "running", "03 09:01", 1),
    # -- over and kept ------------------------------------------------------------------------------------------------
    ("just due is not over", "office", "02 09:00", 60, (), "02 10:00", "running", "02 10:00", 60),
    ("a minute later it is", "office", "02 09:00", 60, (), "02 10:01", "over", "02 10:00", 61),
    ("the night after a due evening adds nothing", "office", "02 17:00", 60, (), "03 08:59", "running", "02 18:00", 60),
    ("the next morning it is over", "office", "02 17:00", 60, (), "03 09:10", "over", "02 18:00", 70),
    ("done in time is kept", "office", "02 09:00", 120, ("02 10:30 done",), "05 12:00", "kept", "", 90),
    ("done at the last moment is kept", "office", "02 09:00", 120, ("02 11:00 done",), "02 12:00", "kept", "", 120),
    ("done late is broken", "office", "02 09:00", 120, ("02 11:30 done",), "02 12:00", "broken", "02 11:00", 150),
    ("done late at night is kept where the hours ended", "office", "02 17:00", 60, ("02 22:00 done",), "03 12:00",
     "kept", "", 60),
    # -- pauses -------------------------------------------------------------------------------------------------------
    ("paused there is no due time", "office", "02 09:00", 240, ("02 10:00 pause customer",), "02 11:00", "paused", "",
     60),
    ("a pause moves the due time by its working time", "office", "02 09:00", 240,
     ("02 10:00 pause customer", "02 11:00 run"), "02 11:30", "running", "02 15:00", 90),
    ("a pause over lunch counts without lunch", "office", "02 09:00", 240,
     ("02 12:00 pause customer", "02 15:00 run"), "02 15:00", "running", "02 16:00", 180),
    ("a pause over the night", "office", "02 16:00", 180, ("02 17:00 pause customer", "03 10:00 run"), "03 10:00",
     "running", "03 12:00", 60),
    ("a pause within the night moves nothing", "office", "02 17:00", 120, ("02 20:00 pause third", "03 07:00 run"),
     "03 09:30", "running", "03 10:00", 90),
    ("a pause over the holiday", "office", "03 16:00", 120, ("03 16:30 pause third", "05 09:30 run"), "05 09:30",
     "running", "05 11:00", 30),
    ("two pauses add up", "office", "02 09:00", 240,
     ("02 09:30 pause customer", "02 10:00 run", "02 11:00 pause third", "02 12:00 run"), "02 12:00", "running",
     "02 15:30", 90),
    ("one pause into another", "office", "02 09:00", 240,
     ("02 10:00 pause customer", "02 11:00 pause third", "02 12:00 run"), "02 12:00", "running", "02 16:00", 60),
    ("a long pause breaks nothing", "office", "02 09:00", 60, ("02 09:30 pause customer",), "30 12:00", "paused", "",
     30),
    ("nor does going on after it", "office", "02 09:00", 60, ("02 09:30 pause customer", "13 17:45 run"), "13 17:45",
     "running", "14 09:15", 30),
    ("going on at night", "office", "02 09:00", 60, ("02 09:30 pause customer", "02 23:00 run"), "02 23:30", "running",
     "03 09:30", 30),
    ("going on with nothing left is not over at once", "office", "02 09:00", 60,
     ("02 10:00 pause customer", "02 12:00 run"), "02 12:00", "running", "02 12:00", 60),
    ("paused when it was over already: told as waiting", "office", "02 09:00", 60, ("02 10:30 pause customer",),
     "02 15:00", "paused", "", 90),
    ("and over again when it goes on", "office", "02 09:00", 60, ("02 10:30 pause customer", "02 15:00 run"),
     "02 15:00", "over", "02 10:00", 90),
    ("paused from the beginning", "office", "02 09:00", 60, ("02 09:00 pause third", "02 11:00 run"), "02 11:15",
     "running", "02 12:00", 15),
    ("solved while waiting", "office", "02 09:00", 120, ("02 10:00 pause parts", "05 12:00 done"), "06 12:00", "kept",
     "", 60),
    ("a pause of a minute", "office", "02 09:00", 60, ("02 09:30 pause customer", "02 09:31 run"), "02 09:31",
     "running", "02 10:01", 30),
    ("a round-the-clock pause counts all its hours", "round", "02 12:00", 240,
     ("02 13:00 pause customer", "04 13:00 run"), "04 13:00", "running", "04 16:00", 60),
    # -- urgency: other targets ---------------------------------------------------------------------------------------
    ("more urgent early: the whole new target from then", "office", "02 09:00", 2400, ("02 10:00 target 240",),
     "02 10:00", "running", "02 15:00", 60),
    ("more urgent late: never at once over", "office", "02 09:00", 2400, ("05 10:00 target 240",), "05 10:00",
     "running", "05 15:00", 960),
    ("more urgent when less was left: what was left", "office", "02 09:00", 480, ("02 16:00 target 240",), "02 16:00",
     "running", "02 18:00", 360),
    ("less urgent: counted from the beginning", "office", "02 09:00", 240, ("02 11:00 target 480",), "02 11:00",
     "running", "02 18:00", 120),
    ("to and fro leaves what was", "office", "02 09:00", 480, ("02 10:00 target 60", "02 10:30 target 480"),
     "02 10:30", "running", "02 18:00", 90),
    ("fro and to grants no more than the first", "office", "02 09:00", 240,
     ("02 10:00 target 480", "02 10:00 target 240"), "02 10:00", "running", "02 15:00", 60),
    ("over, then less urgent: the target that holds counts", "office", "02 09:00", 60,
     ("02 11:00 target 480",), "02 11:00", "running", "02 18:00", 120),
    ("over, then more urgent: still over", "office", "02 09:00", 120, ("02 12:00 target 60",), "02 12:00", "over",
     "02 11:00", 180),
    ("a change while paused keeps the pause", "office", "02 09:00", 480,
     ("02 10:00 pause customer", "02 11:00 target 60", "02 11:00 pause customer", "02 14:00 run"), "02 14:00",
     "running", "02 15:00", 60),
    ("pauses before a change stay", "office", "02 09:00", 240,
     ("02 10:00 pause customer", "02 12:00 run", "02 12:00 target 300"), "02 12:00", "running", "02 17:00", 60),
    ("no target for this urgency: no clock", "office", "02 09:00", 240, ("02 10:00 target none",), "02 11:00", "none",
     "", 0),
    ("a target comes later: all of it from then", "office", "02 09:00", None, ("02 11:00 target 120",), "02 11:00",
     "running", "02 13:00", 120),
    ("none in between: all of it anew", "office", "02 09:00", 120, ("02 10:00 target none", "02 11:00 target 120"),
     "02 12:00", "running", "02 13:00", 180),
    # -- contracts: other hours ---------------------------------------------------------------------------------------
    ("to round the clock in the evening", "office", "02 17:00", 240, ("02 20:00 hours round",), "02 20:00", "running",
     "02 23:00", 60),
    ("to office hours at night", "round", "02 17:00", 480, ("02 22:00 hours office",), "02 22:00", "running",
     "03 12:00", 300),
    ("to the Urals, whose day is over sooner", "office", "02 15:00", 240, ("02 15:30 hours ural",), "02 15:30",
     "running", "03 10:00", 30),
    ("other hours and another target at once", "office", "02 16:00", 480,
     ("02 17:00 hours round", "02 17:00 target 240"), "02 17:00", "running", "02 21:00", 60),
    ("other hours while it waits", "office", "02 16:00", 240, ("02 17:00 pause customer", "02 20:00 hours round",
     "02 20:00 pause customer", "02 23:00 run"), "02 23:00", "running", "03 02:00", 60),
    ("what was counted by the old hours stays", "office", "02 09:00", 600, ("03 09:00 hours round",), "03 09:00",
     "running", "03 11:00", 480),
    # -- reopened -----------------------------------------------------------------------------------------------------
    ("goes on with what was left", "office", "02 09:00", 240, ("02 10:00 done", "02 15:00 reopen 60"), "02 15:00",
     "running", "02 18:00", 60),
    ("time while it was done does not count", "office", "02 09:00", 480, ("02 10:00 done", "06 09:00 reopen 60"),
     "06 10:00", "running", "06 17:00", 120),
    ("with too little left: the least", "office", "02 09:00", 120, ("02 10:50 done", "02 15:00 reopen 60"),
     "02 15:00", "running", "02 16:00", 110),
    ("after a broken round: not over at once", "office", "02 09:00", 60, ("02 11:00 done", "02 15:00 reopen 30"),
     "02 15:00", "running", "02 15:30", 120),
    ("the least is never more than the target", "office", "02 09:00", 60, ("02 10:00 done", "02 15:00 reopen 600"),
     "02 15:00", "running", "02 16:00", 60),
    ("reopened at night", "office", "02 09:00", 240, ("02 12:00 done", "02 21:00 reopen 30"), "02 22:00", "running",
     "03 10:00", 180),
    ("reopened twice", "office", "02 09:00", 120,
     ("02 11:00 done", "02 12:00 reopen 60", "02 12:30 done", "02 15:00 reopen 60"), "02 15:00", "running",
     "02 16:00", 150),
    ("reopened and done again in time", "office", "02 09:00", 120,
     ("02 10:00 done", "05 09:00 reopen 30", "05 09:45 done"), "06 12:00", "kept", "", 105),
    ("reopened and over again", "office", "02 09:00", 120, ("02 11:00 done", "02 15:00 reopen 30"), "02 16:00",
     "over", "02 15:30", 180),
    ("reopened, then waiting", "office", "02 09:00", 120,
     ("02 11:00 done", "02 15:00 reopen 30", "02 15:10 pause customer", "03 10:00 run"), "03 10:00", "running",
     "03 10:20", 130),
    # -- zones and clock changes --------------------------------------------------------------------------------------
    ("hours are those of the zone", "ural", "02 17:00", 120, (), "02 18:00", "running", "03 10:00", 60),
    ("an autumn night of 25 hours", "berlin", "10-24 22:00", 720, (), "10-24 22:00", "running", "10-25 09:00", 0),
    ("a spring night of 23 hours", "berlin", "2027-03-27 22:00", 720, (), "2027-03-27 22:00", "running",
     "2027-03-28 11:00", 0),
    ("office hours do not feel the autumn", "london", "10-24 16:00", 120, (), "10-24 18:00", "running", "10-25 10:00",
     60),
    ("nor the spring", "london", "2027-03-27 16:00", 120, (), "2027-03-27 18:00", "running", "2027-03-28 10:00", 60),
    ("a pause over the longer night", "berlin", "10-24 20:00", 480, ("10-24 22:00 pause customer", "10-25 06:00 run"),
     "10-25 06:00", "running", "10-25 12:00", 120),
    ("running through the longer night", "berlin", "10-24 20:00", 720, (), "10-25 04:00", "running", "10-25 07:00",
     540),
    ("running through the shorter night", "berlin", "2027-03-27 20:00", 720, (), "2027-03-28 04:00", "running",
     "2027-03-28 09:00", 420),
)
# fmt: on
