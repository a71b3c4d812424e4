"""The table of characters is made of other people's tables."""

from engine.tables.rows import read_rows
from models.training.han.table import TABLE, derive

UNIHAN = """\
# Unihan_Readings.txt
U+4E07\tkMandarin\twàn
U+4E07\tkTGHZ2013\t377.030:wàn
U+5415\tkMandarin\tlǚ
U+5415\tkTGHZ2013\t237.020:lǚ
U+5982\tkTGHZ2013\t311.010:rú
U+5982\tkCantonese\tjyu4
U+738B\tkMandarin\twáng
U+738B\tkTGHZ2013\t379.010:wáng 380.020,380.030:wàng
U+8A0A\tkMandarin\txùn
"""
WORDS = ["王如 3 nr\n", "王吕如 5 nr\n", "如吕 9 nr\n", "如王 4 n\n", "吕訊 1 nr\n"]


def test_characters_readings_and_uses() -> None:
    rows = [row.split("\t") for row in derive(UNIHAN.splitlines(keepends=True), WORDS).splitlines() if row[0] != "#"]
    assert rows[0] == ["character", "readings", "given", "surname", "source"]
    assert rows[1:] == [
        ["万", "WAN MO", "0", "1", "Unihan, jieba, knowledge"],
        ["吕", "LÜ", "1", "0", "Unihan, jieba"],
        ["如", "RU", "2", "0", "Unihan, jieba"],
        ["王", "WANG", "0", "2", "Unihan, jieba"],
    ]


def test_the_table_that_ships_is_of_this_form() -> None:
    header = derive([], []).splitlines()
    assert TABLE.read_text(encoding="utf-8").splitlines()[: len(header)] == header
    assert len(read_rows("han")) == 8105
