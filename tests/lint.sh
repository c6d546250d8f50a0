#!/bin/sh
# make lint: the rules of the house that a tool can check. Prints what is wrong; status 1 if anything is.
set -u
cd "$(dirname "$0")/.." || exit 2
failed=0
fail() {
    echo "lint: $1" >&2
    failed=1
}
sources=$(git ls-files --cached --others --exclude-standard -- 'src/*.[ch]' 'shim/*.h' 'shim/*.cc' 'bench/*.[ch]' 'tests/*.[ch]')

# ---- who may include what ----
only_in() { # header, allowed files (extended regex)
    found=$(echo "$sources" | xargs grep -lE "#include [<\"]$1[>\"]" | grep -vE "$2")
    [ -z "$found" ] || fail "$1 may not be included in: $(echo "$found" | tr '\n' ' ')"
}
only_in 'xapian\.h' '^shim/'
only_in 'xapian_shim\.h' '^(shim|src/index|src/search|tests)/'
only_in 'cmark\.h' '^src/notes/markdown\.c$'
only_in 'libstemmer\.h' '^src/analysis/stemmer\.c$'
only_in 'yaml\.h' '^src/notes/front_matter_yaml\.c$'

# A room includes only headers of the rooms above it.
rooms='base glass analysis notes index search output cli'
below=""
for room in $rooms; do
    below="$below$room|"
    found=$(echo "$sources" | grep "^src/$room/" | xargs -r grep -nE '#include "[a-z_]+/' |
        grep -vE "#include \"(${below%|})/")
    [ -z "$found" ] || fail "src/$room reaches down: $found"
done

# ---- who may print and who may end the process: also the programs of the build in tables/ ----
found=$(echo "$sources" | grep -E '^src/(base|glass|analysis|notes|index|search)/[^/]*$' |
    xargs grep -nE '\b(printf|puts|putchar|fputs|fprintf)\(|\bexit\(' | grep -vE 'snprintf|: *(/\*|\*)')
[ -z "$found" ] || fail "printing or exit below output/: $found"

# ---- no leftovers ----
found=$(echo "$sources" | xargs grep -nE '\b(TODO|FIXME|XXX|HACK)\b' | grep -v '^tests/.*cases')
[ -z "$found" ] || fail "left for later: $found"

echo "$sources" | xargs clang-format --dry-run -Werror || fail "clang-format (make format mends it)"

flags="-std=c11 -Isrc -Ishim -Ibench -D_GNU_SOURCE -DLECTERN_VERSION=\"lint\" $(pkg-config --cflags xapian-core libcmark libutf8proc yaml-0.1 jansson sqlite3)"
# Fuzzers are built only when they run: here at least that they still fit what they call.
# shellcheck disable=SC2016
echo "$sources" | grep -E '^tests/fuzz/.*\.c$' | xargs sh -c 'flags=$1; shift; cc -fsyntax-only -Wall -Wextra -Werror $flags "$@"' sh "$flags" ||
    fail "fuzzers"
# shellcheck disable=SC2016,SC2086
echo "$sources" | grep -E '^(src|bench)/.*\.c$' | xargs -P 2 -n 8 sh -c 'flags=$1; shift; clang-tidy --quiet "$@" -- $flags 2>/dev/null' sh "$flags" ||
    fail "clang-tidy"
# shellcheck disable=SC2086
echo "$sources" | grep -E '^shim/.*\.cc$' | xargs -P 2 -n 2 sh -c 'clang-tidy --quiet "$@" -- -std=c++17 -Ishim 2>/dev/null' sh || fail "clang-tidy of the shim"

echo "$sources" | grep -E '^(src|bench)/.*\.c$' |
    xargs cppcheck -q --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,portability \
        --suppress=missingInclude --suppress=unknownMacro -Isrc -Ishim -Ibench -j 2 || fail "cppcheck"

shellcheck -s sh tests/*.sh || fail "shellcheck"
git ls-files 'tests/cli/*.bats' 'tests/cli/*.bash' | xargs -r shellcheck -s bats -e SC2154,SC2016,SC2094 || fail "shellcheck of the bats files"

[ $failed = 0 ] && echo "lint: clean"
exit $failed
