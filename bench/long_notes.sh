#!/bin/sh
# long_notes.sh FOLDER: long documents as notes: the texts of Debian's package linux-doc, of which
# every section becomes a talk. Needs the package, of whatever version.
set -eu
[ $# = 1 ] || { echo "usage: long_notes.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
from=$(find /usr/share/doc -maxdepth 1 -name 'linux-doc-*' | sort | tail -n 1)
[ -n "$from" ] || { echo "long_notes.sh: the package linux-doc is not installed" >&2; exit 3; }
cd "$from"
find -L . -name '*.rst.gz' ! -path '*/translations/*' | while read -r file; do
    to=$out/${file%.rst.gz}.md
    mkdir -p "$(dirname "$to")"
    gzip -dc "$file" >"$to"
done
