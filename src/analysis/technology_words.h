/*
 * technology_words.h - a text cut into the words that technologies are made of; for the
 * technology_*.c files only. The same cutting serves the table's names and the notes' text.
 */
#ifndef LECTERN_ANALYSIS_TECHNOLOGY_WORDS_H
#define LECTERN_ANALYSIS_TECHNOLOGY_WORDS_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"

typedef enum {
    JOINT_NONE,  /* nothing joins it to the word before: punctuation, an address, the beginning */
    JOINT_BLANK, /* white space, or a slash between blanks */
    JOINT_TIGHT  /* one of - _ . / : & without blanks */
} technology_joint;

typedef struct {
    uint32_t begin, end;    /* bytes of the text */
    uint32_t key, key_end;  /* bytes of `folded`: the next word's key begins at this one's end */
    uint32_t sentence;      /* from 0 in each text */
    technology_joint joint; /* to the word before */
    bool capital;           /* begins with a capital letter */
    bool first; /* of a sentence, line, cell or after a colon: its capital says little */
} technology_word;

/* How a sentence is written: a Heading Like This makes capitals worthless. */
typedef struct {
    uint32_t capitals; /* words that begin with one; first words are not counted */
    uint32_t small;    /* other words of three letters and more, but for, with ... */
    uint32_t shouted;  /* WORDS of three letters and more */
} technology_sentence;

typedef struct technology_words {
    technology_word *items;
    size_t count, capacity;
    technology_sentence *sentences;
    size_t sentence_count, sentence_capacity;
    buffer folded; /* the words folded, one behind the other */
} technology_words;

/* Replaces what `words` held. Addresses (URLs, @handles) give no words. */
void technology_split(span text, technology_words *words);
span technology_word_key(const technology_words *in, size_t word);
void technology_words_free(technology_words *what);

#endif
