#!/usr/bin/env bats
# lectern lint and check.

load helpers

prepare() {
    some_notes
    note SomeConf-2022/day.md <<'END'
# SomeConf 2022

## Databases at the edge

Speaker: Adah Example

Databases.

## Queues at the edge

Speaker: B. Sample

Queues.

## Boxes at the edge

Speaker: Ada J. Example

Boxes.
END
    note loose.md <<'END'
# A talk about wheelbarrows

Speaker: Dora Demo

Wheels.
END
    note KubeCon-2024/day2.md <<'END'
# KubeCon 2024

## Talk 1: What nobody gave

Nobody.

## Talk 2: What somebody gave

Speaker: Eve Proof

Somebody.
END
    lectern index notes >/dev/null
}

@test "talks without speaker, event or date, with their place" {
    prepare
    run -1 --separate-stderr lectern lint --only event
    [ "$output" = "notes/loose.md:1: no event: A talk about wheelbarrows" ]
    run -1 --separate-stderr lectern lint --only date
    [ "$output" = "notes/loose.md:1: no date: A talk about wheelbarrows" ]
    run -1 --separate-stderr lectern lint --only speaker
    [[ "$output" == *"notes/KubeCon-2024/day2.md:3: no speaker: "*"What nobody gave"* ]]
    [[ "$output" != *"somebody"* ]]
}

@test "names that are or look alike: a letter, an initial, an initial more" {
    prepare
    run -1 --separate-stderr lectern lint --only names
    [[ "$output" == *"Adah Example (1) looks like Ada J. Example (1)"* || "$output" == *"Ada J. Example"* ]]
    [[ "$output" == *"B. Sample (1) is taken for Ben Sample (1)"* ]]
    [[ "$output" == *"notes/"*".md:"* ]]
    [[ "$output" != *"Dora"* && "$output" != *"Eve"* ]]
}

@test "all kinds together, with a sum; nothing to mend is status 0" {
    prepare
    run -1 --separate-stderr lectern lint
    [[ "$output" == *"no event"* && "$output" == *"is taken for"* ]]
    [[ "$stderr" == *"1 without event"* ]]
    rm -r notes
    some_notes
    run -0 lectern lint
    [ -z "$output" ]
    run -2 lectern lint --only nonsense
}

@test "check agrees after any history" {
    prepare
    run -0 lectern check
    [[ "$output" == *"holds what the notes say"* ]]
    rm notes/loose.md
    sed -i 's/Databases\./Databases and C++./' notes/SomeConf-2022/day.md
    run -0 lectern check
    [ ! -e data/lectern/index.check ]
}

@test "check finds an index that differs" {
    prepare
    sed -i 's/^Wheels\.$/Spokes./' notes/loose.md
    run -1 lectern check --no-refresh
    [[ "$output" == *"talk "*"loose.md"* ]]
    [[ "$output" == *"--rebuild"* ]]
    [[ "$output" != *"PyCon"* ]]
    lectern index >/dev/null
    run -0 lectern check
}
