"""Readers and writers at the same time: every answer is whole, nobody fails.

Besides readers that come and go, one stays and outlives all commits (long_reader.c). Each round the writer changes the same number in every note and refreshes; each commit therefore
holds one number only, and so must each answer. Meanwhile readers search, and another process
indexes, and adds a folder.
"""
import json
import os
import subprocess
import threading
import time

from common import TOOLS, Failure, crashed, main

LONG_READER = os.path.abspath(os.path.join(TOOLS, "long_reader"))
NOTES = 12
READERS = 8


def write_round(place, number):
    for n in range(NOTES):
        place.write("n%d.md" % n, "# Heron number %d\n\nSpeaker: Ada Example\n\nRound %d of the heron.\n" % (n, number),
                    False)


def read(place, until, failed, counts):
    arguments = ["search", "--no-refresh", "-n", "100", "--format", "jsonl", "heron"]
    last = -1
    while time.monotonic() < until and not failed:
        ran = place.run(*arguments, timeout=60)
        talks = [json.loads(line) for line in ran.out.splitlines()]
        rounds = {int(word) for talk in talks for word in json.dumps(talk).split("Round ")[1].split()[:1]}
        if crashed(ran) or ran.status != 0 or ran.err or len(talks) != NOTES or len(rounds) != 1 or min(rounds) < last:
            failed.append("reader: %d talks of rounds %s after %d\n%s" % (len(talks), rounds, last, ran))
        else:
            last = min(rounds)
            counts["searches"] += 1


def start_long_reader(place, seconds):
    return subprocess.Popen([LONG_READER, place.index, "heron", str(NOTES), str(int(seconds))], env=place.environment(),
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end_long_reader(reader):
    """How many searches it made."""
    out, err = reader.communicate(timeout=120)
    if reader.returncode != 0:
        raise Failure("the reader that stays: status %d\n%s%s" % (reader.returncode, out, err))
    return int(out)


OTHERS = [["list", "--no-refresh", "speakers"], ["search", "--no-refresh", "--facet", "speaker,year", "heron"],
          ["lint", "--no-refresh"], ["similar", "--no-refresh", "notes/n1.md"], ["status", "--no-refresh"],
          ["search", "--no-refresh", "--explain", "--sort", "date", "her*", "OR", "round~"]]


def read_otherwise(place, until, failed, counts):
    """Every other command that reads: no error."""
    while time.monotonic() < until and not failed:
        for arguments in OTHERS:
            ran = place.run(*arguments, timeout=60)
            if crashed(ran) or ran.status > 1 or "damaged" in ran.err or "rewritten" in ran.err:
                failed.append("other reader: %s" % ran)
        counts["other reads"] += len(OTHERS)


def write_too(place, until, failed, counts):
    """Another writer: waits its turn."""
    while time.monotonic() < until and not failed:
        ran = place.run("index", timeout=90)
        if ran.status != 0:
            failed.append("second writer: %s" % ran)
        counts["other writes"] += 1


def two_folders(place, rng):
    """Two processes that add a folder each at the same time: both are there."""
    for n in range(4):
        folders = []
        for side in "ab":
            folder = os.path.join(place.folder, "notes-%d%s" % (n, side))
            os.makedirs(folder)
            with open(os.path.join(folder, "note.md"), "w", encoding="utf-8") as file:
                file.write("# Wheelbarrow %d%s\n\nSpeaker: Ben Sample\n" % (n, side))
            folders.append(folder)
        running = [place.start("index", folder) for folder in rng.sample(folders, 2)]
        for process in running:
            if process.communicate(timeout=60) and process.returncode != 0:
                raise Failure("adding two folders at once: status %d" % process.returncode)
        found = place.run("search", "--no-refresh", "-n", "100", "--format", "jsonl", "wheelbarrow").out
        if len(found.splitlines()) != 2 * (n + 1):
            raise Failure("of two folders added at the same time one is lost")


def test(given, place, rng):
    write_round(place, 0)
    place.run("index", "notes").must(0)
    failed, counts = [], {"searches": 0, "other writes": 0, "other reads": 0}
    until = time.monotonic() + given.seconds
    threads = [threading.Thread(target=read, args=(place, until, failed, counts)) for _ in range(READERS - 2)]
    threads.append(threading.Thread(target=read_otherwise, args=(place, until, failed, counts)))
    reader = start_long_reader(place, given.seconds)
    rounds = 0
    for thread in threads:
        thread.start()
    while time.monotonic() < until and not failed:
        rounds += 1
        write_round(place, rounds)
        ran = place.run(*(("index", "--rebuild") if rounds % 10 == 0 else ("index",)), timeout=90)
        if ran.status != 0:
            failed.append("writer: %s" % ran)
    for thread in threads:
        thread.join()
    counts["searches"] += end_long_reader(reader)
    until = time.monotonic() + given.seconds / 4
    others = [threading.Thread(target=write_too, args=(place, until, failed, counts)) for _ in range(3)]
    for thread in others:
        thread.start()
    while time.monotonic() < until and not failed:
        rounds += 1
        write_round(place, rounds)
    for thread in others:
        thread.join()
    if failed:
        raise Failure(failed[0])
    place.run("index").must(0)
    if place.contents() != place.fresh_contents():
        raise Failure("after many writers the index is not what a rebuild gives")
    two_folders(place, rng)
    return "%d searches by %d readers (and %d other looks) during %d commits, %d runs of 3 writers: whole answers, no error" % (
        counts["searches"], READERS, counts["other reads"], rounds, counts["other writes"])


main(test, 0, 6)
