/*
 * qrels.h - relevance judgements: which documents are how relevant to which topics.
 *
 * Formats, told apart by their columns (tabs or blanks):
 *     TREC   topic  0  document  grade
 *     BEIR   query-id  corpus-id  score    (its header line may be missing)
 * A grade is a whole number from -127 to 127; below 0 means seen but not judged. A document may be
 * judged only once for a topic.
 */
#ifndef LECTERN_BENCH_QRELS_H
#define LECTERN_BENCH_QRELS_H

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "reader.h"

typedef struct {
    span document;
    int grade;
    uint32_t line; /* of the file it came from */
} judgement;

typedef struct {
    span id;
    judgement *item; /* by document, in byte order */
    size_t count, capacity;
    int *grades; /* all of them, highest first */
} judged_topic;

typedef struct {
    arena *memory;       /* of all texts */
    map *index;          /* topic id to place in topic[] */
    judged_topic *topic; /* in the order of the file */
    size_t count, capacity;
} qrels;

/* findings may be NULL (reader.h). On failure *out is not touched. */
lc_status qrels_read(span text, const char *name, finding_list *findings, qrels *out,
                     lc_error *error);
lc_status qrels_load(const char *path, finding_list *findings, qrels *out, lc_error *error);
void qrels_free(qrels *what);
/* Drops the topics whose place in keep[] is false. */
void qrels_keep(qrels *in, const bool *keep);

/* The topic, or NULL when it was not judged. */
const judged_topic *qrels_topic(const qrels *in, span id);
/* The grade of a document, or GRADE_UNKNOWN. */
int judged_grade(const judged_topic *of, span document);

#endif
