#!/usr/bin/env bats
# What stands around a command: options before it, names that are mistyped.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

@test "common options may stand before the command, as with git" {
    some_notes
    lectern --index other index notes >/dev/null
    run -0 lectern --index other --color=never search -f '{path}' wheelbarrow
    [ "$output" = "notes/README.md" ]
    run -0 lectern --no-pager --index=other list events -f plain
    [[ "$output" == *"KubeCon 2024"* ]]
    run -3 lectern search wheelbarrow
    run -0 lectern --help search
    [[ "$output" == "usage: lectern search"* ]]
    run -0 lectern --no-pager --help
    [[ "$output" == *"search"* ]]
    run -2 lectern --index
    run -2 lectern --index other
    [[ "$output" == *"which command?"* ]]
    run -2 lectern --limit 3 search kafka
    [[ "$output" == *"no such option before a command"* ]]
}

@test "a mistyped command or option names the one that may be meant" {
    run -2 lectern serach kafka
    [[ "$output" == *"did you mean search?"* ]]
    run -2 lectern search --fromat json kafka
    [[ "$output" == *"did you mean --format?"* ]]
    run -2 lectern search --since-when kafka
    [[ "$output" == *"--help lists them"* ]]
    run -2 lectern zzz
    [[ "$output" == *"lectern --help lists them"* ]]
}

@test "the README's template can be copied as it stands" {
    prepare
    local line
    line=$(grep -m1 -- "--format '{year}" "$BATS_TEST_DIRNAME/../../README.md")
    [[ "$line" =~ \'(.*)\' ]]
    run -0 lectern search -f "${BASH_REMATCH[1]}" tracing matters
    [ "${lines[0]}" = "2024 Ben Sample notes/KubeCon-2024/day1.md:9" ]
}
