#!/usr/bin/env bats
# A refresh that reads most notes writes the whole index anew, and is a refresh all the same.

load helpers

# many_notes: 160 notes in some folders, of which some ask what others tell and some are equal.
many_notes() {
    for n in $(seq 150); do
        note "KubeCon-2024/$((n % 5))/$n.md" <<<"# Talk $((n % 40))

Grace Hopp$((n % 5))r

Words about kafka and postgres, number $n, and herons.

## Another - Ben Sampl$((n % 3))

Speaker: Ben Sampl$((n % 3))"
    done
    for n in $(seq 9); do note "gone/$n.md" <<<"# Gone $n"; done
    note broken.md <<<"---
title: [
---
# Broken"
}

# change FILES: other bytes in each, under another time stamp.
change() {
    for file; do echo 'and a wheelbarrow' >>"$file"; done
    touch -d '2020-02-02' "$@"
}

# most: the files of most notes.
most() {
    find notes/KubeCon-2024 -name '*[1-8].md' | sort
}

place_of() {
    stat -c %i "$1"
}

contents_of() {
    "$LECTERN_RELIABILITY/index_contents" "$1"
}

@test "the same index, report and vectors as in place" {
    many_notes
    for index in api anew; do lectern index notes --index $index 2>/dev/null; done
    cp anew/vectors.stems stems
    mapfile -t changed < <(most)
    change "${changed[@]}"
    rm -r notes/gone notes/KubeCon-2024/0/5.md
    printf '# New\n\nSpeaker: Grace Hopp0r\n' | note new.md
    printf -- '---\ntitle: [\n---\n# Broken too' | note broken-too.md
    before_api=$(place_of api) before_anew=$(place_of anew)
    LECTERN_WRITER=api lectern index --index api >api.out 2>api.err
    lectern index --index anew >anew.out 2>anew.err
    [ "$(place_of api)" = "$before_api" ]
    [ "$(place_of anew)" != "$before_anew" ]
    [ "$(tail -1 anew.out)" = 'notes + 2 added ~ 119 changed - 10 removed = 31 unchanged' ]
    diff api.out anew.out
    diff api.err anew.err
    diff <(contents_of api) <(contents_of anew)
    cmp stems anew/vectors.stems
    run -0 xapian-check anew
    [[ "$output" == *"No errors found"* ]]
    run -0 lectern check --index anew
    run -0 lectern index --index anew
    [[ "$output" == *"notes + 0 added ~ 0 changed - 0 removed = 152 unchanged"* ]]
}

@test "new time stamps alone change nothing" {
    many_notes
    lectern index notes --index i 2>/dev/null
    before=$(place_of i)
    find notes -name '*.md' -exec touch -d '2021-01-01' {} +
    run -0 lectern index --index i
    [[ "$output" == *"notes + 0 added ~ 0 changed - 0 removed = 160 unchanged"* ]]
    [ "$(place_of i)" = "$before" ]
}

@test "a note that can't be opened keeps its talks" {
    many_notes
    printf '# Locked treasure\n\nSpeaker: Eve Fox\n' | note locked.md
    chmod -R a+rwX "$BATS_RUN_TMPDIR"
    as_nobody "$LECTERN" index notes --index "$PWD/i" 2>/dev/null
    mapfile -t changed < <(most)
    change "${changed[@]}"
    chmod 000 notes/locked.md
    as_nobody cat notes/locked.md 2>/dev/null && skip "permissions mean nothing here"
    before=$(place_of i)
    run -3 as_nobody "$LECTERN" index --index "$PWD/i"
    [ "$(place_of i)" = "$before" ]
    run -0 lectern search --index i --no-refresh treasure
    [[ "$output" == *"Locked treasure"* ]]
    [ "$(hits --index i --no-refresh wheelbarrow)" -gt 90 ]
}

@test "nor is one lost whose disk fails meanwhile, or the rest on a full disk" {
    ! ldd "$LECTERN" | grep -q libasan || skip "not under the address sanitizer"
    many_notes
    printf '# Scratched treasure\n\nSpeaker: Eve Fox\n' | note scratched.md
    for fault in read:1+:5:scratched write:3+:28:i.new; do
        rm -rf i i.roots
        lectern index notes --index i 2>/dev/null
        before=$(place_of i)
        mapfile -t changed < <(most)
        change "${changed[@]}"
        run -0 --separate-stderr env LD_PRELOAD="$LECTERN_RELIABILITY/fault.so" FAULT="$fault" \
            "$LECTERN" index --index i
        [[ "${lines[1]}" == "notes + 0 added ~ 120 changed - 0 removed = 41 unchanged" ]]
        [ "$(place_of i)" = "$before" ]
        [ ! -e i.new ]
        run -0 lectern search --index i treasure
        [[ "$output" == *"Scratched treasure"* ]]
    done
}
