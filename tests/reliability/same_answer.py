"""A refresh after any history ends in the index that a rebuild gives.

A sequence is a list of steps, each with a seed of its own, so that a failing one can be made shorter
by leaving steps out. After each refresh the index is compared, talk by talk and term by term.
"""
import os
import random
import shutil

from common import FOLDERS, NAMES, Failure, difference, main, note_text, one_talk, prose, remove


def notes_of(place):
    """Those that steps may change: one stays, because a folder that is empty is taken for a mount
    point without its disk, and keeps its talks."""
    found = []
    for folder, _, names in os.walk(place.notes):
        found += [os.path.relpath(os.path.join(folder, name), place.notes) for name in names]
    return sorted(name for name in found if not os.path.basename(name).startswith((".", "always")))


def read(place, path):
    with open(os.path.join(place.notes, path), encoding="utf-8") as file:
        return file.read()


def new_path(rng):
    return os.path.normpath(os.path.join(rng.choice(FOLDERS), rng.choice(NAMES)))


def move(place, source, target):
    whole = os.path.join(place.notes, target)
    os.makedirs(os.path.dirname(whole), exist_ok=True)
    os.replace(os.path.join(place.notes, source), whole)


def add(place, rng):
    place.write(new_path(rng), note_text(rng), rng.random() < 0.8)


def edit(place, rng, path):
    place.write(path, note_text(rng), rng.random() < 0.8)


def edit_words(place, rng, path):
    text = read(place, path).split(" ")
    text[rng.randrange(len(text))] = rng.choice(["heron", "Ada", "Example", "cache"])
    place.write(path, " ".join(text))


def append(place, rng, path):
    place.write(path, read(place, path) + "\n" + one_talk(rng, "##"))


def cut(place, rng, path):
    lines = read(place, path).splitlines(True)
    place.write(path, "".join(lines[:rng.randrange(len(lines) + 1)]))


def delete(place, _, path):
    os.unlink(os.path.join(place.notes, path))


def rename(place, rng, path):
    move(place, path, os.path.join(os.path.dirname(path), rng.choice(NAMES)))


def move_away(place, rng, path):
    move(place, path, new_path(rng))


def double(place, rng, path):
    place.write(new_path(rng), read(place, path))


def swap(place, rng, path):
    other = rng.choice(notes_of(place))
    mine, theirs = read(place, path), read(place, other)
    place.write(path, theirs)
    place.write(other, mine)


def touch(place, rng, path):
    os.utime(os.path.join(place.notes, path), (rng.randrange(10**9), rng.randrange(10**9)))


def move_folder(place, rng):
    folders = [f for f in FOLDERS[1:] if os.path.isdir(os.path.join(place.notes, f))]
    target = "moved %d" % rng.randrange(3)
    if folders and not os.path.exists(os.path.join(place.notes, target)):
        os.rename(os.path.join(place.notes, rng.choice(folders)), os.path.join(place.notes, target))


def ignore(place, rng):
    remove(os.path.join(place.notes, ".gitignore"))
    if rng.random() < 0.6:
        place.write(".gitignore", rng.choice(["*.txt\n", "misc/\n", "a.md\n!/a.md\n", "README*\n"]))


def edit_most(place, rng):
    for path in notes_of(place):
        if rng.random() < 0.8:
            rng.choice([edit, edit_words, append, touch])(place, rng, path)


def own_table(place, rng):
    folder = os.path.join(place.folder, "config", "lectern")
    shutil.rmtree(folder, ignore_errors=True)
    if rng.random() < 0.6:
        os.makedirs(folder)
        with open(os.path.join(folder, "technologies.tsv"), "w", encoding="utf-8") as file:
            file.write(rng.choice(["Heron\tlanguage\t-\tgarden\n", "Wheelbarrow\tlanguage\tword\tpond|budget\n"]))


def writer(rng):
    """In place, all anew, or as the program finds right."""
    return rng.choice([{}, {"LECTERN_WRITER": "api"}, {"LECTERN_WRITER": "bulk"}])


def refresh(place, rng):
    command = rng.choice([("index",), ("search", "heron"), ("status",)])
    place.run(*command, **writer(rng)).must(0, 1)


ANY = [add, add, add, move_folder, edit_most, ignore, own_table, refresh, refresh]
TO_ONE = [edit, edit_words, edit_words, append, append, cut, delete, rename, rename, move_away, double, swap, touch]


def take_step(place, seed):
    rng = random.Random(seed)
    paths = notes_of(place)
    step = rng.choice(ANY + TO_ONE)
    if step in ANY:
        step(place, rng)
    elif paths:
        step(place, rng, rng.choice(paths))
    return step.__name__


def fails(place, seeds):
    """What is wrong at the end of the sequence, or None."""
    remove(*(os.path.join(place.folder, n) for n in os.listdir(place.folder)))
    os.makedirs(place.notes)
    place.stamp = 1_500_000_000
    place.write("always.md", "# Heron\n\nSpeaker: Ada Example\n\n" + prose(random.Random(0)))
    place.run("index", place.notes).must(0)
    for seed in seeds:
        take_step(place, seed)
    place.run("index", **writer(random.Random(seeds[-1] if seeds else 0))).must(0, 1)
    after, fresh = place.contents(), place.fresh_contents()
    return None if after == fresh else difference(after, fresh)


def shrink(place, seeds):
    """Leaves out steps, the longest runs first, while it still fails."""
    size = len(seeds)
    while size:
        begin = 0
        while begin < len(seeds):
            shorter = seeds[:begin] + seeds[begin + size:]
            if fails(place, shorter):
                seeds = shorter
            else:
                begin += size
        size //= 2
    return seeds


def test(given, place, rng):
    steps = 0
    for n in range(given.cases):
        seeds = [rng.randrange(10**9) for _ in range(rng.randrange(1, 16))]
        steps += len(seeds)
        if fails(place, seeds):
            seeds = shrink(place, seeds)
            wrong = fails(place, seeds)
            names = [name for seed in seeds for name in [take_step(place, seed)]]
            raise Failure("sequence %d: a refresh differs from a rebuild (- refresh, + rebuild)\n%s\nsteps %s\nseeds %s"
                          % (n, wrong, names, seeds))
    return "%d sequences of %d steps: each refresh equals a rebuild" % (given.cases, steps)


main(test, 40)
