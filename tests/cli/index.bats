#!/usr/bin/env bats
# lectern index: what is read, what is skipped, what changed.

load helpers


@test "without an index or a folder it says what to do" {
    run -2 lectern index
    [[ "$output" == *"lectern index FOLDER"* ]]
    run -3 lectern search anything
    [[ "$output" == *"lectern index FOLDER"* ]]
}

@test "a first build counts talks and notes" {
    some_notes
    run -0 lectern index notes
    [ "${lines[0]}" = "talks + 3 added ~ 0 changed - 0 removed = 0 unchanged" ]
    [ "${lines[1]}" = "notes + 3 added ~ 0 changed - 0 removed = 0 unchanged" ]
}

@test "a second run changes nothing and reads no note" {
    some_notes
    lectern index notes
    run -0 lectern index
    [ "${lines[0]}" = "talks + 0 added ~ 0 changed - 0 removed = 3 unchanged" ]
    ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=open,openat -o trace "$LECTERN" index
    run -1 grep -E '\.md"' trace
}

@test "an edited talk is one changed talk" {
    some_notes
    lectern index notes
    sed -i 's/hard part/easy part/' notes/KubeCon-2024/day1.md
    run -0 lectern index
    [ "${lines[0]}" = "talks + 0 added ~ 1 changed - 0 removed = 2 unchanged" ]
    [ "${lines[1]}" = "notes + 0 added ~ 1 changed - 0 removed = 2 unchanged" ]
    [ "$(hits easy)" = 1 ]
}

@test "an added talk, a deleted talk" {
    some_notes
    lectern index notes
    printf '\n## A new talk on queues\n\nSpeaker: Dee Nova\n\nQueues.\n' >>notes/KubeCon-2024/day1.md
    run -0 lectern index
    [ "${lines[0]}" = "talks + 1 added ~ 0 changed - 0 removed = 3 unchanged" ]
    rm notes/PyCon-2023/typing.md
    run -0 lectern index
    [ "${lines[0]}" = "talks + 0 added ~ 0 changed - 1 removed = 3 unchanged" ]
    [ "${lines[1]}" = "notes + 0 added ~ 0 changed - 1 removed = 2 unchanged" ]
    [ "$(hits typing || true)" = 0 ]
}

@test "a renamed file keeps its talk's id" {
    some_notes
    lectern index notes
    before=$(lectern search --format jsonl gradual typing | head -1 | python3 -c 'import json,sys; print(json.load(sys.stdin)["id"])')
    mv notes/PyCon-2023/typing.md notes/PyCon-2023/other.md
    after=$(lectern search --format jsonl gradual typing | head -1 | python3 -c 'import json,sys; print(json.load(sys.stdin)["id"])')
    [ "$before" = "$after" ]
    [[ "$(lectern show "$after")" == *other.md:1* ]]
}

@test "a touched file of the same bytes changes nothing" {
    some_notes
    lectern index notes
    touch -d '2021-01-01' notes/README.md
    run -0 lectern index
    [ "${lines[1]}" = "notes + 0 added ~ 0 changed - 0 removed = 3 unchanged" ]
}

@test "a search takes in what changed" {
    some_notes
    lectern index notes
    echo 'A heron visited the pond.' >>notes/README.md
    [ "$(hits heron)" = 1 ]
    [ "$(hits --no-refresh wheelbarrow)" = 1 ]
    rm notes/README.md
    [ "$(hits --no-refresh heron)" = 1 ]
    [ "$(hits heron || true)" = 0 ]
}

@test "dry run says what would happen and writes nothing" {
    some_notes
    echo 'secret.md' >notes/.gitignore
    echo '# Secret' >notes/secret.md
    run -0 lectern index --dry-run notes
    [[ "$output" == *"add     notes/README.md"* ]]
    [ ! -e data/lectern/index ]
    run -0 lectern index notes
    run -0 lectern index --dry-run
    [[ "$output" == *"keep    notes/README.md"* ]]
}

