#!/usr/bin/env bats
# What is found in corpus/, whose labels were made by hand: no figure may fall below its floor.

load helpers

@test "talks, speakers, technologies, events of the corpus" {
    cd "$BATS_TEST_DIRNAME/../.."
    run -0 python3 tests/extraction.py "$LECTERN" tests/cases/extraction_floors.txt /nowhere
}

@test "talks as one JSON document" {
    some_notes
    lectern talks --format json notes | python3 -c '
import json, sys
a = json.load(sys.stdin)
assert a["schema"] == 1 and len([t for t in a["talks"] if t["kind"] == "talk"]) == 3, a'
    mkdir empty
    lectern talks --format json empty 2>/dev/null | python3 -c '
import json, sys
assert json.load(sys.stdin)["talks"] == []'
}
