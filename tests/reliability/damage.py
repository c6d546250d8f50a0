"""A damaged index gives the right answer or says that it is damaged and how to mend it.

Files of an index are cut short, overwritten, flipped, removed. After that no command may crash, hang
or end in anything but an answer or a message that names `lectern index --rebuild`; and the rebuild
mends it. Wrong answers are counted: glass has no checksums, and `lectern check` is there for them.
"""
import os

from common import Failure, crashed, main, make_notes, note_text

COMMANDS = [
    ["search", "--no-refresh", "-n", "100", "database", "cluster"],
    ["search", "--no-refresh", "-n", "100", "--format", "jsonl", '"latency queue"', "OR", "speaker:Ada"],
    ["search", "--no-refresh", "-n", "20", "kub*", "OR", "tracng~"],
    ["search", "--no-refresh", "--sort", "date", "year:2024"],
    ["status"],
    ["search", "heron"],
    ["index"],
]


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
    # not the marker: a folder without it may be another program's, and is left alone
    names = sorted(n for n in os.listdir(place.index)
                   if n != "lectern" and os.path.getsize(os.path.join(place.index, n)))
    name = rng.choice(names)
    path = os.path.join(place.index, name)
    how = rng.choice([cut, cut, zero, flip, flip, flip, noise, move_block, grow, None])
    if how is None:
        os.unlink(path)
        return name + " removed"
    with open(path, "rb") as file:
        data = file.read()
    with open(path, "wb") as file:
        file.write(how(rng, data))
    return "%s: %s" % (name, how.__name__)


def check_message(place, what, ran):
    if ran.status not in (0, 1, 3):
        raise Failure("%s: %s" % (what, ran))
    if ran.status == 3 and not ("--rebuild" in ran.err or "with: lectern index" in ran.err):
        raise Failure("%s: no next step\n%s" % (what, ran))


def check_all(place, rng, what, right):
    """Returns how many commands answered wrongly without a word, and how many met a fault."""
    wrong = faults = 0
    for arguments in COMMANDS:
        if arguments == ["index"]:
            place.write("misc/0-new.md", note_text(rng))
        try:
            ran = place.run(*arguments, timeout=90)
        except Failure as failure:
            raise Failure("%s: %s" % (what, failure)) from None
        check_message(place, "%s, then %s" % (what, arguments), ran)
        faults += crashed(ran)
        said = ran.status == 3 or "--rebuild" in ran.err or "anew" in ran.err
        differs = not said and right.get(tuple(arguments), ran.out) != ran.out
        wrong += differs
        if differs and os.environ.get("RELIABILITY_VERBOSE"):
            print("%s: another answer to %s\n%s%s" % (what, arguments, ran.out[:300], ran.err))
    place.run("index", "--rebuild").must(0)
    return wrong, faults


def test(given, place, rng):
    make_notes(place, rng, 60)
    place.run("index", "notes").must(0)
    template = os.path.join(place.folder, "template")
    right = {tuple(c): place.run(*c).out for c in COMMANDS[:4]}
    place.save(template)
    silent = faults = 0
    for n in range(given.cases):
        place.restore(template)
        what = "case %d: %s" % (n, damage(place, rng))
        wrong, met = check_all(place, rng, what, right)
        silent += wrong > 0
        faults += met > 0
    return ("%d damaged indexes: an answer or the next step, no hang; %d made Xapian fault, %d answered "
            "otherwise without a message" % (given.cases, faults, silent))


main(test, 60)
