#!/usr/bin/env bats
# Bad input is normal input: one clear line, the right status, everything else still done.

load helpers


@test "an unreadable note is named; the others are indexed" {
    some_notes
    mkdir -p data config
    echo '# Locked' >notes/locked.md
    chmod -R a+rX "$BATS_RUN_TMPDIR"
    chmod 777 data config .
    chmod 000 notes/locked.md
    as_nobody true || skip "can't become another user here"
    run -3 --separate-stderr as_nobody "$LECTERN" index notes
    [[ "$stderr" == *"notes/locked.md"*"ermission denied"* ]]
    [[ "${lines[0]}" == "talks + 3 added"* ]]
    run -3 --separate-stderr as_nobody "$LECTERN" index
    [[ "$stderr" == *"notes/locked.md"*"ermission denied"* ]]
    run -0 --separate-stderr as_nobody "$LECTERN" search tracing
    [ -z "$stderr" ]
    run -0 as_nobody "$LECTERN" status
    [[ "$output" == *"problem   "*"notes/locked.md"*"ermission denied"* ]]
    [[ "$output" != *"locked.md"*"locked.md"* ]]
}

@test "a search names what became unreadable once, and check asks for it to be made readable" {
    some_notes
    mkdir -p data config
    chmod -R a+rX "$BATS_RUN_TMPDIR"
    chmod 777 data config .
    as_nobody true || skip "can't become another user here"
    as_nobody "$LECTERN" index notes >/dev/null
    touch notes/README.md
    chmod 000 notes/README.md
    run -0 --separate-stderr as_nobody "$LECTERN" search tracing
    [[ "$stderr" == *"ermission denied"* ]]
    run -0 --separate-stderr as_nobody "$LECTERN" search tracing
    [ -z "$stderr" ]
    run -3 as_nobody "$LECTERN" check
    [[ "$output" == *"make it readable"* ]]
    [[ "$output" != *"--rebuild"* ]]
}

@test "binary, empty and broken files are no trouble" {
    some_notes
    head -c 5000 /bin/sh >notes/binary.md
    : >notes/empty.md
    printf '# Broken \xff\xfe title\n\nSpeaker: Eve Fox\n\nbytes \xc3\x28 here\n' >notes/broken.md
    run -0 lectern index notes
    [ "$(hits broken title)" -ge 1 ]
}

@test "a .txt that is no prose is no note" {
    some_notes
    printf 'numpy==1.26.4\npandas>=2.0\nrequests\n' >notes/requirements.txt
    printf 'Third day at the heron conference\n\nKeynotes\n\nAda Example gave a talk about herons and what they eat in winter.\n' >notes/third.txt
    lectern index notes
    run -1 lectern search numpy
    run -0 lectern search herons
}

@test "a long line, deep lists and deep quotes" {
    { echo '# Long'; head -c 700000 /dev/zero | tr '\0' 'a'; } >notes/long.md
    { echo '# Deep'; python3 -c 'for i in range(1000): print("  " * (i % 400) + "- item")'; } >notes/deep.md
    { echo '# Quotes'; python3 -c 'print(">" * 100000 + " deep")'; } >notes/quotes.md
    run -0 lectern index notes
    [ "$(hits item)" -ge 1 ]
    head -c 17000000 /dev/zero | tr '\0' 'a' >notes/large.md
    run -0 lectern index --dry-run
    [[ "$output" == *"skip    notes/large.md"* ]]
    run -0 --separate-stderr lectern index
    [[ "$stderr" == *"notes/large.md: larger than the size limit; lectern index --max-filesize BYTES takes it in" ]]
    run -0 --separate-stderr lectern index --max-filesize 20000000
    [ "$stderr" = "lectern: notes/large.md: is too large to look for talks in it: searched as plain text" ]
}

@test "a damaged index says so and can be rebuilt" {
    some_notes
    lectern index notes
    printf 'garbage' >data/lectern/index/iamglass
    run -3 lectern search tracing
    [[ "$output" == *"--rebuild"* ]]
    lectern index --rebuild
    [ "$(hits tracing)" -ge 1 ]
}

