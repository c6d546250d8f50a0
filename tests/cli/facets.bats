#!/usr/bin/env bats
# Facets: counts over all matches, whatever the page shows.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

# Many talks, so that the counts come from the kept tables.
many_talks() {
    mkdir -p notes/PyCon-2023
    for n in $(seq 1 150); do
        printf '# Talk %d about gardening\n\nSpeaker: %s\n\nSpades.\n' "$n" \
            "$([ $((n % 3)) = 0 ] && echo 'Zoë Ünique' || echo 'Ada Example')" \
            >"notes/PyCon-2023/talk$n.md"
    done
    lectern index notes >/dev/null
}

# The counts of a facet, as "value count" lines.
counts() { # facet, query...
    local facet=$1
    shift
    lectern search -f json -n 1 --facet "$facet" "$@" | python3 -c '
import json, sys
for v in json.load(sys.stdin)["facets"][sys.argv[1]]["values"]: print(v["value"], v["count"])' "$facet"
}

@test "facets count all matches, not the page" {
    prepare
    [ "$(counts year kind:talk)" = "2024 2
2023 1" ]
    [ "$(counts speaker event:kubecon)" = "Ada Example 1
Ben Sample 1" ]
    run -0 lectern search -n 1 --facet speaker,event kind:talk
    [[ "$output" == *"     2  KubeCon 2024"* ]]
    [[ "$output" == *"     1  Cléa Modèle"* ]]
}

@test "texts that belong to no talk are hits as others: counted, listed, sorted" {
    prepare
    [[ "$(counts kind '*')" == *"note "* ]]
    [ "$(counts event '*')" = "KubeCon 2024 3
PyCon 2023 1" ]
    [ "$(counts event '*' -kind:note)" = "KubeCon 2024 2
PyCon 2023 1" ]
    [ "$(lectern list events -f tsv kind:note)" = $'KubeCon 2024\t1' ]
    note plan.md <<'TEXT'
# HeronConf 2031

What I want to see there: annotations, tracing.

## Herons in winter

Speaker: Ada Example

What they eat.

## Herons in spring

Speaker: Ben Sample

Where they breed.
TEXT
    run -0 lectern search --sort date -f '{kind} {path}' 'annotations OR tracing'
    [ "${lines[0]}" = "note notes/plan.md" ]
    run -0 lectern search --sort date --reverse -f '{path}' 'annotations OR tracing'
    [ "${lines[0]}" = "notes/PyCon-2023/typing.md" ]
    [ "${lines[2]}" = "notes/plan.md" ]
}

@test "counts alone, without a hit" {
    prepare
    run -0 --separate-stderr lectern search -n 0 --facet year kind:talk
    [ "$output" = "year
     2  2024
     1  2023" ]
    [ -z "$stderr" ]
    run -1 lectern search -n 0 --facet year kind:panel
    run -2 lectern search -n 0 kind:talk
}

@test "many matches give the same counts as few, and the kept table follows the notes" {
    many_talks
    [ "$(counts speaker gardening)" = "Ada Example 100
Zoë Ünique 50" ]
    [ -e data/lectern/index/kept-facet-speaker ]
    [ "$(counts speaker gardening)" = "Ada Example 100
Zoë Ünique 50" ]
    [ "$(counts speaker gardening speaker:zoë)" = "Zoë Ünique 50" ]
    rm notes/PyCon-2023/talk3.md
    [ "$(counts speaker gardening)" = "Ada Example 100
Zoë Ünique 49" ]
}

@test "a damaged or unwritable table changes nothing" {
    many_talks
    counts speaker gardening >before
    head -c 5000 /dev/urandom >data/lectern/index/kept-facet-speaker
    [ "$(counts speaker gardening)" = "$(cat before)" ]
    truncate -s 100 data/lectern/index/kept-facet-speaker
    [ "$(counts speaker gardening)" = "$(cat before)" ]
    rm data/lectern/index/kept-facet-speaker
    mkdir data/lectern/index/kept-facet-speaker
    [ "$(counts speaker gardening)" = "$(cat before)" ]
}

@test "what can't be counted is an error that names what can" {
    prepare
    run -2 lectern search --facet nonsense tracing
    [[ "$output" == *"speaker, tech, org, event"* ]]
    run -2 lectern search --facet title tracing
    run -0 lectern search --facet speakers,techs tracing
}
