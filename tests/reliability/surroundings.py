"""The same notes give the same index and the same answers, whatever is around: the language and zone
of the machine, the order of the folder, the number of threads, the day.

Each index is built anew and compared with the first, talk by talk and term by term, and file by file,
byte by byte: but for iamglass, because Xapian gives each index a name of its own, for the heads of the
vectors, which repeat it, and for postlist.glass, which holds when each note was read.
"""
import glob
import os
import subprocess

from common import FAULTS, SANITIZED, Failure, difference, main, make_notes

NAMED = {"iamglass", "flintlock", "sums", "postlist.glass"}
HEADS = {"vectors.talks": 96, "vectors.stems": 32}  # src/index/vectors_file.h
QUERIES = [["-n", "100", "--format", "jsonl", "database", "cluster"], ["--sort", "title", "--format", "tsv", "*"],
           ["--sort", "date", "--format", "jsonl", "year:2024"], ["--facet", "speaker,event,tech", "kub*", "OR", "cache~"],
           ["--format", "jsonl", "speaker:jerome"]]


def locales():
    """Those of this machine, and two that it may not have."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return sorted(set(listed[:6]) | {"C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1"})


def surroundings():
    for name in locales():
        yield {"LC_ALL": name}
    for zone in ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "nonsense"):
        yield {"TZ": zone}
    for threads in ("1", "2", "3", "16"):
        yield {"LECTERN_THREADS": threads}
    yield {"FAULT_ORDER": "1", "LD_PRELOAD": FAULTS, **SANITIZED}
    yield {"FAULT_CLOCK": "-500000000", "LD_PRELOAD": FAULTS, **SANITIZED}
    yield {"COLUMNS": "20", "TERM": "dumb", "LANGUAGE": "fr"}


def files(index):
    found = {}
    for path in sorted(glob.glob(os.path.join(index, "*"))):
        name = os.path.basename(path)
        if name not in NAMED:
            with open(path, "rb") as file:
                found[name] = file.read()[HEADS.get(name, 0):]
    return found


def answers(place, **more):
    return [place.run("search", "--no-refresh", *query, **{"LECTERN_TODAY": "2024-06-01", **more}).must(0, 1).out
            for query in QUERIES]


def recreate(place, rng):
    """The same notes, made in another order: many file systems list them so."""
    kept = []
    for folder, _, names in os.walk(place.notes):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                kept.append((path, file.read(), os.stat(path)))
            os.unlink(path)
    rng.shuffle(kept)
    for path, text, status in kept:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.utime(path, (status.st_mtime, status.st_mtime))


def check(place, what, first, **around):
    place.run("index", "--rebuild", **around).must(0)
    wanted_contents, wanted_files, wanted_answers = first
    if place.contents() != wanted_contents:
        raise Failure("%s: another index\n%s" % (what, difference(wanted_contents, place.contents())))
    now = files(place.index)
    other = [name for name in wanted_files if now.get(name) != wanted_files[name]]
    if other:
        raise Failure("%s: %s is not the same, byte by byte" % (what, ", ".join(other)))
    found = answers(place, **around)
    if found != wanted_answers:
        raise Failure("%s: another answer\n%s" % (what, difference("".join(wanted_answers), "".join(found))))


def test(given, place, rng):
    make_notes(place, rng, 80)
    place.run("index", "notes").must(0)
    first = place.contents(), files(place.index), answers(place)
    count = 0
    for around in surroundings():
        check(place, str(around), first, **around)
        count += 1
        if given.cases and count >= given.cases:
            break
    recreate(place, rng)
    check(place, "another order", first)
    return "%d surroundings, and notes made in another order: the same index and answers" % count


main(test, 0)
