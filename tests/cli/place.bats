#!/usr/bin/env bats
# Where an index and notes may be: behind a link, read only, on a file system that lacks something.

load helpers

# with_fault FAULT COMMAND...: the system refuses something (tests/reliability/fault.c).
with_fault() {
    FAULT=$1 LD_PRELOAD=${LECTERN_RELIABILITY:?the folder of the faults}/fault.so "${@:2}"
}

without_sanitizer() {
    ! ldd "$LECTERN" | grep -q libasan || skip "not under the address sanitizer"
}

# for_nobody: what is here may be read by everyone and written by us alone.
for_nobody() {
    as_nobody true || skip "can't become another user here"
    [ "$(id -u)" = 0 ] || skip "needs another user to be"
    ! readelf --symbols --wide "$LECTERN" | grep -q __gcov || skip "gcov writes its figures"
    chmod -R a+rX,go-w "$BATS_RUN_TMPDIR"
}

# state: name, size and time of every file here, but for those of bats.
state() {
    find . -mindepth 1 ! -name 'separate-stderr*' -printf '%p %s %T@\n' | sort
}

@test "an index behind a symbolic link is rebuilt where it is" {
    some_notes
    mkdir -p data/lectern disk
    ln -s ../../disk/index data/lectern/index
    lectern index notes
    [ -d disk/index ]
    lectern index --rebuild
    [ -L data/lectern/index ]
    [ "$(hits tracing)" = 1 ]
    [ "$(hits --index disk/index tracing)" = 1 ]
    run -0 ls disk
    [ "$output" = "index
index.lock" ]
}

@test "one lock for both names of an index" {
    some_notes
    lectern index --index real notes
    ln -s real link
    touch notes/README.md
    exec 9>real.lock
    flock 9
    run -3 lectern index --index link --wait 0
    [[ "$output" == *"is writing this index"* ]]
}

@test "a file system without locks is said at once" {
    without_sanitizer
    some_notes
    lectern index notes
    run -3 --separate-stderr with_fault lock:1+:37 "$LECTERN" index # ENOLCK
    [[ "$stderr" == "lectern: "*"index.lock: can't be locked"*"No locks available" ]]
    run -0 --separate-stderr with_fault lock:1+:37 "$LECTERN" search tracing
    [[ "$stderr" == "lectern: not brought up to date: "*"can't be locked"* ]]
}

@test "a read-only index is searched, with a line that says it is not fresh" {
    some_notes
    lectern index notes
    printf '# A new talk of tracing\n\nSpeaker: Eve Fox\n' | note new.md
    for_nobody
    state >"$BATS_RUN_TMPDIR/before"
    run -0 --separate-stderr as_nobody "$LECTERN" search tracing
    [[ "$output" == *"Tracing what matters"* ]]
    [[ "$stderr" == "lectern: not brought up to date: "*"ermission denied" ]]
    run -0 --separate-stderr as_nobody "$LECTERN" search --no-refresh tracing
    [ -z "$stderr" ]
    run -3 --separate-stderr as_nobody "$LECTERN" index
    [[ "$stderr" == "lectern: "*"ermission denied" ]]
    run -3 as_nobody "$LECTERN" check
    diff "$BATS_RUN_TMPDIR/before" <(state)
}

@test "a read-only home: every command that only reads works and writes nothing" {
    some_notes
    lectern index notes
    for_nobody
    state >"$BATS_RUN_TMPDIR/before"
    for command in 'search --no-refresh tracing' 'list speakers --no-refresh' 'talks notes/KubeCon-2024/day1.md' 'roots' \
        'search --no-refresh --format jsonl tracing' 'lint --no-refresh' 'index --dry-run' 'similar --no-refresh notes/KubeCon-2024/day1.md'; do
        # shellcheck disable=SC2086
        run --separate-stderr as_nobody "$LECTERN" $command
        [ "$status" -le 1 ] || { echo "$command: $status $stderr"; false; }
        [ -z "$stderr" ] || { echo "$command: $stderr"; false; }
    done
    run -3 --separate-stderr as_nobody "$LECTERN" save reading kafka
    [[ "$stderr" == "lectern: "* && "$stderr" != *$'\n'* ]]
    diff "$BATS_RUN_TMPDIR/before" <(state)
}

@test "a home that is not there, or no home at all" {
    some_notes
    lectern index --index here notes
    run -0 env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME HOME=/nowhere "$LECTERN" search --index here tracing
    [[ "$output" == *"Tracing what matters"* ]]
    run -3 --separate-stderr env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u HOME "$LECTERN" search tracing
    [[ "$stderr" == "lectern: no home folder is known"* ]]
}

@test "a dry run writes nothing at all" {
    some_notes
    state >"$BATS_RUN_TMPDIR/before"
    run -0 lectern index --dry-run notes
    [[ "$output" == *"add     notes/README.md"* ]]
    diff "$BATS_RUN_TMPDIR/before" <(state)
    lectern index notes
    rm notes/README.md
    state >"$BATS_RUN_TMPDIR/before"
    run -0 lectern index --dry-run notes
    [[ "$output" == *"remove  notes/README.md"* ]]
    run -0 lectern index --dry-run --rebuild notes
    diff "$BATS_RUN_TMPDIR/before" <(state)
}

# watching COMMAND...: watch is running under it, and has said so.
watching() {
    "$@" "$LECTERN" watch --delay 50 --every 1 >out 2>err 3>&- &
    watcher=$!
    for _ in $(seq 200); do
        grep -q watching err && return
        sleep 0.05
    done
    cat err
    return 1
}

@test "folders whose changes are not told are looked at now and then" {
    without_sanitizer
    some_notes
    lectern index notes
    watching env FAULT=watch:1+:38 LD_PRELOAD="$LECTERN_RELIABILITY/fault.so" # ENOSYS
    grep -q 'lectern: changes that another machine makes are not told here: looking every 1 s' err
    printf '# A heron\n\nSpeaker: Eve Fox\n' | note new.md
    for _ in $(seq 200); do
        [ -s out ] && break
        sleep 0.05
    done
    kill $watcher
    wait $watcher
    grep -q '+ 1 added' out
}

@test "a system that can't watch says so" {
    without_sanitizer
    some_notes
    lectern index notes
    run -3 --separate-stderr with_fault notify:1:38 "$LECTERN" watch
    [[ "$stderr" == "lectern: can't watch folders: Function not implemented" ]]
    run -3 --separate-stderr with_fault watch:1:28 "$LECTERN" watch
    [[ "$stderr" == "lectern: there are more folders than"*"max_user_watches" ]]
}
