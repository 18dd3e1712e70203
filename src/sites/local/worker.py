"""Runs Python bodies, one after the other: standard library only, any Python from 3.8 on.

usage: worker.py PROJECT TOKENS REPORTS LOG

Jobs arrive as lines of JSON on file descriptor 3. Before each one a token is taken from the pipe TOKENS: a newline lets it
begin, "s" and a newline skips it. Answers go to the pipe REPORTS, a line of ASCII JSON each, so that nothing that ended
before a death is lost. Standard output and error of a body are the file LOG, emptied after each job.
"""
import base64
import csv
import faulthandler
import functools
import importlib
import inspect
import io
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
import types

JOBS = 3
INLINE_OUTPUT_BYTES = 16 * 1024
INLINE_LOG_BYTES = 64 * 1024
SAFE_INTEGER = 2**53 - 1
# Looking at memory costs some ten microseconds, so that short bodies go without.
MEMORY_FROM_SECONDS = 0.005
SET_PIPE_SIZE = 1031


class NoWork(Exception):
    """Raised by a body that has nothing to do here; not a failure."""


class BadOutput(Exception):
    """What a body returned does not fit its outputs."""


class NotStored(Exception):
    """An output could not be written: no space, no permission."""


def canonical(value):
    """Canonical JSON text of a value, byte for byte as src/model/canonical.ts writes it."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, int):
        return canonical_integer(int(value))
    if isinstance(value, float):
        return canonical_float(float(value))
    if isinstance(value, (list, tuple)):
        return "[" + ",".join([canonical(item) for item in value]) + "]"
    if isinstance(value, dict):
        named = {key_text(key): item for key, item in value.items()}
        if len(named) != len(value):
            raise BadOutput("two keys of a dict have the same text")
        return "{" + ",".join([json.dumps(key) + ":" + canonical(named[key]) for key in sorted(named)]) + "}"
    if hasattr(value, "tolist"):
        return canonical(value.tolist())
    raise BadOutput("a value of type %s has no place in JSON" % type(value).__name__)


def key_text(key):
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, (bool, int, float)):
        return canonical(key).strip('"')
    raise BadOutput("a key of type %s has no place in JSON" % type(key).__name__)


def canonical_integer(value):
    return str(value) if -SAFE_INTEGER <= value <= SAFE_INTEGER else '{"$int":"%d"}' % value


def canonical_float(value):
    if value != value or value in (float("inf"), float("-inf")):
        raise BadOutput("%r has no place in canonical JSON" % value)
    if value.is_integer() and abs(value) < 1e21:
        return canonical_integer(int(value))
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa
    power = int(exponent)
    digits = mantissa.replace(".", "").lstrip("-")
    sign = "-" if value < 0 else ""
    # JavaScript writes powers down to 1e-6 without an exponent, Python only to 1e-4.
    if -7 < power < 0:
        return sign + "0." + "0" * (-power - 1) + digits
    return "%se%+d" % (mantissa[:-2] if mantissa.endswith(".0") else mantissa, power)


def plain_json(text):
    """Values of JSON text; tagged integers become integers."""
    return (TAGGED_JSON if '"$int"' in text else PLAIN_JSON).decode(text)


def untag(found):
    return int(found["$int"]) if len(found) == 1 and isinstance(found.get("$int"), str) else found


def no_constant(name):
    raise ValueError("%s has no place in JSON" % name)


PLAIN_JSON = json.JSONDecoder(parse_constant=no_constant)
TAGGED_JSON = json.JSONDecoder(parse_constant=no_constant, object_hook=untag)


def read_csv(text):
    """A list of dicts of strings, one a record, as src/repository/formats/csv.ts reads them."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(rows, None)
    records = []
    for row in rows:
        if not row and len(header) != 1:
            continue  # A blank line is no record, unless it is the empty value of a file of one column.
        row = row or [""]
        if len(row) != len(header):
            raise ValueError("record %d has %d fields; expected %d, as the header has" % (len(records) + 1, len(row), len(header)))
        records.append(dict(zip(header, row)))
    return records


