/*
 * peers.h - the systems whose speed is measured: lectern and what else people use.
 *
 * A system is one struct of functions in a file of its own, and one line in the table in peers.c.
 */
#ifndef LECTERN_BENCH_PEERS_H
#define LECTERN_BENCH_PEERS_H

#include "base/buffer.h"
#include "base/error.h"
#include "speed_queries.h"

/* What all systems work on. Paths are absolute. */
typedef struct {
    const char *notes;   /* the folder of notes */
    const char *work;    /* where the systems' own files go */
    const char *lectern; /* the program */
    const char *texts;   /* speed_texts.h; not there before the first system was built */
} speed_place;

typedef struct speed_peer speed_peer;
struct speed_peer {
    const char *name, *summary;
    const char *ranker; /* of lectern; NULL: the default */
    bool whole_process; /* each query starts a program */
    bool in_another;    /* queries are answered in another process: its work is not seen here */
    bool
        counts_talks; /* its results are talks that match as lectern's do: counts can be compared */
    /* Why it can't be used here, or NULL. */
    const char *(*missing)(const speed_place *at);
    void (*version)(buffer *to);
    /* Makes its index below at->work, anew; runs in a process of its own. NULL: it has none, or
     * uses another's. */
    lc_status (*build)(const speed_place *at, lc_error *error);
    const char *files; /* the file or folder below at->work that holds its index */
    bool (*answers)(speed_class class);
    lc_status (*open)(const speed_peer *self, const speed_place *at, void **state_out,
                      lc_error *error);
    /* Finds the best ten and what is shown of them: this is timed. Nothing found is no failure. */
    lc_status (*query)(void *state, const speed_query *what, lc_error *error);
    /* How many results the same query has in all; not timed. NULL: not known. */
    lc_status (*count)(void *state, const speed_query *what, size_t *count_out, lc_error *error);
    void (*close)(void *state);
};

enum { SPEED_PAGE = 10 }; /* results a query asks for */

extern const speed_peer PEER_LECTERN, PEER_LECTERN_PAGE, PEER_LECTERN_SEARCH, PEER_LECTERN_START,
    PEER_LECTERN_BM25, PEER_LECTERN_STAGE2, PEER_FTS5, PEER_LUCENE, PEER_RIPGREP, PEER_OMEGA;

/* NULL-terminated; lectern first. */
extern const speed_peer *const SPEED_PEERS[];
const speed_peer *speed_peer_by_name(span name);

#endif
