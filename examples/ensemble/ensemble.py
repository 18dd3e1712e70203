"""What an ensemble says together."""
import math
import statistics


def spread(state, data_id):
    """Root mean square distance of the members from their mean, at the end of a segment."""
    points = [member["point"] for member in state]
    centre = [statistics.fmean(values) for values in zip(*points)]
    squares = [sum((p - c) ** 2 for p, c in zip(point, centre)) for point in points]
    return {"segment": data_id["segment"], "time": state[0]["time"], "rms": math.sqrt(statistics.fmean(squares))}


def growth(state, settle, data_id):
    """Mean rate of growth of a member's error, once the members have forgotten their common start (after time `settle`)."""
    settled = [segment for segment in state if segment["time"] > settle]
    if not settled:
        raise ValueError(f"no segment ends after time {settle}: settle is longer than the simulation")
    return {
        "member": data_id["member"],
        "rate": math.fsum(segment["log_growth"] for segment in settled) / math.fsum(segment["length"] for segment in settled),
    }


def estimate(growth, spread):
    """The largest Lyapunov exponent: mean and standard error over the members, and what the spread says of it."""
    rates = [member["rate"] for member in growth]
    return {
        "lyapunov_exponent": round(statistics.fmean(rates), 4),
        "standard_error": round(statistics.stdev(rates) / math.sqrt(len(rates)), 4),
        "members": len(rates),
        "time_to_double": round(math.log(2) / statistics.fmean(rates), 3) if statistics.fmean(rates) > 0 else None,
        "final_spread": round(spread[-1]["rms"], 3),
    }
