#!/usr/bin/env bats
# ü is also written ue, ø oe, å aa: either finds the other, and no other word.

load helpers

prepare() {
    note KubeCon-2024/day.md <<'TEXT'
# KubeCon 2024

## Suche in Behörden - Fritz Müller

Speaker: Fritz Müller

Er erzählt von der Straße.

## Tiefe Netze - Ayşe Öztürk

Speaker: Ayşe Öztürk

Nichts.

## Rechte - Peter Müller-Lüdenscheidt

Speaker: Peter Müller-Lüdenscheidt

Akten.

## Fjord caching - Bjørn Håkonsen

Speaker: Bjørn Håkonsen

Water in a Küche.

## Sauce - Anna Baeuerle

Speaker: Anna Baeuerle

Kueche und Jo.

## Queues - Joe Michael

Speaker: Joe Michael

Blue queue values.
TEXT
    lectern index notes >/dev/null
}

finds() {
    run lectern search -f '{title}' "$1"
    [ "$output" = "$2" ] || { echo "$1: $output"; return 1; }
}

@test "two letters find the umlaut" {
    prepare
    finds oeztuerk "Tiefe Netze"
    finds mueller-luedenscheidt Rechte
    finds speaker:mueller-luedenscheidt Rechte
    finds 'speaker:"fritz mueller"' "Suche in Behörden"
    finds bjoern "Fjord caching"
    finds speaker:haakonsen "Fjord caching"
    finds strasse "Suche in Behörden"
    [ "$(lectern search -f '{title}' mueller | sort)" = "Rechte
Suche in Behörden" ]
    [ "$(lectern search -f '{title}' kueche | sort)" = "Fjord caching
Sauce" ]
    run -0 --separate-stderr lectern search speaker:oeztuerk
    [ -z "$stderr" ]
}

@test "the umlaut finds two letters" {
    prepare
    finds bäuerle Sauce
    finds speaker:bäuerle Sauce
    [ "$(lectern search -f '{title}' küche | sort)" = "Fjord caching
Sauce" ]
}

@test "two letters that are no umlaut stay what they are" {
    prepare
    finds joe Queues
    finds jo Sauce
    finds queue Queues
    finds michael Queues
}
