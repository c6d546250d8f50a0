# What every black-box test starts from: no index, no configuration, a folder for notes, fixed
bats_require_minimum_version 1.5.0
# language, zone and clock.
setup() {
    export LC_ALL=C.UTF-8 TZ=UTC NO_COLOR='' LECTERN_TODAY=2025-06-15
    export XDG_DATA_HOME="$BATS_TEST_TMPDIR/data" XDG_CONFIG_HOME="$BATS_TEST_TMPDIR/config"
    export XDG_STATE_HOME="$BATS_TEST_TMPDIR/state" HOME="$BATS_TEST_TMPDIR"
    unset LECTERN_INDEX VISUAL EDITOR PAGER
    NOTES="$BATS_TEST_TMPDIR/notes"
    mkdir -p "$NOTES"
    cd "$BATS_TEST_TMPDIR" || return 1
}

lectern() {
    "${LECTERN:?is set by make cli-tests}" "$@"
}

# note PATH: writes standard input to the note, dated long ago so that its time stamp is trusted.
note() {
    mkdir -p "$(dirname "$NOTES/$1")"
    cat >"$NOTES/$1"
    touch -d '2020-01-01' "$NOTES/$1"
}

# Three small notes with five talks.
some_notes() {
    note KubeCon-2024/day1.md <<'EOF'
# KubeCon 2024

## Moving a thousand databases - Ada Example, Blue Corp

Speaker: Ada Example

They moved every database to kubernetes without downtime, one cluster at a time.

## Tracing what matters

Speaker: Ben Sample

Distributed tracing with OpenTelemetry, and why C++ services were the hard part.
EOF
    note PyCon-2023/typing.md <<'EOF'
# Gradual typing in a large code base

Speaker: Cléa Modèle

How they added type annotations to two million lines of Python.

## Questions

What about io_uring?
EOF
    note README.md <<'EOF'
# My notes

What I wrote down at conferences, a folder for each. Kept in the wheelbarrow.

* [KubeCon](KubeCon-2024/day1.md)
* [PyCon](PyCon-2023/typing.md)
EOF
}

# The number of talks that a search finds.
hits() {
    lectern search --format jsonl -n 100 "$@" | wc -l
}

# The titles that a search finds, in order.
titles() {
    lectern search --format jsonl "$@" | python3 -c 'import json,sys
for line in sys.stdin: print(json.loads(line)["title"])'
}

# As a person without privileges, where root would pass.
as_nobody() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}
