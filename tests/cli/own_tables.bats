#!/usr/bin/env bats
# people.tsv, events.tsv and technologies.tsv, by the lines that README and manual show.

load helpers

# own FILE: writes standard input, in which → is a tab, to the person's own file.
own() {
    mkdir -p config/lectern
    sed 's/ *→ */\t/g' >"config/lectern/$1"
}

prepare() {
    note days/talks.md <<'END'
# RVCD 2024

## Storing much

Speaker: bquimby

We looked at Frob, which the makers call frobctl.

## Storing little

Speaker: Bryan Quimby

Less of it.
END
    lectern index notes >/dev/null
}

@test "a person's own spellings" {
    prepare
    own people.tsv <<'END'
# who is who
Bryan Quimby → bquimby → Quimby
END
    run -0 --separate-stderr lectern list speakers
    [ "$output" = "     2  Bryan Quimby" ]
    [[ "$(lectern talks --why notes/days/talks.md)" == *"Bryan Quimby (as bquimby)"* ]]
}

@test "an event that no table knows" {
    prepare
    own events.tsv <<'END'
Rhein Valley Cloud Days → RVCD
END
    run -0 --separate-stderr lectern list events -kind:note
    [ "$output" = "     2  Rhein Valley Cloud Days 2024" ]
    [ "$(lectern search -f files 'event:"rhein valley cloud days"' | sort -u)" = "notes/days/talks.md" ]
}

@test "a technology by all its names, and one that is none" {
    prepare
    own technologies.tsv <<'END'
Frobnicator → database → - → frob|frobctl
END
    run -0 --separate-stderr lectern list techs -f plain
    [ "$output" = "Frobnicator" ]
    [ "$(lectern search -f '{title}' tech:frob)" = "Storing much" ]
    own technologies.tsv <<'END'
Frobnicator → database → off → frob|frobctl
END
    run -1 --separate-stderr lectern list techs
}

@test "the manual says where they are" {
    [[ "$(lectern manual lectern)" == *people.tsv*events.tsv*technologies.tsv* ]]
}
