#!/bin/sh
# make extraction-cost: how much of `lectern index` is extraction, in instructions (valgrind counts
# them, so the figures are the same on a busy machine).
#
# usage: extraction_cost.sh LECTERN NOTES...
#
# For each folder of notes: its bytes, the instructions of the whole, those of reading notes (decoding
# and Markdown included) and of extraction alone (where talks begin, who, what, when, where), with
# their shares, and extraction's instructions per byte: equal for n, 2n, 4n when it is linear.
set -eu
lectern=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

inclusive() { # function: its inclusive instructions
    awk -v name=":$1 " 'index($0, name) && !/=>/ { gsub(",", "", $1); print $1; exit }' "$scratch/annotated"
}

printf '%-28s %10s %14s %14s %6s %14s %6s %8s\n' notes bytes all reading share extraction share per-byte
for notes in "$@"; do
    rm -rf "${scratch:?}/home"
    mkdir "$scratch/home"
    XDG_CONFIG_HOME=$scratch/home/config XDG_DATA_HOME=$scratch/home/data XDG_STATE_HOME=$scratch/home/state \
        valgrind --tool=callgrind --callgrind-out-file="$scratch/counts" "$lectern" index "$notes" >/dev/null 2>&1
    callgrind_annotate --inclusive=yes "$scratch/counts" >"$scratch/annotated" 2>/dev/null
    all=$(awk '/PROGRAM TOTALS/ { gsub(",", "", $1); print $1 }' "$scratch/annotated")
    bytes=$(find "$notes" -type f \( -name '*.md' -o -name '*.markdown' -o -name '*.txt' \) -exec cat {} + | wc -c)
    echo "$(basename "$notes") $bytes $all $(inclusive note_read) $(inclusive read_once)" |
        awk '{ printf "%-28s %10.0f %14.0f %14.0f %5.1f%% %14.0f %5.1f%% %8.0f\n", $1, $2, $3, $4, 100 * $4 / $3, $5, 100 * $5 / $3, $5 / $2 }'
done
