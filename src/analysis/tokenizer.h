/*
 * tokenizer.h - text to terms without any knowledge of a language but its apostrophes: no stop
 * words, no stems, no technologies. analysis.h is the way in for everyone else.
 *
 * A chunk is what stands between blanks, e.g. "NodeJS-based"; its links (. _ - / ' & @) part it
 * into words, and borders inside a word (camelCase, digits) into parts. Every level of a chunk that
 * has several pieces gives their joined form too, at the position of the first.
 *
 * Time is linear in the text: each byte is looked at a fixed number of times, and only short chunks
 * are joined.
 */
#ifndef LECTERN_ANALYSIS_TOKENIZER_H
#define LECTERN_ANALYSIS_TOKENIZER_H

#include "analysis/analysis.h"
#include "analysis/classes.h"
#include "base/buffer.h"

typedef struct {
    bool parts;   /* camelCase and digit borders part a word; not in people's names */
    bool symbols; /* c++, c#, .net, @handle, #tag */
    bool elision; /* l'homme is homme: French, Italian, Catalan */
} token_rules;

/* Adds the terms of the text, of which only the first 4 GiB - 1 are read. */
void tokenize(span text, const token_rules *rules, arena *memory, terms *to);

/* ---- between tokenizer.c, words.c and urls.c ---- */

typedef struct {
    span text;
    char *lower; /* the text with ASCII letters in lower case: most terms are slices of it */
    const token_rules *rules;
    arena *memory;
    terms *to;
    buffer scratch;
    size_t at;
} tokenizer;

/* A word of a chunk: letters, digits and marks without a link between them. */
typedef struct {
    size_t begin, end;
    bool high; /* not only ASCII */
    bool letters, digits;
    bool inner_case; /* an upper case letter behind the first: may be camelCase */
    bool lower;      /* has a lower case letter */
    bool rewritten;  /* 1,000 or don’t: the term is not just the folded bytes */
} token;

static inline class class_here(const tokenizer *t, size_t at)
{
    size_t next;
    return at < t->text.length ? class_at(t->text, at, &next) : CLASS_OTHER;
}

static inline bool is_word_at(const tokenizer *t, size_t at)
{
    return class_is_word(class_here(t, at));
}

static inline char byte_at(const tokenizer *t, size_t at)
{
    return at < t->text.length ? t->text.at[at] : ' ';
}

static inline span lower_slice(const tokenizer *t, size_t begin, size_t end)
{
    return (span){t->lower + begin, end - begin};
}

/* The word that begins at `begin`; numbers keep their dots (1.4.22) and lose the separators of
 * thousands (1,000). */
token word_scan(const tokenizer *t, size_t begin);
/* Adds the word's terms, one position for each part; returns its whole folded text. */
span word_add(tokenizer *t, const token *w);
/* Adds one main term, with its exact form where that differs, and uses up a position. */
span term_add_word(tokenizer *t, size_t begin, size_t end, bool rewrite);
/* Adds another form of the words from position `first` to the last one used, behind what stands at
 * `first` already. */
void term_add_form(tokenizer *t, term_kind kind, span text, uint32_t first, size_t begin,
                   size_t end);
/* The folded text of a piece of the source, in the arena. */
span term_text(tokenizer *t, size_t begin, size_t end);
/* Adds the pieces joined, unless that is too long. */
void term_add_joined(tokenizer *t, const span *pieces, size_t count, uint32_t first, size_t begin,
                     size_t end);

/* Whether the word is the scheme of a URL, or its www; *begin_out is where its words begin. */
bool url_begins(const tokenizer *t, const token *w, size_t *begin_out);
/* The rest of a URL from t->at: its words, without borders inside them and without joined forms,
 * for most of what stands there is the machine's. */
void url_add(tokenizer *t);

#endif
