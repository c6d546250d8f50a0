#!/usr/bin/env bats
# What a search says beside its hits: corrections, what was understood, why a hit stands there.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

@test "a misspelt word is corrected when asked, not before" {
    prepare
    run -1 lectern search opentelemtry
    [[ "$output" == *"no note has: opentelemtry"* ]]
    [[ "$output" == *"Did you mean: opentelemetry"* ]]
    run -0 lectern search --fix opentelemtry
    [[ "$output" == *"Searching for: opentelemetry"* ]]
    [[ "$output" == *"Tracing what matters"* ]]
}

@test "the correction keeps the rest of the query" {
    prepare
    run -0 lectern search 'tracing OR migratons' speaker:sample
    [[ "$output" != *"Did you mean"* ]]
    run lectern search '"distibuted tracing" kind:talk'
    [[ "$output" == *'Did you mean: "distributed tracing" kind:talk'* ]]
}

@test "what is found needs no correction; a hit is never replaced by --fix" {
    prepare
    run -0 --separate-stderr lectern search --fix tracing
    [ -z "$stderr" ]
}

@test "words that meet in a talk confirm one another: nothing is proposed" {
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        note "many/$i.md" <<<$'# A lantern\n\nSpeaker: Eve Other\n\nabout lanterns and wheels'
    done
    note one.md <<<$'# A lanter in a wheelbarrow\n\nSpeaker: Ada Example\n\ntext'
    prepare
    # alone, where it stands once, it may be meant otherwise
    run -0 lectern search lanter
    [[ "$output" == *"Did you mean: lantern"* ]]
    run -0 --separate-stderr lectern search lanter wheelbarrow
    [ -z "$stderr" ]
}

@test "a correction that fits the rest of the query comes before a more frequent one" {
    for i in 1 2 3 4 5 6; do
        note "many/$i.md" <<<$'# The cover of a book\n\nSpeaker: Eve Other\n\nunder cover'
    done
    note one.md <<<$'# Front ends\n\nSpeaker: Chris Coyier\n\ntext'
    prepare
    run -0 lectern search chris coyer
    [[ "$output" == *"Did you mean: chris coyier"* ]]
    run -1 lectern search coyer
    [[ "$output" == *"Did you mean: cover"* ]]
}

@test "the forms of a word are no corrections of one another" {
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        note "many/$i.md" <<<$'# A fight\n\nSpeaker: Eve Other\n\nabout a fight'
    done
    note one.md <<<$'# Righteous fights\n\nSpeaker: Ada Example\n\ntext'
    prepare
    run --separate-stderr lectern search fights zyzzyva
    [[ "$stderr" != *"Did you mean"* ]]
}

@test "a handle that is neither saved nor in the notes is said" {
    note one.md <<<$'# By hand\n\nSpeaker: Ada Example @ada_e\n\nask @ada_e about tracing'
    prepare
    run -0 lectern search @tracing
    [[ "$output" == *"@tracing is no saved query (lectern saved lists them): read as text"* ]]
    run -0 --separate-stderr lectern search @ada_e
    [ -z "$stderr" ]
    lectern save tracing speaker:ben
    run -0 --separate-stderr lectern search @tracing
    [ -z "$stderr" ]
}

@test "--explain stays out of forms that programs read" {
    prepare
    lectern search --explain -f json tracing 2>said | python3 -m json.tool >/dev/null
    grep -q '^tree: *tracing' said
    id=$(lectern search -f '{id}' -n 1 tracing)
    lectern similar --explain -f json "$id" 2>said | python3 -m json.tool >/dev/null
    grep -q '^like it by:' said
    run -0 lectern search --explain tracing
    [[ "${lines[1]}" == "tree: "* ]]
}

@test "names that nobody has are corrected to nearly equal ones" {
    prepare
    [ "$(titles 'speaker:sampel')" = "Tracing what matters" ]
    [ "$(titles 'speaker:"B Sample"')" = "Tracing what matters" ]
    run -0 lectern search sampel --fix
    [[ "$output" == *"Searching for: sample"* ]]
}

@test "explain prints the text, the tree and the terms" {
    prepare
    run -0 lectern search --explain 'tracing speaker:sample -keynote'
    [ "${lines[0]}" = "query: tracing speaker:sample -keynote" ]
    [ "${lines[1]}" = "tree:  (and tracing speaker:sample (not keynote))" ]
    [[ "${lines[2]}" == "terms: Query("*"Ztrace"*"Asample"* ]]
}

