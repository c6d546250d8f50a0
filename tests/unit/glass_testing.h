/*
 * glass_testing.h - random documents of every shape, the same collection written by the builder and
 * by the library, and all that a reader can see of a database as text.
 */
#ifndef GLASS_TESTING_H
#define GLASS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "glass/glass.h"
#include "xapian_shim.h"

typedef struct {
    uint64_t seed;
    uint32_t documents;
    bool unreadable_data; /* also data that the library can write but not read, compressed */
    bool calm_start;      /* the first documents have little data: see test_glass_layout.c */
} collection;

/* Document `docid` of the collection, with what it needs in memory. */
glass_document collection_document(const collection *of, uint32_t docid, arena *memory);
/* Calls set for metadata of every kind: keys given twice, removed, of one byte, of 253. */
typedef void (*collection_set_meta)(void *to, span key, span text);
void collection_meta(const collection *of, collection_set_meta set, void *to);

/* In the state of a test: folders "bulk", "api", ... inside a new temporary one. */
typedef struct {
    char *path;
} test_folder;
int test_folder_make(void **state);
int test_folder_remove(void **state);
/* Borrowed until the 8th next call. */
const char *in_folder(void **state, const char *name);

/* They assert that all succeeds. */
glass_progress bulk_write(const char *path, const collection *what, const glass_options *options);
void api_write(const char *path, const collection *what);
/* Round n of changes, the same whatever wrote the database: documents deleted, replaced and added,
 * metadata set and removed. */
void api_update(const char *path, const collection *was, uint64_t round);

/* Statistics, terms, postings, positions, documents, values, metadata, and the scores of some
 * queries. */
void dump_database(const char *path, buffer *to);
/* Fails with the first line that differs. */
void assert_same_dump(const char *path, const char *expected_path);
void assert_check_clean(const char *path);

#define expect(call)  expect_ok((call), &lc_said, #call, __FILE__, __LINE__)
#define xexpect(call) expect_ok((lc_status)(call), NULL, #call, __FILE__, __LINE__)
void expect_ok(lc_status status, const lc_error *said, const char *call, const char *file,
               int line);
extern lc_error lc_said;

uint64_t dice_next(uint64_t *state);
uint32_t dice_below(uint64_t *state, uint32_t bound);

#endif
