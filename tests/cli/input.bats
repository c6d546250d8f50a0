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
