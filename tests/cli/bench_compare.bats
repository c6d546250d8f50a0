# lectern-bench compare and diff.

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    for t in 1 2 3 4; do
        printf '%s 0 r 1\n%s 0 n 0\n' $t $t
    done >qrels
    for t in 1 2 3 4; do
        printf '%s Q0 n 1 9 t\n%s Q0 u 2 8 t\n%s Q0 r 3 7 t\n' $t $t $t
    done >base.run
    # topics 1-3: from rank 3 to rank 1; topic 4: lost
    for t in 1 2 3; do
        printf '%s Q0 r 1 9 t\n%s Q0 n 2 8 t\n' $t $t
    done >new.run
    printf '4 Q0 v 1 9 t\n4 Q0 n 2 8 t\n' >>new.run
}

@test "compare: means, difference, wins and the tests" {
    run "$LECTERN_BENCH" compare qrels base.run new.run -m RR --format tsv
    [ "$status" -eq 0 ]
    # base 1/3 in all; new 1 1 1 0. Differences 2/3 2/3 2/3 -1/3, sum 5/3: of 16 sign patterns
    # those with |sum| >= 5/3 are 2 * (+++-, ++++) = 4: p = 1/4
    IFS=$'\t' read -r measure name base mean difference _ _ wins ties losses p_t p_random p_holm <<<"${lines[1]}"
    [ "$measure $name $base $mean" = "RR new.run 0.333333333333 0.75" ]
    [ "$difference" = "0.416666666667" ]
    [ "$wins $ties $losses" = "3 0 1" ]
    [ "$p_random $p_holm" = "0.25 0.25" ]
    # mean 5/12, variance 1/4: t = 5/12 / (1/2 / 2) = 5/3 with 3 degrees of freedom: p = .19417
    [ "${p_t:0:7}" = "0.19417" ]
}

@test "compare: Holm's correction counts measures times runs" {
    cp new.run newer.run
    run "$LECTERN_BENCH" compare qrels base.run new.run newer.run -m RR -m AP --format tsv
    [ "${#lines[@]}" -eq 5 ]
    [ "$(cut -f 13 <<<"${lines[1]}")" = 1 ] # 4 * 1/4
}

@test "compare: the same seed, the same figures" {
    "$LECTERN_BENCH" compare qrels base.run new.run --seed 5 >first
    "$LECTERN_BENCH" compare qrels base.run new.run --seed 5 >second
    cmp first second
}

@test "compare: a run against itself" {
    run "$LECTERN_BENCH" compare qrels base.run base.run -m RR --format tsv
    [ "$(cut -f 5-13 <<<"${lines[1]}")" = "0	0	0	0	4	0	1	1	1" ]
}

@test "compare: says which topics a run lacks" {
    sed -i '/^4 /d' new.run
    run "$LECTERN_BENCH" compare qrels base.run new.run
    [ "$status" -eq 0 ]
    [[ "$output" == *"lectern-bench: new.run lacks 1 of 4 judged topics; they count zero"* ]]
}

@test "compare: refuses runs without common topics, empty runs, counts" {
    grep '^1 ' base.run >one.run
    grep '^2 ' base.run >two.run
    run "$LECTERN_BENCH" compare qrels one.run two.run
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: one.run and two.run share no topic; nothing to compare" ]
    : >empty.run
    run "$LECTERN_BENCH" compare qrels base.run empty.run
    [ "$status" -eq 2 ]
    run "$LECTERN_BENCH" compare qrels base.run new.run -m num_ret
    [ "$status" -eq 2 ]
}

@test "compare --fail-below looks at the runs, not at the baseline" {
    run "$LECTERN_BENCH" compare qrels base.run new.run -m RR --fail-below RR=0.5
    [ "$status" -eq 0 ]
    run "$LECTERN_BENCH" compare qrels base.run new.run -m RR --fail-below RR=0.8
    [ "$status" -eq 1 ]
    [[ "$output" == *"lectern-bench: new.run: RR is 0.7500, below 0.8"* ]]
}

@test "diff: the topics that gained most first, that lost most last" {
    printf '1\tone\n2\ttwo\n3\tthree\n4\tfour\n' >topics.tsv
    run "$LECTERN_BENCH" diff qrels base.run new.run -m RR --topics topics.tsv
    [ "$status" -eq 0 ]
    [ "$output" = "topic    base      RR  difference  text
1      0.3333  1.0000      0.6667  one
2      0.3333  1.0000      0.6667  two
3      0.3333  1.0000      0.6667  three
4      0.3333  0.0000     -0.3333  four" ]
    run "$LECTERN_BENCH" diff qrels base.run new.run -m RR -n 1
    [ "${#lines[@]}" -eq 3 ]
}

@test "diff --topic: ranks of the relevant documents and what stands above them" {
    run "$LECTERN_BENCH" diff qrels base.run new.run --topic 1
    [ "$status" -eq 0 ]
    [ "$output" = "document  grade  rank in base  rank in run  unjudged above in base  in run
r             1             3            1                       1       0

rank in run  rank in base  grade  document
          1             3      1  r
          2             1      0  n" ]
    run "$LECTERN_BENCH" diff qrels base.run new.run --topic 4
    [ "${lines[1]}" = "r             1             3                                    1       1" ]
    [[ "$output" == *"1                unjudged  v"* ]]
    run "$LECTERN_BENCH" diff qrels base.run new.run --topic 7
    [ "$status" -eq 2 ]
    [ "$output" = "lectern-bench: topic 7 is not in the qrels" ]
}
