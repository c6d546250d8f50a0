"""Hostile notes cost time in proportion to their size and bounded memory.

Each kind is made at a quarter, a half and all of --bytes (the default: twice, at the size up to
which a note's structure is read, and at the size limit of a note) and indexed alone. The table has the processor time and the largest memory of each. Failures: a
status or a message that is not ours, more than MEMORY_MOST within the size limit, or time that grows
by more than GROWTH_MOST from the first size to the last (beside what starting costs).

--cases N: only the N-th part of the size, and no look at the time. --only NAME.
"""
import os
import shutil

from common import Failure, main

STRUCTURE = 768 << 10  # NOTE_STRUCTURE_MAX
LIMIT = 16 << 20
MEMORY_MOST = 256 << 10  # KiB
GROWTH_MOST = 9.0  # from n to 4n: one step may hold what begins at some size, such as learning
START = 0.15  # seconds: below that a ratio says nothing


def repeated(text):
    """As often as it fits."""
    piece = text if isinstance(text, bytes) else text.encode()
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def numbered(form, head="", tail=""):
    """A different one each time."""
    def make(size):
        pieces, length, n = [head], len(head), 0
        while length < size:
            pieces.append(form % n if "%" in form else form)
            length += len(pieces[-1])
            n += 1
        return ("".join(pieces) + tail).encode()
    return make


def nested(opening, closing):
    def make(size):
        half = size // (len(opening) + len(closing))
        return (opening * half + closing * half).encode()
    return make


def indented_lists(size):
    """A list in a list: the blanks before it make it long."""
    lines, length, depth = [], 0, 0
    while length < size:
        lines.append("  " * (depth % 2000) + "- item\n")
        length += len(lines[-1])
        depth += 1
    return "".join(lines).encode()


def backtick_runs(size):
    """Runs of every length: none closes another."""
    pieces, length, n = [], 0, 1
    while length < size:
        pieces.append("`" * (n % 3000 + 1) + "a")
        length += n % 3000 + 2
        n += 1
    return "".join(pieces).encode()


