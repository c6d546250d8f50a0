# lectern-bench run, rankers, relevance: from a collection's folder to a TREC run.

load helpers

setup() {
    BENCH=${LECTERN_BENCH:?the program to test}
    TMP=$(mktemp -d)
    cd "$TMP" || exit 1
    mkdir c
    # thirty documents, so that vectors are learned; the third topic is a document too
    for i in $(seq 1 10); do
        printf '{"_id": "a%d", "title": "harbour %d", "text": "ferry and boat, sailing with the tide of day %d"}\n' "$i" "$i" "$i"
        printf '{"_id": "b%d", "title": "oven %d", "text": "bread and dough, baking with the yeast of day %d"}\n' "$i" "$i" "$i"
        printf '{"_id": "c%d", "title": "", "text": "the bread of the ferry, day %d"}\n' "$i" "$i"
    done >c/corpus.jsonl
    printf '{"_id": "t1", "text": "sailing boat?"}\n{"_id": "t2", "text": "what is baking (dough): \\"x"}\n{"_id": "c3", "text": "bread of the ferry day 3"}\n' >c/queries.jsonl
    printf 'query-id\tcorpus-id\tscore\nt1\ta1\t1\nt2\tb1\t1\nc3\tc3\t1\n' >c/qrels.tsv
}

teardown() {
    rm -rf "$TMP"
}

@test "run writes a TREC run with scores that fall, and a tag that says all" {
    run "$BENCH" run c -r stage1 -o out.run
    [ "$status" -eq 0 ]
    awk '$2 != "Q0" || NF != 6 { exit 1 }' out.run
    awk '$1 == t && $5 >= s { exit 1 } { t = $1; s = $5 }' out.run
    awk '{ print $1 }' out.run | uniq >topics
    printf 't1\nt2\nc3\n' | diff - topics
    grep -q "lectern-.*-index.*-stage1,.*k1=1.2,b=0.75" out.run
    [ "$(grep -c '^t1.Q0.a' out.run)" -eq 10 ]
}

@test "no file is left behind" {
    mkdir temporary
    TMPDIR=$PWD/temporary run "$BENCH" run c -o out.run
    [ "$status" -eq 0 ]
    [ -z "$(ls temporary)" ]
}

@test "names of documents and topics count nothing" {
    "$BENCH" run c -r full -o before.run
    mkdir renamed
    # other names in another order, for equal scores are taken by name
    sed -E 's/"_id": "([abc])([0-9]+)"/"_id": "sailing-bread-\2-\1 zz"/' c/corpus.jsonl >renamed/corpus.jsonl
    sed -E 's/"_id": "([tc])([0-9])"/"_id": "9\2-\1 dough"/' c/queries.jsonl >renamed/queries.jsonl
    sed -E 's/^([tc])([0-9])\t([abc])([0-9]+)/9\2-\1 dough\tsailing-bread-\4-\3 zz/' c/qrels.tsv >renamed/qrels.tsv
    "$BENCH" run renamed -r full -o after.run
    sed -E 's/^([tc])([0-9])\tQ0\t([abc])([0-9]+)\t/9\2-\1 dough\tQ0\tsailing-bread-\4-\3 zz\t/' before.run >wanted.run
    diff wanted.run after.run
    for m in nDCG@10 AP R@5 bpref; do
        diff <("$BENCH" eval c before.run -m $m -f tsv | cut -f3-) <("$BENCH" eval renamed after.run -m $m -f tsv | cut -f3-)
    done
}

@test "scores fall as floats too" {
    "$BENCH" run c -r full -o out.run
    awk '{ printf "%s\t%.8g\n", $1, $5 }' out.run | awk '$1 == t && $2 >= s { exit 1 } { t = $1; s = $2 }'
}

@test "a thread more changes nothing" {
    "$BENCH" run c --threads 1 -o one.run
    "$BENCH" run c --threads 3 -o three.run
    diff one.run three.run
}

@test "--no-self leaves out the document of the topic's name" {
    "$BENCH" run c -o with.run
    "$BENCH" run c --no-self -o without.run
    grep -q '^c3.Q0.c3.' with.run
    run ! grep -q '^c3.Q0.c3.' without.run
    [ "$(grep -c '^t1.' with.run)" -eq "$(grep -c '^t1.' without.run)" ]
}

