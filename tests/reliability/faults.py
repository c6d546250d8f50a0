"""Whatever the system refuses, lectern says so and loses nothing.

Every kind of failing call: at index files (the index stays as before or is as after, and the message
is one line with status 3, or all went well), at notes (the note is named, the others are as they
should be), at any allocation. --cases: how many places of each kind; 0: all.
"""
import errno
import os

from common import Failure, crashed, difference, main, make_notes, one_talk, remove

AT_THE_INDEX = [("write", errno.ENOSPC), ("write", errno.EIO), ("sync", errno.EIO), ("create", errno.EACCES),
                ("create", errno.EMFILE), ("create", errno.EROFS), ("open", errno.EMFILE), ("read", errno.EIO),
                ("rename", errno.ENOSPC), ("rename", errno.EACCES), ("remove", errno.EACCES), ("make", errno.EROFS),
                ("malloc", errno.ENOMEM)]
MUST_NOT_MATTER = [("read", "short"), ("write", "short"), ("read", errno.EINTR), ("write", errno.EINTR)]


def message_of(ran, where):
    """What it said; one line for each thing, and status 3 when it could not do what it was asked."""
    lines = ran.err.splitlines()
    if crashed(ran) or ran.status not in (0, 3) or (ran.status == 3 and not lines):
        raise Failure("%s: %s" % (where, ran))
    if any(not line.startswith("lectern: ") for line in lines if not line.startswith("terminate called")):
        raise Failure("%s: what it says: %s" % (where, ran))
    return lines


class Setting:
    def __init__(self, place, name, arguments, indexed):
        self.place, self.name, self.arguments = place, name, arguments
        self.template = os.path.join(place.folder, "template-" + name)
        if indexed:
            place.save(self.template)
        else:
            os.makedirs(self.template)
        place.restore(self.template)
        self.before = place.contents()
        place.run(*arguments).must(0)
        self.after = place.contents()

    def check(self, fault):
        """One run with the fault; before or after, and the next run mends it."""
        place, where = self.place, "%s with %s" % (self.name, fault)
        place.restore(self.template)
        try:
            ran = place.run_with(fault, *self.arguments, timeout=60)
        except Failure as failure:
            raise Failure("%s: %s" % (where, failure)) from None
        message_of(ran, where)
        now = place.contents()
        if now not in ((self.after,) if ran.status == 0 else (self.before, self.after)):
            raise Failure("%s: neither as before nor as after\n%s\n%s" % (where, ran, difference(self.after, now)))
        place.run(*self.arguments).must(0)
        if place.contents() != self.after:
            raise Failure("%s: the next run ends elsewhere" % where)

    def some(self, rng, call, most):
        self.place.restore(self.template)
        count = self.place.count_calls(call + ":/index" if call != "malloc" else call, *self.arguments)
        places = range(1, count + 1)
        return sorted(rng.sample(places, min(most, count))) if most else places


def at_the_index(given, place, rng, setting):
    runs = 0
    for call, error in AT_THE_INDEX:
        path = "" if call == "malloc" else ":/index"
        for n in setting.some(rng, call, given.cases):
            for often in ("", "+"):
                if call != "malloc" or not often:
                    setting.check("%s:%d%s:%d%s" % (call, n, often, error, path))
                    runs += 1
    return runs


def nothing_to_say(place, setting):
    """Short reads and interrupted calls change nothing."""
    for call, action in MUST_NOT_MATTER:
        place.restore(setting.template)
        # every call would never end
        whens = ("1", "7", "20") if action == errno.EINTR else ("1+",)
        for when in whens:
            ran = place.run_with("%s:%s:%s:/" % (call, when, action), *setting.arguments)
            if ran.status != 0 or place.contents() != setting.after:
                raise Failure("%s with %s %s: %s" % (setting.name, call, action, ran))


def at_a_note(place, setting, path):
    """The note can't be read, or changes while it is: it is named or taken; afterwards all is well."""
    whole = os.path.join(place.notes, path)
    with open(whole, "rb") as file:
        kept = file.read()
    for fault in ["open:1:%d" % errno.EACCES, "open:1:%d" % errno.EMFILE, "open:1:%d" % errno.ENOENT,
                  "read:1:%d" % errno.EIO, "read:2:%d" % errno.EIO, "read:1:append", "read:2:append",
                  "read:1:truncate", "read:2:truncate", "read:1:remove"]:
        place.restore(setting.template)
        ran = place.run_with(fault + ":" + path, *setting.arguments)
        lines = message_of(ran, fault)
        what = fault.split(":")[2]
        named = any(path in line for line in lines)
        if ran.status not in ((0, 3) if what.isdigit() or what == "remove" else (0,)) or (what.isdigit() and not named):
            raise Failure("%s: the note is not named\n%s" % (fault, ran))
        place.run("index").must(0)
        if place.contents() != place.fresh_contents():
            raise Failure("%s: not mended by the next run\n%s"
                          % (fault, difference(place.fresh_contents(), place.contents())))
        with open(whole, "wb") as file:
            file.write(kept)
        os.utime(whole, (place.stamp, place.stamp))


def clock_jumps(place, rng):
    """A clock that was wrong when a note was read hides no later change."""
    for seconds in ("-100000000", "100000000", "-3"):
        place.write("misc/clock.md", one_talk(rng, "#"), False)
        place.run_with("none:1:count", "index", FAULT_CLOCK=seconds).must(0)
        place.write("misc/clock.md", one_talk(rng, "#"), False)
        place.run("index").must(0)
        if place.contents() != place.fresh_contents():
            raise Failure("clock moved by %s s: a change was missed" % seconds)


def test(given, place, rng):
    make_notes(place, rng, 30)
    first = Setting(place, "first build", ["index", "notes"], False)
    runs = at_the_index(given, place, rng, first)
    nothing_to_say(place, first)
    place.write("misc/a-new.md", one_talk(rng, "#") + one_talk(rng, "##"))
    remove(os.path.join(place.notes, sorted(os.listdir(place.notes))[-1]))
    refresh = Setting(place, "refresh", ["index"], True)
    runs += at_the_index(given, place, rng, refresh)
    nothing_to_say(place, refresh)
    at_a_note(place, refresh, "misc/a-new.md")
    place.restore(refresh.template)
    place.variables = {"LECTERN_WRITER": "bulk"}
    renewal = Setting(place, "renewal", ["index"], True)
    runs += at_the_index(given, place, rng, renewal)
    nothing_to_say(place, renewal)
    at_a_note(place, renewal, "misc/a-new.md")
    place.variables = {}
    clock_jumps(place, rng)
    return "%d failing calls at index files and allocations: before or after, said, mended" % runs


main(test, 1)
