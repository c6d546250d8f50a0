#!/usr/bin/env bats
# lectern watch: the index follows the notes by itself.

load helpers

teardown() {
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
}

start() {
    some_notes
    lectern index notes >/dev/null
    "$LECTERN" watch --delay 50 >said 2>&1 3>&- &
    watcher=$!
    waits_for "watching" said
}

waits_for() { # pattern, file
    for _ in $(seq 1 100); do
        grep -q -- "$1" "$2" && return 0
        sleep 0.05
    done
    cat "$2"
    return 1
}

found() { # word: found without a look at the notes
    for _ in $(seq 1 100); do
        [ "$(lectern search --no-refresh -f jsonl "$1" 2>/dev/null | wc -l)" = "$2" ] && return 0
        sleep 0.05
    done
    return 1
}

@test "new, changed and removed notes, and new folders" {
    start
    printf '# On wheelbarrows\n\nSpeaker: Dora Demo\n\nWheels.\n' >notes/new.md
    found wheels 1
    mkdir -p notes/deep/er
    printf '# On anchors\n\nSpeaker: Dora Demo\n\nAnchors.\n' >notes/deep/er/anchors.md
    found anchors 1
    printf '# On anchors\n\nSpeaker: Dora Demo\n\nMoorings.\n' >notes/deep/er/anchors.md
    found moorings 1
    rm notes/new.md
    found wheels 0
    waits_for "talks + 1 added" said
}

@test "it ends when it is told to, with status 0" {
    start
    kill -TERM "$watcher"
    wait "$watcher"
    watcher=
}

@test "without a root it says what to do" {
    run -3 lectern watch
    [[ "$output" == *"lectern index FOLDER"* ]]
    run -2 lectern watch --delay soon
}
