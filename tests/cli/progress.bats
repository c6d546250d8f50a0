#!/usr/bin/env bats
# The progress line, on a terminal of its own in tmux.

load helpers
load terminal

@test "what takes long shows how far it is, and takes the line away in the end" {
    ! ldd "$LECTERN" | grep -q libasan || skip "strace and the address sanitizer exclude each other"
    command -v tmux >/dev/null || skip "tmux is not installed"
    strace -qq -e trace=none true 2>/dev/null || skip "strace can't be used here"
    for i in $(seq 1 320); do
        printf '# Talk %s\n\nSpeaker: Ada Example\n\ntext\n' "$i" >"notes/$i.md"
    done
    terminal -f /dev/null new-session -d -x 80 -y 24 "env PS1='ready: ' dash"
    shows '^ready:'
    # a slow disk
    terminal send-keys "strace -f -qq -o trace -e trace=openat -e inject=openat:delay_exit=10000 $LECTERN index notes" Enter
    shows '^reading notes: [0-9]* of 320$'
    shows '^talks + 320 added'
    run -1 grep 'reading notes' screen
    # into a file goes none of it
    strace -f -qq -o trace -e trace=openat -e inject=openat:delay_exit=5000 "$LECTERN" index --rebuild >out 2>&1
    run -1 grep 'reading notes' out
}
