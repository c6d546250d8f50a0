#!/usr/bin/env bats
# lectern search and show: what is found, in which order, in which form.

load helpers


prepare() {
    some_notes
    lectern index notes >/dev/null
}

@test "the talk comes first, with its line, speaker, event and snippet" {
    prepare
    run -0 lectern search databases downtime
    [ "${lines[0]}" = " 1. Moving a thousand databases" ]
    [[ "$output" == *"Ada Example"* ]]
    [[ "$output" == *"KubeCon 2024"* ]]
    [[ "$output" == *"notes/KubeCon-2024/day1.md:3"* ]]
    [[ "$output" == *"without downtime"* ]]
}

@test "nothing found is status 1 and names the word" {
    prepare
    run -1 lectern search zyzzyva
    [[ "$output" == *"no note has: zyzzyva"* ]]
}

@test "talks with some of the words follow below a line" {
    prepare
    run -0 lectern search tracing annotations
    [[ "${lines[0]}" == "--- nothing matches all the words"* ]]
    run -0 lectern search tracing services annotations
    [ "$(hits tracing annotations)" = 2 ]
}

@test "phrase, negation, alternatives" {
    prepare
    [ "$(titles '"type annotations"')" = "Gradual typing in a large code base" ]
    [ "$(hits '"annotations type"' || true)" = 0 ]
    [ "$(titles speaker:* -tracing kind:talk -speaker:ada)" = "Gradual typing in a large code base" ]
    [ "$(hits 'tracing OR annotations')" = 2 ]
}

@test "a quoted argument is a phrase" {
    prepare
    [ "$(hits "type annotations" python)" = 1 ]
    [ "$(hits "speaker:Ada Example" databases)" = 1 ]
}

@test "technical words are found as they are written" {
    prepare
    [ "$(titles C++)" = "Tracing what matters" ]
    [ "$(titles c++)" = "Tracing what matters" ]
    [ "$(titles io_uring)" = "Gradual typing in a large code base" ]
    [ "$(titles k8s | head -1)" = "Moving a thousand databases" ]
    [ "$(titles tech:k8s)" = "Moving a thousand databases" ]
    [ "$(titles clea)" = "Gradual typing in a large code base" ]
    [ "$(titles Cléa)" = "Gradual typing in a large code base" ]
}

@test "technologies of the front matter, keys in any letters" {
    note front.md <<'END'
---
title: On queues
tech: [Kafka, Acme Queue]
Größe: klein
---
Some text.
END
    prepare
    [ "$(titles tech:kafka)" = "On queues" ]
    [ "$(titles 'tech:"acme queue"')" = "On queues" ]
    [ "$(titles GRÖSSE:klein)" = "On queues" ]
    [ "$(titles größe:klein)" = "On queues" ]
}

@test "fields" {
    prepare
    [ "$(titles 'speaker:"Ada Example"')" = "Moving a thousand databases" ]
    [ "$(titles 'speaker:example,ada')" = "Moving a thousand databases" ]
    [ "$(hits event:kubecon kind:talk)" = 2 ]
    [ "$(hits year:2024 kind:talk)" = 2 ]
    [ "$(hits 'year:2023..2024' kind:talk)" = 3 ]
    [ "$(hits year:..2023 kind:talk)" = 1 ]
    [ "$(titles title:typing)" = "Gradual typing in a large code base" ]
    [ "$(hits path:KubeCon-2024 kind:talk)" = 2 ]
}

@test "hashtags of the text are tags" {
    printf '# A talk on queues\n\nSpeaker: Ada Example\n\nI loved it. #Postgres #event-sourcing, rated 1, C# and #1.\n' | note q/a.md
    lectern index notes
    [ "$(titles tag:postgres)" = "A talk on queues" ]
    [ "$(titles tag:event-sourcing)" = "A talk on queues" ]
    [ "$(lectern search -f jsonl queues | grep -o '"tags":[^]]*]')" = '"tags":["Postgres","event-sourcing"]' ]
}

@test "a clear mistake is status 2 with a caret" {
    prepare
    run -2 lectern search 'speakr:ada'
    [[ "$output" == *"speaker"* ]]
    [[ "$output" == *"^^^^^^"* ]]
    run -2 lectern search '"open'
    run -2 lectern search '§ §'
    [ "${lines[2]}" = "  ^^^" ]
    run -2 lectern search --format nonsense ada
    run -2 lectern search
}

@test "offset and limit page through the answer" {
    prepare
    all=$(titles '*' | sort)
    paged=$( (titles -n 3 '*'; titles -n 3 --offset 3 '*') | sort)
    [ "$all" = "$paged" ]
}

@test "an offset past the end says so" {
    prepare
    run -1 lectern search --offset 50 tracing
    [ "$output" = "lectern: --offset 50: no hit is left; 1 matches" ]
    run -1 lectern search -n 1000000 --offset 999999 tracing
    run -1 lectern search --offset 50 zyzzyva
    [[ "$output" == *"nothing found"* ]]
}

@test "a letter's argument may be attached, also behind the words" {
    prepare
    [ "$(lectern search -fjsonl tracing | cut -c 1-8)" = '{"rank":' ]
    [ "$(lectern search "*" -n2 -fjsonl | wc -l)" = 2 ]
    # any other word behind a dash is negated
    [ "$(titles tracing -fjord)" = "Tracing what matters" ]
    [ "$(hits '*' -kubernetes)" -lt "$(hits '*')" ]
}

