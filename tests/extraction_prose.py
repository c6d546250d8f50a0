#!/usr/bin/env python3
"""make extraction: who the running text of talk abstracts says gave the talk, rule by rule.

usage: extraction_prose.py LECTERN SHARED

Writes each half of SHARED/talks/pyvideo.jsonl.gz as notes in which names stand in running text
alone (SHARED/tools/talk-notes --prose), runs `lectern talks --why` and prints precision and recall
of the speakers: of all that was found; of what was found in the text (the labels do not know names
that stand in titles); and of each rule. `record` is the share of a rule's finds whom the talk's
record has as speakers, whether the text names them in full or not. Nothing to do without SHARED.
"""
import collections, gzip, json, pathlib, re, subprocess, sys, tempfile

from extraction import fold, pair_up, read

TITLE_RULES = ("heading", "schedule", "file", "item")
TALK = re.compile(r"(\S.*?):(\d+): (.*) \[(\w+)\]$")
SPEAKER = re.compile(r"\s+speaker\s+(.*?)  \[(\S+) [\d.]+")


def person(name):
    return fold(re.sub(r"^(dr|prof|mrs?|ms)\.? ", "", name, flags=re.I))


def found_talks(lectern, folder):
    said = subprocess.run([lectern, "talks", "--why", "."], cwd=folder, text=True,
                          capture_output=True, check=True).stdout
    talks, speakers = collections.defaultdict(list), []
    for line in said.splitlines():
        talk, speaker = TALK.match(line), SPEAKER.match(line)
        if talk:
            speakers = []
            if talk[4] != "note":
                talks[talk[1].removeprefix("./")].append(
                    {"line": int(talk[2]), "title": talk[3], "speakers": speakers})
        elif speaker:
            speakers.append((re.sub(r" \(as .*\)$", "", speaker[1]), speaker[2]))
    return talks


def records(path):
    known = collections.defaultdict(set)
    for line in gzip.open(path, "rt", encoding="utf-8"):
        talk = json.loads(line)
        known[fold(talk["title"])].update(person(s) for s in talk["speakers"])
    return known


def tally(labels, found, known):
    rules, wanted_count = collections.defaultdict(collections.Counter), 0
    for path in labels:
        for want, got in pair_up(labels[path], found.get(path, ())):
            wanted = [person(s) for s in want["speakers"]] if want else []
            wanted_count += len(wanted)
            for name, rule in got["speakers"] if got else ():
                right = person(name) in wanted
                if right:
                    wanted.remove(person(name))
                rules[rule]["found"] += 1
                rules[rule]["right"] += right
                rules[rule]["record"] += right or bool(want) and person(name) in known[fold(want["title"])]
    return rules, wanted_count


def figures(name, counts, wanted):
    found, right, record = (sum(c[k] for c in counts) for k in ("found", "right", "record"))
    print(f"  {name:20} P {right / (found or 1):.3f}  R {right / (wanted or 1):.3f}  "
          f"record {record / (found or 1):.2f}  of {found}")


def main():
    lectern, shared = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    source, tool = shared / "talks/pyvideo.jsonl.gz", shared / "tools/talk-notes"
    if not source.exists() or not tool.exists():
        return
    known = records(source)
    for half in "ab":
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([tool, source, folder, "--prose", "--half", half], check=True)
            labels = read(open(f"{folder}/labels.jsonl", encoding="utf-8"), "file")
            rules, wanted = tally(labels, found_talks(lectern, folder), known)
        print(f"prose, half {half}: {wanted} speakers named in running text")
        figures("all", rules.values(), wanted)
        figures("in the text",
                [c for rule, c in rules.items() if not rule.startswith(TITLE_RULES)], wanted)
        for rule in sorted(rules, key=lambda r: -rules[r]["found"]):
            figures(rule, [rules[rule]], wanted)


main()
