#include "analysis/technology_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* A heading keeps the words of fewer letters in small ones, and these. */
enum { STYLE_LETTERS = 3, SMALL_LETTERS = 4 };
static const char *const small_in_headings[] = {"and", "the", "for",  "via",  "but",
                                                "nor", "per", "with", "from", "into"};

typedef struct {
    span text;
    size_t at;
    technology_words *words;
    bool first, ends;       /* what stands between the last word and the next */
    technology_joint joint; /* says so about the next word */
    bool address;           /* the next word belongs to an @handle */
    bool suffix;            /* an apostrophe-s has been dropped: Let's Encrypt */
} splitter;

static char peek(const splitter *s, size_t ahead)
{
    return s->at + ahead < s->text.length ? s->text.at[s->at + ahead] : '\0';
}

/* .NET is the one name that begins with a dot. */
static bool at_dot_net(const splitter *s)
{
    return peek(s, 0) == '.' && span_starts_with_nocase(span_from(s->text, s->at), SPAN(".net")) &&
           !byte_is_alnum(peek(s, 4)) && (s->at == 0 || !byte_is_alnum(s->text.at[s->at - 1]));
}

/* The ASCII letters and digits as bits; every character of every text passes here. */
static bool is_alnum(unsigned char c)
{
    static const uint64_t bits[2] = {0x03FF000000000000, 0x07FFFFFE07FFFFFE};
    return c < 0x80 && (bits[c >> 6] >> (c & 63) & 1);
}

/* The length of the letter or digit at the position, 0 when there is none. */
static size_t letter_length(const splitter *s, size_t position)
{
    if (position >= s->text.length)
        return 0;
    if ((unsigned char)s->text.at[position] < 0x80)
        return is_alnum((unsigned char)s->text.at[position]);
    size_t next = position;
    return utf8_class(utf8_next(s->text, &next)) == CHAR_OTHER ? 0 : next - position;
}

static size_t letters_end(const splitter *s, size_t position)
{
    for (;;) {
        while (position < s->text.length && is_alnum((unsigned char)s->text.at[position]))
            position++;
        size_t length = letter_length(s, position);
        if (!length)
            return position;
        position += length;
    }
}

/* C++, C#, TLA+, C++17: signs behind the letters belong to the word unless letters follow. */
static size_t signs_end(const splitter *s, size_t position)
{
    size_t end = position;
    while (end < s->text.length && (s->text.at[end] == '+' || s->text.at[end] == '#') &&
           end < position + 2)
        end++;
    if (end == position)
        return position;
    size_t digits = end;
    while (digits < s->text.length && byte_is_digit(s->text.at[digits]))
        digits++;
    return letter_length(s, digits) ? position : digits;
}

static bool is_upper_at(span text, size_t position)
{
    if ((unsigned char)text.at[position] < 0x80)
        return byte_is_upper(text.at[position]);
    return utf8_is_upper(utf8_next(text, &position));
}

static bool is_shouted(span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!byte_is_upper(word.at[i]))
            return false;
    return true;
}

static bool is_small_in_headings(span word)
{
    if (word.length > SMALL_LETTERS)
        return false;
    for (size_t i = 0; i < sizeof small_in_headings / sizeof *small_in_headings; i++)
        if (span_equal(word, span_of(small_in_headings[i])))
            return true;
    return false;
}

static void count_style(span text, technology_words *words, const technology_word *word)
{
    technology_sentence *sentence = &words->sentences[word->sentence];
    span written = span_slice(text, word->begin, word->end - word->begin);
    if (word->first || written.length < 2)
        return;
    if (word->capital)
        sentence->capitals++;
    else if (written.length >= STYLE_LETTERS && !is_small_in_headings(written))
        sentence->small++;
    if (written.length >= STYLE_LETTERS && is_shouted(written))
        sentence->shouted++;
}

static void add_key(technology_words *words, span word)
{
    for (size_t i = 0; i < word.length; i++)
        if ((unsigned char)word.at[i] >= 0x80) {
            utf8_fold(word, &words->folded);
            return;
        }
    char *to = buffer_reserve(&words->folded, word.length);
    for (size_t i = 0; i < word.length; i++)
        to[i] = byte_lower(word.at[i]);
    words->folded.length += word.length;
}

static void add_sentence(technology_words *words)
{
    technology_sentence none = {0};
    ARRAY_ADD(words->sentences, words->sentence_count, words->sentence_capacity, none);
}

static void add_word(splitter *s, size_t begin, size_t end)
{
    technology_words *words = s->words;
    if (s->ends)
        add_sentence(words);
    technology_word word = {.begin = (uint32_t)begin,
                            .end = (uint32_t)end,
                            .key = (uint32_t)words->folded.length,
                            .sentence = (uint32_t)words->sentence_count - 1,
                            .joint = words->count ? s->joint : JOINT_NONE,
                            .capital = is_upper_at(s->text, begin),
                            .first = s->first};
    add_key(words, span_slice(s->text, begin, end - begin));
    word.key_end = (uint32_t)words->folded.length;
    ARRAY_ADD(words->items, words->count, words->capacity, word);
    count_style(s->text, words, &word);
}

static bool ends_address(char c)
{
    return byte_is_space(c) || c == '\0' || c == ')' || c == '>' || c == ']' || c == '"' ||
           c == '|' || c == '<';
}

