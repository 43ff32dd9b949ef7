"""A typed day is the same day in both languages: staff here write the month first in Spanish, too."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"]
