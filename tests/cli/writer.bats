#!/usr/bin/env bats
# Both writers of a new index: they write the same, and the slow one steps in for the fast one.

load helpers

# index_with WRITER: the notes in an index of that name.
index_with() {
    LECTERN_WRITER=$1 lectern index notes --index "$1"
}

# answers INDEX: everything that some searches show, the scores too.
answers() {
    for query in databases tracing '"hard part"' 'speaker:ada' 'data* OR C++' 'year:2024'; do
        lectern search --index "$1" --format jsonl -n 50 "$query" || [ $? = 1 ]
    done
}

@test "both writers make an index that answers the same" {
    some_notes
    index_with api
    index_with bulk
    answers api >api.json
    answers bulk >bulk.json
    grep -q databases api.json
    diff api.json bulk.json
    run -0 xapian-check bulk
    [[ "$output" == *"No errors found"* ]]
}

@test "both indexes take changes in the same way" {
    some_notes
    index_with api
    index_with bulk
    sed -i 's/hard part/easy part/' notes/KubeCon-2024/day1.md
    printf '# Another talk\n\nSpeaker: Eve Newcomer\n\nDatabases again, in a third way.\n' | note new.md
    answers api >api.json
    answers bulk >bulk.json
    grep -q Newcomer api.json
    diff api.json bulk.json
    run -0 xapian-check bulk
    [[ "$output" == *"No errors found"* ]]
}

# another_format: as if the library wrote another version of its format in the trial before a build.
another_format() {
    cat >format.c <<'EOF'
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t write(int file, const void *bytes, size_t length)
{
    char name[64], path[4096] = "", changed[256];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    if (length > 16 && length < sizeof changed && memcmp((const char *)bytes + 2, "Xapian", 6) == 0 &&
        readlink(name, path, sizeof path - 1) > 0 && strstr(path, "/check/empty/")) {
        memcpy(changed, bytes, length);
        changed[15]++;
        bytes = changed;
    }
    return syscall(SYS_write, file, bytes, length);
}
EOF
    cc -shared -fPIC -D_GNU_SOURCE -o format.so format.c
}

@test "another format is written the slow way, with one line that says so" {
    some_notes
    another_format
    run -0 --separate-stderr env ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$PWD/format.so" "$LECTERN" index notes
    [ "${#stderr_lines[@]}" = 1 ]
    [[ "$stderr" == *"slow way"*"another format"* ]]
    [ "$(hits databases)" = 1 ]
}

@test "the installed one is written to the fast way, without a word" {
    some_notes
    run -0 --separate-stderr lectern index notes
    [ -z "$stderr" ]
    [ ! -e data/lectern/index.new ]
    run -0 find data -name check
    [ -z "$output" ]
}

# enough_notes: more than the trial before a build writes.
enough_notes() {
    some_notes
    for i in $(seq 200); do
        printf '## Talk %d\n\nSpeaker: Ann Other\n\nword%d term%d name%d\n\n' "$i" "$i" "$i" "$i"
    done | note many.md
}

@test "on a full disk a rebuild says so and the old index stands" {
    enough_notes
    lectern index notes
    # An ignored signal makes the write fail, as on a full disk.
    run -3 --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 12; exec "$LECTERN" index --rebuild'
    [[ "$stderr" == *"can't be written"* ]]
    [ "$(hits databases)" = 1 ]
    run -0 lectern index --rebuild
    [ "$(hits databases)" = 1 ]
}

@test "a rebuild that is killed leaves the old index, and the next one works" {
    enough_notes
    lectern index notes
    run -153 bash -c 'ulimit -c 0 -f 12; exec "$LECTERN" index --rebuild'
    [ "$(hits databases)" = 1 ]
    run -0 lectern index --rebuild
    [ "$(hits databases)" = 1 ]
    [ ! -e data/lectern/index.new ]
}

# with_threads COUNT: the notes indexed by so many threads, in an index of that name.
with_threads() {
    LECTERN_THREADS=$1 lectern index notes --index "threads-$1" >"out-$1" 2>"err-$1"
}

@test "any number of threads makes the same index and says the same" {
    # enough notes for threads; some ask what others tell, some are equal, some can't be understood
    for n in $(seq 60); do
        note "KubeCon-2024/$((n % 7))/$n.md" <<<"# Talk $((n % 40))

Grace Hopp$((n % 5))r

Words about kafka and postgres, number $n.

## Another - Ben Sampl$((n % 3))

Speaker: Ben Sampl$((n % 3))"
        note "people/$n.md" <<<"# Streams, $n times - Zorba Qwyx$((n % 9))"
        note "broken/$n.md" <<<"---
title: [$n
---
# Broken"
    done
    for n in 1 2 7; do with_threads "$n"; done
    [ "$(grep -c broken err-1)" = 60 ]
    for n in 2 7; do
        diff out-1 "out-$n"
        diff err-1 "err-$n"
        for table in docdata termlist position; do
            cmp "threads-1/$table.glass" "threads-$n/$table.glass"
        done
        diff <("$LECTERN_RELIABILITY/index_contents" threads-1) \
            <("$LECTERN_RELIABILITY/index_contents" "threads-$n")
    done
}
