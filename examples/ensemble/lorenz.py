"""Lorenz's system of 1963 and a small error beside it, integrated with the classical Runge-Kutta method.

    dx/dt = 10 (y - x)    dy/dt = x (rho - z) - y    dz/dt = x y - 8/3 z

The error obeys the linearised equations. It is measured and brought back to length 1 at the end of each
segment (Benettin's method), so that the sum of the measured growths gives the largest Lyapunov exponent.
"""
import math

SIGMA = 10.0
BETA = 8.0 / 3.0
SAMPLES = 40


def spin_up(rho, step):
    """A point on the attractor: 50 time units on from (1, 1, 1)."""
    point = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    for _ in range(round(50 / step)):
        point = runge_kutta(point, rho, step)
    return {"point": point[:3]}


def perturb(control, offset, data_id):
    """A point at a distance of `offset` from the control's, in a direction that only the member decides."""
    height = math.fmod(0.5 + data_id["member"] * 0.6180339887498949, 1.0) * 2 - 1
    turn = data_id["member"] * 2.399963229728653
    radius = math.sqrt(1 - height * height)
    direction = [radius * math.cos(turn), radius * math.sin(turn), height]
    return {
        "time": 0.0,
        "point": [value + offset * part for value, part in zip(control["point"], direction)],
        "error": direction,
    }


def simulate(state, rho, step, length):
    """One segment on from a state: where the member is, how its error points, and by what factor it grew (logarithm)."""
    steps = round(length / step)
    every = max(1, steps // SAMPLES)
    point = state["point"] + state["error"]
    track = []
    for i in range(steps):
        if i % every == 0:
            track.append([round(state["time"] + i * step, 6), round(point[0], 4)])
        point = runge_kutta(point, rho, step)
    size = math.sqrt(sum(part * part for part in point[3:]))
    return {
        "time": round(state["time"] + steps * step, 9),
        "point": point[:3],
        "error": [part / size for part in point[3:]],
        "log_growth": math.log(size),
        "length": steps * step,
        "track": track,
    }


def runge_kutta(point, rho, step):
    """One step of the classical fourth-order method."""
    a = tendency(point, rho)
    b = tendency([p + step / 2 * d for p, d in zip(point, a)], rho)
    c = tendency([p + step / 2 * d for p, d in zip(point, b)], rho)
    d = tendency([p + step * d for p, d in zip(point, c)], rho)
    return [p + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4) for p, k1, k2, k3, k4 in zip(point, a, b, c, d)]


def tendency(point, rho):
    """Rates of change of a point and of the error beside it."""
    x, y, z, u, v, w = point
    return (
        SIGMA * (y - x),
        x * (rho - z) - y,
        x * y - BETA * z,
        SIGMA * (v - u),
        (rho - z) * u - v - x * w,
        y * u + x * v - BETA * w,
    )
