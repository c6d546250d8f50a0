#!/usr/bin/env bats
# Completion, help and man pages: all from the tables.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

candidates() {
    lectern complete -- "$@" | cut -f 1
}

@test "commands, options and their choices" {
    [ "$(candidates sea)" = search ]
    [ "$(candidates search --so)" = --sort ]
    [ "$(candidates search --sort '')" = "relevance
date
title
event" ]
    [ "$(candidates search --sort=d)" = --sort=date ]
    [ "$(candidates search -f vim)" = vimgrep ]
    [ "$(candidates search --facet speaker,ye)" = speaker,year ]
    [ "$(candidates search --hyperlink-format vscodi)" = vscodium ]
    [ "$(candidates list te)" = techs ]
    [ "$(candidates completion f)" = fish ]
    [ "$(candidates index '')" = :files ]
    [ "$(candidates search --in '')" = :files ]
    [ "$(candidates help que)" = query ]
    [ -z "$(candidates nonsense x)" ]
}

@test "every command and option is offered" {
    for c in $(lectern --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        candidates "" | grep -qx "$c"
        lectern "$c" --help | sed -n 's/^  \(-., \|    \)\(--[a-z-]*\).*/\2/p' | sort -u >wanted
        candidates "$c" -- | sort -u >offered
        [ -s wanted ]
        diff wanted offered
    done
}

@test "fields and their values, by the beginning of any word" {
    prepare
    [ "$(candidates search spea)" = speaker: ]
    [ "$(candidates search speaker:cl)" = speaker:Cléa-Modèle ]
    [ "$(candidates search speaker:mod)" = speaker:Cléa-Modèle ]
    [ "$(candidates search kafka -s:Ex)" = -s:Ada-Example ]
    [ "$(candidates search event:Kube)" = event:KubeCon-2024 ]
    [ "$(candidates search tech:k)" = tech:Kubernetes ]
    [ "$(candidates list speakers year:)" = "year:2024
year:2023" ]
    # what is offered finds what it stands for
    [ "$(titles "$(candidates search speaker:mod)")" = "Gradual typing in a large code base" ]
    [ "$(hits "$(candidates search event:Kube)" kind:talk)" = 2 ]
    lectern save reading kafka
    [ "$(candidates search @)" = @reading ]
    [ "$(candidates forget '')" = "$PWD/notes" ]
}

@test "completion is quiet without an index and never changes one" {
    run -0 lectern complete -- search speaker:x
    [ -z "$output" ]
    prepare
    rm notes/README.md
    before=$(stat -c %y data/lectern/index/iamglass)
    lectern complete -- search speaker:a >/dev/null
    [ "$(stat -c %y data/lectern/index/iamglass)" = "$before" ]
}

# What bash makes of a line: the words it would put in, a line each.
in_bash() {
    PATH="$(dirname "$LECTERN"):$PATH" bash --norc -c '
        . <(lectern completion bash)
        COMP_LINE=$1 COMP_POINT=${#1}
        COMP_WORDBREAKS=" \"'\''><=;|&(:"
        _lectern
        printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
}

@test "the bash script completes commands and values behind a colon" {
    prepare
    [ "$(in_bash 'lectern sea')" = search ]
    [ "$(in_bash 'lectern search tracing speaker:Ad')" = Ada-Example ]
    [ "$(in_bash 'lectern search --sort=da')" = date ]
    [ "$(in_bash 'lectern search ' | grep -c ':$')" -ge 10 ]
}

@test "scripts for every shell; bash and, where they are installed, zsh and fish can read them" {
    for shell in bash zsh fish; do
        lectern completion $shell >script
        [ -s script ]
        if command -v $shell >/dev/null; then $shell -n script; fi
    done
    run -2 lectern completion tcsh
}

@test "help query lists every field; an unknown name is status 2" {
    run -0 lectern help query
    for field in speaker tech org event series year date kind title tag link path lang id; do
        grep -q "^  $field " <<<"$output"
    done
    run -0 lectern help search
    [[ "$output" == "usage: lectern search"* ]]
    run -2 lectern help nonsense
}

@test "every example of a field is a query" {
    prepare
    lectern help query | sed -n 's/.*e\.g\. //p' >examples
    [ "$(wc -l <examples)" = 15 ]
    while read -r query; do
        lectern search "$query" >/dev/null 2>&1 || [ $? = 1 ]
    done <examples
}

@test "man pages name every command and field, and troff has nothing to say" {
    command -v man >/dev/null || skip "man is not installed"
    for page in lectern lectern-query; do
        lectern manual $page >$page.roff
        LC_ALL=C.UTF-8 man --warnings -l $page.roff >$page.txt 2>warnings
        [ ! -s warnings ]
    done
    for c in $(lectern --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        grep -q "^   lectern $c" lectern.txt
    done
    grep -q "speaker:" lectern-query.txt
    run -2 lectern manual nonsense
}