@test "-k cuts, --set changes the scores and the tag" {
    "$BENCH" run c -k 2 -r stage1 -o two.run
    [ "$(wc -l <two.run)" -eq 6 ]
    "$BENCH" run c -k 2 -r stage1 --set b=0 -o other.run
    grep -q 'stage1,title=2,k1=1.2,exact=0.2' other.run
    run ! diff -q <(cut -f5 two.run) <(cut -f5 other.run)
}

@test "the stages bring talks in other words, and near ones last" {
    "$BENCH" run c -r stage2 -o words.run
    "$BENCH" run c -r full -o full.run
    [ "$(grep -c '^t2.' full.run)" -gt "$(grep -c '^t2.' words.run)" ]
}

@test "topics of notes are queries, and talks go by the names of the qrels" {
    mkdir -p n/notes/2019
    printf '# One conference\n\n## Ferries at sea\n\nBoats and tides.\n\n## Bread at home\n\nDough and yeast.\n' >n/notes/2019/day.md
    printf 'q1\ttitle:bread\tphrase\tbread\nq2\tboats\tkeyword\tboats\n' >n/topics.tsv
    printf 'q1\t0\t2019/day.md:8\t1\nq2\t0\t2019/day.md:3\t2\n' >n/qrels.tsv
    "$BENCH" run n -o out.run
    [ "$(awk '$1 == "q1" { print $3; exit }' out.run)" = 2019/day.md:8 ]
    [ "$(awk '$1 == "q2" { print $3; exit }' out.run)" = 2019/day.md:3 ]
}

@test "diff says of a topic which words gave what, and the rank behind each stage" {
    "$BENCH" run c -r full -o full.run
    "$BENCH" run c -r stage1 -o words.run
    "$BENCH" diff c words.run full.run --topic c3 --why -f tsv >why
    part() { awk -F'\t' -v d="$1" -v p="$2" '$1 == d && $3 == p { print $4 "\t" $5 }' why; }
    [ "$(part c3 'has of')" = "" ]
    [ "$(part c3 'all words' | cut -f2)" = 3 ]
    [ "$(part c3 'with likeness' | cut -f2)" -ge 1 ]
    # what the words give adds up
    awk -F'\t' '$1 == "c3" && $3 ~ /^has / { s += $4 } $1 == "c3" && $3 == "all words" { exit s / $4 < .999 || s / $4 > 1.001 }' why
    # the run's tag says which stages there are
    "$BENCH" diff c full.run words.run --topic c3 --why -f tsv >why
    [ -n "$(part c3 'all words')" ]
    [ -z "$(part c3 'with nearness')" ]
    [ -n "$(part a3 'without bread')" ] # unjudged, among the first
    run "$BENCH" diff c/qrels.tsv full.run words.run --topic c3 --why
    [ "$status" -eq 2 ]
    [[ "$output" == *"name the folder of a collection"* ]]
    run "$BENCH" diff c words.run full.run --topic c3
    [[ "$output" == *"rank in base"*"unjudged"*"with neighbours"* ]]
}

@test "what is wrong is said: folder, ranker, parameter" {
    run "$BENCH" run nowhere
    [ "$status" -eq 2 ]
    [[ "$output" == *"nowhere: no collection"* ]]
    run "$BENCH" run c -r best
    [ "$status" -eq 2 ]
    [[ "$output" == *'no ranker "best"'* ]]
    run "$BENCH" run c --set q=1
    [ "$status" -eq 2 ]
    [[ "$output" == *"k1"* ]]
}

@test "rankers lists each with its parameters; relevance has a row for each" {
    run "$BENCH" rankers
    [ "$status" -eq 0 ]
    [[ "$output" == *"full,title=2"* ]]
    rankers=${#lines[@]}
    run "$BENCH" relevance c -f tsv
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq $((rankers + 1)) ]
    [[ "$output" == *$'c\tfull\t'* ]]
}

@test "tune chooses on some topics and tries on the others" {
    run "$BENCH" tune c --folds 3 -g b=0,0.75 -g exact=0.2,1 -f tsv
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 5 ]
    [ "${lines[0]}" = $'fold\ttrained\theld out\tas it is\tchosen' ]
    [[ "${lines[4]}" == mean* ]]
    run "$BENCH" tune c --folds 4
    [ "$status" -eq 2 ]
    [[ "$output" == *"fewer judged topics than folds"* ]]
    run "$BENCH" tune c -g zeal=1
    [ "$status" -eq 2 ]
}
