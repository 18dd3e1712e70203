"""One picture: every member's path, and how fast the members drift apart."""
import math

WIDTH, LEFT, RIGHT = 1000, 62, 30
INNER = WIDTH - LEFT - RIGHT
PATHS = {"top": 104, "height": 190, "low": -22, "high": 22}
SPREAD = {"top": 366, "height": 210, "low": -6, "high": 2}
HEIGHT = 680
SHOWN = 40.0


def draw(result, spread, state, data_ids):
    """The chart as SVG text. `state` holds every member and segment; `data_ids` says which is which."""
    tracks = {}
    for where, segment in zip(data_ids["state"], state):
        tracks.setdefault(where["member"], []).extend(point for point in segment["track"] if point[0] <= SHOWN)
    rate, error = result["lyapunov_exponent"], result["standard_error"]
    headline = "Alike for a while, then each on its own" if rate > 0 else "Errors die out: the members stay together"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title">',
        f'<title id="title">{len(tracks)} simulations of the Lorenz system, whose errors grow at a rate of {rate:.2f}</title>',
        STYLE,
        f'<rect class="surface" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="40">{headline}</text>',
        f'<text class="muted" x="{LEFT}" y="63">{len(tracks)} simulations of Lorenz’s system of 1963, which start almost alike; '
        f'the first {SHOWN:.0f} time units</text>',
        paths(list(tracks.values())),
        growth(spread, rate, error),
        f'<text class="small muted" x="{LEFT}" y="{HEIGHT - 18}">Rate: mean over the members of the growth of a small error '
        f'(Benettin’s method), ± standard error.</text>',
        "</svg>\n",
    ])


def paths(tracks):
    """Each member's x against time, one thin line each, the first one strong."""
    def y(value):
        return scale(value, PATHS["low"], PATHS["high"], PATHS["top"] + PATHS["height"], PATHS["top"])

    parts = [f'<text class="strong" x="{LEFT}" y="{PATHS["top"] - 12}">x of each member</text>']
    parts += grid(y, (-20, -10, 0, 10, 20), lambda value: minus(str(value)))
    for i, track in reversed(list(enumerate(tracks))):
        line = "L".join(f"{across(time):.1f} {y(x):.1f}" for time, x in track)
        parts.append(f'<path class="{"first" if i == 0 else "member"}" d="M{line}"/>')
    return "\n".join(parts)


def growth(spread, rate, error):
    """Spread of the ensemble on a logarithmic axis, beside the line that the rate predicts."""
    def y(exponent):
        return scale(exponent, SPREAD["low"], SPREAD["high"], SPREAD["top"] + SPREAD["height"], SPREAD["top"])

    shown = [(one["time"], power(one["rms"])) for one in spread if one["time"] <= SHOWN]
    parts = [f'<text class="strong" x="{LEFT}" y="{SPREAD["top"] - 12}">distance of the members from their mean</text>']
    parts += grid(y, range(SPREAD["low"], SPREAD["high"] + 1, 2), power_of_ten)
    start = shown[0]
    if rate > 0:
        end = min(SHOWN, start[0] + (power(spread[-1]["rms"]) - start[1]) * math.log(10) / rate)
        top = start[1] + rate * (end - start[0]) / math.log(10)
        parts.append(f'<path class="line" d="M{across(start[0]):.1f} {y(start[1]):.1f}L{across(end):.1f} {y(top):.1f}"/>')
    line = "L".join(f"{across(time):.1f} {y(exponent):.1f}" for time, exponent in shown)
    parts.append(f'<path class="spread" d="M{line}"/>')
    parts += [f'<circle class="spread-dot" cx="{across(time):.1f}" cy="{y(exponent):.1f}" r="3.2"/>' for time, exponent in shown]
    parts.append(f'<text class="label" x="{across(SHOWN * 0.56):.1f}" y="{y(-3.1):.1f}">grows as e<tspan class="small" dy="-6">λt</tspan>'
                 f'<tspan dy="6">, λ = </tspan><tspan class="strong">{minus(f"{rate:.3f}")} ± {error:.3f}</tspan></text>')
    bottom = SPREAD["top"] + SPREAD["height"]
    for time in range(0, int(SHOWN) + 1, 5):
        parts.append(f'<text class="small muted" text-anchor="middle" x="{across(time):.1f}" y="{bottom + 20}">{time}</text>')
    parts.append(f'<text class="small muted" text-anchor="end" x="{WIDTH - RIGHT}" y="{bottom + 40}">time, in units of the model</text>')
    return "\n".join(parts)


def grid(y, values, label):
    """Horizontal lines with their values."""
    lines = []
    for value in values:
        lines.append(f'<path class="{"zero" if value == 0 else "grid"}" d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}"/>')
        lines.append(f'<text class="small muted" text-anchor="end" x="{LEFT - 10}" y="{y(value) + 4:.1f}">{label(value)}</text>')
    return lines


def power(value):
    """Logarithm to base 10, kept inside the plot."""
    return max(SPREAD["low"], math.log10(value)) if value > 0 else SPREAD["low"]


def power_of_ten(exponent):
    """10 to a power, as SVG text."""
    return "1" if exponent == 0 else f'10<tspan font-size="9" dy="-5">{minus(str(exponent))}</tspan>'


def minus(text):
    """A number with a real minus sign."""
    return text.replace("-", "−")


def across(time):
    """Place of a time on the axis that both plots share."""
    return scale(time, 0, SHOWN, LEFT, WIDTH - RIGHT)


def scale(value, low, high, start, end):
    """A value between low and high, between start and end."""
    return start + (value - low) / (high - low) * (end - start)


STYLE = """<style>
svg { --surface: #fdfdfc; --ink: #1d1d1b; --muted: #6c6b67; --grid: #e6e5e1; --zero: #b5b3ac; --member: #3f7fb5; --faint: .38; --first: #123f66; --line: #dd6b2f;
  font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --surface: #1a1a19; --ink: #f1f0ec; --muted: #a19f98; --grid: #333331; --zero: #6a6963; --member: #5b9fd6; --faint: .34; --first: #d6eaff; --line: #f0894f; }
}
text { fill: var(--ink); }
.surface { fill: var(--surface); }
.title { font-size: 23px; font-weight: 650; letter-spacing: -.01em; }
.strong { font-weight: 650; }
.label { font-size: 15px; }
.small { font-size: 11.5px; font-weight: 400; }
.muted { fill: var(--muted); }
.grid { stroke: var(--grid); fill: none; }
.zero { stroke: var(--zero); fill: none; }
.member { stroke: var(--member); stroke-width: 1; opacity: var(--faint); fill: none; stroke-linejoin: round; }
.first { stroke: var(--first); stroke-width: 1.8; fill: none; stroke-linejoin: round; }
.line { stroke: var(--line); stroke-width: 7; opacity: .45; fill: none; stroke-linecap: round; }
.spread { stroke: var(--ink); stroke-width: 1.6; fill: none; stroke-linejoin: round; }
.spread-dot { fill: var(--ink); stroke: var(--surface); stroke-width: 1.5; }
</style>"""
