"""A damaged index gives the right answer or says that it is damaged and how to mend it.

Files of an index are cut short, overwritten, flipped, removed. After that no command may crash, hang
or end in anything but an answer or a message that names `lectern index --rebuild`; and the rebuild
mends it. Glass has no check sums, so an answer may be another without a word: `lectern check` finds
every such index. How many it would find by comparing with the notes alone is counted beside.
"""
import os
import shutil

from common import Failure, crashed, main, make_notes, note_text

READING = [
    ["search", "--no-refresh", "-n", "100", "database", "cluster"],
    ["search", "--no-refresh", "-n", "100", "--format", "jsonl", '"latency queue"', "OR", "speaker:Ada"],
    ["search", "--no-refresh", "-n", "20", "kub*", "OR", "tracng~"],
    ["search", "--no-refresh", "--sort", "date", "year:2024"],
    ["search", "--no-refresh", "--facet", "speaker,event,tech", "cache"],
    ["list", "--no-refresh", "speakers"],
    ["similar", "--no-refresh", "notes/like.md"],
]
WRITING = [["status"], ["search", "heron"], ["index"]]


def cut(rng, data):
    return data[:rng.randrange(len(data))]


def zero(rng, data):
    begin = rng.randrange(len(data))
    size = min(rng.choice([1, 16, 512, 8192, len(data)]), len(data) - begin)
    return data[:begin] + bytes(size) + data[begin + size:]


def flip(rng, data):
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 8, 200])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def noise(rng, data):
    begin = rng.randrange(len(data))
    size = min(rng.choice([4, 64, 2048]), len(data) - begin)
    return data[:begin] + rng.randbytes(size) + data[begin + size:]


def move_block(rng, data):
    blocks = [data[i:i + 8192] for i in range(0, len(data), 8192)]
    rng.shuffle(blocks)
    return b"".join(blocks)


def grow(rng, data):
    return data + rng.randbytes(rng.randrange(1, 9000))


def damage(place, rng):
    """Changes one file; the marker stays: a folder without it may be another program's, and is left alone."""
    names = sorted(n for n in os.listdir(place.index)
                   if n != "lectern" and os.path.getsize(os.path.join(place.index, n)))
    name = rng.choice(names)
    path = os.path.join(place.index, name)
    how = rng.choice([cut, cut, zero, flip, flip, flip, noise, move_block, grow, None])
    if how is None and name == "sums":  # said by lectern check, and no damage
        return damage(place, rng)
    if how is None:
        os.unlink(path)
        return name + " removed"
    with open(path, "rb") as file:
        data = file.read()
    changed = how(rng, data)
    if changed == data:
        return damage(place, rng)
    with open(path, "wb") as file:
        file.write(changed)
    return "%s: %s" % (name, how.__name__)


def check_message(what, ran):
    if ran.status not in (0, 1, 3):
        raise Failure("%s: %s" % (what, ran))
    if ran.status == 3 and not ("--rebuild" in ran.err or "with: lectern index" in ran.err):
        raise Failure("%s: no next step\n%s" % (what, ran))


def is_said(ran):
    return ran.status == 3 or "--rebuild" in ran.err or "anew" in ran.err


def run(place, what, arguments):
    try:
        ran = place.run(*arguments, timeout=90)
    except Failure as failure:
        raise Failure("%s: %s" % (what, failure)) from None
    check_message("%s, then %s" % (what, arguments), ran)
    return ran


class Counts:
    said = wrong = checked = unsummed = faults = 0


def check_answers(place, what, right, counts):
    """Whether an answer is another without a word."""
    said = wrong = False
    for arguments in READING:
        ran = run(place, what, arguments)
        counts.faults += crashed(ran)
        said |= is_said(ran)
        differs = not is_said(ran) and right[tuple(arguments)] != ran.out
        wrong |= differs
        if differs and os.environ.get("RELIABILITY_VERBOSE"):
            print("%s: another answer to %s\n%s%s" % (what, arguments, ran.out[:300], ran.err))
    counts.said += said
    counts.wrong += wrong
    return wrong


def check_check(place, what, wrong, counts):
    """Every damage is found; and without the sums, by what the index holds? What searches keep is made anew."""
    if ": kept-" in what:
        if wrong:
            raise Failure("%s: another answer" % what)
        return
    found = run(place, what, ["check", "--no-refresh"])
    if found.status == 0 or not ("damaged" in found.out + found.err or "--rebuild" in found.err):
        raise Failure("%s: lectern check finds nothing\n%s" % (what, found))
    counts.checked += 1
    sums = os.path.join(place.index, "sums")
    if wrong and os.path.exists(sums):
        os.unlink(sums)
        counts.unsummed += run(place, what, ["check", "--no-refresh"]).status == 0


def check_case(place, rng, what, right, counts):
    wrong = check_answers(place, what, right, counts)
    damaged = os.path.join(place.folder, "damaged")
    place.save(damaged)
    check_check(place, what, wrong, counts)
    place.restore(damaged)
    shutil.rmtree(damaged)
    for arguments in WRITING:
        if arguments == ["index"]:
            place.write("misc/0-new.md", note_text(rng))
        counts.faults += crashed(run(place, what, arguments))
    place.run("index", "--rebuild").must(0)


def test(given, place, rng):
    make_notes(place, rng, 60)
    place.write("like.md", "# A like talk\n\nSpeaker: Ada Example\n\nDatabase cluster latency.\n")
    place.run("index", "notes").must(0)
    template = os.path.join(place.folder, "template")
    right = {tuple(c): place.run(*c).out for c in READING}
    place.run("check").must(0)
    place.save(template)
    notes = os.path.join(place.folder, "template-notes")
    shutil.copytree(place.notes, notes)
    counts = Counts()
    for n in range(given.cases):
        place.restore(template)
        shutil.rmtree(place.notes)
        shutil.copytree(notes, place.notes)
        check_case(place, rng, "case %d: %s" % (n, damage(place, rng)), right, counts)
    return ("%d damaged indexes, no hang: %d said by searches, %d answer otherwise without a word; lectern check "
            "found %d (without check sums it would miss %d of those that answer otherwise); %d made Xapian fault"
            % (given.cases, counts.said, counts.wrong, counts.checked, counts.unsummed, counts.faults))


main(test, 60)
