"""Killed at any moment, lectern leaves the index as before or as after, and the next run mends all.

Each run is killed before, behind and in the midst of calls that change a file, and at random
moments. --cases 0: at every call that changes a file.
"""
import os
import time

from common import Failure, crashed, difference, main, make_notes, note_text, remove, was_killed


class Setting:
    """A state of notes and index, a command, and what the index holds before and after it."""

    def __init__(self, place, name, arguments, indexed):
        self.name, self.arguments = name, arguments
        self.template = os.path.join(place.folder, "template-" + name)
        if indexed:
            place.save(self.template)
        else:
            os.makedirs(self.template)
        place.restore(self.template)
        self.before = place.contents()
        place.restore(self.template)
        self.calls = place.count_calls("writing", *arguments)
        self.after = place.contents()
        place.restore(self.template)
        begun = time.monotonic()
        place.run(*arguments)
        self.seconds = time.monotonic() - begun


def settings(place, rng):
    """First build, refresh by index and by search, one that writes all anew, rebuild, another folder, a folder forgotten."""
    make_notes(place, rng, 60)
    other = os.path.join(place.folder, "notes", "misc")
    yield Setting(place, "first", ["index", "notes"], False)
    remove(*(os.path.join(place.folder, n) for n in ("index", "index.roots", "index.lock")))
    place.run("index", "notes/KubeCon-2024").must(0)
    yield Setting(place, "folder", ["index", other], True)
    place.run("index", "notes").must(0)
    make_notes(place, rng, 20)
    for name in sorted(os.listdir(other))[:3]:
        remove(os.path.join(other, name))
    yield Setting(place, "refresh", ["index"], True)
    place.variables = {"LECTERN_WRITER": "bulk"}
    yield Setting(place, "renewal", ["index"], True)
    place.variables = {}
    yield Setting(place, "search", ["search", "database"], True)
    yield Setting(place, "rebuild", ["index", "--rebuild"], True)
    place.write("misc/last.md", note_text(rng))
    place.run("index").must(0)
    yield Setting(place, "forget", ["forget", "notes"], True)


def check_state(place, setting, where):
    """The index now is as before or as after; a search works on it."""
    now = place.contents()
    if now not in (setting.before, setting.after):
        raise Failure("%s: neither as before nor as after\n%s" % (where, difference(setting.after, now)))
    found = place.run("search", "--no-refresh", "database")
    found.must(*((0, 1) if os.path.exists(place.index) else (3,)))


def check_next(place, setting, where):
    """The next run gives what would have been, and tidies up."""
    done = place.run(*setting.arguments)
    if crashed(done):
        raise Failure("%s, then: %s" % (where, done))
    now = place.contents()
    if now != setting.after:
        raise Failure("%s: the next run ends elsewhere\n%s" % (where, difference(setting.after, now)))
    left = [n for n in place.leftovers() if not n.startswith("template-")]
    if left:
        raise Failure("%s: left behind: %s" % (where, left))


def check_search(place, setting, where):
    """A search in place of the next run never loses what was there before."""
    place.run("search", "database").must(0, 1, 3)
    now = place.contents()
    if now not in (setting.before, setting.after):
        raise Failure("%s: a search ends elsewhere\n%s" % (where, difference(setting.after, now)))


def check(place, setting, where):
    check_state(place, setting, where)
    if setting.name != "search":
        check_search(place, setting, where)
    check_next(place, setting, where)


def kill_at_call(place, setting, n, how):
    place.restore(setting.template)
    ran = place.run_with("writing:%d:%s" % (n, how), *setting.arguments)
    if was_killed(ran):
        check(place, setting, "%s killed at call %d (%s)" % (setting.name, n, how))
    return was_killed(ran)


def kill_at_moment(place, setting, seconds):
    place.restore(setting.template)
    process = place.start(*setting.arguments)
    time.sleep(seconds)
    process.kill()
    process.communicate()
    check(place, setting, "%s killed after %.4f s" % (setting.name, seconds))


def test(given, place, rng):
    at_calls = at_moments = 0
    for setting in settings(place, rng):
        calls = range(1, setting.calls + 1)
        if given.cases:
            calls = sorted(rng.sample(calls, min(len(calls), given.cases // 9)))
        for n in calls:
            for how in ["kill", "half", "after"] if not given.cases else [rng.choice(["kill", "half", "after"])]:
                at_calls += kill_at_call(place, setting, n, how)
        for _ in range(given.cases // 12 or 100):
            kill_at_moment(place, setting, rng.random() * setting.seconds)
            at_moments += 1
        remove(setting.template)
    return "killed at %d calls and %d moments: as before or as after, and the next run mends it" % (at_calls, at_moments)


main(test, 30)
