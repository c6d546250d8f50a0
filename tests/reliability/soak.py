"""All tests of this folder with many cases, for `make soak`: what failed, and the figures of each."""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = [
    ["same_answer.py", "--cases", "1000"],
    ["kill.py", "--cases", "0"],
    ["faults.py", "--cases", "200"],
    ["memory.py", "--cases", "0"],
    ["surroundings.py"],
    ["pathological.py"],
    ["concurrency.py", "--seconds", "300"],
    ["damage.py", "--cases", "1000"],
    ["load.py", "--talks", os.environ.get("SOAK_TALKS", "200000"), "--searches", "100000"],
]


def main():
    failed = 0
    for name, *arguments in RUNS:
        begun = time.monotonic()
        status = subprocess.run([sys.executable, os.path.join(HERE, name), *arguments], check=False).returncode
        failed += status != 0
        print("%s %s: %s, %.0f s" % (name, " ".join(arguments), "FAILED" if status else "ok", time.monotonic() - begun))
    sys.exit(1 if failed else 0)


main()
