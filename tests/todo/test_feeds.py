from datetime import UTC, datetime

from todo.feeds import Deadline, feed

STAMP = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def entry(**changes):
    facts = {
        "uid": "7@north.test",
        "due_at": datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC),
        "summary": "Ocena formalna",
        "description": "WES.4424.12.2026",
        "url": "https://north.test/procedures/cases/7",
        "changed_at": STAMP,
    }
    return Deadline(**{**facts, **changes})


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_deadline_is_a_whole_day_in_polish_time():
    lines = unfolded(feed([entry()], name="Terminy"))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20261130" in lines
    assert "DTEND;VALUE=DATE:20261201" in lines
    assert "DTSTAMP:20261123T093000Z" in lines


def test_signs_that_mean_something_are_escaped():
    lines = unfolded(feed([entry(summary="A; B, C\\D\nEND:VEVENT")], name="X"))
    assert "SUMMARY:A\\; B\\, C\\\\D\\nEND:VEVENT" in lines
    assert lines.count("END:VEVENT") == 1


def test_long_lines_are_folded_without_cutting_a_letter():
    summary = "Zażółć gęślą jaźń " * 20
    text = feed([entry(summary=summary)], name="X")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{summary}" in unfolded(text)


def test_no_deadlines_make_a_calendar_all_the_same():
    text = feed([], name="Terminy")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "VEVENT" not in text
