#!/usr/bin/env bats
# Saved queries.

load helpers

prepare() {
    some_notes
    lectern index notes >/dev/null
}

@test "a saved query stands for itself in any query" {
    prepare
    lectern save kube event:kubecon kind:talk
    [ "$(hits @kube)" = 2 ]
    [ "$(titles @kube tracing | head -1)" = "Tracing what matters" ]
    [ "$(hits -- -@kube kind:talk)" = 1 ]
    [ "$(lectern list speakers @kube -f plain | wc -l)" = 2 ]
    run -0 lectern saved
    [ "$output" = "@kube = event:kubecon kind:talk" ]
}

@test "the file is plain text that a person may edit" {
    mkdir -p config/lectern
    printf '# mine\n\nold = annotations\n  odd  =  speaker:"Ada Example"  \nbroken line\n' >config/lectern/queries
    prepare
    [ "$(titles @odd)" = "Moving a thousand databases" ]
    lectern save old tracing
    lectern save "new" "type annotations" python
    [ "$(cat config/lectern/queries)" = '# mine

old = tracing
  odd  =  speaker:"Ada Example"  
broken line
new = "type annotations" python' ]
    lectern save --remove odd
    run -0 lectern saved
    [ "$output" = '@old = tracing
@new = "type annotations" python' ]
}

@test "saved queries may use each other, but not themselves" {
    prepare
    lectern save kube event:kubecon
    lectern save traces @kube tracing
    [ "$(hits @traces kind:talk)" = 1 ]
    printf 'a = @b\nb = @a\n' >config/lectern/queries
    run -2 lectern search @a
    [[ "$output" == *"contains itself"* ]]
}

@test "what can't be saved says why" {
    run -2 lectern save
    run -2 lectern save name
    run -2 lectern save 'two words' kafka
    run -2 lectern save name '"open'
    run -2 lectern save --remove name
    run -1 lectern saved
    [ ! -e config/lectern/queries ]
}

@test "a query that would contain itself is not saved" {
    prepare
    run -2 lectern save rec @rec
    [[ "$output" == *"contains itself"* ]]
    lectern save a tracing
    lectern save b @a
    run -2 lectern save a @b
    [[ "$output" == *"contains itself"* ]]
    [ "$(hits @b)" = "$(hits tracing)" ]
}
