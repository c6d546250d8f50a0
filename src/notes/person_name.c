/* person_name.c - does this look like the name of a person? */
#include "notes/person_name.h"

#include "base/utf8.h"
#include "notes/lookup.h"
#include "notes/tables.h"

enum { NAME_WORDS_MAX = 6 };

typedef enum {
    PART_UNKNOWN, /* a capitalised word in no table */
    PART_GIVEN,
    PART_GIVEN_OR_WORD,  /* Will, Grace, Mark */
    PART_FAMILY_OR_WORD, /* Young, Brooks */
    PART_WORD,
    PART_PARTICLE,
    PART_INITIAL,
    PART_SUFFIX
} part_class;

typedef struct {
    part_class class;
    bool upper;    /* begins with a capital */
    bool all_caps; /* more than two letters, all capitals */
    bool camel;    /* a capital inside, as products have: NetSky, but not McCoy */
} name_part;

typedef struct {
    name_part parts[NAME_WORDS_MAX];
    size_t count;
    bool honour;
    size_t cjk; /* letters of scripts without blanks: a name has few of them */
} name_shape;

static bool is_name_char(uint32_t c)
{
    char_class class = utf8_class(c);
    return class == CHAR_LETTER || class == CHAR_CJK || c == '-' || c == '\'' || c == 0x2019 ||
           c == '.' || c == 0x2010 || c == 0xB7;
}

/* Counts letters and capitals; false when there is a character that no name holds. */
static bool part_letters(span word, size_t *letters_out, size_t *capitals_out,
                         bool *first_upper_out)
{
    size_t position = 0, letters = 0, capitals = 0;
    while (position < word.length) {
        uint32_t c = utf8_next(word, &position);
        if (!is_name_char(c))
            return false;
        bool letter = utf8_class(c) != CHAR_OTHER;
        bool upper = utf8_is_upper(c) || utf8_class(c) == CHAR_CJK;
        if (letter && !letters)
            *first_upper_out = upper;
        letters += letter;
        capitals += letter && upper;
    }
    *letters_out = letters;
    *capitals_out = capitals;
    return letters > 0;
}

static bool in_given_names(const reader_tables *tables, span key)
{
    if (map_get(tables->given_names, key))
        return true;
    size_t blank = span_find_byte(key, ' '); /* Jean-Yves: its first part will do */
    return blank != SPAN_NOT_FOUND && map_get(tables->given_names, span_slice(key, 0, blank));
}

static part_class part_classify(const reader_tables *tables, span word, span key, size_t letters,
                                bool upper)
{
    uint32_t role = lookup_key(tables->roles, key);
    if (letters == 1 || (word.length == 2 * letters && span_ends_with(word, SPAN("."))))
        return upper ? PART_INITIAL : role & WORD_PARTICLE ? PART_PARTICLE : PART_WORD;
    if (role & WORD_SUFFIX && !map_get(tables->given_names, key))
        return PART_SUFFIX;
    if (role & WORD_PARTICLE && (!upper || (letters < 4 && !map_get(tables->given_names, key))))
        return PART_PARTICLE;
    bool word_too = map_get(tables->common_words, key) || role & (WORD_ROLE | WORD_ORG);
    if (in_given_names(tables, key))
        return word_too ? PART_GIVEN_OR_WORD : PART_GIVEN;
    if (map_get(tables->family_words, key))
        return PART_FAMILY_OR_WORD;
    return word_too ? PART_WORD : PART_UNKNOWN;
}

/* Where the first capital behind a small letter stands: 0 for none. */
static size_t inner_capital_at(span word)
{
    for (size_t i = 1; i < word.length; i++) {
        if (byte_is_upper(word.at[i]) && byte_is_alpha(word.at[i - 1]) &&
            !byte_is_upper(word.at[i - 1]))
            return i;
    }
    return 0;
}

static size_t count_cjk(span word)
{
    size_t position = 0, count = 0;
    while (position < word.length)
        count += utf8_class(utf8_next(word, &position)) == CHAR_CJK;
    return count;
}

