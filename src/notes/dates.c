/* dates.c - dates in running text, headings, labels and paths. */
#include "notes/dates.h"

#include "notes/lookup.h"
#include "notes/tables.h"

/* One piece of the text: a number, a word, or one other byte; blanks and commas are skipped. */
typedef struct {
    span text;
    uint32_t begin;
    int number;     /* -1: none */
    int digits;     /* how many */
    uint32_t sense; /* of a word: CALENDAR_ bits */
} piece;

/* No form of a date is longer than this many pieces: "Tue 30th of May - 2nd of June, 2015". */
enum { PIECES_MAX = 12, YEAR_MIN = 1970, YEAR_MAX = 2100 };

typedef struct {
    piece items[PIECES_MAX];
    size_t count;
} pieces;

static bool is_word_byte(char c)
{
    return byte_is_alpha(c) || (unsigned char)c >= 0xC3;
}

/* Small words that are months and days only with a capital. */
static bool is_everyday_word(span word)
{
    return span_equal(word, SPAN("may")) || span_equal(word, SPAN("march")) ||
           span_equal(word, SPAN("mar")) || span_equal(word, SPAN("sun")) ||
           span_equal(word, SPAN("sat")) || span_equal(word, SPAN("des"));
}

static uint32_t calendar_sense(const map *calendar, span word)
{
    if (word.length < 3 || word.length > 12 || is_everyday_word(word))
        return 0;
    char folded[12 + 1];
    bool ascii = true;
    for (size_t i = 0; i < word.length; i++) {
        folded[i] = byte_lower(word.at[i]);
        ascii = ascii && (unsigned char)word.at[i] < 0x80;
    }
    if (ascii)
        return lookup_key(calendar, (span){folded, word.length});
    arena *scratch = arena_new();
    uint32_t sense = lookup(calendar, word, scratch);
    arena_free(scratch);
    return sense;
}

static size_t run_length(span text, bool (*belongs)(char))
{
    size_t length = 0;
    while (length < text.length && belongs(text.at[length]))
        length++;
    return length;
}

static bool is_high_or_word(char c)
{
    return is_word_byte(c) || (unsigned char)c >= 0x80;
}

/* Cuts the piece at *position off; false at the end or at a byte that no date holds. */
static bool piece_next(const map *calendar, span text, size_t *position, piece *out)
{
    while (*position < text.length &&
           (text.at[*position] == ' ' || text.at[*position] == ',' || text.at[*position] == '\t'))
        ++*position;
    if (*position >= text.length)
        return false;
    span rest = span_from(text, *position);
    *out = (piece){.begin = (uint32_t)*position, .number = -1};
    size_t length = run_length(rest, byte_is_digit);
    if (length) {
        out->digits = (int)length;
        out->number = length <= 8 ? (int)span_number(span_slice(rest, 0, length)) : -1;
    } else {
        length = run_length(rest, is_high_or_word);
        bool dash = length >= 3 && (unsigned char)rest.at[0] == 0xE2;
        if (dash)
            length = 3;
        else if (length)
            out->sense = calendar_sense(calendar, span_slice(rest, 0, length));
        else
            length = 1;
    }
    out->text = span_slice(rest, 0, length);
    *position += length;
    return true;
}

static bool is_dash(const piece *p)
{
    return span_equal(p->text, SPAN("-")) || span_equal(p->text, SPAN("\xE2\x80\x93")) ||
           span_equal(p->text, SPAN("\xE2\x80\x94")) || span_equal_nocase(p->text, SPAN("to"));
}

static bool is_year(const piece *p)
{
    return p->digits == 4 && p->number >= YEAR_MIN && p->number <= YEAR_MAX;
}

static bool is_day(const piece *p)
{
    return p->digits >= 1 && p->digits <= 2 && p->number >= 1 && p->number <= 31;
}

static int month_of(const piece *p)
{
    for (int month = 0; month < 12; month++) {
        if (p->sense & 1u << month)
            return month + 1;
    }
    return 0;
}

static int weekday_of(const piece *p)
{
    for (int day = 0; day < 7; day++) {
        if (p->sense & 1u << (12 + day))
            return day;
    }
    return -1;
}

static bool is_text(const pieces *of, size_t i, const char *what)
{
    return i < of->count && span_equal_nocase(of->items[i].text, span_of(what));
}

