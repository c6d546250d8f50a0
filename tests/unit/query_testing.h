/*
 * query_testing.h - what the tests of the query language and its fuzzer share: saved queries, keys
 * of the front matter and a clock that never moves.
 */
#ifndef LECTERN_TESTS_QUERY_TESTING_H
#define LECTERN_TESTS_QUERY_TESTING_H

#include "search/query.h"

query_options query_options_for_tests(void);

#endif