@test "json is one document, jsonl a line each" {
    prepare
    lectern search --format json tracing | python3 -c 'import json,sys
answer = json.load(sys.stdin)
assert answer["schema"] == 1 and answer["hits"][0]["rank"] == 1, answer
begin, end = answer["hits"][0]["snippet_marks"][0]
assert answer["hits"][0]["snippet"][begin:end].lower() == "tracing", answer'
}

@test "show prints the talk; an unknown id is status 1" {
    prepare
    id=$(lectern search --format jsonl tracing | python3 -c 'import json,sys; print(json.loads(sys.stdin.readline())["id"])')
    run -0 lectern show "$id"
    [ "${lines[0]}" = "Tracing what matters" ]
    [[ "$output" == *"hard part"* ]]
    run -1 lectern show aaaaaaaa
}

@test "talks prints what is found in a file, without an index" {
    some_notes
    run -0 lectern talks --format jsonl notes/KubeCon-2024/day1.md
    [ "${#lines[@]}" -ge 2 ]
    [[ "$output" == *'"title":"Tracing what matters"'* ]]
    run -0 lectern talks --why notes
    [[ "$output" == *"Ben Sample"*"label"* ]]
    [ ! -e data/lectern ]
}

@test "a closed pipe is quiet" {
    prepare
    run -0 bash -c '"$LECTERN" search "*" 2>&1 >/dev/full; true'
    [[ "$output" == *"could not be written"* ]]
    run -0 bash -c '"$LECTERN" search -n 50 "*" 2>err | head -1 >/dev/null; cat err'
    [ -z "$output" ]
}

@test "control characters of a note never reach the terminal" {
    printf '# Talk with \033[31mred\033[0m and \xe2\x80\xae turned text\n\nSpeaker: A B\n\nbody \033]0;title\007 text\n' | note evil.md
    lectern index notes
    lectern search talk >out
    run -1 grep -P '\x1b|\x07|\xe2\x80\xae' out
}

@test "an event is found by its series' other names" {
    note talks/pycon-taiwan-2019/a.md <<<$'---\nevent: PyCon Taiwan 2019\n---\n# On herons\n\nSpeaker: Ada Example\n\ntext'
    prepare
    [ "$(titles 'event:"PyCon Taiwan 2019"')" = "On herons" ]
    [ "$(titles 'event:"PyCon TW"')" = "On herons" ]
    [ "$(titles herons pycon taiwan | head -1)" = "On herons" ]
    [ "$(titles 'series:"pycon taiwan"')" = "On herons" ]
}

@test "words that are an event's whole name mean the event" {
    note Build-2017/herons.md <<<$'# Day one\n\nSpeaker: Ada Example\n\nOn herons.'
    note Heron-2017/a.md <<<$'# Herons build nests\n\nSpeaker: Ben Sample\n\nHow herons build a nest, and build it again: herons build a lot.'
    prepare
    [ "$(titles herons build 2017 | head -1)" = "Day one" ]
    [ "$(titles herons build | head -1)" = "Herons build nests" ]
}

@test "British and American spellings find each other" {
    note one.md <<<$'# Visualization of modeling\n\nSpeaker: Ada Example\n\nOn the behavior of catalogs.'
    note two.md <<<$'# Rolling out a role\n\nSpeaker: Ben Sample\n\nSelling four prizes.'
    prepare
    for word in visualisation visualise modelling behaviour catalogue; do
        [ "$(titles $word | head -1)" = "Visualization of modeling" ]
    done
    [[ "$(lectern search -f '{snippet}' --explain behaviour)" == *"behavior"* ]]
    [ "$(titles prize)" = "Rolling out a role" ]
    run -1 lectern search seling
}

# 2,000 talks in 20 notes: more than are counted while the best are looked for.
@test "more than a thousand matches are counted one by one" {
    for n in $(seq 1 20); do
        {
            printf '# PyCon %d\n\n' $((2000 + n))
            for t in $(seq 1 100); do
                printf '## On %s %d\n\nSpeaker: Ada Example\n\n%s and spades.\n\n' \
                    "$([ $((t % 10)) = 0 ] && echo herons || echo kites)" $((n * 100 + t)) \
                    "$([ $((t % 3)) = 0 ] && echo Marbles || echo Spools of thread)"
            done
        } | note "many/note$n.md"
    done
    lectern index notes >/dev/null
    count() { lectern search -f json -n 1 "$@" | head -1 | grep -o '"matches_all":[0-9]*'; }
    [ "$(count spades kind:talk)" = '"matches_all":2000' ]
    [ "$(count spools kites)" = '"matches_all":1200' ]
    [ "$(count spools OR herons)" = '"matches_all":1400' ]
    [ "$(count spades -herons --sort date)" = '"matches_all":1800' ]
    [ "$(count spades date:2001..2012)" = '"matches_all":1200' ]
    run -1 lectern search marbles zyzzyva --offset 5000
    [[ "$output" == *"; 660 match"* ]]
    run -1 lectern search spools zyzzyva --offset 5000
    [[ "$output" == *"; 1340 match"* ]]
}
