"""Bars are as long as their values, and the table says the same."""

from conditions.content.charts import LONGEST, Chart, Line

CHART = Chart("due", "Reviews due", ["UK", "US"], [Line("May", [4, 1]), Line("June", [None, 2])])


def test_the_longest_bar_is_the_greatest_value_and_the_others_are_in_proportion() -> None:
    widths = [bar.width for _, _, bars in CHART.drawn() for bar in bars]
    assert widths == [LONGEST, LONGEST / 4, 0, LONGEST / 2]


def test_a_percentage_is_of_a_hundred_not_of_the_greatest() -> None:
    chart = Chart("share", "Share", ["UK"], [Line("May", [50])], "%")
    ((_, _, (bar,)),) = chart.drawn()
    assert (bar.width, bar.text) == (LONGEST / 2, "50%")


def test_bars_stand_below_each_other_within_the_drawing() -> None:
    tops = [bar.y for _, _, bars in CHART.drawn() for bar in bars]
    assert tops == sorted(set(tops)) and tops[-1] + CHART.thick <= CHART.height


def test_the_table_says_what_is_drawn_and_what_is_not_known() -> None:
    assert CHART.table() == [("May", ["4", "1"]), ("June", ["–", "2"])]


def test_nothing_known_and_nothing_at_all_draw_nothing() -> None:
    assert Chart("share", "Share", ["UK"], [Line("May", [None])], "%").is_empty
    assert Chart("share", "Share", ["UK"], [], "%").is_empty
    assert not CHART.is_empty


def test_zero_is_a_value() -> None:
    chart = Chart("due", "Due", ["UK"], [Line("May", [0])])
    assert not chart.is_empty and chart.table() == [("May", ["0"])]
