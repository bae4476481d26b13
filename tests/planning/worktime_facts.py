"""Sixty facts about working time that another help desk (OTOBO) holds too: what its calendars answer.

Each row: start on the wall clock of the row's zone, that zone, a calendar, seconds of working time, end.
Two of the facts are counted by a calendar of another zone than the row's. In the second table the seconds
are what lies between.
"""

from __future__ import annotations

ROUND_CLOCK = ((0, 1440),)
OFFICE = ((8 * 60, 18 * 60),)
OFFICE_LUNCH = ((8 * 60, 13 * 60), (14 * 60, 18 * 60))

#: Dates of every year that the calendars with holidays do not work.
HOLIDAYS = ((1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))

#: name -> zone, hours of a working day, weekdays, with holidays
CALENDARS = {
    "lunch_daily_berlin_holidays": ("Europe/Berlin", OFFICE_LUNCH, range(7), True),
    "lunch_berlin_holidays": ("Europe/Berlin", OFFICE_LUNCH, range(5), True),
    "office_berlin_holidays": ("Europe/Berlin", OFFICE, range(5), True),
    "office_tehran_holidays": ("Asia/Tehran", OFFICE, range(5), True),
    "always_berlin_holidays": ("Europe/Berlin", ROUND_CLOCK, range(7), True),
    "always_berlin": ("Europe/Berlin", ROUND_CLOCK, range(7), False),
    "always_sao_paulo_holidays": ("America/Sao_Paulo", ROUND_CLOCK, range(7), True),
    "always_sao_paulo": ("America/Sao_Paulo", ROUND_CLOCK, range(7), False),
    "always_sydney_holidays": ("Australia/Sydney", ROUND_CLOCK, range(7), True),
    "always_sydney": ("Australia/Sydney", ROUND_CLOCK, range(7), False),
    "always_tehran_holidays": ("Asia/Tehran", ROUND_CLOCK, range(7), True),
    "always_tehran": ("Asia/Tehran", ROUND_CLOCK, range(7), False),
    "always_utc_holidays": ("UTC", ROUND_CLOCK, range(7), True),
    "always_utc": ("UTC", ROUND_CLOCK, range(7), False),
    "weekdays_tehran_holidays": ("Asia/Tehran", ROUND_CLOCK, range(5), True),
}

END_AFTER = (
    ("2015-02-17 12:00:00", "UTC", "always_utc_holidays", 63_072_000, "2017-02-28 12:00:00"),
    ("2015-03-27 11:00:00", "UTC", "lunch_berlin_holidays", 54_000, "2015-03-31 07:00:00"),
    ("2015-02-17 12:00:00", "UTC", "always_utc_holidays", 7_776_000, "2015-05-19 12:00:00"),
    ("2015-02-17 12:00:00", "Europe/Berlin", "always_berlin_holidays", 7_779_600, "2015-05-19 14:00:00"),
    ("2015-02-21 22:00:00", "UTC", "always_utc_holidays", 21_600, "2015-02-22 04:00:00"),
    ("2015-02-21 22:00:00", "America/Sao_Paulo", "always_sao_paulo_holidays", 18_000, "2015-02-22 02:00:00"),
    ("2015-02-20 22:10:05", "UTC", "always_utc_holidays", 368_415, "2015-02-25 04:30:20"),
    ("2015-02-21 22:10:05", "America/Sao_Paulo", "always_sao_paulo", 364_815, "2015-02-26 02:30:20"),
    ("2015-10-17 22:00:00", "UTC", "always_utc_holidays", 21_600, "2015-10-18 04:00:00"),
    ("2015-10-17 22:00:00", "America/Sao_Paulo", "always_sao_paulo_holidays", 25_200, "2015-10-18 06:00:00"),
    ("2015-03-21 12:00:00", "UTC", "always_utc_holidays", 86_400, "2015-03-22 12:00:00"),
    ("2015-09-21 12:00:00", "UTC", "always_utc_holidays", 57_600, "2015-09-22 04:00:00"),
    ("2015-09-21 12:00:00", "Asia/Tehran", "always_tehran_holidays", 54_000, "2015-09-22 02:00:00"),
    ("2015-09-20 12:00:00", "Asia/Tehran", "always_tehran_holidays", 172_800, "2015-09-22 11:00:00"),
    ("2015-09-19 12:00:00", "Asia/Tehran", "always_tehran_holidays", 345_600, "2015-09-23 11:00:00"),
    ("2015-03-21 12:00:00", "UTC", "always_utc_holidays", 57_600, "2015-03-22 04:00:00"),
    ("2015-03-21 12:00:00", "Asia/Tehran", "always_tehran_holidays", 61_200, "2015-03-22 06:00:00"),
    ("2015-01-21 12:00:00", "Asia/Tehran", "always_tehran_holidays", 7_837_200, "2015-04-22 06:00:00"),
    ("2015-01-21 12:00:00", "UTC", "always_utc_holidays", 7_833_600, "2015-04-22 04:00:00"),
    ("2016-04-02 12:00:00", "Australia/Sydney", "always_sydney_holidays", 147_600, "2016-04-04 04:00:00"),
    ("2016-01-31 12:25:30", "Europe/Berlin", "office_berlin_holidays", 18_000, "2016-02-01 13:00:00"),
    ("2016-02-01 16:59:30", "Europe/Berlin", "office_berlin_holidays", 12_600, "2016-02-02 10:29:30"),
    ("2016-02-01 12:25:30", "Europe/Berlin", "lunch_berlin_holidays", 18_000, "2016-02-02 08:25:30"),
    ("2016-01-31 12:25:30", "Europe/Berlin", "lunch_berlin_holidays", 163_530, "2016-02-08 08:25:30"),
    ("2015-12-22 16:24:49", "Europe/Berlin", "lunch_berlin_holidays", 72_000, "2015-12-29 08:24:49"),
    ("2016-03-20 00:00:00", "Asia/Tehran", "office_tehran_holidays", 18_000, "2016-03-21 13:00:00"),
    ("2016-03-20 00:00:00", "Asia/Tehran", "office_tehran_holidays", 46_800, "2016-03-22 11:00:00"),
    ("2016-03-20 00:00:00", "Asia/Tehran", "always_tehran_holidays", 104_400, "2016-03-21 06:00:00"),
    ("2016-03-20 00:00:00", "Asia/Tehran", "weekdays_tehran_holidays", 104_400, "2016-03-22 06:00:00"),
    ("2016-09-20 22:00:00", "Asia/Tehran", "office_tehran_holidays", 18_000, "2016-09-21 13:00:00"),
    ("2016-09-20 22:00:00", "Asia/Tehran", "weekdays_tehran_holidays", 18_000, "2016-09-21 02:00:00"),
    ("2013-03-16 10:00:00", "Europe/Berlin", "office_berlin_holidays", 60, "2013-03-18 08:01:00"),
)

