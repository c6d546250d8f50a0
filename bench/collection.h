/*
 * collection.h - a test collection in a folder: documents, topics, qrels.
 *
 *     documents  corpus.jsonl (BEIR), or the folder notes/
 *     topics     queries.jsonl (BEIR), topics.tsv, or topics.trec
 *     qrels      qrels.tsv, qrels/test.tsv (BEIR), qrels.txt, or qrels
 * The first that is there is taken.
 */
#ifndef LECTERN_BENCH_COLLECTION_H
#define LECTERN_BENCH_COLLECTION_H

#include "base/error.h"

typedef struct {
    char *documents, *topics, *qrels; /* paths; NULL: the folder has none */
} collection_paths;

void collection_find(const char *folder, collection_paths *out);
void collection_paths_free(collection_paths *what);

#endif
