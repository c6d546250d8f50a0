#!/usr/bin/env bats
# The list of roots says what is indexed; losing it must lose no talk.

load helpers

@test "a lost list of roots is taken from the index" {
    some_notes
    lectern index notes
    rm config/lectern/roots
    [ "$(hits tracing)" = 1 ]
    run -0 lectern roots
    [ "$output" = "$(realpath notes)" ]
}

@test "with a lost list that the index does not hold either a search keeps the talks" {
    some_notes
    lectern index notes
    rm config/lectern/roots
    sed -i 's/lectern:roots/lectern:rootX/' data/lectern/index/postlist.glass
    [ "$(hits tracing)" = 1 ]
    [ "$(hits tracing)" = 1 ]
}

@test "an index without its first file is built anew" {
    some_notes
    lectern index notes
    rm data/lectern/index/iamglass
    run -0 lectern index --rebuild
    [ "$(hits tracing)" = 1 ]
}

@test "what a killed build left beside the index is removed" {
    some_notes
    lectern index notes
    cp -r data/lectern/index data/lectern/index.new
    lectern index
    [ ! -e data/lectern/index.new ]
}

@test "what becomes of a root inside another one is said" {
    some_notes
    lectern index notes/KubeCon-2024 >/dev/null
    run -0 --separate-stderr lectern index notes
    [[ "$stderr" == *"/KubeCon-2024: is a part of "*"/notes from now on"* ]]
    run -0 --separate-stderr lectern index notes/PyCon-2023
    [[ "$stderr" == "lectern: notes/PyCon-2023: lies in "*"/notes, which is indexed already" ]]
    run -2 lectern forget notes/PyCon-2023
    [[ "$output" == *"lies in one: "*"/notes;"* ]]
    run -0 --separate-stderr lectern index notes
    [ -z "$stderr" ]
}

@test "after the last root is forgotten a search says so" {
    some_notes
    lectern index notes >/dev/null
    lectern forget notes >/dev/null
    run -3 lectern search tracing
    [[ "$output" == *"no folder is indexed"* ]]
    [[ "$output" != *"no note has"* ]]
}
