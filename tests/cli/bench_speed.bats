# lectern-bench speed, compare-speed and report: that they run and agree; never how fast.

load helpers

# Forty talks, a file each, with ordinary words that every system takes alike.
forty_notes() {
    words=(kafka stream latency cluster postgres index gateway tracing replica pipeline
        robot garden planet harbour compiler monitor parser debugger notebook lantern)
    for n in $(seq 0 39); do
        a=${words[$((n % 20))]} b=${words[$(((n + 1) % 20))]} c=${words[$((n / 2))]}
        note "conf-2024/$n.md" <<END
# Talk about $a $n

Speaker: Ada $c

We compared the $a $b with one $c.
END
    done
}

speed() {
    TMPDIR="$BATS_TEST_TMPDIR" "$LECTERN_BENCH" speed "$NOTES" --rounds 2 --index-rounds 1 \
        --per-class 4 --process-queries 1 "$@"
}

# The rows of the result that begin so.
rows() {
    grep -P "^$1" result.tsv
}

@test "speed: runs, and finds as many talks as FTS5" {
    forty_notes
    run --separate-stderr speed --peers fts5 -o result.tsv
    [ "$status" -eq 0 ]
    [[ "$output" == *"40 note files"*"40 talks"*"(4 of 4 agree)"* ]]
    # every query of one, two, or several words has the same number of results in both
    for class in "1 term" "AND 2" "OR 2" "OR 3-5" "phrase"; do
        ours=$(rows "count\tlectern\t$class\t" | cut -f 4,6)
        theirs=$(rows "count\tfts5\t$class\t" | cut -f 4,6)
        [ -n "$ours" ]
        [ "$ours" = "$theirs" ] || { echo "$class: $ours / $theirs"; false; }
    done
    # no talk without a match, no query without a talk
    [ "$(rows "count\tlectern\t(1 term|AND 2|OR 2|OR 3-5|phrase|field|prefix|words)" | cut -f 6 | sort -n | head -1)" -ge 1 ]
    # two rounds of each query, one of the whole program
    [ "$(rows "time\tlectern\t1 term\t1\t" | wc -l)" -eq 2 ]
    [ "$(rows "cpu\tlectern\t1 term\t1\t" | wc -l)" -eq 2 ]
    [ "$(rows "time\tlectern-search\t1 term\t" | wc -l)" -eq 2 ]
    [ "$(rows "time\tfts5\t" | cut -f 6 | sort -g | head -1 | cut -c 1)" != "-" ]
    for measure in seconds cpu_seconds peak_bytes index_bytes; do
        rows "index\tlectern\t$measure\t0\t1\t" && rows "index\tfts5\t$measure\t0\t1\t"
    done
    # nothing is left behind, and no index of the person's own was made
    [ -z "$(find "$BATS_TEST_TMPDIR" -maxdepth 1 -name 'lectern-speed-*')" ]
    [ ! -e "$XDG_DATA_HOME/lectern" ] && [ ! -e "$XDG_CONFIG_HOME/lectern" ]
}

@test "speed: Lucene finds as many talks, where it is installed" {
    forty_notes
    run --separate-stderr speed --peers lucene -o result.tsv
    [[ "$stderr$output" != *"lucene: "*"not installed"* ]] || skip "Java or Lucene is not installed"
    [ "$status" -eq 0 ]
    for class in "1 term" "AND 2" "OR 2" "OR 3-5" "phrase" "field" "prefix"; do
        ours=$(rows "count\tlectern\t$class\t" | cut -f 4,6)
        theirs=$(rows "count\tlucene\t$class\t" | cut -f 4,6)
        [ -n "$ours" ]
        [ "$ours" = "$theirs" ] || { echo "$class: $ours / $theirs"; false; }
    done
    # its work is done in another process
    [ -z "$(rows "cpu\tlucene\t")" ]
}

@test "speed: a java that ends in the middle is said" {
    [ -n "$(find /usr/share/java -name 'lucene-core-8*.jar' 2>/dev/null)" ] || skip "Lucene is not installed"
    forty_notes
    mkdir programs
    printf '#!/bin/sh\nexit 0\n' >programs/javac
    # it answers the first, and is gone when the next is asked
    cat >programs/java <<'END'
#!/bin/sh
[ "$4" = search ] || { mkdir -p "$6"; exit 0; }
read -r query
exec <&-
echo 1
END
    chmod +x programs/java programs/javac
    PATH="$PWD/programs:$PATH" run -3 --separate-stderr speed --peers lucene -o result.tsv
    [[ "$stderr" == *"Lucene: java ended in the middle"* ]]
}

@test "speed: the same seed gives the same queries, another one others" {
    forty_notes
    speed --peers none -o a.tsv
    speed --peers none -o b.tsv
    speed --peers none --seed 2 -o c.tsv
    [ "$(grep ^text a.tsv)" = "$(grep ^text b.tsv)" ]
    [ "$(grep ^text a.tsv)" != "$(grep ^text c.tsv)" ]
}

@test "speed --queries: a file, or an earlier result" {
    some_notes
    printf 'phrase\t"every database"\n1 term\tkubernetes\n' >queries.tsv
    run --separate-stderr speed --peers none --queries queries.tsv -o result.tsv
    [ "$status" -eq 0 ]
    [ "$(rows "text\t" | cut -f 3,6)" = $'1 term\tkubernetes\nphrase\t"every database"' ]
    [ "$(rows "count\tlectern\t" | cut -f 3,6)" = $'1 term\t1\nphrase\t1' ]
    [ -z "$stderr" ]
    speed --peers none --queries result.tsv -o again.tsv
    [ "$(grep ^text again.tsv)" = "$(grep ^text result.tsv)" ]
    run speed --peers none --queries "$NOTES/README.md"
    [ "$status" -eq 2 ]
    [[ "$output" == *"README.md:3: "* ]]
}

