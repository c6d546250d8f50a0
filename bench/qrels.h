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

#include "listing.h"

typedef listed_document judgement; /* grade */
typedef listed_topic judged_topic; /* by document, in byte order; and its grades */
typedef listing qrels;

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
