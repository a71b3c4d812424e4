from benchmarks.figures.tables import lines_table, percent, table


def test_a_table_stands_alone_in_a_page() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n"


def test_shares() -> None:
    assert (percent(0.9637), percent(None), percent(0.5, 0)) == ("96.4 %", "–", "50 %")


def test_items_that_one_system_was_not_judged_by_are_left_out() -> None:
    counts = {"ours": {"SEX": [2, 3], "AUTHORITY": [1, 3]}, "theirs": {"SEX": [1, 3]}}
    assert lines_table({"compare_items_samples": {"items": counts}}) == table(
        ["item", "with our lines", "with theirs"], [["sex", "2 of 3", "1 of 3"]]
    )
