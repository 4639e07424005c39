"""What do people write where an amount, a month or a village should stand?"""

from datetime import datetime
from typing import Any

# What stands where 柳泉 should say how much it got.
NO_AMOUNT: dict[str, Any] = {
    "about": "约3500",
    "more-than": "3500多",
    "between": "3000-4000",
    "words": "三千五百元",
    "not-yet": "未到账",
    "later": "下月补",
    "see-note": "见附件",
    "question": "?",
    "sum": "1000+2500",
    "slashed": "3500/12",
    "share": "35%",
    "two-points": "35.00.00",
    "thousands-misplaced": "35,00",
    "thousands-of-four": "1,2345",
    "thousands-empty": "3,,500",
    "point-for-thousands": "3.500.000",
    "point-at-the-end": "3500.",
    "two-signs": "--3500",
    "sign-behind": "3500-",
    "letters-for-digits": "35O0",
    "units-in-billions": "0.35亿元",
    "units-in-dollars": "$3500",
    "units-in-kind": "3500斤",
    "units-in-power": "3500度",
    "not-a-number": "NaN",
    "infinite": "Infinity",
    "negative-infinite": "-inf",
    "power-of-ten": "3.5e3",
    "hexadecimal": "0xDAC",
    "underscored": "3_500",
    "true": True,
    "day": datetime(2018, 6, 30),
    "broken-formula": "#REF!",
    "broken-division": "#DIV/0!",
    "hashes": "########",
    "phone": "13800138000元/月",
    "two-to-the-sixty-third": 2**63,
}
# Numbers that are numbers, and cannot be what a village got in a month.
TOO_LARGE: dict[str, Any] = {
    "six-hundred-million": 6e8,
    "phone-for-an-amount": 13800138000,
    "code-for-an-amount": 410581105201,
}
NO_MONTH: dict[str, Any] = {
    "thirteenth": "2018年13月",
    "zeroth": "2018年0月",
    "thirteenth-in-digits": "201813",
    "in-words": "六月份",
    "between-years": "去年",
    "so-far": "至今",
    "backwards": "2018年6月-3月",
    "day-of-no-month": "2018-02-30",
    "two-listed": "2018年6月、7月",
    "number-of-a-day": 43281.5,
    "first-day-that-excel-knows": datetime(1900, 1, 1),
}
ODD_YEAR: dict[str, Any] = {
    "digits-swapped": "2108年6月",
    "century-ago": "1918年6月",
    "of-1900": datetime(1900, 3, 1),
    "of-9999": datetime(9999, 12, 31),
    "three-digits": "1018年6月",
}
NO_VILLAGE: dict[str, Any] = {
    "misspelled": "柳全",
    "of-another-town": "任村",
    "number": 12,
    "person": "张建国",
    "two-villages": "柳泉、东里",
    "village-and-group": "柳泉村第三村民组",
    "note-in-brackets": "柳泉（含西沟）",
    "whole-address": "河南省安阳市林州市河顺镇柳泉村1号",
    "question": "？？",
    "row-number": "3.柳泉",
}
