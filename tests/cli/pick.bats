#!/usr/bin/env bats
# lectern pick, on a terminal of its own in tmux.

load helpers
load terminal

setup_file() {
    command -v tmux >/dev/null || skip "tmux is not installed"
}

# Starts a shell of 80 x 24 with an editor that says what it was given.
start() {
    some_notes
    lectern index notes >/dev/null
    mkdir -p bin
    printf '#!/bin/sh\necho "edited: $*"\n' >bin/vi
    chmod +x bin/vi
    export PATH="$PWD/bin:$PATH" EDITOR=vi
    terminal -f /dev/null new-session -d -x 80 -y 24 "env PS1='ready: ' dash"
    shows '^ready:'
}

keys() {
    terminal send-keys "$@"
}

@test "each key searches, the preview shows the match, Enter opens the editor" {
    start
    keys "$LECTERN pick" Enter
    shows '^> *4$\|^>   *[0-9]'
    keys 'trac'
    shows '^> Tracing what matters'
    shows 'Distributed tracing with OpenTelemetry'
    keys C-u 'annot'
    shows '^> Gradual typing'
    keys Enter
    shows "edited: +1 .*typing.md"
    [[ "$(cat screen)" != *"Distributed"* ]]
}

@test "arrows choose, --print prints instead of opening, words of the command line come first" {
    start
    keys "$LECTERN pick --print kind:talk >chosen" Enter
    shows '^> '
    keys Down Down Up
    shows '^  .*'
    sed -n '3s/^> //p' screen >second
    [ -s second ]
    keys Enter
    shows '^ready:$'
    for _ in $(seq 1 50); do [ -s chosen ] && break; sleep 0.05; done
    [[ "$(cat chosen)" =~ ^notes/.*\.md:[0-9]+$ ]]
}

@test "a query that can't be read yet keeps the last answer and says why" {
    start
    keys "$LECTERN pick" Enter
    shows '^> '
    keys 'tracing'
    shows '^> Tracing what matters'
    keys ' "why'
    shows 'quote'
    shows '^> Tracing what matters'
    keys '"'
    shows '^> tracing "why"  1'
}

@test "the preview scrolls from the match to the talk's ends, and no further" {
    { printf '# Long talk\n\nSpeaker: Ada Example\n\n'; seq -f '- point %g' 1 40
      printf '\n- wheelbarrow racing\n\n'; seq -f '- point %g' 41 80; } | note long.md
    start
    keys "$LECTERN pick wheelbarrow racing" Enter
    shows 'wheelbarrow racing$'
    run -1 grep -w 'point 40' screen
    keys S-Up S-Up
    shows 'point 40$'
    for _ in 1 2 3 4 5 6 7 8; do keys C-b; done
    shows 'point 1$'
    for _ in 1 2 3 4 5 6 7 8 9 10; do keys C-f; done
    shows 'point 80$'
    keys S-Up
    shows 'point 79$'
}

@test "the command line for fzf that help names does the same" {
    command -v fzf >/dev/null || skip "fzf is not installed"
    "$LECTERN" pick --help | sed -n '/^  ask=/,/become/p' >pick.sh
    [ "$(wc -l <pick.sh)" = 3 ]
    PATH="$(dirname "$LECTERN"):$PATH"
    start
    keys 'sh pick.sh' Enter
    shows '0/0'
    keys 'annot*'
    shows 'Gradual typing in a large'
    shows 'How they added type annotations'
    keys Enter
    shows "edited: +1 .*typing.md"
}

@test "Esc leaves with status 1 and the terminal as it was" {
    start
    terminal send-keys "stty -g >before; $LECTERN pick; echo status \$?; stty -g >after" Enter
    shows '^> '
    keys Escape
    shows 'status 1'
    for _ in $(seq 1 50); do [ -s after ] && break; sleep 0.05; done
    cmp before after
    [[ "$(cat screen)" != *"Tracing"* ]]
}

@test "a signal gives the terminal back too" {
    start
    keys "stty -g >before; $LECTERN pick; stty -g >after; echo en''ded" Enter
    shows '^> '
    pid=$(pgrep -n -f "^$LECTERN pick")
    kill -TERM "$pid"
    shows '^ended'
    cmp before after
}

@test "another size is drawn anew, down to a few rows" {
    start
    keys "$LECTERN pick" Enter
    shows '^> '
    keys 'tracing'
    shows '───'
    terminal resize-window -x 30 -y 6
    for _ in $(seq 1 100); do
        terminal capture-pane -p >screen
        grep -q '───' screen || break
        sleep 0.05
    done
    shows '^> Tracing what matters'
    run -1 grep '───' screen
    keys 'x' BSpace
    shows '^> Tracing what matters'
}

@test "control characters of a note don't reach the screen" {
    printf '# Bad \033]0;pwned\007title\n\nSpeaker: Ada Example\n\nwheelbarrows \033[2J\033[31m here\n' >"$NOTES/bad.md"
    start
    keys "$LECTERN pick --color never wheelbarrows here" Enter
    shows 'title'
    shows 'here'
    [ "$(terminal display-message -p '#{pane_title}')" != pwned ]
}

@test "without a terminal it says what to use" {
    some_notes
    lectern index notes >/dev/null
    run -2 setsid -w "$LECTERN" pick </dev/null
    [[ "$output" == *"lectern search"* ]]
    TERM=dumb run -2 lectern pick
}
