#!/usr/bin/env bats
# What a search is held to beyond its query, and the order of its hits.

load helpers

prepare() {
    some_notes
    note DevFest-2019/day.md <<'END'
# DevFest 2019

## Tracing in the small

Speaker: Dora Demo

Tracing, with `trace(x, y);` and nothing else. Wide-area   networks
are not covered.

## Tracing for tracing's sake

Speaker: Dora Demo

Tracing tracing tracing.
END
    lectern index notes >/dev/null
}

@test "--in keeps to a folder or note" {
    prepare
    [ "$(hits tracing kind:talk)" = 3 ]
    [ "$(hits --in notes/KubeCon-2024 tracing)" = 1 ]
    [ "$(hits --in notes tracing kind:talk)" = 3 ]
    [ "$(hits --in "$PWD" tracing kind:talk)" = 3 ]
    [ "$(hits --in notes/DevFest-2019/day.md tracing kind:talk)" = 2 ]
    mkdir notes/KubeCon
    run -1 lectern search --in notes/KubeCon tracing
    run -3 lectern search --in nowhere tracing || run -2 lectern search --in nowhere tracing
    [[ "$output" == *"nowhere"* ]]
}

@test "--since keeps to what is not older" {
    prepare
    [ "$(hits --since 2024 tracing kind:talk)" = 1 ]
    [ "$(hits --since -18m tracing kind:talk)" = 1 ]
    [ "$(hits --since 2010 'tracing OR annotations' kind:talk)" = 4 ]
    run -2 lectern search --since yestermorrow tracing
}

@test "--since and --exact stand beside the query: what is said shows the query as typed" {
    prepare
    run -2 lectern search --since soon kafka
    [[ "$output" == "lectern: --since soon: is no date: write 2024"* ]]
    run -2 lectern search --since '2023" x' kafka
    run -2 lectern search --since 2023 '"open'
    [ "${lines[1]}" = '  "open' ]
    [ "${lines[2]}" = '  ^' ]
    run lectern search --since 2020 kafak
    [[ "$output" != *"date:"* ]]
    run -1 lectern search --exact 'zyzzyva wheel' kafka
}

@test "--recent takes talks without a date for as old as half of the others" {
    for year in 2012 2015 2018; do
        note "Heron-$year/a.md" <<<$'# A talk of '"$year"$'\n\nSpeaker: Ada Example\n\nwheelbarrows'
    done
    note undated/a.md <<<$'# A talk of some day\n\nSpeaker: Ada Example\n\nwheelbarrows'
    lectern index notes >/dev/null
    run -0 titles --recent wheelbarrows
    [ "${lines[0]}" = "A talk of 2018" ]
    [ "${lines[3]}" = "A talk of 2012" ]
}

@test "--exact keeps case and punctuation, white space alike" {
    prepare
    [ "$(titles --exact 'trace(x, y);')" = "Tracing in the small" ]
    run -1 lectern search --exact 'trace(x,y);'
    [ "$(titles --exact 'Wide-area networks are not')" = "Tracing in the small" ]
    run -1 lectern search --exact 'wide-area networks'
    run -1 lectern search --exact 'Wide area'
    [ "$(titles --exact 'ide-area netw')" = "Tracing in the small" ]
    [ "$(hits --exact "tracing's sake" kind:talk)" = 1 ]
    run -1 lectern search --exact 'Wide-area' annotations
}

@test "few hits of one note or event; the count stays that of all" {
    prepare
    [ "$(hits --per-file 1 tracing kind:talk)" = 2 ]
    [ "$(hits --per-event 1 tracing kind:talk)" = 2 ]
    lectern search -f json --per-event 1 tracing kind:talk | grep -q '"matches_all":3'
    [ "$(hits --per-file 1 --offset 1 tracing kind:talk)" = 1 ]
}

@test "orders: relevance, date, title, event, recent" {
    prepare
    [ "$(titles --recent tracing kind:talk | head -1)" = "Tracing what matters" ]
    [ "$(titles --sort date tracing kind:talk | head -1)" = "Tracing what matters" ]
    [ "$(titles --sort title tracing kind:talk | head -1)" = "Tracing for tracing's sake" ]
    [ "$(lectern search --sort event 'kind:talk' -f '{event}' | uniq)" = "DevFest 2019
KubeCon 2024
PyCon 2023" ]
    run -2 lectern search --sort size tracing
    run -2 lectern search --recent --sort date tracing
}

@test "facets follow the scope" {
    prepare
    [ "$(lectern search -f json --in notes/DevFest-2019 --facet speaker tracing |
        grep -o '"facets":.*')" = '"facets":{"speaker":{"distinct":1,"values":[{"value":"Dora Demo","count":2}]}}}' ]
}
