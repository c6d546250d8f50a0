#!/usr/bin/env bats
# The tests of tests/reliability with few cases; `make soak` has many. They print the seed that
# repeats a failure.

load helpers

reliability() {
    python3 "$BATS_TEST_DIRNAME/../reliability/$1.py" "${@:2}"
}

# The sanitizer and the library of faults both want to be loaded first.
without_sanitizer() {
    ! ldd "$LECTERN" | grep -q libasan || skip "not under the address sanitizer"
}

@test "a refresh after any history equals a rebuild" {
    reliability same_answer --cases 40
}

@test "killed at any moment: as before or as after, and the next run mends it" {
    without_sanitizer
    reliability kill --cases 30
}

@test "failing calls lose nothing and are said" {
    without_sanitizer
    reliability faults --cases 1
}

@test "readers and writers at the same time" {
    reliability concurrency --seconds 6
}

@test "a damaged index: an answer or the next step" {
    reliability damage --cases 30
}

@test "allocations that fail: said, before or after" {
    without_sanitizer
    reliability memory --cases 6
}

@test "the same index and answers in other surroundings" {
    without_sanitizer
    reliability surroundings --cases 6
}

@test "hostile notes: bounded memory, our own messages" {
    without_sanitizer # it takes memory of its own
    reliability pathological --cases 24 --bytes 786432 --quiet
    reliability pathological --cases 8 --bytes 16777216 --only "headings" --quiet
}

@test "many talks, changes and searches: nothing grows, nothing is lost" {
    without_sanitizer # it takes memory of its own
    reliability load --talks 300 --changes 100 --searches 500
}
