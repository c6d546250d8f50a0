"""Without memory lectern says so and loses nothing: the n-th allocation of a small run fails, for each n
up to its end (Xapian's too), and every one from the n-th on.

--cases: how many n of each command, beside the first two; 0: all.
"""
import errno
import os

from common import Failure, crashed, difference, main, remove

ONE = "# Heron\n\nSpeaker: Ada Example\n\nA heron of Kubernetes in C++.\n"
TWO = "---\ntitle: Pond\ntags: [a, b]\n---\n\nA pond.\n"


class Setting:
    def __init__(self, place, arguments, indexed):
        self.place, self.arguments = place, arguments
        self.template = os.path.join(place.folder, "template-" + "-".join(a.strip("-") for a in arguments))
        remove(self.template)
        if indexed:
            place.save(self.template)
        else:
            os.makedirs(self.template)
        place.restore(self.template)
        self.before = place.contents()
        self.count = place.count_calls("malloc", *arguments)
        place.restore(self.template)
        self.right = place.run(*arguments).must(0)
        self.after = place.contents()

    def check(self, n, often):
        place, where = self.place, "%s, allocation %d%s" % (" ".join(self.arguments), n, often)
        place.restore(self.template)
        ran = place.run_with("malloc:%d%s:%d" % (n, often, errno.ENOMEM), *self.arguments)
        if crashed(ran) or ran.status not in (0, 3) or (ran.status == 3 and not ran.err.startswith("lectern: ")):
            raise Failure("%s: %s" % (where, ran))
        now = place.contents()
        if now not in ((self.after,) if ran.status == 0 and not ran.err else (self.before, self.after)):
            raise Failure("%s: neither as before nor as after\n%s" % (where, difference(self.after, now)))
        if ran.status == 0 and not ran.err and ran.out != self.right.out:
            raise Failure("%s: another answer without a word\n%s" % (where, difference(self.right.out, ran.out)))
        return ran.status


def check_all(setting, rng, most):
    places = list(range(1, setting.count + 1))
    if most and most < len(places):
        places = sorted({1, 2, *rng.sample(places, most)})
    said = sum(setting.check(n, "") == 3 for n in places)
    setting.check(places[len(places) // 2], "+")
    return len(places), said


def test(given, place, rng):
    place.write("one.md", ONE)
    place.write("two.md", TWO)
    total = said = 0
    for arguments, indexed in [(["index", "notes"], False), (["index"], True), (["search", "heron", "OR", "pon*"], True),
                               (["search", "--no-refresh", "--format", "json", "--facet", "tech", "herons~"], True),
                               (["list", "--no-refresh", "speakers"], True), (["talks", "notes"], True), (["status"], True)]:
        if indexed:
            place.run("index", "notes").must(0)
        if arguments == ["index"]:
            place.write("one.md", ONE.replace("Kubernetes", "Rust"))
        counts = check_all(Setting(place, arguments, indexed), rng, given.cases)
        total, said = total + counts[0], said + counts[1]
    return "%d failing allocations, %d of them said: no crash, before or after, nothing lost" % (total, said)


main(test, 0)
