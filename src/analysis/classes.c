#include "analysis/classes.h"

#include "base/utf8.h"

#define O4  0, 0, 0, 0
#define O8  O4, O4
#define O16 O8, O8
#define L   CLASS_LINK
#define D   CLASS_DIGIT
#define U   CLASS_UPPER
#define W   CLASS_LOWER
#define H   CLASS_HIGH
#define H16 H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H

const unsigned char byte_classes[256] = {
    O16, O16,                             /* control characters */
    0,   0,   0,   L,   0,   0,   L,   L, /* space ! " # $ % & ' */
    0,   0,   0,   L,   0,   L,   L,   L, /* ( ) * + , - . / */
    D,   D,   D,   D,   D,   D,   D,   D, /* 0 to 7 */
    D,   D,   L,   0,   0,   0,   0,   0, /* 8 9 : ; < = > ? */
    L,   U,   U,   U,   U,   U,   U,   U, /* @ A to G */
    U,   U,   U,   U,   U,   U,   U,   U, /* H to O */
    U,   U,   U,   U,   U,   U,   U,   U, /* P to W */
    U,   U,   U,   0,   0,   0,   0,   L, /* X Y Z [ \ ] ^ _ */
    0,   W,   W,   W,   W,   W,   W,   W, /* ` a to g */
    W,   W,   W,   W,   W,   W,   W,   W, /* h to o */
    W,   W,   W,   W,   W,   W,   W,   W, /* p to w */
    W,   W,   W,   0,   0,   0,   0,   0, /* x y z { | } ~ DEL */
    H16, H16, H16, H16, H16, H16, H16, H16,
};

/* Scripts that utf8_class() does not know to run on without blanks: South-East Asia and the
 * iteration marks of Han. */
static bool runs_on(uint32_t c)
{
    return (c >= 0xE00 && c <= 0xEFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3005 && c <= 0x3007);
}

/* Letters and marks to Unicode that are apostrophes or invisible to people. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || c == 0xFE0E ||
           c == 0xFE0F;
}

static bool is_voicing(uint32_t c)
{
    return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
}

static bool is_mark(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) ||
           (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE20 && c <= 0xFE2F);
}

static class class_of_run(uint32_t c)
{
    bool mark = (c >= 0xE31 && c <= 0xE3A && c != 0xE32 && c != 0xE33) ||
                (c >= 0xE47 && c <= 0xE4E) || (c >= 0xEB1 && c <= 0xEBC && c != 0xEB2) ||
                (c >= 0xEC8 && c <= 0xECD) || (c >= 0x102B && c <= 0x103E) ||
                (c >= 0x17B4 && c <= 0x17D3);
    return mark ? CLASS_MARK : utf8_class(c) == CHAR_DIGIT ? CLASS_DIGIT : CLASS_RUN;
}

class class_at(span text, size_t at, size_t *next)
{
    *next = at;
    uint32_t c = utf8_next(text, next);
    if (c < 0x80)
        return (class)byte_classes[c];
    if (is_invisible(c) || is_mark(c) || is_voicing(c))
        return CLASS_MARK;
    if (c == 0x2BC) /* an apostrophe, though Unicode calls it a letter */
        return CLASS_OTHER;
    char_class wide = utf8_class(c);
    if (wide == CHAR_CJK)
        return CLASS_RUN;
    if (runs_on(c) && (wide != CHAR_OTHER || c == 0x3007))
        return class_of_run(c);
    switch (wide) {
    case CHAR_LETTER: return utf8_is_upper(c) ? CLASS_UPPER : CLASS_LOWER;
    case CHAR_DIGIT: return CLASS_DIGIT;
    default: return CLASS_OTHER;
    }
}