@test "dry run says why a file with a note's name is none" {
    some_notes
    head -c 5000 /bin/sh >notes/binary.md
    printf 'numpy==1.26.4\npandas>=2.0\nrequests\n' >notes/requirements.txt
    for _ in 1 2; do
        run -0 lectern index --dry-run notes
        [[ "$output" == *"skip    notes/binary.md (binary)"* ]]
        [[ "$output" == *"skip    notes/requirements.txt (reads like data, not like notes)"* ]]
        lectern index notes
    done
}

@test "status names notes that are not UTF-8" {
    some_notes
    printf '# Caf\xe9 talk\n\nSpeaker: Ada Example\n\ntext\n' | note latin.md
    run -0 --separate-stderr lectern index notes
    [ -z "$stderr" ]
    run -0 lectern status
    [[ "$output" == *"problem   notes/latin.md: is not UTF-8: read as CP1252"* ]]
    [ "$(titles café)" = "Café talk" ]
}

@test "a list of roots that a person edited is understood, or nothing is lost" {
    some_notes
    lectern index notes
    printf '# mine\n\n %s//notes/./ \n~/notes/KubeCon-2024\n' "$PWD" >config/lectern/roots
    [ "$(lectern roots)" = "$PWD/notes" ]
    run -0 lectern index
    [[ "${lines[0]}" == "talks + 0 added ~ 0 changed - 0 removed"* ]]
    run -0 lectern forget notes
    [[ "${lines[0]}" == *"- 3 removed"* ]]
    lectern index notes
    echo notes >>config/lectern/roots
    run -2 lectern search tracing
    [[ "$output" == "lectern: $PWD/config/lectern/roots:"*": 'notes' is no absolute path: write"* ]]
}

@test "a path that begins with a dash is shown so that no program takes it for an option" {
    note -odd/a.md <<<$'# Dashing\n\nSpeaker: Ada Example\n\ntext'
    lectern index notes
    cd notes
    [ "$(lectern search -f files dashing)" = ./-odd/a.md ]
    [ "$(lectern talks -- -odd | head -1)" = '-odd/a.md:1: Dashing [talk]' ]
}

@test "ignored, hidden and too large files are left out" {
    some_notes
    mkdir notes/.git notes/old
    echo '# Hidden heron' >notes/.git/a.md
    echo '# Ignored heron' >notes/old/a.md
    echo 'old/' >notes/.gitignore
    head -c 3000 /dev/zero | tr '\0' 'x' >notes/large.md
    lectern index --max-filesize 2000 notes
    run -1 lectern search heron
    run -1 lectern search "xxxx*"
    run -0 lectern index --max-filesize 4000
    [ "$(lectern status | sed -n 's/^notes *//p')" = 4 ]
    lectern search tracing >/dev/null
    [ "$(lectern status | sed -n 's/^notes *//p')" = 4 ]
    run -0 lectern index --max-filesize 2000 --dry-run
    [[ "$output" == *"problem notes/large.md (larger than the size limit)"* ]]
    run -0 --separate-stderr lectern index --max-filesize 2000
    [[ "$stderr" == "lectern: notes/large.md: larger than the size limit"* ]]
    run -0 --separate-stderr lectern index
    [[ "$stderr" == "lectern: notes/large.md: larger than the size limit; lectern index --max-filesize"* ]]
    run -0 --separate-stderr lectern search tracing
    [ -z "$stderr" ]
}

@test "a folder without notes is a message and status 1" {
    mkdir empty
    run -1 lectern index empty
    [[ "$output" == *"no notes found"* ]]
}

@test "a missing folder is named" {
    run -2 lectern index nowhere
    [[ "$output" == *"nowhere"*"No such file"* ]]
}

@test "roots: nested ones count once, forget removes the talks" {
    some_notes
    lectern index notes/PyCon-2023
    lectern index notes
    run -0 lectern roots
    [ "$output" = "$(realpath notes)" ]
    lectern forget notes
    run -1 lectern roots
    run -3 lectern search typing
}

