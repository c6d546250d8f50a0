/*
 * golden.h - files beside the output that is expected of them.
 *
 * tests/cases/ROOM/NAME.ending holds the input, NAME.expected what the function under test must
 * print for it. With LECTERN_UPDATE=1 in the environment the expectation is written anew: read the
 * difference before committing it.
 */
#ifndef LECTERN_TESTS_GOLDEN_H
#define LECTERN_TESTS_GOLDEN_H

#include "base/buffer.h"

typedef void golden_print(span input, buffer *to);

/* Runs every file of the folder that ends in `ending` (".md"); fails the test at the first that
 * differs and when there is none. */
void golden_run(const char *folder, const char *ending, const char *expected_ending,
                golden_print *print);

#endif
