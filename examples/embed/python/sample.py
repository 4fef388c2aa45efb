"""Asks one question and prints what decides it."""

from intermittente import answer

told = answer({
    "ask": "limits.assess",
    "in": {
        "on": "2025-07-23",
        "worked": [{"first": "2024-01-01", "last": "2025-02-03"}],
        "employer": {"ateco": "47.71.10", "ateco_version": 2007, "sector_activity": False, "sector_agreement": False},
    },
})
print(told["out"]["verdict"], told["out"]["remaining"])
for check in told["out"]["checks"]:
    if check["outcome"] == "fail":
        print(check["message"]["it"], [c["text"] for c in check["cites"]])
