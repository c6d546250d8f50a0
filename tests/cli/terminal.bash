# A terminal of the test file's own, in tmux.
# shellcheck shell=bash
terminal() {
    tmux -L "lectern-$(basename "$BATS_TEST_FILENAME" .bats)-$BATS_ROOT_PID" "$@"
}

teardown() {
    terminal kill-server 2>/dev/null || true
}

# Waits until the screen shows the pattern.
shows() {
    for _ in $(seq 1 200); do
        terminal capture-pane -p >screen
        grep -q -- "$1" screen && return 0
        sleep 0.05
    done
    cat screen
    return 1
}
