# No change may lower the rank of a wanted talk without being seen: tests/golden/ranks.tsv.

@test "wanted talks of corpus/ rank as they did, or better" {
    root=$BATS_TEST_DIRNAME/../..
    sh "$root/tests/golden/ranks.sh" "${LECTERN_BENCH:?the program to test}" "$root/corpus" >"$BATS_TEST_TMPDIR/now"
    # a topic that is new or gone is no drop; the rank of nothing is last; what ranked below ten
    # wavers with every change of the collection
    run awk -F '\t' '
        FNR == NR { before[$1] = $3 == "-" ? 101 : $3; next }
        ($1 in before) && before[$1] <= 10 && ($3 == "-" ? 101 : $3) > before[$1] + 0 {
            print $1 ": from rank " before[$1] " to " $3 " (" $2 ")"
        }' "$root/tests/golden/ranks.tsv" "$BATS_TEST_TMPDIR/now"
    echo "$output"
    echo "if that is right: make golden, and read the difference"
    [ -z "$output" ]
}