WORK_BETWEEN = (
    ("2015-12-28 17:10:14", "Europe/Berlin", "always_berlin_holidays", 0, "2015-12-23 08:10:15"),
    ("2015-12-23 08:10:15", "Europe/Berlin", "always_berlin_holidays", 205_199, "2015-12-28 17:10:14"),
    ("2015-03-27 11:00:00", "UTC", "lunch_berlin_holidays", 54_000, "2015-03-31 07:00:00"),
    ("2015-03-26 16:00:00", "UTC", "lunch_berlin_holidays", 7_200, "2015-03-27 08:00:00"),
    ("2015-02-17 22:35:49", "Europe/Berlin", "always_berlin_holidays", 18_000, "2015-02-18 03:35:49"),
    ("2015-02-17 22:35:49", "Europe/Berlin", "always_berlin_holidays", 174_600, "2015-02-19 23:05:49"),
    ("2016-03-26 22:24:39", "Europe/Berlin", "always_berlin_holidays", 172_800, "2016-03-28 23:24:39"),
    ("2016-02-01 12:15:41", "Europe/Berlin", "always_berlin_holidays", 424_800, "2016-02-06 10:15:41"),
    ("2016-02-01 12:15:41", "Europe/Berlin", "lunch_daily_berlin_holidays", 162_000, "2016-02-06 12:15:41"),
    ("2016-03-25 12:15:41", "Europe/Berlin", "lunch_berlin_holidays", 57_600, "2016-03-29 10:15:41"),
    ("2016-03-24 12:15:41", "Europe/Berlin", "lunch_berlin_holidays", 122_400, "2016-03-30 10:15:41"),
    ("2016-03-25 08:15:41", "Europe/Berlin", "lunch_berlin_holidays", 18_000, "2016-03-25 14:15:41"),
    ("2016-03-25 08:00:00", "Europe/Berlin", "lunch_berlin_holidays", 21_600, "2016-03-25 15:00:00"),
    ("2015-02-17 12:00:00", "UTC", "always_utc", 7_776_000, "2015-05-18 12:00:00"),
    ("2015-02-17 12:00:00", "Europe/Berlin", "always_berlin", 7_772_400, "2015-05-18 12:00:00"),
    ("2015-02-21 22:00:00", "UTC", "always_utc", 21_600, "2015-02-22 04:00:00"),
    ("2015-02-21 22:00:00", "America/Sao_Paulo", "always_sao_paulo", 18_000, "2015-02-22 02:00:00"),
    ("2015-02-20 22:10:05", "UTC", "always_utc", 368_415, "2015-02-25 04:30:20"),
    ("2015-02-20 22:10:05", "America/Sao_Paulo", "always_sao_paulo", 372_015, "2015-02-25 04:30:20"),
    ("2015-10-17 22:00:00", "UTC", "always_utc", 21_600, "2015-10-18 04:00:00"),
    ("2015-10-17 22:00:00", "America/Sao_Paulo", "always_sao_paulo", 18_000, "2015-10-18 04:00:00"),
    ("2015-03-21 12:00:00", "UTC", "always_utc", 86_400, "2015-03-22 12:00:00"),
    ("2015-09-21 12:00:00", "UTC", "always_utc", 57_600, "2015-09-22 04:00:00"),
    ("2015-09-21 12:00:00", "Asia/Tehran", "always_tehran", 61_200, "2015-09-22 04:00:00"),
    ("2015-03-21 12:00:00", "UTC", "always_utc", 57_600, "2015-03-22 04:00:00"),
    ("2015-03-21 12:00:00", "Asia/Tehran", "always_tehran", 54_000, "2015-03-22 04:00:00"),
    ("2015-01-21 12:00:00", "UTC", "always_utc", 7_833_600, "2015-04-22 04:00:00"),
    ("2015-01-21 12:00:00", "Australia/Sydney", "always_sydney", 7_837_200, "2015-04-22 04:00:00"),
)