def write_csv(rows):
    """The text of a list of dicts, byte for byte as src/repository/formats/csv.ts writes it."""
    if hasattr(rows, "to_dict"):
        rows = rows.to_dict("records")
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, dict) for row in rows):
        raise BadOutput("csv needs a list of dicts, not %s" % described(rows))
    header = list(dict.fromkeys(key for row in rows for key in row))
    if not header:
        return ""
    lines = [[quoted(key_text(key)) for key in header]] + [[cell(row.get(key)) for key in header] for row in rows]
    # A line of one empty field would read as a blank line.
    return "".join([('""' if line == [""] else ",".join(line)) + "\n" for line in lines])


def described(value):
    """What a value is, with what a list holds where that is not as it should be."""
    if not isinstance(value, (list, tuple)):
        return type(value).__name__
    return "a list with %s" % next(type(item).__name__ for item in value if not isinstance(item, dict))


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def cell(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return canonical_float(float(value))
    if hasattr(value, "tolist"):
        return cell(value.tolist())
    raise BadOutput("a value of type %s has no place in csv" % type(value).__name__)


def decode(kind, value, form):
    """The value of an input: `kind` says whether `value` is a path (p), text (t) or base64 (b)."""
    if form in ("file", "directory"):
        return value
    if kind == "p":
        with open(value, "rb") as file:
            data = file.read()
    elif kind == "b":
        data = base64.b64decode(value)
    else:
        data = value.encode("utf-8", "surrogatepass")
    if form == "bytes":
        return data
    text = data.decode("utf-8-sig" if form == "csv" else "utf-8")
    return plain_json(text) if form == "json" else read_csv(text) if form == "csv" else text


def encode(value, form):
    """Bytes of an output's value."""
    if form == "json":
        return canonical(value).encode("ascii")
    if form == "csv":
        return utf8(write_csv(value))
    if form == "text":
        if not isinstance(value, str):
            raise BadOutput("text needs a str, not %s" % type(value).__name__)
        return utf8(value)
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise BadOutput("bytes needs bytes, not %s" % type(value).__name__)
    return bytes(value)


def utf8(text):
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadOutput("the text holds half a surrogate pair, which UTF-8 cannot write") from None


def store(value, form, path, given):
    """Leaves an output's value at its path, or returns it to travel in the answer when it is small."""
    if form in ("file", "directory"):
        keep(value, path, given)
        return None
    if value is None and form != "json":
        raise BadOutput("the function returned None; expected a value of format %s" % form)
    data = encode(value, form)
    if len(data) > INLINE_OUTPUT_BYTES:
        with open(path, "wb") as file:
            file.write(data)
        return None
    return ["b", base64.b64encode(data).decode()] if form == "bytes" else ["t", data.decode("utf-8")]


def keep(value, path, given):
    """Brings the file or folder that a body made to where its output belongs; what it was given is copied, for others read it."""
    if value is None:
        if not os.path.lexists(path):
            raise BadOutput("the function returned no path and wrote nothing to outputs")
        return
    made = os.path.abspath(os.fspath(value))
    if made == os.path.abspath(path):
        return
    if not os.path.exists(made):
        raise BadOutput("%s does not exist" % made)
    temporary = made.startswith(tempfile.gettempdir() + os.sep) and not made.startswith(os.getcwd() + os.sep)
    if temporary and not any(value == made for _, _, _, items, _ in given for _, value in items):
        shutil.move(made, path)
    elif os.path.isdir(made):
        shutil.copytree(made, path)
        os.chmod(path, os.stat(path).st_mode | 0o200)
    else:
        shutil.copyfile(made, path)


def store_all(result, outputs, given):
    """The answer's part for each output: one value, or a dict by connection when there are several."""
    if not outputs:
        return []
    if len(outputs) == 1:
        result = {outputs[0][0]: result}
    elif result is None and all(form in ("file", "directory") for _, form, _, _ in outputs):
        result = {}
    elif not isinstance(result, dict):
        raise BadOutput("the function has %d outputs and must return a dict with %s" % (len(outputs), ", ".join(o[0] for o in outputs)))
    stored = []
    for name, form, gathers, paths in outputs:
        try:
            if name not in result and form not in ("file", "directory"):
                raise BadOutput("the function returned nothing for it, only %s" % (", ".join(map(str, result)) or "an empty dict"))
            value = result.get(name)
            values = ([None] * len(paths) if value is None else list(value)) if gathers else [value]
            if len(values) != len(paths):
                raise BadOutput("%d values, expected %d" % (len(values), len(paths)))
            stored.append([store(item, form, path, given) for item, path in zip(values, paths)])
        except BadOutput as problem:
            raise BadOutput("output %s: %s" % (name, problem)) from None
        except OSError as problem:
            raise NotStored("output %s cannot be stored: %s" % (name, problem)) from None
    return stored


@functools.lru_cache(maxsize=None)
def body_of(module, name):
    """The function, the parameters that it names, those without a default, and whether it takes any other."""
    function = functools.reduce(getattr, name.split("."), importlib.import_module(module))
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return function, frozenset(), frozenset(), True
    takes_any = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    return function, frozenset(p.name for p in named), frozenset(p.name for p in named if p.default is p.empty), takes_any


def arguments_of(job, named, needed, takes_any):
    wanted = (lambda name: True) if takes_any else named.__contains__
    arguments = {name: value for name, value in job["config"].items() if wanted(name)}
    if "data_id" in named:
        arguments["data_id"] = job["dataId"]
    if "data_ids" in named:
        arguments["data_ids"] = {name: ids for name, _, _, _, ids in job["inputs"]}
    if "outputs" in named:
        arguments["outputs"] = {name: paths if gathers else paths[0] for name, _, gathers, paths in job["outputs"]}
    for name, form, gathers, items, _ in job["inputs"]:
        if not wanted(name):
            continue
        try:
            values = [decode(kind, value, form) for kind, value in items]
        except (OSError, ValueError, csv.Error) as problem:
            raise ValueError("input %s cannot be read as %s: %s" % (name, form, problem)) from None
        arguments[name] = values if gathers else values[0] if values else None
    if not needed <= arguments.keys():
        raise TypeError(wanting(job, sorted(needed - arguments.keys())))
    return arguments


def wanting(job, names):
    """What Python says of missing arguments is about calls; this is about the task."""
    given = [name for name, *_ in job["inputs"]] + list(job["config"]) + ["data_id", "data_ids", "outputs"]
    wants = "%s wants %s, which its task does not give" % (job["function"], ", ".join(names))
    return "%s; the task gives %s" % (wants, ", ".join(given))


class Worker:
    """This process as a worker of one slot."""

    def __init__(self, project, tokens, reports, log):
        self.project = project
        self.log = log
        self.pid = os.getpid()
        self.tokens = os.open(tokens, os.O_RDONLY)
        self.reports = os.open(reports, os.O_WRONLY)
        os.set_inheritable(JOBS, False)
        try:
            import fcntl

            fcntl.fcntl(self.reports, SET_PIPE_SIZE, 1 << 20)
        except (ImportError, OSError):
            pass  # A smaller pipe is only slower.
        self.environment = {}
        self.open_output()

    def open_output(self):
        raw = io.FileIO(1, "w", closefd=False)
        self.out = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True)
        sys.stdout = sys.stderr = self.out

    def open_log(self):
        """Makes the log file standard output and error, whatever has become of these."""
        fresh = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        if fresh != 1:
            os.dup2(fresh, 1)
            os.close(fresh)
        os.set_inheritable(1, True)
        os.dup2(1, 2)

    def serve(self):
        self.say("ready")
        with os.fdopen(JOBS, "rb", buffering=1 << 16) as jobs:
            for line in jobs:
                token = os.read(self.tokens, 1)
                if token == b"":
                    return
                job = json.loads(line)
                if token == b"s":
                    os.read(self.tokens, 1)
                    self.say(json.dumps([job["sequence"], "skipped"]))
                else:
                    self.say(json.dumps(self.answer(job)))

    def say(self, line):
        data = (line + "\n").encode("ascii")
        while data:
            data = data[os.write(self.reports, data):]

    def answer(self, job):
        wall, cpu = time.perf_counter(), cpu_seconds()
        kind, result = self.attempt(job)
        wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
        peak = peak_memory() if wall >= MEMORY_FROM_SECONDS else None
        return [job["sequence"], kind, result, round(wall, 6), round(cpu, 6), peak, self.take_log(job["sequence"])]

    def attempt(self, job):
        try:
            self.prepare(job["environment"])
            function, named, needed, takes_any = body_of(job["module"], job["function"])
            result = function(**arguments_of(job, named, needed, takes_any))
            if os.getpid() != self.pid:
                os._exit(0)
            return "completed", store_all(result, job["outputs"], job["inputs"])
        except NoWork as why:
            return "noWork", str(why)
        except BadOutput as problem:
            return "failed", ["output", str(problem), None]
        except NotStored as problem:
            return "failed", ["store", str(problem), None]
        except SystemExit as leave:
            return "failed", self.left(leave.code)
        except BaseException as error:
            if os.getpid() != self.pid:
                traceback.print_exc()
                os._exit(1)
            return "failed", self.failed(error)

    def prepare(self, environment):
        for name, value in environment.items():
            if self.environment.get(name) != value:
                os.environ[name] = value
        for name in self.environment:
            if name not in environment:
                os.environ.pop(name, None)
        self.environment = environment
        os.chdir(self.project)

    def left(self, code):
        if isinstance(code, str):
            self.out.write(code + "\n")
        number = 0 if code is None else code if isinstance(code, int) else 1
        return ["error", "the function called sys.exit(%s)" % ("" if code is None else repr(code)), number]

    def failed(self, error):
        trace = error.__traceback__
        while trace is not None and (trace.tb_frame.f_code.co_filename == __file__ or "importlib" in trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        self.print_trace(error, trace)
        cause = "memory" if isinstance(error, MemoryError) else "error"
        text = "%s: %s" % (type(error).__name__, error) if str(error) else type(error).__name__
        place = self.place_of(error, trace)
        return [cause, text[:2000] + (" (%s)" % place if place else ""), None]

    def print_trace(self, error, trace):
        try:
            traceback.print_exception(type(error), error, trace, file=self.out)
        except ValueError:
            self.open_output()  # The body closed its standard output.
            traceback.print_exception(type(error), error, trace, file=self.out)

    def place_of(self, error, trace):
        """FILE:LINE of the innermost line of the project that the error came through."""
        if isinstance(error, SyntaxError):
            return None
        inside = outside = None
        for frame, line in traceback.walk_tb(trace):
            file = frame.f_code.co_filename
            if file.startswith(self.project + os.sep):
                inside = "%s:%d" % (os.path.relpath(file, self.project), line)
            outside = "%s:%d" % (file, line)
        return inside or outside

    def take_log(self, sequence):
        """The log so far, and an empty file for the next job."""
        try:
            self.out.flush()
            size = os.fstat(1).st_size
        except (OSError, ValueError):
            self.open_log()
            self.open_output()
            size = os.fstat(1).st_size
        if sys.stdout is not self.out or sys.stderr is not self.out:
            sys.stdout = sys.stderr = self.out
        if size == 0:
            return None
        if size > INLINE_LOG_BYTES:
            kept = "%s.%d" % (self.log, sequence)
            os.rename(self.log, kept)
            self.open_log()
            return [kept, size]
        with open(self.log, "rb") as file:
            text = file.read()
        os.ftruncate(1, 0)
        return base64.b64encode(text).decode()


def cpu_seconds():
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def peak_memory():
    """Most memory since the last call, bytes; None where the kernel does not tell."""
    try:
        with open("/proc/self/status", "rb") as file:
            status = file.read()
        start = status.index(b"VmHWM:") + 6
        peak = int(status[start:status.index(b"kB", start)]) * 1024
        with open("/proc/self/clear_refs", "wb") as file:
            file.write(b"5")
        return peak
    except (OSError, ValueError):
        return None


def main():
    project, tokens, reports, log = sys.argv[1:]
    sys.argv = [""]
    sys.path[0] = project
    heddle = types.ModuleType("heddle", "What a Python body may use from inside.")
    heddle.NoWork = NoWork
    NoWork.__module__ = "heddle"
    sys.modules["heddle"] = heddle
    faulthandler.enable(2)
    Worker(project, tokens, reports, log).serve()


if __name__ == "__main__":
    main()
