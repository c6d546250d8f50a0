# lectern-bench eval, measures, help: what is printed, and what is refused.

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    printf '1 0 a 1\n1 0 b 0\n2 0 c 2\n2 0 d 1\n3 0 e 0\n' >qrels
    printf '1 Q0 a 1 5 t\n1 Q0 b 2 5 t\n2 Q0 c 1 9 t\n9 Q0 a 1 1 t\n' >one.run
    printf '1 Q0 a 1 9 t\n2 Q0 x 1 9 t\n2 Q0 d 2 8 t\n# no result: 3\n' >two.run
}

@test "eval: a row for each measure, a column for each run, topics counted" {
    run "$LECTERN_BENCH" eval qrels one.run two.run -m AP -m P@1 -m num_rel
    [ "$status" -eq 0 ]
    [ "$output" = "measure                  one.run  two.run
AP                        0.3333   0.4167
P@1                       0.3333   0.3333
num_rel                        3        3
topics judged                  3        3
topics run                     3        3
  missing (count zero)         1        0
  without result               0        1
  not judged (left out)        1        0" ]
}

@test "eval -q: the values of each topic" {
    run "$LECTERN_BENCH" eval -q qrels one.run -m AP
    [ "${lines[0]}" = "topic      AP" ]
    [ "${lines[1]}" = "1      0.5000" ]
    [ "${lines[2]}" = "2      0.5000" ]
    [ "${lines[3]}" = "3      0.0000" ]
}

@test "eval --format trec: as trec_eval prints" {
    run "$LECTERN_BENCH" eval --format=trec -q qrels one.run -m map -m num_q -m num_ret -m ndcg_cut.10
    [ "$output" = "$(printf '%s\n' \
        "map                   	1	0.5000" "num_ret               	1	2" "ndcg_cut_10           	1	0.6309" \
        "map                   	2	0.5000" "num_ret               	2	1" "ndcg_cut_10           	2	0.7602" \
        "map                   	3	0.0000" "num_ret               	3	0" "ndcg_cut_10           	3	0.0000" \
        "map                   	all	0.3333" "num_q                 	all	3" "num_ret               	all	3" \
        "ndcg_cut_10           	all	0.4637")" ]
}

@test "eval --format tsv and json: a row for each value, in full" {
    "$LECTERN_BENCH" eval --format tsv qrels one.run -m AP >out
    [ "$(sed -n 1p out)" = "run	topic	measure	value" ]
    [ "$(sed -n 2p out)" = "one.run	all	AP	0.333333333333" ]
    grep -q "^one.run	all	topics_missing	1$" out
    "$LECTERN_BENCH" eval --format json qrels one.run -m AP >out
    python3 -c 'import json; r = json.load(open("out"))[0]; assert r["measure"] == "AP" and abs(r["value"] - 1/3) < 1e-9'
}

@test "eval -l: the level of relevance, attached or apart" {
    run "$LECTERN_BENCH" eval -l2 qrels one.run -m num_rel -f tsv
    [ "${lines[1]}" = "one.run	all	num_rel	1" ]
    run "$LECTERN_BENCH" eval -l 2 qrels one.run -m num_rel -f tsv
    [ "${lines[1]}" = "one.run	all	num_rel	1" ]
}

@test "eval --fail-below: exit status 1 and a line that says why" {
    run "$LECTERN_BENCH" eval qrels one.run -m AP --fail-below AP=0.3
    [ "$status" -eq 0 ]
    run "$LECTERN_BENCH" eval qrels one.run -m AP --fail-below P@1=0.5
    [ "$status" -eq 1 ]
    [[ "$output" == *"lectern-bench: one.run: P@1 is 0.3333, below 0.5"* ]]
    run "$LECTERN_BENCH" eval qrels one.run --fail-below P@1
    [ "$status" -eq 2 ]
}

@test "eval: a broken line is named by file and line" {
    printf '1 Q0 a 1 5 t\n1 Q0 b 2\n' >bad.run
    run "$LECTERN_BENCH" eval qrels bad.run
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: bad.run:2: 4 columns; a run has 6: topic Q0 document rank score tag" ]
}

@test "eval: an empty run and a run of other topics are refused" {
    : >empty.run
    run "$LECTERN_BENCH" eval qrels empty.run
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: empty.run: the run is empty; was the ranker run at all?" ]
    echo "q1 Q0 a 1 5 t" >other.run
    run "$LECTERN_BENCH" eval qrels other.run
    [ "$status" -eq 2 ]
    [ "$output" = 'lectern-bench: other.run: shares no topic with the qrels (its first is "q1", theirs "1")' ]
}

@test "a file that is not there: status 2, one line" {
    run "$LECTERN_BENCH" eval qrels none.run
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: none.run: can't be opened: No such file or directory" ]
}

@test "wrong use: status 2 and what to do" {
    run "$LECTERN_BENCH" eval qrels
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: usage: lectern-bench eval [OPTION]... QRELS RUN..." ]
    run "$LECTERN_BENCH" eval --measures AP qrels one.run
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: --measures: no such option; did you mean --measure?" ]
    run "$LECTERN_BENCH" eval qrels one.run -m nope
    [ "$status" -eq 2 ]
    run "$LECTERN_BENCH" nope
    [ "$status" -eq 2 ]
    run "$LECTERN_BENCH"
    [ "$status" -eq 2 ]
}

@test "eval --by-class: the values of each class of topics" {
    printf '1\tx\tspeaker\n2\ty\ttech\n3\tz\ttech\n' >topics.tsv
    run "$LECTERN_BENCH" eval qrels one.run -m AP --topics topics.tsv --by-class
    [ "${lines[0]}" = "class    topics      AP" ]
    [ "${lines[1]}" = "speaker       1  0.5000" ]
    [ "${lines[2]}" = "tech          2  0.2500" ]
    run "$LECTERN_BENCH" eval qrels one.run two.run -m AP -t topics.tsv -b -f tsv
    [[ "$output" == *"two.run	class:tech	AP	0.125"* ]]
}

@test "eval: the folder of a collection in place of the qrels" {
    mkdir folder
    mv qrels folder/qrels.tsv
    printf '1\tx\tspeaker\n2\ty\ttech\n' >folder/topics.tsv
    run "$LECTERN_BENCH" eval folder one.run -m AP --class tech -f tsv
    [ "${lines[1]}" = "one.run	all	AP	0.5" ]
    rm folder/qrels.tsv
    run "$LECTERN_BENCH" eval folder one.run
    [ "$status" -ne 0 ]
    [ "$output" = "lectern-bench: folder: is a folder, not a file" ]
}

@test "eval --class: only the topics of a class" {
    printf '1\tx\tspeaker\n2\ty\ttech\n3\tz\ttech\n' >topics.tsv
    run "$LECTERN_BENCH" eval qrels one.run -m AP -t topics.tsv --class tech -f tsv
    [ "${lines[1]}" = "one.run	all	AP	0.25" ]
    [ "${lines[2]}" = "one.run	all	topics_judged	2" ]
    run "$LECTERN_BENCH" eval qrels one.run -m AP -t topics.tsv -c tech -c speaker -f tsv
    [ "${lines[2]}" = "one.run	all	topics_judged	3" ]
    run "$LECTERN_BENCH" eval qrels one.run -m AP -t topics.tsv -c none
    [ "$status" -eq 2 ]
}

@test "help: every command has its own, and each is in the list" {
    run "$LECTERN_BENCH" --help
    [ "$status" -eq 0 ]
    for command in check eval compare diff judge measures; do
        [[ "$output" == *"  $command "* ]]
        "$LECTERN_BENCH" $command --help | grep -q "^usage: lectern-bench $command"
        "$LECTERN_BENCH" help $command | grep -q "^usage: lectern-bench $command"
    done
}

@test "measures: names in both spellings, formula and source" {
    run "$LECTERN_BENCH" measures
    [ "$status" -eq 0 ]
    [[ "$output" == *"nDCG[@K]  ndcg  ndcg_cut.K (alone: 5,10,15,20,30,100,200,500,1000)"* ]]
    [ "$(grep -c '    Source: ' <<<"$output")" -ge 15 ]
}
