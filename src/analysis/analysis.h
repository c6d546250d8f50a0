/*
 * analysis.h - from text to terms: one chain for notes, queries, snippets and highlights.
 *
 * A word gives one main term and, at the same position, its other forms: `CI/CD` gives ci and cd at
 * two positions and the joined form cicd at the first; `Kubernetes` and `k8s` both give, beside
 * themselves, the canonical term of the technology. Positions count words from 0, stop words
 * included. tests/cases/analysis.txt has the rules by example.
 *
 * For whoever plans a query: a form that spans several positions (last > position) stands for all
 * words of that span, so CI/CD is (ci AND cd) OR cicd. A position without a TERM_WORD has a symbol
 * that is meant as it is written (c++, c#, .net); where there is a TERM_WORD too (@handle, #tag),
 * the symbol is a better match of the same word. Two words that a person writes apart (node js)
 * meet their joined form in notes when the planner asks for the two joined as well.
 */
#ifndef LECTERN_ANALYSIS_ANALYSIS_H
#define LECTERN_ANALYSIS_ANALYSIS_H

#include <stdint.h>

#include "analysis/technology.h"
#include "base/memory.h"
#include "base/span.h"

/* Longer terms are left out: no word that a person looks for, and Xapian's limit is 245 bytes. */
enum { TERM_MAX = 64 };

typedef enum {
    TERM_WORD,   /* a word or a part of a compound: folded, possessive removed, not stemmed */
    TERM_EXACT,  /* the word with its marks, where that differs (jérôme) */
    TERM_JOINED, /* the parts of a compound joined: nodejs, cicd, iouring */
    TERM_SYMBOL, /* c++, c#, .net, c++17: terms of their own */
    TERM_TECH,   /* the canonical term of a technology: the same for every alias */
    TERM_BIGRAM  /* two neighbours of a run of Han, Kana, Hangul or Thai; the one of a run of one */
} term_kind;

typedef struct {
    span text;           /* in the arena given to analyse() */
    uint32_t position;   /* of the word, from 0 */
    uint32_t last;       /* position of the last word that it stands for: > position when joined */
    uint32_t begin, end; /* bytes of the source text that it stands for */
    term_kind kind;
    bool stop;      /* a stop word of the language, or a letter of e.g. or U.S.A., whose joined form
                       is the word: kept, but not scored */
    bool has_exact; /* the next term is this TERM_WORD's TERM_EXACT */
} term;

/* A word as it was written: what analyser_stem() takes, for the stemmers need the marks. */
static inline span term_written(const term *of)
{
    return of->has_exact ? of[1].text : of->text;
}

typedef struct {
    term *items;
    size_t count, capacity;
    uint32_t positions; /* the number of positions used: where a following text goes on */
} terms;

typedef struct analyser analyser;
/* language: ISO 639-1 ("en", "de", "fr", ...); one we have no stemmer for stems nothing. An
 * analyser is used by one thread at a time and keeps a cache of stems. */
analyser *analyser_new(span language);
void analyser_free(analyser *what);
/* From now on technologies give their TERM_TECH. Analysers of notes and of queries need the same
 * table; it is borrowed and may be shared by threads. */
void analyser_use_technologies(analyser *to, const technology_table *table);

/* Adds the terms of the text to *to, in order of position, main terms first where several stand
 * at one (a sigil's symbol excepted). The items are in the arena too: never free them, and start
 * with `terms found = {0}` whenever the arena is reset. */
void analyse(analyser *with, span text, arena *memory, terms *to);
/* The stem, folded, of a TERM_WORD given as term_written() (the word itself when there is none);
 * valid until the next call. */
span analyser_stem(analyser *with, span word);
/* Whether the word (folded) is a stop word of the language. */
bool analyser_is_stop(const analyser *with, span word);

/* Languages with a stemmer, for a query in no particular language: NULL-terminated ISO codes. */
const char *const *analysis_languages(void);
/* The language that the text is most likely in, by its stop words; `fallback` when too little
 * speaks for any. */
span analysis_detect_language(span text, span fallback);

/* A person's name as it is indexed and compared: words folded, titles and possessives dropped, not
 * stemmed. The same for queries. */
void analyse_name(span name, arena *memory, terms *to);

#endif
