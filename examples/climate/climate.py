"""What a year was like, from its days.

A plain function of plain values: call it from a notebook or a test as it stands.
"""


def summarise(clean, wet_mm, data_id):
    """Summary of one station's year.

    clean:   days as dicts of text: date, rain_mm, high_c, low_c, mean_c
    wet_mm:  a day with at least this much rain is wet
    data_id: the station and the year
    """
    rain = [float(day["rain_mm"]) for day in clean]
    wet = [amount >= wet_mm for amount in rain]
    hottest = max(clean, key=lambda day: float(day["high_c"]))
    coldest = min(clean, key=lambda day: float(day["low_c"]))
    return {
        "station": data_id["station"],
        "year": data_id["year"],
        "days": len(clean),
        "mean_c": round(sum(float(day["mean_c"]) for day in clean) / len(clean), 2),
        "hottest": {"date": hottest["date"], "high_c": float(hottest["high_c"])},
        "coldest": {"date": coldest["date"], "low_c": float(coldest["low_c"])},
        "frost_nights": sum(float(day["low_c"]) < 0 for day in clean),
        "rain_mm": round(sum(rain), 1),
        "wet_days": sum(wet),
        "longest_dry_spell": longest_run(wet, False),
        "longest_wet_spell": longest_run(wet, True),
    }


def longest_run(values, wanted):
    """Length of the longest run of one value in a list."""
    longest = current = 0
    for value in values:
        current = current + 1 if value == wanted else 0
        longest = max(longest, current)
    return longest
