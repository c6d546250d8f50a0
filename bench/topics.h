/*
 * topics.h - topics: the queries of a test collection, each with the need behind it.
 *
 * Formats, told apart by how the file begins:
 *     TREC   <top> <num> Number: 301 <title> ... <desc> Description: ... <narr> ... </top>
 *     BEIR   {"_id": "1", "text": "..."}   one a line (queries.jsonl)
 *     TSV    id TAB text [TAB class [TAB what the person wants]]
 *            a header line that begins with id, qid, query-id or topic is passed over
 * The class says what kind of topic it is (speaker, technology, ...), for figures by class.
 */
#ifndef LECTERN_BENCH_TOPICS_H
#define LECTERN_BENCH_TOPICS_H

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "reader.h"

typedef struct {
    span id;
    span text;        /* what is searched for: TREC's title */
    span class;       /* empty when not given */
    span description; /* what the person wants: TREC's desc and narr, in one line */
    uint32_t line;
} topic;

typedef struct {
    arena *memory;
    map *index;  /* id to place in item[] */
    topic *item; /* in the order of the file */
    size_t count, capacity;
} topic_list;

/* findings may be NULL (reader.h). On failure *out is not touched. An id comes once; a topic
 * without text is a bad line. */
lc_status topics_read(span text, const char *name, finding_list *findings, topic_list *out,
                      lc_error *error);
lc_status topics_load(const char *path, finding_list *findings, topic_list *out, lc_error *error);
void topics_free(topic_list *what);

/* The topic, or NULL. */
const topic *topics_find(const topic_list *in, span id);

#endif
