#!/usr/bin/env bats
# lectern open, show and similar; the last search of a terminal.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
    id=$(lectern search -f '{id}' -n 1 tracing)
    mkdir -p bin
    export PATH="$PWD/bin:$PATH"
}

# An editor that prints its arguments, one in brackets each.
editor() { # name
    printf '#!/bin/sh\nprintf "[%%s]" "%s" "$@"\necho\n' "$1" >"bin/$1"
    chmod +x "bin/$1"
}

@test "each editor is told the line in its own way" {
    prepare
    file="$PWD/notes/KubeCon-2024/day1.md"
    for name in vi vim nvim nano emacs kak; do
        editor $name
        [ "$(EDITOR=$name lectern open "$id")" = "[$name][+9][$file]" ]
    done
    for name in code codium; do
        editor $name
        [ "$(EDITOR=$name lectern open "$id")" = "[$name][--goto][$file:9]" ]
    done
    for name in subl hx; do
        editor $name
        [ "$(EDITOR=$name lectern open "$id")" = "[$name][$file:9]" ]
    done
    editor strange
    [ "$(EDITOR=strange lectern open "$id")" = "[strange][$file]" ]
}

@test "VISUAL comes before EDITOR, vi without both; options and full paths are kept" {
    prepare
    editor vi
    editor code
    [[ "$(lectern open "$id")" == "[vi][+9]"* ]]
    [[ "$(EDITOR=vi VISUAL="$PWD/bin/code --wait" lectern open "$id")" == "[code][--wait][--goto]"* ]]
}

@test "no shell reads the path" {
    printf '# Odd\n\nSpeaker: Ada Example\n\nwheelbarrow racing\n' >"$NOTES/-a; touch pwned \$(touch pwned).md"
    prepare
    editor vi
    [ "$(lectern open "$(lectern search -f '{id}' -n 1 wheelbarrow racing)")" = "[vi][+1][$PWD/notes/-a; touch pwned \$(touch pwned).md]" ]
    [ ! -e pwned ]
}

@test "what can't be opened says what to do" {
    prepare
    run -2 lectern open
    run -1 lectern open zzzzzzzz
    [[ "$output" == *"shows ids"* ]]
    run -1 lectern open 3 </dev/null
    [[ "$output" == *"search first"* ]]
    EDITOR=/nonexistent/editor run ! lectern open "$id"
    [[ "$output" == *"set VISUAL or EDITOR"* ]]
    EDITOR=false run -3 lectern open "$id"
    [ "$output" = "lectern: the editor false ended with status 1" ]
    EDITOR=/nonexistent/editor run ! lectern open "$id"
    [[ "$output" == *"set VISUAL or EDITOR"* ]]
}

@test "a rank of this terminal's last search; pipes and other forms don't change it" {
    prepare
    editor vi
    cat >session.sh <<END
stty rows 60 cols 100
$LECTERN search --sort title kind:talk >/dev/tty
$LECTERN search --sort title kind:talk
$LECTERN search annotations | cat
$LECTERN search -f tsv annotations
echo "opened \$($LECTERN open 3)"
$LECTERN open --at match 3
$LECTERN show --color never 1
$LECTERN open 7
$LECTERN similar 1 -n 1 -f '{title}'
END
    script -qec "sh session.sh" /dev/null </dev/null | tr -d '\r' >shown
    grep -q "opened .*\[+9\]\[$PWD/notes/KubeCon-2024/day1.md\]" shown
    grep -q "^place     notes/PyCon-2023/typing.md:1" shown
    grep -q "shows no such hit" shown
    [ "$(stat -c %a state/lectern)" = 700 ]
    # another session knows nothing of it
    script -qec "$LECTERN open 3" /dev/null </dev/null | grep -q "search first"
}

@test "show prints a whole talk in text and JSON" {
    prepare
    run -0 lectern show "$id"
    [ "${lines[0]}" = "Tracing what matters" ]
    [[ "$output" == *"why C++ services were the hard part"* ]]
    lectern show -f json "$id" | python3 -c 'import json, sys; assert "hard part" in json.load(sys.stdin)["talks"][0]["body"]'
    run -2 lectern show -f tsv "$id"
    other=$(lectern search -f '{id}' -n 1 annotations)
    lectern show -f json "$id" "$other" | python3 -c 'import json, sys
both = json.load(sys.stdin)
assert both["schema"] == 1 and len(both["talks"]) == 2, both'
    [ "$(lectern show -f jsonl "$id" "$other" | wc -l)" = 2 ]
    run -1 --separate-stderr lectern show -f json zzzzzzzz
    python3 -c 'import json, sys; assert json.loads(sys.argv[1])["talks"] == []' "$output"
}

@test "similar talks share the words that mark one out" {
    note KubeCon-2023/old.md <<'END'
# Spans and traces

Speaker: Eve Demo

OpenTelemetry tracing of distributed services.
END
    prepare
    run -0 lectern similar "$id" -f '{title}'
    [ "${lines[0]}" = "Spans and traces" ]
    [[ "$output" != *"Tracing what matters"* ]]
    run -0 lectern similar --explain "$id"
    [[ "${lines[0]}" == "like it by:"*opentelemetri* || "${lines[0]}" == "like it by:"*opentelemetry* ]]
    printf '# My own\n\nWe also do distributed tracing with OpenTelemetry.\n' >outside.md
    run -0 lectern similar outside.md -f '{title}' -n 2
    [[ "$output" == *"Spans and traces"* && "$output" == *"Tracing what matters"* ]]
    run -0 lectern similar notes/KubeCon-2023/old.md -f '{title}' -n 1
    [ "$output" = "Tracing what matters" ]
    run -2 lectern similar
    run -1 lectern similar zzzzzzzz
}
