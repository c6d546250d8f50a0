#!/usr/bin/env bats
# The forms of output: what other programs read, and what a terminal is spared.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

# On a terminal of COLUMNS x LINES: prints what it shows, escapes and all.
on_terminal() { # lines, command
    script -qec "stty rows $1 cols 100; $2" /dev/null </dev/null | tr -d '\r'
}

@test "tsv has a line of names and a tab between values" {
    prepare
    run -0 lectern search -f tsv databases
    [ "${lines[0]}" = $'rank\tid\ttitle\tspeakers\tevent\tdate\tpath\tline\tscore' ]
    [[ "${lines[1]}" == $'1\t'*$'\tMoving a thousand databases\tAda Example\tKubeCon 2024\t'*$'notes/KubeCon-2024/day1.md\t3\t'* ]]
    [ "${#lines[@]}" = 2 ]
}

@test "vimgrep is path:line:column:text" {
    prepare
    run -0 lectern search -f vimgrep databases
    [ "$output" = "notes/KubeCon-2024/day1.md:3:1:Moving a thousand databases - Ada Example - KubeCon 2024" ]
    run -0 lectern search -f vimgrep --at match downtime
    [[ "$output" == "notes/KubeCon-2024/day1.md:7:1:"* ]]
}

@test "what other programs read is only what matches all words, unless asked" {
    prepare
    for form in files vimgrep markdown tsv trec fzf '{title}'; do
        lectern search -f "$form" tracing distributed >strict
        [ "$(grep -cv '^rank' strict)" -ge 1 ]
        lectern search -f "$form" tracing databases >strict 2>said || [ $? = 1 ]
        [ "$(grep -cv '^rank' strict)" = 0 ]
        grep -q -- --any-words said
        run -1 lectern search -f "$form" '"tracing moves"'
        run -0 lectern search -f "$form" --any-words tracing databases
    done
    run -1 lectern search --all-words tracing databases
    run -1 lectern search --all-words -f jsonl tracing databases
    run -0 lectern search -f jsonl tracing databases
    [[ "$output" == *'"matches":"some"'* ]]
    run -0 lectern search -f jsonl tracing distributed
    [[ "${lines[0]}" == *'"matches":"all"'* ]]
    run -2 lectern search --all-words --any-words tracing
}

@test "trec is a run whose scores fall" {
    prepare
    run -0 lectern search -f trec tracing OR databases OR annotations
    [ "${#lines[@]}" = 3 ]
    for n in 0 1 2; do
        [[ "${lines[$n]}" =~ ^1\ Q0\ [a-z0-9]{8}\ $((n + 1))\ [01]\.[0-9]+\ lectern$ ]]
    done
}

