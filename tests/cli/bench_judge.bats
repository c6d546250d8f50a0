# lectern-bench judge, with its keys through a pipe.

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf '1\tlive migration\n' >topics.tsv
    for d in a b c d; do
        printf '{"_id": "%s", "title": "Title %s", "text": "Text of %s"}\n' $d $d $d
    done >corpus.jsonl
    printf '1 Q0 a 1 9 A\n1 Q0 b 2 8 A\n1 Q0 c 3 7 A\n' >a.run
    printf '1 Q0 d 1 9 B\n1 Q0 b 2 8 B\n' >b.run
}

judge() {
    "$LECTERN_BENCH" judge qrels a.run b.run --topics topics.tsv --docs corpus.jsonl --depth 2 "$@"
}

@test "judge: shows topic and document, takes grades, writes qrels" {
    run judge <<<"3 0 1"
    [ "$status" -eq 0 ]
    [[ "$output" == *"---- 1 of 3 ---- topic 1"* ]]
    [[ "$output" == *"live migration"* && "$output" == *"Text of d"* && "$output" == *"Title a"* ]]
    [[ "$output" != *"Text of c"* ]] # below the depth
    [[ "$output" == *"3 graded, 0 left; qrels" ]]
    [ "$(cut -f 4 qrels | sort | tr -d '\n')" = 013 ]
    [ "$(cut -f 3 qrels | sort | tr -d '\n')" = abd ]
    [ "$(cut -f 1 qrels | sort -u)" = 1 ]
    "$LECTERN_BENCH" eval qrels a.run >/dev/null
}

@test "judge: the end of input ends it; the work goes on where it stopped" {
    run judge <<<"2"
    [[ "$output" == *"1 graded, 2 left; qrels" ]]
    [ "$(wc -l <qrels)" -eq 1 ]
    first=$(cut -f 3 qrels)
    run judge <<<"1 1"
    [[ "$output" == *"---- 1 of 2 ----"* ]]
    [[ "$output" != *"Text of $first"* ]]
    [ "$(wc -l <qrels)" -eq 3 ]
    run judge <<<""
    [ "$output" = "0 graded, 0 left; qrels" ]
}

@test "judge: skip, back, another grade, a wrong key, quit" {
    run judge <<<"s 1 x b 2 q 3"
    [[ "$output" == *"the keys are 0 1 2 3 s b q"* ]]
    [[ "$output" == *"1 graded, 2 left; qrels" ]]
    [ "$(cut -f 4 qrels)" = 2 ]
}

@test "judge: nothing graded leaves the file as it was" {
    printf '# kept\n1 0 c 1\n' >qrels
    cp qrels before
    run judge <<<"s q"
    [ "$status" -eq 0 ]
    cmp qrels before
    run judge <<<"1 q"
    [ "$(head -n 2 qrels)" = "$(cat before)" ]
    [ "$(wc -l <qrels)" -eq 3 ]
}

@test "judge: notes as documents, by PATH:LINE, up to the next talk" {
    mkdir notes
    printf '# Day\n\n## First talk\nalpha\n### part\nbeta\n##Second talk\ngamma\n' >notes/day.md
    printf '1 Q0 day.md:3 1 9 A\n1 Q0 gone.md:1 2 8 A\n' >a.run
    run "$LECTERN_BENCH" judge qrels a.run --topics topics.tsv --docs notes <<<"s s"
    [ "$status" -eq 0 ]
    [[ "$output" == *"First talk"*"alpha"*"beta"* ]]
    [[ "$output" != *"gamma"* ]]
    [[ "$output" == *"(not among the documents)"* ]]
}

@test "judge: a collection's folder brings topics and documents, and gets the qrels" {
    mkdir c
    mv topics.tsv corpus.jsonl c
    run "$LECTERN_BENCH" judge c a.run b.run --depth 2 <<<"3 0 1"
    [[ "$output" == *"3 graded, 0 left; c/qrels.tsv" ]]
    [ "$(wc -l <c/qrels.tsv)" -eq 3 ]
    run "$LECTERN_BENCH" judge c a.run b.run --depth 2 <<<""
    [ "$output" = "0 graded, 0 left; c/qrels.tsv" ]
    rm c/topics.tsv
    run "$LECTERN_BENCH" judge c a.run
    [ "$status" -eq 2 ]
}

@test "judge: what it needs" {
    run "$LECTERN_BENCH" judge qrels a.run
    [ "$status" -eq 2 ]
    [[ "$output" == "lectern-bench: judge needs --topics FILE and --docs PATH"* ]]
    run judge --topic 9
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: there is no topic 9" ]
    [ ! -e qrels ]
}