@test "a root that is not there keeps its talks and says so" {
    some_notes
    lectern index notes
    mv notes away
    run -0 --separate-stderr lectern search tracing
    [[ "$stderr" == *"is not there; its talks are kept"* ]]
    [[ "$output" == *"Tracing what matters"* ]]
}

@test "an index of another version is rebuilt and says so" {
    some_notes
    lectern index notes
    python3 - <<'EOF'
name = 'data/lectern/index/postlist.glass'
data = open(name, 'rb').read()
at = data.index(b'lectern:version') + len(b'lectern:version')
assert data[at:at + 1].isdigit()
open(name, 'wb').write(data[:at] + b'!' + data[at + 1:])
EOF
    run -0 --separate-stderr lectern search tracing
    [[ "$stderr" == *"indexed anew"* ]]
    [[ "$output" == *"Tracing what matters"* ]]
}

@test "a folder that is no index is not written over" {
    mkdir other
    echo keep >other/file
    some_notes
    run -3 lectern index --index other notes
    [[ "$output" == *"other"*"left alone"* ]]
    run -3 lectern index --rebuild --index other notes
    [ "$(cat other/file)" = keep ]
}

@test "another program's database is left alone, and so is INDEX.new" {
    some_notes
    lectern index --index mail notes
    rm mail/lectern
    run -0 lectern search --no-refresh --index mail tracing
    run -3 lectern index --rebuild --index mail notes
    [[ "$output" == *"left alone"* ]]
    mkdir foo.new
    echo keep >foo.new/precious
    run -3 lectern index --index foo notes
    [ "$(cat foo.new/precious)" = keep ]
}

@test "what a process left that was killed before its first byte is no hindrance" {
    some_notes
    mkdir -p data/lectern/index.new
    : >data/lectern/index.new/lectern.new
    run -0 lectern index notes
    [ ! -e data/lectern/index.new ]
    mkdir data/lectern/index.new
    : >data/lectern/index.new/lectern.new
    run -0 lectern index
    [ ! -e data/lectern/index.new ]
}

@test "an index that can't be moved stays" {
    [ "$(id -u)" = 0 ] || skip "mounting needs root"
    mkdir mounted
    mount -t tmpfs -o size=20m tmpfs mounted 2>/dev/null || skip "can't mount here"
    some_notes
    lectern index --index index notes
    cp -r index/. mounted/
    run -3 lectern index --rebuild --index mounted notes
    run -0 lectern search --no-refresh --index mounted tracing
    umount mounted
    [[ "$output" == *"Tracing what matters"* ]]
}

@test "what can't be looked at now keeps its talks" {
    some_notes
    mkdir -p data config
    lectern index notes
    mv notes away
    mkdir notes
    run -0 --separate-stderr lectern search tracing
    [[ "$stderr" == *"is empty now; its talks are kept"* ]]
    [[ "$output" == *"Tracing what matters"* ]]
    rmdir notes
    echo file >notes
    run -0 lectern search tracing
    rm notes
    run -3 lectern index --rebuild
    [[ "$output" == *"lose its talks"* ]]
    run -0 lectern search --no-refresh tracing
}

@test "an unreadable folder keeps its talks" {
    some_notes
    chmod -R a+rwX "$BATS_RUN_TMPDIR"
    as_nobody "$LECTERN" index notes
    chmod 000 notes/KubeCon-2024
    as_nobody cat notes/KubeCon-2024/day1.md 2>/dev/null && skip "permissions mean nothing here"
    run -0 --separate-stderr as_nobody "$LECTERN" search tracing
    chmod 755 notes/KubeCon-2024
    [[ "$stderr" == *"ermission denied"* ]]
    [[ "$output" == *"Tracing what matters"* ]]
}

@test "talks of the same title in one note are told apart" {
    printf '# Day 1\n\n## Lightning talks\n\nSpeaker: Ada Example\n\none\n\n## Lightning talks\n\nSpeaker: Ben Sample\n\ntwo\n' | note Conf-2020/day.md
    run -0 lectern index notes
    [ "${lines[0]}" = "talks + 2 added ~ 0 changed - 0 removed = 0 unchanged" ]
    printf '\n## Lightning talks\n\nSpeaker: Cem Third\n\nthree\n' >>notes/Conf-2020/day.md
    run -0 lectern index
    [ "${lines[0]}" = "talks + 1 added ~ 0 changed - 0 removed = 2 unchanged" ]
}

