#!/usr/bin/env bats
# Paths on standard input.

load helpers

@test "lectern talks reads paths from standard input" {
    some_notes
    [ "$(find notes -name '*.md' | lectern talks - -f jsonl | grep -c '"kind":"talk"')" = 3 ]
    [ "$(printf 'notes/KubeCon-2024\r\n\n' | lectern talks - | grep -c KubeCon-2024)" = 2 ]
    run -2 lectern talks --format nonsense notes
}

@test "with -0 a path may hold a line end" {
    printf '# Odd name\n\nSpeaker: Ada Example\n\nwheelbarrows\n' >"$NOTES/a"$'\n'"b.md"
    [ "$(find notes -name '*.md' -print0 | lectern talks -0 - -f jsonl | wc -l)" = 1 ]
}

@test "lectern index takes folders from standard input" {
    some_notes
    printf 'notes/KubeCon-2024\nnotes/PyCon-2023\n' | lectern index -
    [ "$(lectern roots)" = "$PWD/notes/KubeCon-2024
$PWD/notes/PyCon-2023" ]
    run -0 lectern list years -f plain
    [ "$output" = "2023
2024" ]
    printf 'notes/nowhere\0' | run ! lectern index -0 -
}

@test "lectern talks says of a file in an indexed folder what the index says" {
    mkdir -p notes/kubecon-2019-notes/Tuesday notes/fluent-2014/3-12-14 notes/fluent-2014/3-13-14
    printf '# Shards at scale\n\nText.\n' >notes/kubecon-2019-notes/Tuesday/shards.md
    printf '# Polymers\n\nText.\n' >notes/fluent-2014/3-12-14/polymers.md
    printf '# Rollers\n\nText.\n' >notes/fluent-2014/3-13-14/rollers.md
    run -0 lectern talks --why notes/kubecon-2019-notes/Tuesday/shards.md
    [[ $output == *'KubeCon 2019  [path'* ]]
    run -0 lectern talks --why notes/fluent-2014/3-12-14/polymers.md
    [[ $output == *'Fluent 2014  [path'* && $output != *date* ]]
    lectern index notes
    run -0 lectern talks --why notes/fluent-2014/3-12-14/polymers.md
    [[ $output == *'date     2014-03-12'* ]]
    cd notes/fluent-2014
    run -0 lectern talks --why 3-12-14
    [[ $output == *'Fluent 2014  [path'* && $output == *'date     2014-03-12'* ]]
}
