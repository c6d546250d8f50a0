#!/usr/bin/env bats
# The programs are built so that a mistake in them is hard to use.

load helpers

@test "position independent, relocations read only, no stack that runs" {
    for program in "$LECTERN" "$LECTERN_BENCH"; do
        readelf --file-header --program-headers --dynamic --wide "$program" >elf
        grep -q 'Type: *DYN' elf
        grep -q 'GNU_RELRO' elf
        grep -q 'BIND_NOW' elf
        grep 'GNU_STACK' elf | grep -qv 'RWE'
    done
}

@test "stack and buffers are checked" {
    readelf --symbols --wide "$LECTERN" >symbols
    if grep -q __asan_init symbols; then
        skip "the address sanitizer checks instead"
    fi
    if grep -q __gcov symbols; then
        skip "built for coverage, without the optimizer"
    fi
    grep -q '__stack_chk_fail' symbols
    grep -q '__memcpy_chk\|__snprintf_chk\|__vsnprintf_chk' symbols
    "$LECTERN" --version
}
