# lectern-bench check: what is wrong with a test collection.

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir c
    printf '{"_id": "a", "title": "", "text": "x"}\n{"_id": "b", "title": "t", "text": ""}\n' >c/corpus.jsonl
    printf '{"_id": "1", "text": "one"}\n{"_id": "2", "text": "two"}\n' >c/queries.jsonl
    printf 'query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t2\n2\ta\t0\n' >c/qrels.tsv
}

@test "check: a sound collection" {
    run "$LECTERN_BENCH" check c
    [ "$status" -eq 0 ]
    [ "$output" = "2 documents, 2 topics, 3 judgements of 2 topics: 0 problems" ]
}

@test "check: every problem is found, in one go" {
    printf '{"_id": "e", "title": " ", "text": "\\n"}\n{"_id": "a", "text": "again"}\nnot json\n' >>c/corpus.jsonl
    printf '{"_id": "1", "text": "again"}\n{"_id": "3", "text": "alone"}\n' >>c/queries.jsonl
    printf '9\ta\t1\n1\tzz\t1\n1\ta\t0\n1\tb\t7\n3x\ta\n2\tc\tgood\n4\ta\t0\n' >>c/qrels.tsv
    run "$LECTERN_BENCH" check c
    [ "$status" -eq 1 ]
    for wanted in \
        "c/corpus.jsonl:3: document e is empty" \
        "c/corpus.jsonl:4: document a comes again (first on line 1); give it another id" \
        "c/corpus.jsonl:5: not JSON:" \
        "c/queries.jsonl:3: topic 1 comes again (first on line 1); give it another id" \
        "c/queries.jsonl:4: topic 3 has no judgements" \
        "c/qrels.tsv:5: topic 9 does not exist" \
        "c/qrels.tsv:6: topic 1 names document zz, which does not exist" \
        "c/qrels.tsv:7: topic 1 has document a again (first on line 2); keep one of them" \
        "c/qrels.tsv:8: grade 7 is not in -2..4" \
        "c/qrels.tsv:9: 2 columns;" \
        'c/qrels.tsv:10: grade "good"' \
        "c/qrels.tsv:11: topic 4 has no relevant document" \
        "c/qrels.tsv:11: topic 4 does not exist" \
        ": 13 problems"; do
        [[ "$output" == *"$wanted"* ]] || { echo "missing: $wanted"; echo "$output"; false; }
    done
}

@test "check --grades: the range of grades" {
    run "$LECTERN_BENCH" check c --grades 0..1
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "c/qrels.tsv:3: grade 2 is not in 0..1" ]
    run "$LECTERN_BENCH" check c --grades 3
    [ "$status" -eq 2 ]
}

@test "check: notes, topics.tsv and qrels of PATH:LINE" {
    mkdir -p n/notes/2024
    printf '# Day\n\n## Talk one\nBody\n\n## Talk two\n' >"n/notes/2024/a day.md"
    printf '1\ttalk one\tphrase\n' >n/topics.tsv
    printf '1\t0\t2024/a day.md:3\t2\n1\t0\t2024/a day.md:99\t1\n1\t0\tnone.md:1\t1\n1\t0\t../n/notes/2024/a day.md:1\t1\n' >n/qrels
    run "$LECTERN_BENCH" check n
    [ "$status" -eq 1 ]
    [[ "$output" != *"a day.md:3,"* ]]
    [[ "$output" == *"n/qrels:2: topic 1 names document 2024/a day.md:99, which does not exist"* ]]
    [[ "$output" == *"n/qrels:3: topic 1 names document none.md:1, which does not exist"* ]]
    [[ "$output" == *"n/qrels:4: topic 1 names document ../n"* ]]
    [[ "$output" == *": 3 problems" ]]
}

@test "check: a folder without a collection" {
    mkdir empty
    run "$LECTERN_BENCH" check empty
    [ "$status" -eq 2 ]
    [[ "$output" == "lectern-bench: nothing to check: "* ]]
}

@test "check: the shared collections can be read" {
    shared=${LECTERN_SHARED:-$BATS_TEST_DIRNAME/../../../shared}
    [ -d "$shared/collections" ] || skip "no shared collections here"
    for folder in "$shared"/collections/*; do
        run "$LECTERN_BENCH" check "$folder"
        [ "$status" -le 1 ]
        [[ "$output" != *"not JSON"* && "$output" != *"columns;"* ]]
    done
}

@test "check: our own topics, and those held out" {
    for collection in corpus corpus/held-out; do
        run "$LECTERN_BENCH" check "$BATS_TEST_DIRNAME/../../$collection"
        [ "$status" -eq 0 ]
        [[ "$output" == *": 0 problems" ]]
    done
}
