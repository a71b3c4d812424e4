"""Texts of the report in both languages; the page shows one of them, and style alone changes it."""

from html import escape
from typing import Final, NamedTuple

from engine.values.items import Item


class Words(NamedTuple):
    """A text in English and in Chinese."""

    en: str
    zh: str


def both(words: Words) -> str:
    """Return HTML that shows the language chosen."""
    return f'<span class="en">{escape(words.en)}</span><span class="zh" lang="zh">{escape(words.zh)}</span>'


def item_words(item: Item) -> Words:
    """Return an item's names."""
    return Words(item.english, item.value)


TITLE: Final = Words("How well passports were read", "护照识别效果报告")
PRIVATE: Final = Words(
    "This page shows pieces of the pictures and what is printed on them. Share it only with those who may see the"
    " passports; the JSON beside it holds no values.",
    "本页含有图片片段和其中印刷的内容，只能给有权查看这些护照的人；旁边的 JSON 文件不含任何内容值。",
)
PICTURES: Final = Words("pictures judged", "已评判图片")
ZONES: Final = Words("machine readable zones exact", "机读码全对")
VALUES: Final = Words("values exact", "项目值全对")
SILENT: Final = Words("silent errors", "无声错误")
MEDIAN: Final = Words("seconds a picture (median)", "每张图片秒数（中位数）")
NEGATIVES: Final = Words("pictures without a passport in which something was read", "无护照图片中误读的")
SILENT_TITLE: Final = Words("Silent errors", "无声错误")
SILENT_TEXT: Final = Words(
    "Wrong, and nothing warned of it: the confidence was 0.99 or more, or all check digits held. These cost most.",
    "读错而没有任何提示：置信度不低于 0.99，或校验码全部成立。这类错误代价最大。",
)
NONE_SILENT: Final = Words("There are none.", "没有。")
LEFT_OUT: Final = Words("Not judged", "未评判")
LEFT_OUT_TEXT: Final = Words(
    "These are in no figure of this page. Each says what to do.", "以下各项不在本页任何数字之内，每条说明了处理办法。"
)
ITEMS: Final = Words("Accuracy of each item", "各项准确率")
ITEMS_TEXT: Final = Words(
    "Share of pictures in which the value is exactly right, or rightly empty. The line is the 95 % interval (Wilson):"
    " what the share may be in truth, from so few pictures.",
    "值完全正确（或正确地为空）的图片比例。横线为 95 % 置信区间（Wilson 法）：就这些图片数量而言真实比例可能的范围。",
)
CONDITIONS: Final = Words("By condition", "按条件")
CONDITIONS_TEXT: Final = Words(
    "Share of pictures in which everything judged is right, by tag, folder and kind of document.",
    "所有被评判项目全对的图片比例，按标签、文件夹和证件类型分。",
)
RELIABILITY: Final = Words("Are confidences honest?", "置信度是否可信？")
RELIABILITY_TEXT: Final = Words(
    "Values by their confidence: the ring is what was said, the dot how many were right, the line its 95 % interval."
    " Rings and dots should meet.",
    "按置信度分组：圆环为声称的置信度，圆点为实际正确比例，线为 95 % 置信区间。两者应当重合。",
)
LATENCY: Final = Words("Time a picture takes", "每张图片用时")
LATENCY_TEXT: Final = Words(
    "Share of pictures done within so many CPU seconds, one thread, models loaded before.",
    "在给定 CPU 秒数内完成的图片比例；单线程，模型已载入。",
)
CHANGES: Final = Words("Against the earlier run", "与先前结果比较")
BETTER: Final = Words("became right", "变对")
WORSE: Final = Words("became wrong", "变错")
CHANCE: Final = Words("chance", "偶然概率")
CHANCE_TEXT: Final = Words(
    "Chance: how probable so uneven a change is without any cause (sign test). Above 0.05 it proves nothing.",
    "偶然概率：仅由偶然造成如此不均衡变化的概率（符号检验）；大于 0.05 说明不了什么。",
)
MISSES: Final = Words("Every miss", "全部错误")
MISSES_TEXT: Final = Words(
    "The place in the picture, what is printed and what was read; differences are marked.",
    "图片位置、印刷内容与识别结果；差异已标出。",
)
NO_MISSES: Final = Words("Everything judged is right.", "所评判的全部正确。")
TRUTH: Final = Words("truth", "实际")
READ: Final = Words("read", "识别")
NOTHING: Final = Words("nothing", "无")
ITEM: Final = Words("item", "项目")
CONDITION: Final = Words("condition", "条件")
RIGHT: Final = Words("right", "正确")
SHARE: Final = Words("share", "比例")
INTERVAL: Final = Words("95 % interval", "95 % 区间")
MISSED: Final = Words("not read", "未读出")
INVENTED: Final = Words("invented", "误读出")
CONFIDENCE: Final = Words("confidence", "置信度")
FILE: Final = Words("file", "文件")
WHERE: Final = Words("where", "位置")
WHAT: Final = Words("what", "问题")
ADVICE: Final = Words("what to do", "处理办法")
STAGE: Final = Words("stage", "阶段")
SECONDS: Final = Words("seconds (median)", "秒（中位数）")
ZONE: Final = Words("MRZ", "机读码")
NEGATIVE: Final = Words("no passport", "无护照")
"""The name of what was read where nothing is."""
