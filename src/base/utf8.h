/*
 * utf8.h - characters in UTF-8 text, over utf8proc.
 *
 * Text from outside may be broken anywhere: a byte that starts no valid sequence is decoded as
 * U+FFFD and one byte is consumed, so every loop over text ends and never reads past it.
 */
#ifndef LECTERN_BASE_UTF8_H
#define LECTERN_BASE_UTF8_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"

/* Decodes the character at text.at[*position] and moves *position behind it; call while
 * *position < text.length. */
uint32_t utf8_next_wide(span text, size_t *position);
static inline uint32_t utf8_next(span text, size_t *position)
{
    unsigned char first = (unsigned char)text.at[*position];
    if (first >= 0x80)
        return utf8_next_wide(text, position);
    ++*position;
    return first;
}

/* Adds a code point; one that is no scalar value becomes U+FFFD. */
void utf8_add(buffer *to, uint32_t code_point);
bool utf8_valid(span text);

typedef enum {
    CHAR_OTHER,  /* punctuation, symbols, space, control */
    CHAR_LETTER, /* of any script; also combining marks, which go on with a word */
    CHAR_DIGIT,
    CHAR_CJK /* Han, Kana, Hangul: scripts without blanks between words */
} char_class;
char_class utf8_class_wide(uint32_t code_point);
static inline char_class utf8_class(uint32_t code_point)
{
    if (code_point >= 0x80)
        return utf8_class_wide(code_point);
    return byte_is_digit((char)code_point)   ? CHAR_DIGIT
           : byte_is_alpha((char)code_point) ? CHAR_LETTER
                                             : CHAR_OTHER;
}

bool utf8_is_upper(uint32_t code_point); /* upper or title case letter */
bool utf8_is_lower(uint32_t code_point);
bool utf8_is_space(uint32_t code_point);
/* Terminal columns: 0, 1 or 2. */
int utf8_width(uint32_t code_point);

/* Appends text as it is compared: NFKC, case folded, marks removed (Jérôme -> jerome, ﬁ -> fi,
 * ß -> ss, Ø -> o). ASCII is done without utf8proc. */
void utf8_fold(span text, buffer *to);
/* The same but marks are kept: the exact form. */
void utf8_fold_keep_marks(span text, buffer *to);

#endif