@test "a note that is read again because others changed is counted once" {
    printf '# One\n\nSpeaker: Ada Example\n\nDate: 03/04/2020\n' | note C-2020/a.md
    printf '# Two\n\nSpeaker: Ada Example\n' | note C-2020/b.md
    lectern index notes
    printf '# One\n\nSpeaker: Ada Example\n\nDate: 03/04/2020\n\nmore\n' >notes/C-2020/a.md
    printf '# Two\n\nSpeaker: Ada Example\n\nDate: 12/25/2020\n' >notes/C-2020/b.md
    run -0 lectern index
    [ "${lines[0]}" = "talks + 0 added ~ 2 changed - 0 removed = 0 unchanged" ]
    [ "${lines[1]}" = "notes + 0 added ~ 2 changed - 0 removed = 0 unchanged" ]
}

@test "an unreadable note is remembered, and forgotten when it can be read again" {
    some_notes
    chmod -R a+rwX "$BATS_RUN_TMPDIR"
    as_nobody "$LECTERN" index notes
    chmod 000 notes/KubeCon-2024/day1.md
    as_nobody cat notes/KubeCon-2024/day1.md 2>/dev/null && skip "permissions mean nothing here"
    run -0 --separate-stderr as_nobody "$LECTERN" search tracing
    [[ "$output" == *"Tracing what matters"* ]]
    [[ "$(as_nobody "$LECTERN" status 2>/dev/null)" == *"problems  1"* ]]
    chmod 644 notes/KubeCon-2024/day1.md
    as_nobody "$LECTERN" index
    [[ "$(as_nobody "$LECTERN" status)" == *"problems  0"* ]]
}

@test "two builds of the same notes are equal" {
    some_notes
    lectern index --index one notes
    lectern index --index two notes
    for i in one two; do lectern search --index $i --no-refresh --format jsonl '*' | sort >$i.txt; done
    [ -s one.txt ]
    cmp one.txt two.txt
}

@test "a note too large to look for talks in it is searched as plain text, line by line" {
    python3 - >"$BATS_TEST_TMPDIR/large.txt" <<'PY'
for line in range(1, 40001):
    word = {1: "wheelbarrow", 20000: "kingfisher", 40000: "turnstone"}.get(line, "heron")
    print("the %s of line %d flew over the long lake" % (word, line) if line % 9 else "")
PY
    note PyCon-2019/all-chats.txt <"$BATS_TEST_TMPDIR/large.txt"
    run -0 lectern index --dry-run notes
    [[ "$output" == *"add     notes/PyCon-2019/all-chats.txt (is too large to look for talks in it: searched as plain text)"* ]]
    run -0 --separate-stderr lectern index notes
    [ "$stderr" = "lectern: notes/PyCon-2019/all-chats.txt: is too large to look for talks in it: searched as plain text" ]
    [ "$(lectern search -f vimgrep --at match wheelbarrow | cut -d: -f1,2)" = notes/PyCon-2019/all-chats.txt:1 ]
    [ "$(lectern search -f vimgrep --at match kingfisher | cut -d: -f1,2)" = notes/PyCon-2019/all-chats.txt:20000 ]
    [ "$(lectern search -f vimgrep --at match turnstone | cut -d: -f1,2)" = notes/PyCon-2019/all-chats.txt:40000 ]
    lectern search '"kingfisher of line 20000" event:pycon year:2019 kind:note' >/dev/null
    [[ "$(lectern show "$(lectern search -f "{id}" kingfisher)")" == *"kingfisher of line 20000"* ]]
    run -1 --separate-stderr lectern talks notes
    [[ "$stderr" == *"all-chats.txt: is too large to look for talks in it"* ]]
    run -0 --separate-stderr lectern index
    [ -z "$stderr" ]
    lectern check
}
