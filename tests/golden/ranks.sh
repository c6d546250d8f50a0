#!/bin/sh
# ranks.sh LECTERN_BENCH COLLECTION: where the talks that are wanted rank, one line a topic:
#     query TAB wanted talk TAB its rank (- below 100) TAB the first five
# The wanted talk is the best ranked of those with the topic's highest grade.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" run "$2" -k 100 -o "$work/run"
awk -F '\t' '
    FILENAME == ARGV[1] { if ($4 > best[$1]) best[$1] = $4; grade[$1, $3] = $4; any[$1, $4] = any[$1, $4] ? any[$1, $4] : $3; next }
    FILENAME == ARGV[2] {
        if ($0 ~ /^#/) next
        if ($4 <= 5) five[$1] = five[$1] ($4 > 1 ? " " : "") $3
        if (!($1 in rank) && best[$1] && grade[$1, $3] == best[$1]) { rank[$1] = $4; wanted[$1] = $3 }
        next
    }
    $1 in best {
        printf "%s\t%s\t%s\t%s\n", $2, $1 in rank ? wanted[$1] : any[$1, best[$1]],
            $1 in rank ? rank[$1] : "-", five[$1]
    }' "$2/qrels.tsv" "$work/run" "$2/topics.tsv"
