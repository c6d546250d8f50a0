/*
 * run.h - what a ranker returned for each topic: a TREC run.
 *
 *     topic  Q0  document  rank  score  tag
 *
 * Order is by score, highest first, and for equal scores by document name, greatest first in byte
 * order; the rank column is not looked at (as trec_eval does). Scores are compared in double
 * precision, as trec_eval does since 10.0 (until 9.0 it rounded them to float first, so scores
 * that differ in the eighth digit were ties). A document may come once for a topic.
 *
 * A topic that was run and got nothing can't be seen in the columns; run_add_empty() writes it as a
 * comment line that only we read: "# no result: TOPIC".
 */
#ifndef LECTERN_BENCH_RUN_H
#define LECTERN_BENCH_RUN_H

#include "listing.h"

typedef listed_document ranked_document; /* score */
typedef listed_topic ranked_topic;       /* best first */
typedef listing ranked_run;

/* findings may be NULL (reader.h). On failure *out is not touched. A run without any line is read
 * without complaint; those who need results look at count. */
lc_status run_read(span text, const char *name, finding_list *findings, ranked_run *out,
                   lc_error *error);
lc_status run_load(const char *path, finding_list *findings, ranked_run *out, lc_error *error);
void run_free(ranked_run *what);

/* The topic, or NULL when it was not run. */
const ranked_topic *run_topic(const ranked_run *in, span id);

/* Writes one result line, with the score in full precision; or the line of an empty topic. */
void run_add(buffer *to, span topic, span document, size_t rank, double score, span tag);
void run_add_empty(buffer *to, span topic);

#endif