@test "why prints the terms, fields and weights of each hit" {
    prepare
    run -0 lectern search --why 'tracing speaker:sample'
    [[ "$output" == *"all words"* ]]
    [[ "$output" == *"stem trace in title or text"* ]]
    [[ "$output" == *"sample in speaker"* ]]
    run -2 lectern search --why --format json tracing
}

@test "more beginnings than can be taken are said to be cut" {
    for i in $(seq 100 160); do printf 'zeta%s ' "$i"; done | sed '1s/^/# A list of letters\n\nSpeaker: Ada Example\n\n/' | note list.md
    lectern index notes >/dev/null
    run -0 lectern search 'zeta*'
    [[ "$output" == *"zeta* fits more than 50 words: the most frequent are taken"* ]]
    run -0 --separate-stderr lectern search 'zeta10*'
    [[ "$stderr" != *"fits more"* ]]
}

@test "a talk is found by its id, or the beginning of it" {
    prepare
    id=$(lectern search --format '{id}\n' tracing)
    [ "$(titles "id:$id")" = "Tracing what matters" ]
    [ "$(titles "id:${id:0:5}*")" = "Tracing what matters" ]
}

@test "filters beside words let in what says the words otherwise, but nothing else" {
    # boat and harbour stand together, bread and oven: a ferry is near to boats
    for i in $(seq 1 9); do
        printf '# Harbour life %s\n\nA boat in the harbour, tide %s, ferry and boat.\n' "$i" "$i" | note "sea-2020/h$i.md"
        printf '# Baking %s\n\nBread from the oven, dough %s, yeast and bread.\n' "$i" "$i" | note "sea-2020/b$i.md"
    done
    printf '# Moorings\n\nTide, harbour.\n' | note sea-2020/m.md
    printf '# Quays\n\nTide, harbour.\n' | note land-2021/q.md
    lectern index notes >/dev/null
    run -0 lectern search -n 30 year:2020 ferry
    [[ "$output" == *"near to it in other words"*"Moorings"* ]]
    [[ "$output" != *"Quays"* ]]
    run -0 lectern search -n 30 ferry -moorings
    [[ "$output" == *"Quays"* ]]
    [[ "$output" != *"Moorings"* ]]
}

@test "languages have names, days may be written with dots" {
    some_notes
    note de/suche.md <<'TEXT'
---
lang: de
---
# Suche in der Verwaltung

Speaker: Ada Example

Date: 2022-12-31

Die Suche findet alle Akten, und das ist nicht einfach zu bauen.
TEXT
    lectern index notes >/dev/null
    [ "$(titles date:2022-12-31)" = "Suche in der Verwaltung" ]
    [ "$(titles lang:german)" = "Suche in der Verwaltung" ]
    [ "$(titles lang:German)" = "Suche in der Verwaltung" ]
    [ "$(titles date:31.12.2022)" = "Suche in der Verwaltung" ]
    run -2 lectern search date:32.12.2022
}

@test "a misspelling that one note shares is doubted, another rare word is not" {
    for i in $(seq 1 12); do
        printf '# Postgres talk %s\n\nSpeaker: Ada Example\n\npostgres performance of herons\n' "$i" >"$NOTES/$i.md"
    done
    printf '# Odd one\n\nSpeaker: Ben Sample\n\nherrons performance, once more\n' >"$NOTES/odd.md"
    lectern index notes >/dev/null
    run -0 --separate-stderr lectern search herrons performance
    [[ "$stderr" == *"Did you mean: herons performance"* ]]
    run -0 --separate-stderr lectern search once more performance
    [ -z "$stderr" ]
    run -0 --separate-stderr lectern search herons performance
    [ -z "$stderr" ]
}

@test "numbers of the front matter are compared as numbers" {
    for i in 1 2 3 4.5 10; do
        printf -- '---\nrating: %s\n---\n# Talk %s\n\nSpeaker: Ada Example\n\ntext\n' "$i" "$i" >"$NOTES/$i.md"
    done
    lectern index notes >/dev/null
    found() { lectern search -f '{path}' "$1" 2>&1 | sort | tr '\n' ' '; }
    [ "$(found 'rating:>=3')" = "notes/10.md notes/3.md notes/4.5.md " ]
    [ "$(found 'rating:>4.5')" = "notes/10.md " ]
    [ "$(found 'rating:<2')" = "notes/1.md " ]
    [ "$(found 'rating:<=2')" = "notes/1.md notes/2.md " ]
    [ "$(found 'rating:2..4.5')" = "notes/2.md notes/3.md notes/4.5.md " ]
    run -1 --separate-stderr lectern search 'rating:>10'
    run -0 lectern search 'rating:>=3' -rating:10
}