@test "a full disk leaves the old index as it was" {
    [ "$(id -u)" = 0 ] || skip "mounting needs root"
    mkdir small
    mount -t tmpfs -o size=1500k tmpfs small 2>/dev/null || skip "can't mount here"
    some_notes
    lectern index --index small/index notes
    python3 -c '
import random
random.seed(1)
for n in range(300):
    words = " ".join("w%d" % random.randrange(10**6) for _ in range(300))
    open("notes/many%d.md" % n, "w").write("# Talk %d\n\n%s\n" % (n, words))'
    status=0
    lectern index --index small/index >out 2>&1 || status=$?
    before=$(lectern search --no-refresh --index small/index tracing | head -1 || true)
    umount small
    [ "$status" = 3 ]
    [[ "$(cat out)" == *"small/index"* ]]
    [ "$before" = " 1. Tracing what matters" ]
}

@test "two writers: one waits or says who holds the lock" {
    some_notes
    lectern index notes
    touch notes/README.md
    exec 9>data/lectern/index.lock
    flock 9
    run -3 lectern index --wait 0
    [[ "$output" == *"another"* || "$output" == *"process"* ]]
    run -0 --separate-stderr lectern search tracing
    [[ "$stderr" == *"not brought up to date"* ]]
    exec 9>&-
    run -0 lectern index --wait 0
}

@test "wrong options and commands are status 2" {
    run -2 lectern frobnicate
    run -2 lectern search --frobnicate x
    run -2 lectern search -n many x
    run -2 lectern show
    run -2 lectern talks nowhere.md
}

@test "help of every command comes from the tables" {
    run -0 lectern --help
    for c in $(lectern --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        run -0 lectern "$c" --help
        [[ "${lines[0]}" == "usage: lectern $c"* ]]
    done
}

@test "a first run says in two lines what to do" {
    run -3 lectern search tracing
    [ "${lines[0]}" = "lectern: there is no index yet; make one with: lectern index FOLDER" ]
    [[ "${lines[1]}" == *"lectern search WORDS"* ]]
    [ "${#lines[@]}" = 2 ]
}

@test "control characters of arguments and paths reach no terminal in a message" {
    prepare_odd() { mkdir -p "notes/$1"; printf '# Odd\n\nSpeaker: Ada Example\n\nwheelbarrows\n' >"notes/$1/a.md"; }
    prepare_odd "$(printf 'esc\033[31m\nend')"
    : >"notes/$(printf 'bin\033[2J.md')"
    printf 'x\0y' >"notes/$(printf 'bin\033[2J.md')"
    {
        lectern "$(printf 'no\033[31m')" || true
        lectern talks "$(printf 'no\033[31m')" || true
        lectern talks notes
        lectern index notes
        lectern index --dry-run
        lectern status
        lectern roots
        lectern search "$(printf 'zyzzyva @no\033[31m')" || true
        lectern search "$(printf -- '--no\033[31m')" || true
        lectern status "$(printf 'no\033[31m')" || true
    } >shown 2>&1
    [ "$(wc -l <shown)" -ge 14 ]
    run -1 grep -P '\x1b' shown
    grep -q 'esc.*\[31m end/a.md:1: Odd' shown
}

@test "a command that takes no words refuses them" {
    for c in status roots lint check watch saved; do
        run -2 lectern $c foo
        [[ "$output" == "lectern: foo: $c takes no words"* ]]
    done
}

@test "talks: nothing found is said, with status 1; what is left out, why" {
    mkdir -p empty
    run -1 lectern talks empty
    [[ "$output" == *"no notes found; looked for .md"* ]]
    printf 'numpy==1.26.4\npandas>=2.0\nrequests\n' >notes/requirements.txt
    head -c 5000 /bin/sh >notes/binary.md
    run -1 lectern talks notes
    [[ "$output" == *"notes/binary.md: left out: binary"* ]]
    [[ "$output" == *"notes/requirements.txt: left out: reads like data"* ]]
    [[ "$output" == *"no talk found; notes read: 2"* ]]
    some_notes
    run -0 lectern talks notes
}
