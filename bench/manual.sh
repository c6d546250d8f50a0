#!/bin/sh
# Prints the man page lectern-bench(1), from what the program says of itself.
#   manual.sh PATH-OF-LECTERN-BENCH
set -eu
bench=$1

# Text as it is: no requests, no escapes, dashes that can be copied.
as_roff() {
    sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\([.']\)/\\\\\&\1/"
}

version=$("$bench" --version)
printf '.TH LECTERN-BENCH 1 "" "%s"\n' "$version"
printf '.SH NAME\nlectern\\-bench \\- measure how well and how fast notes are searched\n'
printf '.SH SYNOPSIS\n.B lectern\\-bench\n.I COMMAND\n[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n'
printf '.SH DESCRIPTION\n.nf\n'
"$bench" --help | as_roff
printf '.fi\n.SH COMMANDS\n'
"$bench" --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' | while read -r command; do
    printf '.SS "%s"\n.nf\n' "$command"
    "$bench" "$command" --help | as_roff
    printf '.fi\n'
done
printf '.SH "SEE ALSO"\n.BR lectern (1)\n'
