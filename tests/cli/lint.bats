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
    [[ "$output" == *"as it was written and holds what the notes say"* ]]
    rm notes/loose.md
    sed -i 's/Databases\./Databases and C++./' notes/SomeConf-2022/day.md
    run -0 lectern check
    [ ! -e data/lectern/index.check ]
}

# flip FILE: turns one bit round in its middle.
flip() {
    python3 -c 'import os, sys
with open(sys.argv[1], "r+b") as file:
    file.seek(os.path.getsize(sys.argv[1]) // 2)
    byte = file.read(1)[0] ^ 4
    file.seek(-1, 1)
    file.write(bytes([byte]))' "$1"
}

@test "check names a file of which one bit has turned, and nothing is built upon it" {
    prepare
    for file in docdata.glass postlist.glass position.glass termlist.glass iamglass sums; do
        lectern index --rebuild
        flip "data/lectern/index/$file"
        run -1 lectern check
        [[ "$output" == "damaged: $file is not as it was written"$'\n'"lectern: "*"--rebuild" ]]
        echo 'More.' >>notes/loose.md
        run -3 lectern index
        [[ "$output" == *"is damaged"*"--rebuild"* ]]
    done
    lectern index --rebuild
    run -0 lectern check
}

@test "vectors that are made anew do not hide damage" {
    talks=$(python3 -c 'for i in range(30): print("# Talk %d of the heron\n\nIt waits %d times.\n" % (i, i % 3))')
    mkdir -p notes/more
    echo "$talks" >notes/more/talks.md
    prepare
    lectern index --rebuild
    [ -e data/lectern/index/vectors.stems ]
    flip data/lectern/index/position.glass
    rm data/lectern/index/vectors.*
    run -3 lectern index
    [[ "$output" == *"is damaged"*"--rebuild"* ]]
    run -1 lectern check
    [[ "$output" == *"damaged: position.glass is not as it was written"* ]]
    lectern index --rebuild
    run -0 lectern check
}

@test "check says when there are no sums; index writes them" {
    prepare
    rm data/lectern/index/sums
    run -0 --separate-stderr lectern check --no-refresh
    [[ "$stderr" == *"no check sums"*"lectern index"* ]]
    lectern index
    run -0 --separate-stderr lectern check --no-refresh
    [ -z "$stderr" ]
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
