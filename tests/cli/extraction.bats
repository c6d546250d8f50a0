#!/usr/bin/env bats
# What is found in corpus/, whose labels were made by hand: no figure may fall below its floor.

load helpers

@test "talks, speakers, technologies, events of the corpus" {
    cd "$BATS_TEST_DIRNAME/../.."
    run -0 python3 tests/extraction.py "$LECTERN" tests/cases/extraction_floors.txt /nowhere
}
