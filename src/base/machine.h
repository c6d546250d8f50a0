/*
 * machine.h - FOR_EACH_MACHINE before a function of plain loops over numbers: made twice where the
 * compiler can, the better one taken at run time. The results are the same bit by bit as long as
 * the numbers of an array never meet (sums of integers may).
 */
#ifndef LECTERN_BASE_MACHINE_H
#define LECTERN_BASE_MACHINE_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__)
#define FOR_EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_MACHINE
#endif

#endif
