/*
 * canonical.h - technologies under their one name: k8s and Kubernetes both give `kubernetes`.
 */
#ifndef LECTERN_ANALYSIS_CANONICAL_H
#define LECTERN_ANALYSIS_CANONICAL_H

#include "analysis/analysis.h"

typedef struct canonical canonical;

/* The table is borrowed. */
canonical *canonical_new(const technology_table *table);
void canonical_free(canonical *what);

/* Adds a TERM_TECH for every technology that the text surely names, and for the one that the whole
 * text is the name of, to the text's terms: those in *to from number `from` on. */
void canonical_add(canonical *with, span text, arena *memory, terms *to, size_t from);

#endif
