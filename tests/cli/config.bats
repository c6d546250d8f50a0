#!/usr/bin/env bats
# ~/.config/lectern/config: what a person sets once.

load helpers

@test "a setting holds where the option is not given" {
    some_notes
    lectern index notes >/dev/null
    mkdir -p config/lectern
    printf '# few are enough\n\nlimit = 1\nformat=jsonl\n' >config/lectern/config
    run -0 --separate-stderr lectern search 'tracing OR databases OR annotations'
    [ "${#lines[@]}" = 1 ]
    [[ "$output" == '{'* ]]
    run -0 --separate-stderr lectern search -n 3 'tracing OR databases OR annotations'
    [ "${#lines[@]}" = 3 ]
    run -0 lectern status
}

@test "a mistake is named by file and line" {
    some_notes
    mkdir -p config/lectern
    printf 'limit = 1\nlimt = 2\n' >config/lectern/config
    run -2 lectern index notes
    [[ "$output" == *"config/lectern/config:2: limt: no command has this option"* ]]
    printf 'nonsense\n' >config/lectern/config
    run -2 lectern index notes
    [[ "$output" == *"config:1: is no setting"* ]]
}
