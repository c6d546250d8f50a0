"""Many talks, many changes, many searches: nothing grows and nothing is lost.

--talks so many notes of one talk; ten times a hundredth part of the changes (1,000 in all with the
default) is made and taken in; then --searches of all kinds in one process. Each talk has a word of its
own, so that a lost one is seen.
"""
import os
import random
import subprocess

from common import TOOLS, Failure, main, prose

MANY_SEARCHES = os.path.abspath(os.path.join(TOOLS, "many_searches"))
ROUNDS = 10
QUERIES = ["database", "cluster latency", '"queue tracing"', "kub*", "speaker:ada cache", "tech:kubernetes year:2024",
           "compiler -python", "shard OR thread", "scema~", "event:pycon deploy", "talk7", "nosuchword",
           "async cache thread lock index rollback schema deploy", "title:talk", "date:2020..2023 pond", "heron^2 garden"]


def own_word(n):
    """Letters only: a number would be a word of its own."""
    word = ""
    while n or len(word) < 3:
        word += "bcdfghjklm"[n % 10] + "a"
        n //= 10
    return "own" + word


def text_of(n, round_number=0):
    rng = random.Random(n * 31 + round_number)
    return "---\nspeaker: %s %s\nevent: %s %d\n---\n\n# Talk %d of round %d\n\n%s %s\n" % (
        rng.choice(["Ada", "Ben", "Dee"]), rng.choice(["Example", "Sample", "Nova"]), rng.choice(["PyCon", "KubeCon"]),
        2018 + n % 7, n, round_number, own_word(n), prose(rng))


def write(place, n, round_number=0):
    folder = os.path.join(place.notes, "%03d" % (n % 500))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "%d.md" % n), "w", encoding="utf-8") as file:
        file.write(text_of(n, round_number))


def disk(place):
    return sum(os.path.getsize(os.path.join(place.index, name)) for name in os.listdir(place.index))


def refresh_often(place, rng, talks, changes):
    """The size of the index after each round of changes."""
    sizes = []
    for round_number in range(1, ROUNDS + 1):
        for n in rng.sample(range(talks), max(changes // ROUNDS, 1)):
            write(place, n, round_number)
        place.run("index", timeout=600).must(0)
        sizes.append(disk(place))
    return sizes


def search_often(place, searches):
    done = subprocess.run([MANY_SEARCHES, place.index, str(searches)], input="\n".join(QUERIES) + "\n", text=True,
                          capture_output=True, check=False, env=place.environment())
    if done.returncode != 0:
        raise Failure("searching: status %d\n%s" % (done.returncode, done.stderr))
    return [tuple(map(int, line.split())) for line in done.stdout.splitlines()]


def check_growth(sizes, marks):
    """A file is a third larger at most, for what was freed is used again; memory and descriptors stay."""
    if sizes[-1] > sizes[0] * 1.34:
        raise Failure("the index grows: %s bytes" % sizes)
    if marks[-1][0] > marks[1][0] * 1.1 + 4096:
        raise Failure("memory grows: %s KiB" % [m[0] for m in marks])
    if marks[-1][1] != marks[0][1]:
        raise Failure("descriptors grow: %s" % [m[1] for m in marks])


def check_lost(place, rng, talks):
    for n in rng.sample(range(talks), min(100, talks)):
        found = place.run("search", "--no-refresh", "--format", "files", own_word(n)).must(0).out.splitlines()
        if len(found) != 1 or not found[0].endswith("/%d.md" % n):
            raise Failure("talk %d: found %s" % (n, found))
    if "\ntalks     %d\n" % talks not in place.run("status", "--no-refresh").must(0).out:
        raise Failure("the number of talks is not %d" % talks)


def test(given, place, rng):
    for n in range(given.talks):
        write(place, n)
    place.run("index", "notes", timeout=1800).must(0)
    first = disk(place)
    sizes = refresh_often(place, rng, given.talks, given.changes)
    marks = search_often(place, given.searches)
    check_lost(place, rng, given.talks)
    place.run("check", timeout=1800).must(0)
    check_growth(sizes, marks)
    return ("%d talks, %d changes, %d searches: index %.1f MiB, after the changes %.1f, %.1f; memory %.1f MiB, at the end "
            "%.1f; %d descriptors; nothing lost" % (given.talks, given.changes, given.searches, first / 2**20, sizes[0] / 2**20,
                                                    sizes[-1] / 2**20, marks[1][0] / 1024, marks[-1][0] / 1024, marks[-1][1]))


def more_options(parser):
    parser.add_argument("--talks", type=int, default=1000)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--searches", type=int, default=2000)


main(test, 0, more_options=more_options)