/* Behind a day: st, nd, rd, th, '.', "of", "de". Returns the index behind. */
static size_t skip_ordinal(const pieces *of, size_t i)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", ".", "of", "de", "er"};
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        if (is_text(of, i, endings[k])) {
            i++;
            k = (size_t)-1;
        }
    }
    return i;
}

int date_weekday(date_point day)
{
    static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    if (day.month < 1 || day.month > 12)
        return -1;
    int year = day.year - (day.month < 3);
    return (year + year / 4 - year / 100 + year / 400 + offsets[day.month - 1] + day.day + 6) % 7;
}

/* February has 29 where the year is not known. */
static int month_days(int year, int month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month == 2)
        return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The civil calendar counted in eras of 400 years that begin in March. */
long date_days(date_point day)
{
    long year = day.year - (day.month < 3), era = year / 400, of_era = year - era * 400;
    long of_year = (153 * (day.month + (day.month < 3 ? 9 : -3)) + 2) / 5 + day.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

date_point date_next_day(date_point day)
{
    if (day.day < month_days(day.year, day.month))
        day.day++;
    else if (day.day = 1, ++day.month > 12)
        day.month = 1, day.year++;
    return day;
}

static bool point_is_valid(date_point p)
{
    return p.month >= 1 && p.month <= 12 && p.day >= 1 && p.day <= month_days(p.year, p.month);
}

static date_point point(int year, int month, int day)
{
    return (date_point){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

/* Takes "2015" or ", 2015" at i; the index behind, and the year or 0. */
static size_t take_year(const pieces *of, size_t i, int *year_out)
{
    *year_out = 0;
    if (i < of->count && is_year(&of->items[i])) {
        *year_out = of->items[i].number;
        return i + 1;
    }
    return i;
}

static void set_years(date_interval *when, int year)
{
    when->first.year = when->last.year = (int16_t)year;
}

/* "May 6th, 2015", "May 30-31, 2015", "May 30 - June 2 2015", "May 2015". Returns the count of
 * pieces used. */
static size_t match_month_first(const pieces *of, date_find *out)
{
    int month = month_of(&of->items[0]), year;
    size_t i = 1;
    if (!month)
        return 0;
    if (is_text(of, i, "."))
        i++;
    if (i < of->count && is_day(&of->items[i])) {
        out->when.first = out->when.last = point(0, month, of->items[i].number);
        i = skip_ordinal(of, i + 1);
        if (i + 1 < of->count && is_dash(&of->items[i])) {
            size_t k = i + 1;
            int second = month_of(&of->items[k]);
            k += second != 0;
            if (k < of->count && is_day(&of->items[k])) {
                out->when.last = point(0, second ? second : month, of->items[k].number);
                i = skip_ordinal(of, k + 1);
            }
        }
        i = take_year(of, i, &year);
        set_years(&out->when, year);
        return point_is_valid(out->when.first) && point_is_valid(out->when.last) ? i : 0;
    }
    i = take_year(of, i, &year);
    out->when.first = out->when.last = point(year, month, 0);
    return year ? i : 0;
}

/* "5./6. August", "5 and 6 August": what else may stand between two days, the later one last. */
static bool is_and(const pieces *of, size_t i)
{
    static const char *const ands[] = {"/", "&", "+", "and", "und", "et", "y", "e", "og", "en"};
    for (size_t k = 0; k < sizeof ands / sizeof *ands; k++)
        if (is_text(of, i, ands[k]))
            return true;
    return false;
}

static bool is_day_range(const pieces *of, size_t i, int first_day)
{
    if (i + 1 >= of->count || !is_day(&of->items[i + 1]))
        return false;
    return is_dash(&of->items[i]) || (is_and(of, i) && of->items[i + 1].number > first_day);
}

/* "6 May 2015", "5th of Feb", "30-31 May 2015", "30 May - 2 June 2015". */
static size_t match_day_first(const pieces *of, date_find *out)
{
    if (!is_day(&of->items[0]))
        return 0;
    int first_day = of->items[0].number, last_day = first_day, year;
    size_t i = skip_ordinal(of, 1);
    if (is_day_range(of, i, first_day)) {
        last_day = of->items[i + 1].number;
        i = skip_ordinal(of, i + 2);
    }
    int month = i < of->count ? month_of(&of->items[i]) : 0, last_month = month;
    if (!month)
        return 0;
    i++;
    if (is_text(of, i, "."))
        i++;
    if (i + 2 < of->count && is_dash(&of->items[i]) && is_day(&of->items[i + 1])) {
        size_t k = skip_ordinal(of, i + 2);
        int second = k < of->count ? month_of(&of->items[k]) : 0;
        if (second) {
            last_day = of->items[i + 1].number;
            last_month = second;
            i = k + 1;
        }
    }
    i = take_year(of, i, &year);
    out->when = (date_interval){point(year, month, first_day), point(year, last_month, last_day)};
    return point_is_valid(out->when.first) && point_is_valid(out->when.last) ? i : 0;
}

static bool is_separator(const piece *p)
{
    return p->text.length == 1 && (p->text.at[0] == '-' || p->text.at[0] == '/' ||
                                   p->text.at[0] == '.' || p->text.at[0] == '_');
}

/* 2019-05-21, 2019/5/21, 20190521 */
static size_t match_year_first(const pieces *of, date_find *out)
{
    const piece *p = of->items;
    if (p[0].digits == 8) {
        out->when.first = point(p[0].number / 10000, p[0].number / 100 % 100, p[0].number % 100);
        out->when.last = out->when.first;
        bool year = out->when.first.year >= YEAR_MIN && out->when.first.year <= YEAR_MAX;
        return year && point_is_valid(out->when.first) ? 1 : 0;
    }
    if (of->count < 5 || !is_year(&p[0]) || !is_separator(&p[1]) || !is_day(&p[2]) ||
        !span_equal(p[3].text, p[1].text) || !is_day(&p[4]))
        return 0;
    out->when.first = out->when.last = point(p[0].number, p[2].number, p[4].number);
    return point_is_valid(out->when.first) ? 5 : 0;
}

static int full_year(const piece *p)
{
    return is_year(p) ? p->number : p->digits == 2 && p->number < 70 ? 2000 + p->number : 0;
}

/* 1/15/2019, 05.05.2014, 3-12-14: read month first, swapped or left open by what the numbers
 * say. */
static size_t match_digits(const pieces *of, int weekday, date_find *out)
{
    const piece *p = of->items;
    if (of->count < 5 || !is_day(&p[0]) || !is_separator(&p[1]) || !is_day(&p[2]) ||
        !span_equal(p[3].text, p[1].text) || !full_year(&p[4]))
        return 0;
    date_point month_first = point(full_year(&p[4]), p[0].number, p[2].number);
    date_point day_first = point(month_first.year, p[2].number, p[0].number);
    bool month_ok = point_is_valid(month_first), day_ok = point_is_valid(day_first);
    if (!month_ok && !day_ok)
        return 0;
    if (month_ok && day_ok && weekday >= 0 && p[0].number != p[2].number) {
        month_ok = date_weekday(month_first) == weekday;
        day_ok = date_weekday(day_first) == weekday;
    }
    bool open = month_ok == day_ok && p[0].number != p[2].number;
    out->dots = p[1].text.at[0] == '.';
    out->order = !open ? ORDER_CERTAIN : out->dots ? ORDER_LIKELY : ORDER_OPEN;
    out->digits = open || p[0].number == p[2].number ? DIGITS_NONE
                  : month_ok                         ? DIGITS_MONTH_FIRST
                                                     : DIGITS_DAY_FIRST;
    out->when.first = out->when.last =
        out->order == ORDER_LIKELY || !month_ok ? day_first : month_first;
    return 5;
}

static size_t match(const pieces *of, int weekday, date_find *out)
{
    size_t used = match_year_first(of, out);
    if (!used)
        used = match_digits(of, weekday, out);
    if (!used)
        used = match_month_first(of, out);
    if (!used)
        used = match_day_first(of, out);
    return used;
}

static bool cut_off_before(span text, size_t begin)
{
    return begin && (byte_is_alnum(text.at[begin - 1]));
}

static void pieces_fill(const map *calendar, span text, size_t *position, pieces *window)
{
    while (window->count < PIECES_MAX) {
        if (!piece_next(calendar, text, position, &window->items[window->count]))
            return;
        window->count++;
    }
}

static void pieces_drop(pieces *window, size_t count)
{
    for (size_t i = count; i < window->count; i++)
        window->items[i - count] = window->items[i];
    window->count -= count;
}

static bool has_digit(span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (byte_is_digit(text.at[i]))
            return true;
    }
    return false;
}

bool date_next(const map *calendar, span text, size_t *position, date_find *found_out)
{
    if (!has_digit(span_from(text, *position))) { /* most text: no form of a date is without */
        *position = text.length;
        return false;
    }
    pieces window = {.count = 0};
    size_t ahead = *position;
    int weekday = -1;
    for (;;) {
        pieces_fill(calendar, text, &ahead, &window);
        if (!window.count)
            break;
        const piece *first = &window.items[0];
        bool starts = first->number >= 0 || first->sense;
        date_find found = {.order = ORDER_CERTAIN, .begin = first->begin};
        size_t used =
            starts && !cut_off_before(text, first->begin) ? match(&window, weekday, &found) : 0;
        if (used) {
            const piece *last = &window.items[used - 1];
            found.end = last->begin + (uint32_t)last->text.length;
            *position = found.end;
            *found_out = found;
            return true;
        }
        if (weekday_of(first) >= 0)
            weekday = weekday_of(first);
        else if (first->text.length > 1 || first->number >= 0)
            weekday = -1;
        pieces_drop(&window, 1);
    }
    *position = text.length;
    return false;
}

int weekday_find(const map *calendar, span text)
{
    size_t position = 0;
    piece one;
    while (piece_next(calendar, text, &position, &one))
        if (weekday_of(&one) >= 0)
            return weekday_of(&one);
    return -1;
}

date_interval date_swap(date_interval when)
{
    date_point swapped = {when.first.year, when.first.day, when.first.month};
    return (date_interval){swapped, swapped};
}

/* The year that begins at text[i]: 2016, 2k16, '16 (or ’16). Its length in *length_out. */
static int year_at(span text, size_t i, size_t *length_out)
{
    span rest = span_from(text, i);
    size_t digits = run_length(rest, byte_is_digit);
    *length_out = digits ? digits : 1;
    if (digits == 4) {
        long year = span_number(span_slice(rest, 0, 4));
        return year >= YEAR_MIN && year <= YEAR_MAX ? (int)year : 0;
    }
    if (digits == 1 && rest.at[0] == '2' && rest.length >= 4 && byte_lower(rest.at[1]) == 'k' &&
        run_length(span_from(rest, 2), byte_is_digit) == 2) {
        *length_out = 4;
        return 2000 + (int)span_number(span_slice(rest, 2, 2));
    }
    if (rest.at[0] == '\'' && run_length(span_from(rest, 1), byte_is_digit) == 2) {
        *length_out = 3;
        return 2000 + (int)span_number(span_slice(rest, 1, 2));
    }
    return 0;
}

int year_find(span text)
{
    int found = 0;
    for (size_t i = 0, length = 1; i < text.length; i += length, length = 1) {
        if (!byte_is_digit(text.at[i]) && text.at[i] != '\'')
            continue;
        int year = year_at(text, i, &length);
        bool behind = i + length < text.length && byte_is_digit(text.at[i + length]);
        if (!year || behind)
            continue;
        if (found && found != year)
            return 0;
        found = year;
    }
    return found;
}

static size_t one_time(span text)
{
    size_t hours = run_length(text, byte_is_digit), length = hours;
    if (hours < 1 || hours > 2 || span_number(span_slice(text, 0, hours)) > 24)
        return 0;
    bool minutes =
        length + 2 < text.length &&
        (text.at[length] == ':' || byte_lower(text.at[length]) == 'h' || text.at[length] == '.') &&
        run_length(span_from(text, length + 1), byte_is_digit) == 2;
    if (minutes)
        length += 3;
    span rest = span_from(text, length);
    size_t blanks = run_length(rest, byte_is_space);
    span half = span_slice(rest, blanks, 2);
    bool noon = span_equal_nocase(half, SPAN("am")) || span_equal_nocase(half, SPAN("pm"));
    if (noon && !(rest.length > blanks + 2 && byte_is_alnum(rest.at[blanks + 2])))
        return length + blanks + 2;
    return minutes && text.at[hours] != '.' ? length : 0;
}

size_t time_length(span text)
{
    size_t length = one_time(text);
    if (!length)
        return 0;
    size_t next = length;
    while (next < text.length && (byte_is_space(text.at[next]) || text.at[next] == '-' ||
                                  (unsigned char)text.at[next] >= 0x80))
        next++;
    size_t second = next > length ? one_time(span_from(text, next)) : 0;
    return second ? next + second : length;
}