static bool shape_add(const reader_tables *tables, span word, name_shape *shape, arena *scratch)
{
    size_t letters = 0, capitals = 0;
    bool upper = false;
    if (shape->count && (word.at[0] == '(' || word.at[0] == '"'))
        return true; /* Michael "Stu" Stewart */
    while (word.length && (word.at[word.length - 1] == ',' || word.at[word.length - 1] == ':'))
        word.length--;
    if (!part_letters(word, &letters, &capitals, &upper))
        return false;
    span key = text_key(word, scratch);
    shape->cjk += count_cjk(word);
    if (!shape->count && lookup_key(tables->roles, key) & WORD_HONOUR) {
        shape->honour = true;
        return true;
    }
    if (shape->count == NAME_WORDS_MAX)
        return false;
    bool camel = capitals > 1 && capitals < letters &&
                 span_find_byte(word, '-') == SPAN_NOT_FOUND &&
                 span_find_byte(word, '.') == SPAN_NOT_FOUND && inner_capital_at(word) > 3;
    shape->parts[shape->count++] =
        (name_part){part_classify(tables, word, key, letters, upper), upper,
                    letters > 2 && capitals == letters && (unsigned char)word.at[0] < 0x80, camel};
    return true;
}

static bool shape_of(const reader_tables *tables, span text, name_shape *shape, arena *scratch)
{
    text = span_trim(text);
    while (text.length) {
        span word = span_cut(&text, ' ');
        if (word.length && !shape_add(tables, word, shape, scratch))
            return false;
    }
    while (shape->count > 1 && shape->parts[shape->count - 1].class == PART_SUFFIX)
        shape->count--;
    return shape->count > 0;
}

static float single_score(const name_part *part)
{
    switch (part->class) {
    case PART_GIVEN: return part->upper ? 0.35f : 0.15f;
    case PART_GIVEN_OR_WORD: return part->upper ? 0.15f : 0.02f;
    case PART_UNKNOWN: return part->upper ? 0.12f : 0.04f;
    default: return 0.02f;
    }
}

/* By what the first and the last word are: rows first, columns last, in the order of part_class
 * up to PART_WORD. */
static const float pair_scores[5][5] = {
    /* last:   unknown given g/word f/word word */
    /* unknown */ {0.62f, 0.75f, 0.45f, 0.45f, 0.10f},
    /* given   */ {0.96f, 0.93f, 0.75f, 0.88f, 0.40f},
    /* g/word  */ {0.82f, 0.85f, 0.40f, 0.45f, 0.10f},
    /* f/word  */ {0.30f, 0.50f, 0.20f, 0.15f, 0.04f},
    /* word    */ {0.08f, 0.15f, 0.06f, 0.05f, 0.01f},
};

/* Of "Lennart P"; with a full stop more. */
#define INITIAL_LIKENESS 0.6f

static float pair_score(const name_shape *shape)
{
    const name_part *first = &shape->parts[0], *last = &shape->parts[shape->count - 1];
    if (last->class == PART_PARTICLE && last->upper && first->class <= PART_WORD)
        return pair_scores[first->class][PART_FAMILY_OR_WORD]; /* Jishnu Das */
    if (last->class > PART_WORD)
        return last->class == PART_INITIAL && first->class == PART_GIVEN ? INITIAL_LIKENESS : 0.05f;
    if (first->class == PART_INITIAL)
        return last->class == PART_WORD ? 0.1f : 0.55f;
    if (first->class > PART_WORD)
        return last->class == PART_WORD ? 0.03f : 0.3f;
    return pair_scores[first->class][last->class];
}

/* What the words between and the capitals say, as a factor. */
static float shape_factor(const name_shape *shape)
{
    float factor = 1;
    size_t lower = 0, caps = 0, words = 0;
    for (size_t i = 0; i < shape->count; i++) {
        const name_part *part = &shape->parts[i];
        if (part->class == PART_PARTICLE || part->class == PART_INITIAL)
            continue;
        words++;
        factor *= part->camel ? 0.4f : 1;
        lower += !part->upper;
        caps += part->all_caps;
        if (i && i + 1 < shape->count)
            factor *= part->class == PART_WORD ? 0.3f : part->class == PART_UNKNOWN ? 0.9f : 1;
    }
    if (lower)
        factor *= lower == words ? 0.5f : 0.15f;
    if (caps)
        factor *= caps == words ? 0.6f : 0.35f;
    return shape->count > 4 ? factor * 0.6f : factor;
}

