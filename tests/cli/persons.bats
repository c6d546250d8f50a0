#!/usr/bin/env bats
# One person in many spellings.

load helpers

# talk EVENT NAME-OF-FILE TITLE SPEAKERS
talk() {
    note "$1/$2.md" <<END
# $3

Speakers: $4

Words about $3.
END
}

# Bryan Sample thrice misspelt at one event, with others who must stay apart.
people() {
    talk KubeCon-2023 a "Boxes" "Bryan Sample"
    talk KubeCon-2024 b "Wheels" "Bryan Sample"
    talk KubeCon-2024 c "Levers" "Byran Sample"
    talk KubeCon-2024 d "Pulleys" "Brian Sample"
    talk KubeCon-2024 e "Screws" "Dr. Bryan Sample"
    talk KubeCon-2024 f "Wedges" "Sample"
    talk KubeCon-2024 g "Planes" "Daniel Proof"
    talk KubeCon-2024 h "Cranes" "Daniela Proof"
    talk KubeCon-2024 i "Winches" "Daniel"
    lectern index notes >/dev/null
}

@test "list shows one entry with its spellings" {
    people
    [ "$(lectern list speakers)" = "     6  Bryan Sample  (Bryan Sample 3, Brian Sample 1, Byran Sample 1, Sample 1)
     1  Daniel
     1  Daniel Proof
     1  Daniela Proof" ]
    [ "$(lectern list speakers -f tsv -n 1)" = $'Bryan Sample\t6\tBryan Sample 3, Brian Sample 1, Byran Sample 1, Sample 1' ]
    [[ "$(lectern list speakers -f json)" == *'"spellings":'*'"value":"Byran Sample"'* ]]
    [[ "$(lectern search --facet speaker --format json Wheels)" == *'"facets"'* ]]
}

@test "speaker: with any spelling finds them all" {
    people
    for name in "Bryan Sample" "Byran Sample" "Brian Sample" "Dr. Bryan Sample" sample byran; do
        [ "$(lectern search -f files -n 20 "speaker:\"$name\"" | sort -u | wc -l)" = 6 ]
    done
    [ "$(lectern search -f files 'speaker:"Daniela Proof"')" = "notes/KubeCon-2024/h.md" ]
    [ "$(lectern search -f files 'speaker:"Daniel Proof"')" = "notes/KubeCon-2024/g.md" ]
}

@test "speakers of one talk are not one person" {
    talk KubeCon-2024 a "Boxes" "Bryan Quimby, Brian Quimby"
    lectern index notes >/dev/null
    [ "$(lectern list speakers -f plain | wc -l)" = 2 ]
}

@test "a name that fits two people is neither's" {
    talk KubeCon-2024 a "Boxes" "Alan A. Sample"
    talk KubeCon-2024 b "Wheels" "Alan B. Sample"
    talk KubeCon-2024 c "Levers" "Alan Sample"
    talk KubeCon-2024 d "Screws" "Sample"
    lectern index notes >/dev/null
    [ "$(lectern list speakers -f plain | wc -l)" = 4 ]
}

@test "another letter in a given name needs an event or a company in common" {
    talk KubeCon-2024 a "Boxes" "Margaret Sample"
    talk PyCon-2021 b "Wheels" "Margeret Sample"
    lectern index notes >/dev/null
    [ "$(lectern list speakers -f plain | wc -l)" = 2 ]
    talk PyCon-2021 c "Levers" "Margaret Sample"
    [ "$(lectern list speakers -f plain)" = "Margaret Sample" ]
}

@test "a handle that once stands behind a name is that person's" {
    talk KubeCon-2024 a "Boxes" "Ada Example, @adaexample"
    talk KubeCon-2023 b "Wheels" "@adaexample"
    lectern index notes >/dev/null
    [ "$(lectern list speakers)" = "     2  Ada Example  (@adaexample 1, Ada Example 1)" ]
    [ "$(lectern search -f files speaker:@adaexample | wc -l)" = 2 ]
    [ "$(lectern search -f files 'speaker:"Ada Example"' | wc -l)" = 2 ]
}

@test "people.tsv joins and keeps apart" {
    people
    mkdir -p config/lectern
    printf 'Bryan Sample\tSample\nBrian Sample\nDaniel Proof\tDaniel\n' >config/lectern/people.tsv
    run -0 --separate-stderr lectern list speakers -f plain
    [ "$output" = "Brian Sample
Bryan Sample
Byran Sample
Daniel Proof
Daniela Proof" ]
    [ "$(lectern search -f files 'speaker:"Brian Sample"')" = "notes/KubeCon-2024/d.md" ]
}

@test "after any history the same people as in an index made anew" {
    people
    lectern list speakers >/dev/null
    rm notes/KubeCon-2024/d.md
    talk KubeCon-2022 z "Cogs" "Bryen Sample"
    run -0 lectern list speakers
    before=$output
    lectern index --rebuild >/dev/null
    [ "$(lectern list speakers)" = "$before" ]
    [[ "$before" != *"Brian"* ]]
}

@test "a damaged or missing file of people is made anew" {
    people
    wanted=$(lectern list speakers)
    [ -s data/lectern/index/kept-persons ]
    head -c 3000 /dev/urandom >data/lectern/index/kept-persons
    [ "$(lectern list speakers)" = "$wanted" ]
    truncate -s -5 data/lectern/index/kept-persons
    [ "$(lectern list speakers)" = "$wanted" ]
    rm data/lectern/index/kept-persons
    mkdir data/lectern/index/kept-persons
    [ "$(lectern list speakers)" = "$wanted" ]
}

@test "lint tells what is taken for one and what only looks alike" {
    people
    run -1 lectern lint --only names
    [[ "$output" == *"notes/KubeCon-2024/c.md:3: Byran Sample (1) is taken for Bryan Sample (3)"* ]]
    [[ "$output" == *"Daniel Proof (1) looks like Daniela Proof (1)"* || "$output" == *"Daniela Proof (1) looks like Daniel Proof (1)"* ]]
}

@test "a name in Chinese letters is one person with and without the other name" {
    talk KubeCon-2024 a "Boxes" "陳怡升 EasonC13"
    talk KubeCon-2024 b "Wheels" "陳怡升"
    lectern index notes >/dev/null
    [ "$(lectern list speakers -f plain | wc -l)" = 1 ]
    [ "$(lectern search -f files 'speaker:"陳怡升 EasonC13"' | wc -l)" = 2 ]
    [ "$(lectern search -f files 'speaker:陳怡升' | wc -l)" = 2 ]
}
