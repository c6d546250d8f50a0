#!/usr/bin/env bats
# lectern list: the values of a field with their counts.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

@test "every field that has values is listed, by name or by count" {
    prepare
    [ "$(lectern list speakers)" = "     1  Ada Example
     1  Ben Sample
     1  Cléa Modèle" ]
    [ "$(lectern list events --sort count -- -kind:note)" = "     2  KubeCon 2024
     1  PyCon 2023" ]
    [ "$(lectern list events -f plain)" = "KubeCon 2024
PyCon 2023" ]
    [ "$(lectern list years -f tsv -- -kind:note)" = $'2023\t1\n2024\t2' ]
    [[ "$(lectern list techs -f plain)" == *Kubernetes* ]]
    [[ "$(lectern list kinds -f plain)" == *talk* ]]
    [ "$(lectern list speakers -n 1 -f plain)" = "Ada Example" ]
}

@test "a query and a scope narrow the list" {
    prepare
    [ "$(lectern list speakers event:kubecon -f plain)" = "Ada Example
Ben Sample" ]
    [ "$(lectern list speakers --in notes/PyCon-2023 -f plain)" = "Cléa Modèle" ]
    [ "$(lectern list speakers --since 2024 -f plain)" = "Ada Example
Ben Sample" ]
}

@test "json" {
    prepare
    lectern list events -f json | python3 -c '
import json, sys
a = json.load(sys.stdin)
assert a["field"] == "event" and a["distinct"] == 2, a
assert a["values"][0] == {"value": "KubeCon 2024", "count": 3}, a'
}

@test "json is one document: of one field" {
    prepare
    run -2 lectern list speakers,years -f json
    [[ "$output" == *"--facet counts several"* ]]
}

@test "nothing to list is status 1, no such field 2" {
    prepare
    run -1 lectern list tags
    [[ "$output" == *"nothing to list"* ]]
    run -2 lectern list nonsense
    [[ "$output" == *"speaker, tech"* ]]
    run -2 lectern list
}
