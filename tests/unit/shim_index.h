/*
 * shim_index.h - small indexes in a folder of their own, for the tests of the shim.
 *
 * A test's state is the path of an index that is not there yet, inside a new temporary folder.
 * Every helper asserts that it succeeds.
 */
#ifndef SHIM_INDEX_H
#define SHIM_INDEX_H

#include "xapian_shim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

extern xs_error shim_error;

int shim_folder_make(void **state);
int shim_folder_remove(void **state);

#define assert_ok(call) shim_assert_ok((call), #call, __FILE__, __LINE__)
void shim_assert_ok(xs_status status, const char *call, const char *file, int line);

xs_writer *shim_create(const char *path);
/* Commits and frees. */
void shim_close(xs_writer *writer);
/* Documents Q0, Q1, ... of 60 words (w0 to w996) each; others for another number.  Committed. */
void shim_fill(const char *path, int documents);
xs_reader *shim_read(const char *path);
void shim_remove(const char *path);

/* A document of words between blanks, at positions 1, 2, ...; each counts 1. */
xs_doc *shim_doc(const char *words);
/* Returns the docid. */
uint32_t shim_put(xs_writer *writer, const char *id, const char *words);

xs_stats shim_stats(const xs_reader *reader);
uint32_t shim_doc_freq(const xs_reader *reader, const char *term);
/* "term:wdf term:wdf ", in a static buffer. */
const char *shim_terms_of(const xs_reader *reader, uint32_t docid, const char *prefix);

/* What visitors saw, "name:number " each; they stop after limit. */
typedef struct {
    char text[512];
    size_t len;
    int limit;
} shim_walk;

bool shim_walk_term(const char *term, size_t term_len, uint32_t frequency, void *seen);
bool shim_walk_posting(uint32_t docid, uint32_t wdf, void *seen);
bool shim_walk_value(uint32_t docid, const char *value, size_t value_len, void *seen);
bool shim_count_keys(const char *key, size_t key_len, void *count);

#endif
