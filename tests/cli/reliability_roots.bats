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
