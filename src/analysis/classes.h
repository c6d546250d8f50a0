/*
 * classes.h - what a byte or a character is to the tokenizer.
 */
#ifndef LECTERN_ANALYSIS_CLASSES_H
#define LECTERN_ANALYSIS_CLASSES_H

#include "base/span.h"

typedef enum {
    CLASS_OTHER, /* ends a word */
    CLASS_LOWER, /* also letters of scripts without case, and marks */
    CLASS_UPPER,
    CLASS_DIGIT,
    CLASS_LINK, /* . _ - / ' & @ # + : may hold a compound together, or be a sigil */
    CLASS_HIGH, /* the first byte of a character beyond ASCII: ask class_at() */
    CLASS_RUN,  /* a letter of a script without blanks between words: indexed as bigrams */
    CLASS_MARK  /* combining: goes on with whatever it stands behind */
} class;

extern const unsigned char byte_classes[256]; /* ASCII and CLASS_HIGH */

static inline class class_of_byte(char byte)
{
    return (class)byte_classes[(unsigned char)byte];
}

/* The class of the character at `at` (never CLASS_HIGH) and where the next one begins. Invisible
 * characters that stand inside words (soft hyphen, zero width joiners) are marks. */
class class_at(span text, size_t at, size_t *next);

static inline bool class_is_word(class c)
{
    return c == CLASS_LOWER || c == CLASS_UPPER || c == CLASS_DIGIT;
}

#endif
