#!/usr/bin/env python3
"""make extraction: how well talks are found in notes, against labels made by hand.

usage: extraction.py LECTERN FLOORS [SHARED]

Runs `lectern talks --format jsonl` on corpus/notes and, where SHARED holds them, on other labelled
notes (SHARED/labels/*.jsonl over SHARED/notes), and prints precision, recall and F1 of each kind of
value. FLOORS is a file of `kind F1` lines for corpus/: status 1 when a figure is below its floor.

A found talk and a labelled one match when they are in the same file and begin within two lines of
each other, or have the same title. Values are compared folded: case, accents, punctuation aside.
"""
import collections, json, pathlib, re, subprocess, sys, unicodedata

KINDS = ("speakers", "orgs", "techs", "event", "year", "date")


def fold(text):
    text = unicodedata.normalize("NFKD", str(text or "")).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^\w+#]+", "", text.replace("_", " "))


def names(kind, talk):
    found = talk.get(kind)
    if kind == "techs":
        for tech in found or ():
            pair = (tech["name"], tech["as"]) if isinstance(tech, dict) else tech
            yield frozenset(fold(form) for form in pair if form)
    elif isinstance(found, list):
        for name in found:
            yield frozenset([fold(re.sub(r"^(dr|prof|mrs?|ms)\.? ", "", name, flags=re.I))])
    elif found:
        words = re.sub(r"\b(conference|conf|the|(19|20)\d\d)\b", " ", str(found), flags=re.I)
        yield frozenset([fold(words) if kind == "event" and fold(words) else fold(found)])


def read(lines, key):
    talks = collections.defaultdict(list)
    for line in lines:
        talk = json.loads(line)
        talks[talk[key].removeprefix("./")].append(talk)
    return talks


def pair_up(wanted, found):
    left, pairs = list(found), []
    tests = (lambda w, f: w["line"] == f["line"],
             lambda w, f: abs(w["line"] - f["line"]) <= 2,
             lambda w, f: fold(w["title"]) and fold(w["title"]) == fold(f["title"]))
    missing = list(wanted)
    for same in tests:
        for w in list(missing):
            partner = next((f for f in left if same(w, f)), None)
            if partner:
                pairs.append((w, partner))
                left.remove(partner)
                missing.remove(w)
    return pairs + [(w, None) for w in missing] + [(None, f) for f in left]


def count(kind, want, got, tally):
    wanted = list(names(kind, want)) if want else []
    for form in names(kind, got) if got else ():
        partner = next((w for w in wanted if w & form), None)
        if partner:
            wanted.remove(partner)
        tally["right" if partner else "wrong"] += 1
    tally["missed"] += len(wanted)


def score(labels, extracted):
    tallies = collections.defaultdict(collections.Counter)
    for path in labels:
        wanted = [t for t in labels[path] if t["kind"] != "none"]
        found = [t for t in extracted.get(path, ()) if t["kind"] != "note"]
        for want, got in pair_up(wanted, found):
            tallies["talks"]["right" if want and got else "missed" if want else "wrong"] += 1
            if want and got:
                tallies["title"]["right" if fold(want["title"]) == fold(got["title"]) else "missed"] += 1
            for kind in KINDS:
                count(kind, want, got, tallies[kind])
    return tallies


def f1(tally):
    all_of = 2 * tally["right"] + tally["missed"] + tally["wrong"]
    return 2 * tally["right"] / all_of if all_of else 1.0


def report(name, tallies):
    print(f"{name}")
    for kind in ("talks", *KINDS, "title"):
        t = tallies[kind]
        precision = t["right"] / (t["right"] + t["wrong"] or 1)
        recall = t["right"] / (t["right"] + t["missed"] or 1)
        value = recall if kind == "title" else f1(t)
        print(f"  {kind:9} P {precision:.3f}  R {recall:.3f}  F1 {value:.3f}")


def extract(lectern, notes):
    done = subprocess.run([lectern, "talks", "--format", "jsonl", "."], cwd=notes, text=True,
                          capture_output=True, check=True)
    return read(done.stdout.splitlines(), "path")


def main():
    lectern, floors = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    shared = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else "../shared")
    corpus = pathlib.Path("corpus")
    tallies = score(read(open(corpus / "labels.jsonl", encoding="utf-8"), "file"),
                    extract(lectern, corpus / "notes"))
    report("corpus", tallies)
    for labels in sorted(shared.glob("labels/*.jsonl")):
        report(labels.stem, score(read(open(labels, encoding="utf-8"), "file"),
                                  extract(lectern, shared / "notes")))
    low = []
    for line in open(floors, encoding="utf-8"):
        kind, floor = line.split()
        if f1(tallies[kind]) < float(floor):
            low.append(f"{kind} {f1(tallies[kind]):.3f} < {floor}")
    if low:
        sys.exit("extraction: below its floor: " + ", ".join(low))


if __name__ == "__main__":
    main()