/* github.com/x/y and https://...: what has just been read was the beginning of an address. */
static bool at_address(const splitter *s, size_t word)
{
    char next = peek(s, 0);
    if (next != ':' && next != '.' && next != '/')
        return false;
    span rest = span_from(s->text, s->at);
    span last = span_slice(s->text, word, s->at - word);
    if (span_starts_with(rest, SPAN("://")) ||
        (span_equal_nocase(last, SPAN("www")) && peek(s, 0) == '.'))
        return true;
    static const char *const domains[] = {"com", "org", "io", "net", "dev", "edu"};
    if (peek(s, 0) != '/' || word == 0 || s->text.at[word - 1] != '.')
        return false;
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (span_equal_nocase(last, span_of(domains[i])))
            return true;
    return false;
}

/* Takes back the words of the address whose word at `begin` has given it away. */
static void drop_address(splitter *s, size_t begin)
{
    technology_words *words = s->words;
    while (words->count && words->items[words->count - 1].end + 1 == begin)
        begin = words->items[--words->count].begin;
    while (!ends_address(peek(s, 0)))
        s->at++;
}

static bool abbreviation_before(const splitter *s)
{
    if (!s->words->count)
        return false;
    const technology_word *last = &s->words->items[s->words->count - 1];
    static const char *const abbreviations[] = {"vs", "e", "g", "i", "eg", "ie", "cf", "al", "ca"};
    span word = span_slice(s->text, last->begin, last->end - last->begin);
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (last->end == s->at && span_equal(word, span_of(abbreviations[i])))
            return true;
    return false;
}

/* A line that begins with a letter goes on with the sentence, though its capital may be the
 * line's; any other (a bullet, a heading, an empty line) begins another. */
static void pass_newline(splitter *s)
{
    s->first = true;
    size_t next = s->at + 1;
    if (next < s->text.length && !letter_length(s, next))
        s->ends = true;
    if (s->ends)
        s->joint = JOINT_NONE;
}

/* One character between words. */
static void pass_separator(splitter *s, bool only)
{
    char c = peek(s, 0);
    bool blank_follows = s->at + 1 >= s->text.length || byte_is_space(peek(s, 1));
    bool tight = only && !blank_follows && c && strchr("-_./:&", c);
    if (c == '\n') {
        pass_newline(s);
    } else if (tight) {
        s->joint = JOINT_TIGHT;
    } else if (!byte_is_space(c) && !((c == '/' || c == '&') && blank_follows && !only)) {
        s->joint = JOINT_NONE;
    }
    if ((c == '.' || c == '!' || c == '?') && blank_follows && !abbreviation_before(s))
        s->first = s->ends = true;
    if (((c == ':' || c == '-') && blank_follows) || c == '|')
        s->first = true;
    s->address = c == '@';
    size_t next = s->at;
    uint32_t code_point = utf8_next(s->text, &next);
    if (code_point == 0x2022 || code_point == 0x2013 || code_point == 0x2014)
        s->first = true; /* a bullet, dashes */
    s->at = next;
}

/* One blank between two words, as nearly everywhere. */
static bool pass_blank(splitter *s)
{
    if (peek(s, 0) != ' ' || !is_alnum((unsigned char)peek(s, 1)) ||
        !(s->suffix || (s->words->count && s->words->items[s->words->count - 1].end == s->at)))
        return false;
    s->suffix = s->address = false;
    s->joint = JOINT_BLANK;
    s->at++;
    return true;
}

static void pass_between(splitter *s)
{
    if (pass_blank(s))
        return;
    bool only = s->suffix || (s->words->count && s->words->items[s->words->count - 1].end == s->at);
    s->suffix = false;
    s->joint = only ? JOINT_BLANK : JOINT_NONE;
    while (s->at < s->text.length && !letter_length(s, s->at) && !at_dot_net(s)) {
        pass_separator(s, only);
        only = false;
        if (s->joint == JOINT_TIGHT && !letter_length(s, s->at))
            s->joint = JOINT_NONE;
    }
}

/* The t of don't, the s of it's. */
static bool behind_apostrophe(const splitter *s, size_t begin)
{
    char last = begin ? s->text.at[begin - 1] : ' ';
    if (last != '\'' && (unsigned char)last != 0x99)
        return false;
    span before = span_slice(s->text, 0, begin);
    if (!span_ends_with(before, SPAN("'")) && !span_ends_with(before, SPAN("\xE2\x80\x99")))
        return false;
    size_t quote = span_ends_with(before, SPAN("'")) ? 1 : 3;
    return begin > quote && byte_is_alnum(s->text.at[begin - quote - 1]);
}

static void pass_word(splitter *s)
{
    size_t begin = s->at;
    size_t letters = begin + at_dot_net(s);
    s->at = letters_end(s, letters);
    s->at = signs_end(s, s->at);
    if (at_address(s, begin)) {
        drop_address(s, begin);
    } else if (behind_apostrophe(s, begin)) {
        s->suffix = true;
    } else if (!s->address) {
        add_word(s, begin, s->at);
        s->first = s->ends = false;
    }
    s->address = false;
}

void technology_split(span text, technology_words *words)
{
    words->count = words->sentence_count = 0;
    buffer_clear(&words->folded);
    add_sentence(words);
    splitter s = {.text = text, .words = words, .first = true};
    while (s.at < text.length) {
        pass_between(&s);
        if (s.at < text.length)
            pass_word(&s);
    }
}

span technology_word_key(const technology_words *in, size_t word)
{
    const technology_word *of = &in->items[word];
    return (span){in->folded.at + of->key, of->key_end - of->key};
}

void technology_words_free(technology_words *what)
{
    free(what->items);
    free(what->sentences);
    buffer_free(&what->folded);
    *what = (technology_words){0};
}