/* Whether the whole, its first or its last word is a technology. */
static bool names_technology(const reader_tables *tables, span text)
{
    text = span_trim(text);
    size_t first = span_find_byte(text, ' '), last = span_find_last_byte(text, ' ');
    return technology_canonical(tables->technologies, text) != TECHNOLOGY_NONE ||
           technology_canonical(tables->technologies, span_slice(text, 0, first)) !=
               TECHNOLOGY_NONE ||
           technology_canonical(tables->technologies, span_from(text, last + 1)) != TECHNOLOGY_NONE;
}

/* Of a name in the person's own people.tsv. */
#define KNOWN_LIKENESS 0.98f

float name_likeness(const reader_tables *tables, span text, arena *scratch)
{
    name_shape shape = {0};
    if (tables->people_count && text.length <= 80 &&
        map_get(tables->people, text_key(text, scratch)))
        return KNOWN_LIKENESS;
    if (text.length > 80 || !shape_of(tables, text, &shape, scratch))
        return 0;
    float score = shape.count == 1 ? single_score(&shape.parts[0])
                                   : pair_score(&shape) * shape_factor(&shape);
    bool unknown = shape.count > 1 && shape.parts[0].class == PART_UNKNOWN &&
                   shape.parts[shape.count - 1].class == PART_UNKNOWN;
    if (unknown && score > 0.3f && names_technology(tables, text))
        score *= 0.3f; /* Redux Saga */
    if (score >= INITIAL_LIKENESS && score < 0.8f && span_ends_with(text, SPAN(".")))
        score = 0.8f; /* Lennart P. */
    if (shape.cjk > 5)
        score *= 0.1f;
    if (shape.honour && score > 0.05f)
        score = 1 - (1 - score) * 0.4f;
    return score;
}

bool is_handle(span text)
{
    text = span_trim(text);
    return text.length > 1 && text.at[0] == '@' && span_find_byte(text, ' ') == SPAN_NOT_FOUND &&
           byte_is_alnum(text.at[text.length - 1] == '_' ? 'a' : text.at[text.length - 1]);
}

static bool is_edge_mark(char c)
{
    return byte_is_space(c) || c == '*' || c == '"' || c == ',' || c == ';' || c == ':' ||
           c == '-' || c == '(' || c == ')' || c == '[' || c == ']' || c == '\'' || c == '`' ||
           c == '~' || c == '|' || c == '/' || c == '!' || c == '<' || c == '>';
}

/* Two- and three-byte quotes and dashes at the ends: bytes of E2 80 xx and C2 AB/BB. */
static size_t edge_mark_at(span text, bool end)
{
    if (!text.length)
        return 0;
    const char *at = end ? text.at + text.length : text.at;
    if (is_edge_mark(end ? at[-1] : at[0]))
        return 1;
    span piece = text.length < 3 ? SPAN_NONE
                 : end           ? span_from(text, text.length - 3)
                                 : span_slice(text, 0, 3);
    if (piece.length && (unsigned char)piece.at[0] == 0xE2 && (unsigned char)piece.at[1] == 0x80)
        return 3;
    return 0;
}

static span trim_marks(span text)
{
    for (size_t cut; (cut = edge_mark_at(text, false)) > 0;)
        text = span_from(text, cut);
    for (size_t cut; (cut = edge_mark_at(text, true)) > 0;)
        text.length -= cut;
    return text;
}

static bool is_initial_end(span text)
{
    size_t blank = span_find_last_byte(text, ' ');
    span last = span_from(text, blank == SPAN_NOT_FOUND ? 0 : blank + 1);
    return last.length == 2;
}

span name_clean(const reader_tables *tables, span text, arena *scratch)
{
    text = trim_marks(text);
    while (text.length && text.at[text.length - 1] == '.' && !is_initial_end(text))
        text = trim_marks(span_slice(text, 0, text.length - 1));
    for (;;) {
        size_t blank = span_find_byte(text, ' ');
        if (blank == SPAN_NOT_FOUND)
            break;
        span first = span_slice(text, 0, blank);
        size_t behind = span_find_last_byte(text, ' ');
        span last = span_from(text, behind + 1);
        if (lookup(tables->roles, first, scratch) & WORD_HONOUR)
            text = trim_marks(span_from(text, blank));
        else if (span_equal_nocase(last, SPAN("phd")) || span_equal_nocase(last, SPAN("ph.d.")) ||
                 span_equal_nocase(last, SPAN("ph.d")))
            text = trim_marks(span_slice(text, 0, behind));
        else
            break;
    }
    return text;
}
