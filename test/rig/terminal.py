"""Runs a command on a pseudo-terminal and presses keys when it shows what is waited for: JSON [[text, keys], …] in argv[1]."""
import json
import os
import pty
import select
import struct
import sys
import fcntl
import termios

waits = json.loads(sys.argv[1])
child, master = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(os.environ.get("TERMINAL_WIDTH", "90")), 0, 0))
shown = b""
since = 0
while True:
    ready, _, _ = select.select([master], [], [], 30)
    if not ready:
        sys.exit("nothing was shown for 30 s: " + shown.decode("utf-8", "replace"))
    try:
        data = os.read(master, 65536)
    except OSError:
        break
    if not data:
        break
    shown += data
    while waits and waits[0][0].encode() in shown[since:]:
        since = len(shown)
        os.write(master, waits.pop(0)[1].encode())
_, status = os.waitpid(child, 0)
sys.stdout.write(json.dumps({"code": os.waitstatus_to_exitcode(status), "shown": shown.decode("utf-8", "replace")}))
