#!/usr/bin/env bats
# Completion, help and man pages: all from the tables.

load helpers
load terminal

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
    commands=$(lectern --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
    [ "$(wc -w <<<"$commands")" -ge 18 ]
    for c in $commands; do
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

@test "the bash script keeps quotes and typed letters" {
    prepare
    [ "$(in_bash "lectern search 'speaker:Ad")" = speaker:Ada-Example ]
    # e begins a first and a last name: what these have in common would replace it
    note more.md <<<$'# Something else\n\nSpeaker: Eve Other\n\nText.'
    lectern index >/dev/null
    [ "$(in_bash 'lectern search speaker:E' | sort)" = " 
Ada-Example
Eve-Other" ]
}

completes() { # typed, shown
    terminal send-keys C-u
    terminal send-keys -l -- "$1"
    terminal send-keys Tab
    shows "^ready: $2\$"
}

@test "zsh completes commands, options, fields and values, also in quotes" {
    command -v zsh >/dev/null || skip "zsh is not installed"
    command -v tmux >/dev/null || skip "tmux is not installed"
    prepare
    note more.md <<<$'# Something else\n\nSpeaker: Eve Other\n\nText.'
    lectern index >/dev/null
    mkdir -p site
    lectern completion zsh >site/_lectern
    PATH="$(dirname "$LECTERN"):$PATH" terminal -f /dev/null new-session -d -x 120 -y 40 \
        "env PS1='ready: ' zsh -f"
    shows '^ready:'
    terminal send-keys "fpath=($PWD/site \$fpath); autoload -Uz compinit; compinit -u -d $PWD/dump; clear" Enter
    shows '^ready: *$'
    completes 'lectern sea' 'lectern search'
    completes 'lectern search speaker:Cl' 'lectern search speaker:Cléa-Modèle'
    completes 'lectern search -speaker:mod' 'lectern search -speaker:Cléa-Modèle'
    completes "lectern search 'speaker:Exam" "lectern search 'speaker:Ada-Example'"
    completes 'lectern search spea' 'lectern search speaker:'
    completes 'lectern search --sort=d' 'lectern search --sort=date'
    completes 'lectern search --facet speaker,ye' 'lectern search --facet speaker,year'
    completes 'lectern index no' 'lectern index notes/'
    # two that begin otherwise than what is typed: listed, and nothing typed is lost
    completes 'lectern search speaker:E' 'lectern search speaker:E'
    shows '^speaker:Ada-Example  -- 1 talk'
    shows '^speaker:Eve-Other  -- 1 talk'
}

@test "fish completes commands, options, fields and values, also in quotes" {
    command -v fish >/dev/null || skip "fish is not installed"
    prepare
    lectern completion fish >lectern.fish
    in_fish() {
        PATH="$(dirname "$LECTERN"):$PATH" fish --no-config -c "source lectern.fish
            complete -C \$argv[1]" -- "$1" | cut -f 1
    }
    [ "$(in_fish 'lectern sea')" = search ]
    [ "$(in_fish 'lectern search speaker:Cl')" = speaker:Cléa-Modèle ]
    [ "$(in_fish 'lectern search -speaker:Mod')" = -speaker:Cléa-Modèle ]
    [ "$(in_fish "lectern search 'speaker:Exam")" = speaker:Ada-Example ]
    [ "$(in_fish 'lectern search --sort=d')" = --sort=date ]
    [ "$(in_fish 'lectern index no')" = notes/ ]
    [ "$(in_fish 'lectern forget ')" = "$PWD/notes" ]
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

@test "make install puts programs, man pages and completions in their places, uninstall takes them away" {
    repository="$BATS_TEST_DIRNAME/../.."
    in_tree() {
        make -s -C "$repository" BUILD="$(dirname "$LECTERN")" DESTDIR="$PWD/root" PREFIX=/usr "$1"
    }
    in_tree install
    for file in bin/lectern bin/lectern-bench share/man/man1/lectern.1 share/man/man1/lectern-bench.1 \
        share/man/man7/lectern-query.7 share/bash-completion/completions/lectern \
        share/zsh/site-functions/_lectern share/fish/vendor_completions.d/lectern.fish; do
        [ -s "root/usr/$file" ]
    done
    root/usr/bin/lectern --version
    in_tree uninstall
    [ -z "$(find root -type f)" ]
}
