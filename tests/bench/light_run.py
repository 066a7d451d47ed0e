"""
Run a command from a process that holds next to nothing, and write its figures as JSON.

Linux counts towards a command's peak what the process that started it held: from the bench itself
every command would have 250 MB.
"""

import json
import os
import signal
import sys
import time

figures, timeout_s, *command = sys.argv[1:]
begun_s = time.perf_counter()
pid = os.posix_spawn(command[0], command, os.environ)


def end(*_: object) -> None:
    """Kill a command that takes too long."""
    os.kill(pid, signal.SIGKILL)


signal.signal(signal.SIGALRM, end)
signal.signal(signal.SIGTERM, end)
signal.setitimer(signal.ITIMER_REAL, float(timeout_s))
try:
    _, status, usage = os.wait4(pid, 0)
except KeyboardInterrupt:
    end()
    raise
took = {
    "wall_s": time.perf_counter() - begun_s,
    "cpu_s": usage.ru_utime + usage.ru_stime,
    "peak_mb": usage.ru_maxrss / 1024,
    "exit_code": os.waitstatus_to_exitcode(status),
}
with open(figures, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is not light
    json.dump(took, file)
