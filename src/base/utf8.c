#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

enum { REPLACEMENT = 0xFFFD };

uint32_t utf8_next_wide(span text, size_t *position)
{
    utf8proc_int32_t code_point;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at + *position,
                         (utf8proc_ssize_t)(text.length - *position), &code_point);
    if (used < 1 || code_point < 0) {
        (*position)++;
        return REPLACEMENT;
    }
    *position += (size_t)used;
    return (uint32_t)code_point;
}

void utf8_add(buffer *to, uint32_t code_point)
{
    if (!utf8proc_codepoint_valid((utf8proc_int32_t)code_point))
        code_point = REPLACEMENT;
    utf8proc_uint8_t *end = (utf8proc_uint8_t *)buffer_reserve(to, 4);
    to->length += (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, end);
    to->at[to->length] = '\0';
}

bool utf8_valid(span text)
{
    utf8proc_int32_t code_point;
    for (size_t i = 0; i < text.length;) {
        if ((unsigned char)text.at[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.at + i,
                                                 (utf8proc_ssize_t)(text.length - i), &code_point);
        if (used < 1)
            return false;
        i += (size_t)used;
    }
    return true;
}

/* utf8proc has no scripts; these are the blocks whose text runs on without blanks. */
static bool is_cjk(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x31F0 && c <= 0x31FF) ||
           (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x20000 && c <= 0x3134F);
}

char_class utf8_class_wide(uint32_t code_point)
{
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return is_cjk(code_point) ? CHAR_CJK : CHAR_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return CHAR_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL: return CHAR_DIGIT;
    default: return CHAR_OTHER;
    }
}

bool utf8_is_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return byte_is_upper((char)code_point);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z';
    return utf8proc_category((utf8proc_int32_t)code_point) == UTF8PROC_CATEGORY_LL;
}

bool utf8_is_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return byte_is_space((char)code_point);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || code_point == 0x85;
}

int utf8_width(uint32_t code_point)
{
    return utf8proc_charwidth((utf8proc_int32_t)code_point);
}

/* Letters that Unicode does not decompose but that people type without the stroke. */
static span without_stroke(uint32_t c)
{
    switch (c) {
    case 0xF8: return SPAN("o");
    case 0x142: return SPAN("l");
    case 0x111: return SPAN("d");
    case 0x131: return SPAN("i");
    case 0xE6: return SPAN("ae");
    case 0x153: return SPAN("oe");
    case 0xF0: return SPAN("d");
    case 0xFE: return SPAN("th");
    case 0x127: return SPAN("h");
    default: return SPAN_NONE;
    }
}

/* Marks that people leave out when they type; those of India, Thailand or Japan are letters. */
static bool is_dropped_mark(uint32_t c, uint32_t before)
{
    if (c == 0x306 && before == 0x438) /* Russian short i is a letter of its own */
        return false;
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x487) || (c >= 0x591 && c <= 0x5C7) ||
           (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
           (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
           (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

static void add_without_marks(span decomposed, buffer *to)
{
    uint32_t before = 0;
    for (size_t i = 0; i < decomposed.length;) {
        size_t begin = i;
        uint32_t c = utf8_next(decomposed, &i);
        span plain = without_stroke(c);
        if (!is_dropped_mark(c, before))
            buffer_add(to, plain.length ? plain : span_slice(decomposed, begin, i - begin));
        before = c;
    }
}

/* text through utf8proc_map(); false when it is not valid UTF-8. */
static bool add_mapped(span text, utf8proc_option_t options, bool strip_marks, buffer *to)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.at,
                                           (utf8proc_ssize_t)text.length, &mapped, options);
    if (length == UTF8PROC_ERROR_NOMEM)
        die_without_memory();
    if (length < 0)
        return false;
    span result = {(const char *)mapped, (size_t)length};
    if (strip_marks)
        add_without_marks(result, to);
    else
        buffer_add(to, result);
    free(mapped);
    return true;
}

static void fold_unicode(span text, bool strip_marks, buffer *to)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    buffer plain = {0};
    if (!strip_marks) {
        if (!add_mapped(text, options | UTF8PROC_IGNORE | UTF8PROC_COMPOSE, false, to))
            buffer_add(to, text); /* not valid UTF-8: left as it is */
    } else if (!add_mapped(text, options | UTF8PROC_IGNORE | UTF8PROC_DECOMPOSE, true, &plain)) {
        buffer_add(to, text);
    } else { /* what was not dropped belongs together again: Hangul, Kana, Devanagari */
        add_mapped(buffer_span(&plain), UTF8PROC_STABLE | UTF8PROC_COMPOSE, false, to);
    }
    buffer_free(&plain);
}

/* Most letters beyond ASCII are Latin, Greek or Cyrillic, two bytes in UTF-8, and fold each by
 * itself: what they fold to is looked up. COMPLEX is a combining mark or what has no short form. A
 * letter's place is filled when it is met first (a search meets few), by each thread for itself. */
enum { SIMPLE_FIRST = 0x80, SIMPLE_END = 0x530, SIMPLE_BYTES = 4, COMPLEX = 0xFF };
typedef struct {
    uint8_t length; /* 0: not met yet */
    char bytes[SIMPLE_BYTES];
} simple_fold;
static _Thread_local simple_fold simple_folds[2]
                                             [SIMPLE_END - SIMPLE_FIRST]; /* with marks, without */

static void make_simple_fold(uint32_t c, bool strip_marks, simple_fold *made)
{
    buffer letter = {0}, folded = {0};
    utf8_add(&letter, c);
    fold_unicode(buffer_span(&letter), strip_marks, &folded);
    bool mark = (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48A);
    bool simple = !mark && folded.length && folded.length <= SIMPLE_BYTES;
    made->length = simple ? (uint8_t)folded.length : COMPLEX;
    if (simple)
        memcpy(made->bytes, folded.at, folded.length);
    buffer_free(&letter);
    buffer_free(&folded);
}

/* What the two bytes at `at` fold to, or NULL when that takes more than a look. */
static const simple_fold *simple_fold_of(span text, size_t at, bool strip_marks)
{
    unsigned char lead = (unsigned char)text.at[at];
    if (lead < 0xC2 || lead > 0xD4 || at + 1 >= text.length)
        return NULL;
    unsigned char tail = (unsigned char)text.at[at + 1];
    uint32_t c = (lead & 0x1Fu) << 6 | (tail & 0x3Fu);
    if ((tail & 0xC0) != 0x80 || c >= SIMPLE_END)
        return NULL;
    simple_fold *found = &simple_folds[strip_marks][c - SIMPLE_FIRST];
    if (!found->length)
        make_simple_fold(c, strip_marks, found);
    return found->length == COMPLEX ? NULL : found;
}

static void fold(span text, bool strip_marks, buffer *to)
{
    /* Two bytes become at most SIMPLE_BYTES. */
    char *end = buffer_reserve(to, text.length * (SIMPLE_BYTES / 2));
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.at[i] < 0x80) {
            *end++ = byte_lower(text.at[i]);
            continue;
        }
        const simple_fold *simple = simple_fold_of(text, i, strip_marks);
        if (!simple) { /* nothing was added yet: to->length is as it was */
            fold_unicode(text, strip_marks, to);
            return;
        }
        memcpy(end, simple->bytes, SIMPLE_BYTES);
        end += simple->length;
        i++;
    }
    to->length = (size_t)(end - to->at);
    to->at[to->length] = '\0';
}

void utf8_fold(span text, buffer *to)
{
    fold(text, true, to);
}

void utf8_fold_keep_marks(span text, buffer *to)
{
    fold(text, false, to);
}