def every_character(size):
    """All planes, in order, again and again."""
    text = "".join(chr(c) + (" " if c % 7 == 0 else "") for c in range(1, 0x110000)
                   if not 0xD800 <= c < 0xE000).encode()
    return (text * (size // len(text) + 1))[:size]


def yaml_laughs(size):
    """Each alias is nine of the one before."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += ["a%d: &a%d [%s]" % (n, n, ", ".join(["*a%d" % (n - 1)] * 9)) for n in range(1, 30)]
    head = "---\n" + "\n".join(lines) + "\n---\n\n# Heron\n\n"
    return (head + "text " * ((size - len(head)) // 5)).encode()


def front_matter(body):
    return lambda size: b"---\n" + body(size - 20) + b"\n---\n\n# Heron\n"


def toml(body):
    return lambda size: b"+++\n" + body(size - 20) + b"\n+++\n\n# Heron\n"


def behind(head, body):
    return lambda size: head.encode() + body(size - len(head))


KINDS = {
    "one word": repeated("a"),
    "one line of words": numbered("word%d "),
    "one line of one word": repeated("heron "),
    "blanks": repeated(" "),
    "line ends": repeated("\n"),
    "carriage returns": repeated("\r"),
    "tabs": repeated("\t"),
    "short lines": repeated("a\n"),
    "paragraphs": numbered("Heron %d flies.\n\n"),
    "nested quotes": repeated(">"),
    "nested quote lines": repeated("> > > > > > a\n"),
    "nested list marks": repeated("- "),
    "nested lists": indented_lists,
    "nested ordered lists": repeated("1. "),
    "brackets": repeated("["),
    "brackets, closed": nested("[", "]"),
    "images": repeated("!["),
    "links, open": repeated("[a]("),
    "links": repeated("[a](b) "),
    "links in links": nested("[a](", ")"),
    "reference definitions": numbered("[r%d]: x\n"),
    "references": numbered("[r%d] "),
    "definitions and references": lambda size: numbered("[r%d]: x\n")(size // 2) + b"\n" + numbered("[r%d] ")(size // 2),
    "emphasis, open": repeated("*a "),
    "emphasis, closed": repeated("*a* "),
    "emphasis, mixed": repeated("*a_b**c__d "),
    "stars": repeated("*"),
    "stars and underlines": repeated("*_"),
    "backticks": backtick_runs,
    "fences": repeated("```\n"),
    "tildes": repeated("~~~\nx\n"),
    "html comments, open": repeated("<!-- "),
    "html tags": repeated("<a href='x'>"),
    "angles": repeated("<"),
    "instructions": repeated("<?"),
    "cdata": repeated("<![CDATA["),
    "entities": repeated("&amp;"),
    "entities, open": repeated("&"),
    "backslashes": repeated("\\"),
    "headings": repeated("# a\n"),
    "headings, numbered": numbered("## Talk %d - Ada Example\n\n"),
    "headings, all levels": numbered("# a\n## b\n### c\n#### d\n##### e\n###### f\n"),
    "headings, underlined": repeated("a\n=\n"),
    "bold lines": numbered("**Talk %d**\n\nAda Example\n\n"),
    "items with names": numbered("* Talk %d - Ada Example\n"),
    "table cells": repeated("|a"),
    "table rows": behind("|a|b|\n|-|-|\n", repeated("|a|b|\n")),
    "table columns": lambda size: b"|a" * (size // 5) + b"|\n" + b"|-" * (size // 5) + b"|\n",
    "yaml aliases": yaml_laughs,
    "yaml brackets": front_matter(lambda size: b"tags: " + repeated("[")(size)),
    "yaml keys": front_matter(numbered("key%d: v\n")),
    "yaml indents": front_matter(lambda size: "".join(" " * n + "a:\n" for n in range(int((2 * size) ** 0.5) - 3)).encode()),
    "yaml tags": front_matter(lambda size: b"tags: [" + numbered("t%d, ")(size - 9) + b"]"),
    "yaml speakers": front_matter(lambda size: b"speakers: [" + numbered("Ada Example%d, ")(size - 30) + b"]"),
    "yaml anchors": front_matter(numbered("k%d: &a x\n")),
    "yaml quoted": front_matter(lambda size: b"title: \"" + repeated("\\u00e9")(size - 10) + b"\""),
    "yaml, not closed": behind("---\n", numbered("key%d: v\n")),
    "toml arrays": toml(lambda size: b"tags = [" + repeated("[")(size)),
    "toml keys": toml(numbered("key%d = 1\n")),
    "speaker line": behind("# Heron\n\nSpeakers: ", numbered("Ada Example%d, ")),
    "speaker lines": behind("# Heron\n\n", numbered("Speaker: Ada Example%d\n")),
    "names in prose": behind("# Heron\n\n", repeated("Ada Example of Blue Corp talked about herons with Ben Sample. ")),
    "capitals": behind("# Heron\n\n", repeated("Ada ")),
    "capitals in a heading": behind("# ", repeated("Ada Example - ")),
    "commas": behind("# Heron\n\nby ", repeated("Ada,")),
    "dashes in a heading": behind("# ", repeated("a - ")),
    "colons in a heading": behind("# ", repeated("a: ")),
    "dates": repeated("2024-01-02 "),
    "dates in words": repeated("2 January 2024 - "),
    "numbers and slashes": repeated("1/2"),
    "digits": repeated("1"),
    "digits and dots": repeated("1."),
    "events": repeated("KubeCon 2024 at PyCon 2023 in "),
    "technologies": repeated("C++ Go Kubernetes k8s Helm Rust "),
    "one technology": repeated("argo "),
    "tags": repeated("#a "),
    "handles": repeated("@a"),
    "addresses": repeated("http://a"),
    "addresses, one": behind("http://a.b/", repeated("c/d?e=f&")),
    "www": repeated("www."),
    "apostrophes": repeated("a'"),
    "camel case": repeated("aB"),
    "links of a word": repeated("a-b_c.d/"),
    "dots": repeated("a."),
    "plus signs": repeated("c+"),
    "shortcodes": repeated("{{< a "),
    "shortcodes, closed": repeated("{{< a >}}"),
    "braces": repeated("{{"),
    "overlong utf-8": repeated(b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf "),
    "surrogates": repeated(b"\xed\xa0\x80\xed\xbf\xbf "),
    "half a character": repeated(b"\xe2\x82"),
    "every character": every_character,
    "combining marks": behind("e", repeated("\u0301")),
    "ligatures": repeated("\ufdfa "),
    "bidi controls": repeated("\u202e\u2066a\u2069"),
    "han": repeated("漢字仮名"),
    "hangul": repeated("한글"),
    "thai": repeated("ไทย"),
    "emoji": repeated("👩‍💻"),
    "utf-16": lambda size: b"\xff\xfe" + "heron flies\n".encode("utf-16-le") * (size // 24),
}


def write_apart(path, make, size):
    """In a process of its own: what this one takes would count as lectern's, which it starts."""
    writer = os.fork()
    if not writer:
        with open(path, "wb") as file:
            file.write(make(size))
        os._exit(0)
    os.waitpid(writer, 0)


def index(place, make, size):
    """Processor seconds and the largest memory in KiB of indexing one such note."""
    shutil.rmtree(place.notes)
    os.makedirs(place.notes)
    write_apart(os.path.join(place.notes, "hostile.md"), make, size)
    process = place.start("index", "notes", "--rebuild", "--max-filesize", str(size + 4096))
    _, err = process.stdout.read(), process.stderr.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    if process.returncode not in (0, 1) or any(not line.startswith("lectern: ") for line in err.splitlines()):
        raise Failure("%d bytes: status %d\n%s" % (size, process.returncode, err[:500]))
    return used.ru_utime + used.ru_stime, used.ru_maxrss


def check_kind(place, make, size, divided):
    sizes = [size // 4, size // 2, size]
    seconds, memory = zip(*(index(place, make, s) for s in sizes))
    wrong = ""
    if size <= LIMIT and max(memory) > MEMORY_MOST and "ASAN_OPTIONS" not in os.environ:
        wrong = "memory"
    if not divided and seconds[-1] / max(seconds[0], START) > GROWTH_MOST:
        wrong += " growth"
    row = "".join("%9.2f s %6.0f MiB" % (s, m / 1024) for s, m in zip(seconds, memory))
    return row, wrong


def test(given, place, _):
    return "\n".join(table(given, place, size) for size in ([given.bytes] if given.bytes else [STRUCTURE, LIMIT]))


def table(given, place, whole):
    size = whole // max(given.cases, 1)
    divided = given.cases > 1 or "ASAN_OPTIONS" in os.environ
    failed, most = [], 0
    if not given.quiet:
        print("%-28s" % "bytes" + "".join("%20d" % s for s in (size // 4, size // 2, size)))
    for name, make in KINDS.items():
        if given.only and given.only != name:
            continue
        try:
            row, wrong = check_kind(place, make, size, divided)
        except Failure as failure:
            raise Failure("%s: %s" % (name, failure)) from None
        most += 1
        if not given.quiet or wrong:
            print("%-28s%s%s" % (name, row, "  <- " + wrong if wrong else ""), flush=True)
        failed += [name] if wrong else []
    if failed:
        raise Failure("too much memory or time: %s" % ", ".join(failed))
    return "%d kinds of hostile notes of %d bytes: at most %d MiB%s" % (
        most, size, MEMORY_MOST >> 10, "" if divided else ", in time that grows as they do")


def more_options(parser):
    parser.add_argument("--bytes", type=int)
    parser.add_argument("--only")
    parser.add_argument("--quiet", action="store_true")


main(test, 1, more_options=more_options)
