"""Lines and branches that ran, by file, from gcov's data: `coverage.py BUILD`.

A line each for src/, shim/ and bench/: lines run, lines, branches taken, branches, the file, and the
lines that never ran; the sum comes last. Branches of calls that may throw are not counted.
"""
import collections
import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile


def reports(build):
    """gcov's report of each object file."""
    data = [os.path.abspath(path) for path in glob.glob(build + "/**/*.gcda", recursive=True)]
    with tempfile.TemporaryDirectory() as folder:
        for begin in range(0, len(data), 50):
            subprocess.run(["gcov", "--json-format", "--branch-probabilities", "--hash-filenames",
                            *data[begin:begin + 50]], cwd=folder, check=True, capture_output=True)
        for name in glob.glob(folder + "/*.gz"):
            with gzip.open(name) as file:
                yield json.load(file)


def collect(build):
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    branches = collections.defaultdict(lambda: collections.defaultdict(int))
    for report in reports(build):
        for file in report["files"]:
            name = os.path.relpath(os.path.join(report["current_working_directory"], file["file"]))
            if not name.startswith(("src/", "shim/", "bench/")):
                continue
            for line in file["lines"]:
                lines[name][line["line_number"]] += line["count"]
                for n, branch in enumerate(b for b in line["branches"] if not b["throw"]):
                    branches[name][line["line_number"], n] += branch["count"]
    return lines, branches


def ranges(numbers):
    """1 2 3 7 as 1-3 7."""
    found = []
    for n in sorted(numbers):
        if found and found[-1][1] == n - 1:
            found[-1][1] = n
        else:
            found.append([n, n])
    return " ".join("%d" % a if a == b else "%d-%d" % (a, b) for a, b in found)


def main(build):
    lines, branches = collect(build)
    total = [0, 0, 0, 0]
    for name in sorted(lines):
        missed = [n for n, count in lines[name].items() if not count]
        numbers = [len(lines[name]) - len(missed), len(lines[name]),
                   sum(count > 0 for count in branches[name].values()), len(branches[name])]
        total = [a + b for a, b in zip(total, numbers)]
        print("%d/%d\t%d/%d\t%s\t%s" % (*numbers, name, ranges(missed)))
    print("lines %.1f %% (%d of %d), branches %.1f %% (%d of %d)" % (
        100 * total[0] / max(total[1], 1), total[0], total[1], 100 * total[2] / max(total[3], 1), total[2], total[3]))


main(sys.argv[1])
