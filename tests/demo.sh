#!/bin/sh
# make demo: indexes corpus/ into a temporary index and answers five questions.
set -eu
lectern=$1
corpus=$2/notes
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config"
unset LECTERN_INDEX

ask() {
    echo "\$ lectern $*"
    "$lectern" "$@"
    echo
}
ask index "$corpus"
ask search -n 3 zero downtime deployment
ask search -n 3 'tech:k8s year:2018..'
ask search -n 2 speaker:"Almar Klein"
ask search -n 2 '"full text search"'
ask talks --why "$corpus/blog/third-day-rimini.txt"