@test "speed: classes without words are left out" {
    some_notes
    run --separate-stderr speed --peers none
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"left out OR 3-5: the notes have no words for it"* ]]
}

@test "speed: what can't be measured is said" {
    some_notes
    run "$LECTERN_BENCH" speed nowhere
    [ "$status" -ne 0 ]
    [ "$output" = "lectern-bench: nowhere: there is no such folder" ]
    run speed --peers sphinx
    [ "$status" -eq 2 ]
    [[ "$output" == *"sphinx is not known"* ]]
    mkdir empty
    run "$LECTERN_BENCH" speed empty
    [ "$status" -eq 2 ]
    [[ "$output" == *"holds no notes"* ]]
    run speed --peers none --program /nowhere
    [ "$status" -ne 0 ]
    [[ "$output" == *"the program lectern is not there"* ]]
    PATH=/nowhere run speed --peers ripgrep
    [ "$status" -ne 0 ]
    [[ "$output" == *"rg is not installed"* ]]
}

# Two results of three queries: fts5 takes half the time in the second, lectern as long.
two_results() {
    for f in a b; do
        [ $f = a ] && times=400 || times=200
        {
            printf 'kind\tsystem\tname\tquery\tround\tvalue\nabout\t-\tmachine\t0\t0\t%s\n' "$f"
            for q in 1 2 3; do
                printf 'text\t-\t1 term\t%d\t0\tword%d\n' "$q" "$q"
                for r in 1 2 3; do
                    printf 'time\tlectern\t1 term\t%d\t%d\t%d\n' "$q" "$r" $((q * 100))
                    printf 'time\tfts5\t1 term\t%d\t%d\t%d\n' "$q" "$r" $((q * times))
                done
            done
        } >"$f.tsv"
    done
}

@test "compare-speed: two results, and the systems of one" {
    two_results
    sed -i 's/\ta$/\tone machine/' a.tsv
    run --separate-stderr "$LECTERN_BENCH" compare-speed a.tsv b.tsv -f tsv
    [ "$status" -eq 0 ]
    [[ "$output" == *$'1 term\tlectern\t3\t1\t1\t1\tsame'* ]]
    [[ "$output" == *$'1 term\tfts5\t3\t0.5\t0.5\t0.5\tless'* ]]
    [[ "$stderr" == *"differ in machine: one machine; b"* ]]
    run "$LECTERN_BENCH" compare-speed a.tsv -f tsv
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = $'1 term\tfts5\t3\t4\t4\t4\tmore' ]
    [ "${#lines[@]}" -eq 2 ]
    sed -i 's/word/other/' b.tsv
    run "$LECTERN_BENCH" compare-speed a.tsv b.tsv
    [ "$status" -eq 2 ]
    [[ "$output" == *"nothing to compare"* ]]
}

# What eval and compare print for two runs of three topics.
evaluation() {
    mkdir -p c
    printf '1\t0\ta\t1\n1\t0\tb\t0\n2\t0\tb\t1\n3\t0\tc\t1\n' >qrels
    printf '1 Q0 a 1 2 x\n2 Q0 b 1 2 x\n3 Q0 a 1 2 x\n3 Q0 c 2 1 x\n' >"<base>"
    printf '1 Q0 a 1 2 x\n2 Q0 a 1 2 x\n2 Q0 b 2 1 x\n3 Q0 c 1 2 x\n' >better
    "$LECTERN_BENCH" eval qrels "<base>" better -m RR -m iprec_at_recall -q -f "$1" >"c/mine.$1"
    "$LECTERN_BENCH" compare qrels "<base>" better -m RR -f "$1" >"c/against.$1"
}

@test "report: HTML that needs no other file" {
    command -v gnuplot || skip "gnuplot is not installed"
    two_results
    for format in tsv json; do
        evaluation "$format"
        run "$LECTERN_BENCH" report "c/mine.$format" "c/against.$format" a.tsv --title 'A & B' -o r.html
        [ "$status" -eq 0 ]
        # means, curve, differences by topic, comparison; boxes and shares of the speed result
        [ "$(grep -c '<svg' r.html)" -eq 6 ]
        [ "$(grep -c '</svg>' r.html)" -eq 6 ]
        grep -q '<title>A &amp; B</title>' r.html
        grep -q 'better minus that of &lt;base&gt;; better in 1 topics, worse in 1, the same in 1' r.html
        ! grep -qE '(src|href)="?http|<link|<script src|@import' r.html
    done
}

@test "report: Markdown" {
    evaluation tsv
    two_results
    PATH=/nowhere run "$LECTERN_BENCH" report c/mine.tsv a.tsv -f markdown
    [ "$status" -eq 0 ]
    [[ "$output" == *'| collection | \<base> | better |'*'| mine | 0.8333 | 0.8333 |'* ]]
    [[ "$output" == *'### Median, microseconds'*'| class | lectern | fts5 |'*'| 1 term | 200 | 800 |'* ]]
    [[ "$output" == *'### Slowest, microseconds'*'| 1 term | 300 | 1200 |'* ]]
    [[ "$output" != *"<svg"* ]]
}

@test "report: what it can't do is said" {
    evaluation tsv
    PATH=/nowhere run "$LECTERN_BENCH" report c/mine.tsv
    [ "$status" -ne 0 ]
    [[ "$output" == *"gnuplot-nox"*"--format markdown"* ]]
    run "$LECTERN_BENCH" report qrels -f markdown
    [ "$status" -eq 2 ]
    [[ "$output" == "lectern-bench: qrels: "* ]]
    run "$LECTERN_BENCH" report c/mine.tsv -f pdf
    [ "$status" -eq 2 ]
}
