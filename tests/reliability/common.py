"""What the tests of this folder share: a place with an index, running lectern in it, made-up notes.

Every test is a program: NAME.py [--cases N] [--seed S] [--seconds S]. It prints one line when all
is well; else what failed, with the seed that repeats it, and ends with status 1.
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

TOOLS = os.environ.get("LECTERN_RELIABILITY", "build/reliability")
LECTERN = os.environ.get("LECTERN", "build/lectern")
FAULTS = os.path.abspath(os.path.join(TOOLS, "fault.so"))
CONTENTS = os.path.abspath(os.path.join(TOOLS, "index_contents"))
TIMEOUT = 60  # seconds; no run here takes one on a quiet machine: what takes longer hangs


class Failure(Exception):
    """What was expected and did not happen."""


class Ran:
    """One run of a program, ended."""

    def __init__(self, arguments, status, out, err):
        self.arguments, self.status = arguments, status
        self.out, self.err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def __str__(self):
        return "lectern %s: status %d\n%s%s" % (" ".join(self.arguments), self.status, self.out, self.err)

    def must(self, *statuses):
        """Fails unless it ended with one of the statuses."""
        if self.status not in statuses or crashed(self):
            raise Failure("wanted status %s\n%s" % (" or ".join(map(str, statuses)), self))
        return self


class Place:
    """A folder with notes, an index and a home of its own."""

    def __init__(self, parent):
        self.folder = os.path.abspath(parent)
        self.notes = os.path.join(self.folder, "notes")
        self.index = os.path.join(self.folder, "index")
        self.stamp = 1_500_000_000
        self.variables = {}  # of the environment, for all that follows
        os.makedirs(self.notes, exist_ok=True)

    def environment(self, **more):
        kept = {k: v for k, v in os.environ.items() if k.startswith(("ASAN_", "UBSAN_"))}
        return {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8", "TZ": "UTC",
                "LECTERN_INDEX": self.index, "XDG_CONFIG_HOME": os.path.join(self.folder, "config"),
                **kept, **self.variables, **more}

    def start(self, *arguments, **more):
        return subprocess.Popen([LECTERN_PATH, *arguments], cwd=self.folder, env=self.environment(**more),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments, timeout=TIMEOUT, **more):
        process = self.start(*arguments, **more)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failure("lectern %s: still runs after %s s" % (" ".join(arguments), timeout)) from None
        return Ran(arguments, process.returncode, out, err)

    def run_with(self, fault, *arguments, **more):
        """Under a fault of fault.c."""
        return self.run(*arguments, FAULT=fault, LD_PRELOAD=FAULTS, **SANITIZED, **more)

    def count_calls(self, calls, *arguments):
        """How many such calls a run makes."""
        path = os.path.join(self.folder, "count")
        self.run_with(calls.replace(":", ":1:count:", 1) if ":" in calls else calls + ":1:count",
                      *arguments, FAULT_COUNT=path)
        with open(path, encoding="ascii") as file:
            return int(file.read())

    def contents(self, index=None):
        """Everything in the index as text, or the message why not."""
        done = subprocess.run([CONTENTS, index or self.index], capture_output=True, timeout=TIMEOUT,
                              env=self.environment(), check=False)
        if done.returncode not in (0, 3):
            raise Failure("reading the index: status %d" % done.returncode)
        return (done.stdout if done.returncode == 0 else done.stderr).decode("utf-8", "replace")

    def fresh_contents(self, *folders, **more):
        """What an index of the folders built anew holds."""
        other = os.path.join(self.folder, "fresh")
        remove(other, other + ".roots", other + ".lock")
        self.run("index", "--index", other, *(folders or [self.notes]), **more).must(0, 1)
        found = self.contents(other)
        remove(other, other + ".roots", other + ".lock")
        return found

    def write(self, path, text, trusted=True):
        """Writes a note; trusted: with a time stamp long ago, so that it is not read again."""
        whole = os.path.join(self.notes, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)
        if trusted:
            self.stamp += 1
            os.utime(whole, (self.stamp, self.stamp))

    def leftovers(self):
        """What stands beside the index that should not."""
        known = {"notes", "index", "index.lock", "index.roots", "config", "count"}
        return sorted(set(os.listdir(self.folder)) - known)

    def restore(self, template):
        """Takes over the index (with roots, without lock) from a copy made by save()."""
        remove(*(os.path.join(self.folder, n) for n in os.listdir(self.folder) if n.startswith("index")))
        for name in os.listdir(template):
            copy(os.path.join(template, name), os.path.join(self.folder, name))

    def save(self, template):
        os.makedirs(template)
        for name in ("index", "index.roots"):
            copy(os.path.join(self.folder, name), os.path.join(template, name))


LECTERN_PATH = os.path.abspath(LECTERN)
# Address sanitizer wants to be the first library; the library of faults must be.
SANITIZED = {"ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}


def copy(source, target):
    if os.path.isdir(source):
        shutil.copytree(source, target)
    elif os.path.exists(source):
        shutil.copy2(source, target)


def remove(*paths):
    for path in paths:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.unlink(path)


def difference(one, other):
    """The first lines that differ, for a message."""
    left, right = one.splitlines(), other.splitlines()
    only_left = sorted(set(left) - set(right))[:6]
    only_right = sorted(set(right) - set(left))[:6]
    lines = ["- " + line[:200] for line in only_left] + ["+ " + line[:200] for line in only_right]
    return "\n".join(lines or ["the same lines in other places"])


def crashed(ran):
    """Ended by a signal (a crash, unless we sent it), or by the handler of one."""
    return ran.status < 0 or "internal fault" in ran.err


def was_killed(ran):
    return ran.status == -signal.SIGKILL


# ---- made-up notes ----

GIVEN = "Ada Ben Cléa Dee Eve Finn Grit Hao Ines Jérôme".split()
FAMILY = "Example Sample Modèle Nova Fox Marsh Okoro Quill".split()
WORDS = ("database cluster latency queue tracing compiler python kubernetes C++ deploy rollback schema "
         "index shard cache thread lock async io_uring garden heron wheelbarrow pond node.js budget").split()
FOLDERS = ["", "KubeCon-2024", "pycon/2023", "misc", "KubeCon-2024/day 2", "third day"]
NAMES = ["a.md", "b.md", "c.txt", "day1.md", "README.md", "Ada Example.md", "notes.markdown", "é.md"]
LINES = ["Speaker: {p}", "by {p}", "{p}, Blue Corp", "Speakers: {p} and {q}", "{p}", ""]


def person(rng):
    return rng.choice(GIVEN[:5]) + " " + rng.choice(FAMILY[:4]) if rng.random() < 0.7 else (
        rng.choice(GIVEN) + " " + rng.choice(FAMILY))


def title(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.choice([1, 2, 2, 3]))).capitalize()


def prose(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(4, 40))) + "."


def one_talk(rng, mark):
    head = rng.choice(["{t}", "{t}", "{t} - {p}", "{p} - {t}", "{t} ({p})", "{p}: {t}", "{t} by {p}"])
    names = {"t": title(rng), "p": person(rng), "q": person(rng)}
    line = rng.choice(LINES).format(**names)
    return "%s %s\n\n%s\n\n%s\n" % (mark, head.format(**names), line, prose(rng))


def note_text(rng):
    kind = rng.randrange(8)
    if kind == 0:
        return "---\ntitle: %s\nspeaker: %s\ndate: 2024-0%d-11\ntags: [%s]\n---\n\n%s\n" % (
            title(rng), person(rng), rng.randrange(1, 9), rng.choice(WORDS), prose(rng))
    if kind == 1:
        return "# Links\n\n" + "".join("* [%s - %s](x)\n" % (title(rng), person(rng)) for _ in range(3))
    if kind == 2:
        return "\n".join("%s\n%s\n%s\n" % (title(rng), person(rng), prose(rng)) for _ in range(2))
    if kind == 3:
        return rng.choice(["", "# \n", prose(rng), "---\nbroken: [\n---\ntext\n"])
    if kind == 4:
        return one_talk(rng, "#")
    return "# %s 2024\n\n%s" % (rng.choice(["KubeCon", "PyCon", "Notes"]),
                              "\n".join(one_talk(rng, "##") for _ in range(rng.randrange(1, 4))))


def make_notes(place, rng, count):
    for n in range(count):
        place.write("%s/%d-%s" % (rng.choice(FOLDERS) or ".", n, rng.choice(NAMES)), note_text(rng))


# ---- main ----

def main(test, cases, seconds=0, more_options=None):
    """Runs test(given, place, rng), which returns the line to print."""
    parser = argparse.ArgumentParser()
    if more_options:
        more_options(parser)
    parser.add_argument("--cases", type=int, default=cases)
    parser.add_argument("--seconds", type=float, default=seconds)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the folder")
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="lectern-reliability-")
    try:
        print(test(given, Place(folder), random.Random(given.seed)))
    except Failure as failure:
        print("%s --seed %d: %s" % (sys.argv[0], given.seed, failure))
        sys.exit(1)
    finally:
        if given.keep:
            print(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