@test "files names each note once, a NUL ends each with -0" {
    prepare
    run -0 lectern search -f files event:kubecon kind:talk
    [ "$output" = "notes/KubeCon-2024/day1.md" ]
    [ "$(lectern search -f files -0 '*' -n 100 | tr '\0' '\n' | sort)" = "notes/KubeCon-2024/day1.md
notes/PyCon-2023/typing.md
notes/README.md" ]
    run -2 lectern search -f json -0 tracing
}

@test "a path with a line end is whole in files -0" {
    printf '# Odd name\n\nSpeaker: Ada Example\n\nwheelbarrows\n' >"$NOTES/a"$'\n'"b.md"
    lectern index notes >/dev/null
    [ "$(lectern search -f files -0 wheelbarrows | tr '\n\0' '|#')" = "notes/a|b.md#" ]
    [ "$(lectern search -f vimgrep wheelbarrows | wc -l)" = 1 ]
}

@test "markdown is a list of links, with headings when grouped" {
    prepare
    run -0 lectern search -f markdown databases
    [ "${lines[0]}" = "- [Moving a thousand databases](<notes/KubeCon-2024/day1.md>) - Ada Example - KubeCon 2024 (line 3)" ]
    [[ "${lines[1]}" == "  > "*"**database**"* || "${lines[1]}" == "  > "*"**databases**"* ]]
    run -0 lectern search -f markdown --group event databases
    [ "${lines[0]}" = "## KubeCon 2024" ]
}

@test "markdown marks in a title are escaped" {
    printf '# The *star* [of] `code`\n\nSpeaker: Ada Example\n\nwheelbarrows\n' >"$NOTES/marks.md"
    lectern index notes >/dev/null
    run -0 lectern search -f markdown wheelbarrows
    [[ "${lines[0]}" != *"[of]"* ]]
}

@test "a template gives values by name, lists with their separator" {
    prepare
    [ "$(lectern search -f '{title} <{speakers|; }> {path}:{line}' databases)" = \
        "Moving a thousand databases <Ada Example> notes/KubeCon-2024/day1.md:3" ]
    [ "$(lectern search -f '{{{rank}}}\t{year}\n' tracing)" = $'{1}\t2024' ]
    [ "$(lectern search -f '{path}\0' tracing | tr '\0' '#')" = "notes/KubeCon-2024/day1.md#" ]
    run -2 lectern search -f '{titel}' tracing
    [[ "$output" == *"{titel} is not known"* ]]
    run -2 lectern search -f '{title' tracing
}

@test "json says its schema, its matches and its facets" {
    prepare
    lectern search -f json --facet speaker,year kind:talk >answer.json
    python3 - <<'END'
import json
a = json.load(open("answer.json"))
assert a["schema"] == 1 and a["matches_all"] == 3 and len(a["hits"]) == 3
hit = a["hits"][0]
for key in ("rank id score matches root path line end_line title speakers orgs techs event series "
            "year date kind tags links language snippet snippet_marks match_line").split():
    assert key in hit, key
assert hit["snippet"] and hit["match_line"] > 0
assert a["facets"]["speaker"]["distinct"] == 3
assert {"value": "2024", "count": 2} in a["facets"]["year"]["values"]
END
}

@test "snippet marks are bytes of the snippet in UTF-8" {
    note e.md <<<$'# Été\n\nSpeaker: Ada Example\n\nÜber Größe, œuvre et wheelbarrows.'
    lectern index notes >/dev/null
    lectern search -f jsonl wheelbarrows | python3 -c 'import json, sys
hit = json.loads(sys.stdin.readline())
(begin, end), = hit["snippet_marks"]
assert hit["snippet"].encode()[begin:end] == b"wheelbarrows", hit'
}

@test "hits of one event come together" {
    prepare
    run -0 lectern search --group event -n 10 kind:talk
    [ "$(grep -c '^== ' <<<"$output")" = 2 ]
    [ "$(grep '^== KubeCon' -A20 <<<"$output" | sed '/^== PyCon/,$d' | grep -c '^ *[0-9]*\. ')" = 2 ]
    run -2 lectern search --group title tracing
}

@test "control characters reach no terminal in any form" {
    printf '# Bad \033]0;pwned\007 title \302\233 31m\n\nSpeaker: Ada \033[31mExample\n\nwheelbarrows \033[2J \342\200\256 here\n' >"$NOTES/bad.md"
    lectern index notes >/dev/null
    for form in text json jsonl tsv vimgrep markdown fzf '{title} {speakers} {snippet}'; do
        on_terminal 60 "$LECTERN search --color never -f '$form' wheelbarrows" >shown
        [ -s shown ]
        run -1 grep -P '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae' shown
    done
    lectern search -f json wheelbarrows | python3 -m json.tool >/dev/null
}

@test "links on a terminal have ripgrep's names" {
    prepare
    run -0 lectern search --color always --hyperlink-format vscode databases
    [[ "$output" == *$'\e]8;;vscode://file'"$PWD"$'/notes/KubeCon-2024/day1.md:3:1\e\\'* ]]
    run -0 lectern search --color always --hyperlink-format 'x://{path}?{line}' databases
    [[ "$output" == *"x://$PWD/notes/KubeCon-2024/day1.md?3"* ]]
    run -0 lectern search --hyperlink-format vscode databases
    [[ "$output" != *"vscode:"* ]]
    run -2 lectern search --hyperlink-format nonsense databases
    run -2 lectern search --hyperlink-format '{nonsense}' databases
}

@test "a long answer on a terminal goes through the pager, a short one does not" {
    prepare
    printf '#!/bin/sh\necho "paged by $1"\ncat\n' >pager
    chmod +x pager
    export PAGER="$PWD/pager -x"
    run on_terminal 6 "$LECTERN search kind:talk"
    [[ "$output" == *"paged by -x"* ]]
    [[ "$output" == *"Gradual typing"* ]]
    run on_terminal 60 "$LECTERN search kind:talk"
    [[ "$output" != *"paged by"* ]]
    run on_terminal 6 "$LECTERN search --no-pager kind:talk"
    [[ "$output" != *"paged by"* ]]
    PAGER="$PWD/nowhere" run on_terminal 6 "$LECTERN search kind:talk"
    [[ "$output" == *"Gradual typing"* ]]
}

@test "a pipe that closes early is quiet" {
    prepare
    lectern search kind:talk 2>err | head -1 >out
    [ ! -s err ]
    # a pager that is left at once
    printf '#!/bin/sh\nexit 0\n' >pager
    chmod +x pager
    PAGER="$PWD/pager" run on_terminal 3 "$LECTERN search kind:talk; echo status \$?"
    [[ "$output" == *"status 0"* ]]
}

@test "help lists every form and every name of a template" {
    run -0 lectern search --help
    for form in text json jsonl tsv vimgrep markdown trec files fzf; do
        grep -q "^  $form " <<<"$output"
    done
    grep -q '^    match_line ' <<<"$output"
    run -2 lectern search -f nonsense x
    [[ "$output" == *"markdown"* ]]
    run -2 lectern search --color sometimes x
}

@test "the number of further hits is said" {
    prepare
    run -0 lectern search -n 1 kind:talk
    [[ "$output" == *"1 of 3; more"* ]]
    run -0 lectern search -n 1 --offset 2 kind:talk
    [[ "$output" != *"more with"* ]]
}

@test "a snippet shows words that stand far apart in two pieces, marked as they are written" {
    note far.md <<END
# Apart

Speaker: Dora Demo

A zeppelin flew over the town.

$(for n in $(seq 1 80); do echo "Filling number $n stands between."; done)

At last the Aqueducts were seen, and the pageant ended.
END
    lectern index notes >/dev/null
    lectern search -f json zeppelins aqueduct >answer.json
    python3 - <<'END'
import json
hit = json.load(open("answer.json"))["hits"][0]
text = hit["snippet"].encode()
assert " … ".encode() in text and len(text) < 320, text
marked = [text[a:b].decode() for a, b in hit["snippet_marks"]]
assert marked == ["zeppelin", "Aqueducts"], marked
assert hit["match_line"] == 5, hit["match_line"]
END
    [ "$(lectern search -f '{snippet}' zeppelin | grep -c ' … ')" = 0 ]
}

@test "colours on a terminal, unless NO_COLOR or --color says otherwise" {
    prepare
    on_terminal 60 "$LECTERN search databases" >shown
    grep -q $'\033\[1m' shown
    NO_COLOR=1 on_terminal 60 "$LECTERN search databases" >shown
    run -1 grep $'\033' shown
    NO_COLOR=1 on_terminal 60 "$LECTERN search --color always databases" >shown
    grep -q $'\033\[1m' shown
    TERM=dumb on_terminal 60 "$LECTERN search databases" >shown
    run -1 grep $'\033' shown
    lectern search databases >shown
    run -1 grep $'\033' shown
}
