#include "search/query_dates.h"

#include <string.h>

enum { YEAR_MIN = 1000, YEAR_MAX = 9999, MONTHS = 12, DAYS_A_WEEK = 7 };

/* ---- the calendar ---- */

/* Howard Hinnant's days_from_civil: years begin in March, so that the leap day comes last. */
day_number day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void day_split(day_number day, int *year, int *month, int *day_of_month)
{
    int shifted = day + 719468;
    int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

day_number month_last_day(int year, int month)
{
    return month == MONTHS ? day_of(year, MONTHS, 31) : day_of(year, month + 1, 1) - 1;
}

static day_range month_range(int year, int month)
{
    return (day_range){day_of(year, month, 1), month_last_day(year, month)};
}

static day_range year_range(int year)
{
    return (day_range){day_of(year, 1, 1), day_of(year, MONTHS, 31)};
}

/* `months` after (before, when negative) the day; the last of the month when it is too short. */
static day_number add_months(day_number day, long months)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    long total = year * 12L + month - 1 + months;
    if (total < YEAR_MIN * 12L)
        total = YEAR_MIN * 12L;
    if (total > YEAR_MAX * 12L + 11)
        total = YEAR_MAX * 12L + 11;
    year = (int)(total / 12);
    month = (int)(total % 12) + 1;
    day_number last = month_last_day(year, month);
    day_number wanted = day_of(year, month, 1) + of_month - 1;
    return wanted < last ? wanted : last;
}

/* ---- one date ---- */

typedef enum { UNIT_NONE, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } unit;

static unit unit_of(span word)
{
    static const struct {
        const char *name;
        unit is;
    } units[] = {{"d", UNIT_DAY},     {"day", UNIT_DAY},     {"days", UNIT_DAY},
                 {"w", UNIT_WEEK},    {"week", UNIT_WEEK},   {"weeks", UNIT_WEEK},
                 {"m", UNIT_MONTH},   {"month", UNIT_MONTH}, {"months", UNIT_MONTH},
                 {"mo", UNIT_MONTH},  {"y", UNIT_YEAR},      {"year", UNIT_YEAR},
                 {"years", UNIT_YEAR}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (span_equal_nocase(word, span_of(units[i].name)))
            return units[i].is;
    return UNIT_NONE;
}

/* 1 to 12 for a month's English name or its first three letters (and `sept`), else 0. */
static int month_named(span word)
{
    static const char *const names[MONTHS] = {"january",   "february", "march",    "april",
                                              "may",       "june",     "july",     "august",
                                              "september", "october",  "november", "december"};
    for (int i = 0; i < MONTHS; i++) {
        span name = span_of(names[i]);
        if (span_equal_nocase(word, name) || span_equal_nocase(word, span_slice(name, 0, 3)))
            return i + 1;
    }
    return span_equal_nocase(word, SPAN("sept")) ? 9 : 0;
}

static int year_named(span word)
{
    return word.length == 4 && span_number(word) >= YEAR_MIN ? (int)span_number(word) : 0;
}

/* The unit that holds today, moved by `by` of its kind. */
static day_range unit_around(unit kind, long by, day_number today)
{
    int year, month, day;
    if (kind == UNIT_DAY)
        return (day_range){today + (day_number)by, today + (day_number)by};
    if (kind == UNIT_WEEK) {
        /* 1970-01-01 was a Thursday: three days after a Monday. */
        day_number monday = today - ((today + 3) % DAYS_A_WEEK + DAYS_A_WEEK) % DAYS_A_WEEK;
        monday += (day_number)by * DAYS_A_WEEK;
        return (day_range){monday, monday + DAYS_A_WEEK - 1};
    }
    day_split(add_months(today, kind == UNIT_YEAR ? by * 12 : by), &year, &month, &day);
    return kind == UNIT_YEAR ? year_range(year) : month_range(year, month);
}

/* From that long ago until today, both included: what `-6m` means on its own. */
static bool ago(long count, unit kind, day_number today, day_range *out)
{
    if (count < 0 || count > 100000 || kind == UNIT_NONE)
        return false;
    out->last = today;
    if (kind == UNIT_MONTH || kind == UNIT_YEAR)
        out->first = add_months(today, kind == UNIT_YEAR ? -12 * count : -count);
    else
        out->first = today - (day_number)(kind == UNIT_WEEK ? DAYS_A_WEEK * count : count);
    return true;
}

/* 2024, 2024-03, 2024-03-01, also with slashes; 2023-2025. */
static bool numeric_date(span text, day_range *out)
{
    long parts[3];
    size_t count = 0, lengths[3];
    char separator = span_find_byte(text, '/') != SPAN_NOT_FOUND ? '/' : '-';
    bool trailing = text.length && text.at[text.length - 1] == separator;
    while (text.length && count < 3) {
        span part = span_cut(&text, separator);
        lengths[count] = part.length;
        parts[count] = span_number(part);
        if (parts[count++] < 0)
            return false;
    }
    if (text.length || trailing || !count || lengths[0] != 4 || parts[0] < YEAR_MIN)
        return false;
    int year = (int)parts[0];
    if (count == 1) {
        *out = year_range(year);
        return true;
    }
    if (count == 2 && lengths[1] == 4 && parts[1] >= YEAR_MIN) {
        *out = (day_range){day_of(year, 1, 1), day_of((int)parts[1], MONTHS, 31)};
        return true;
    }
    if (parts[1] < 1 || parts[1] > MONTHS || lengths[1] > 2)
        return false;
    *out = month_range(year, (int)parts[1]);
    if (count == 2)
        return true;
    if (parts[2] < 1 || lengths[2] > 2 || out->first + parts[2] - 1 > out->last)
        return false;
    out->first += (day_number)parts[2] - 1;
    out->last = out->first;
    return true;
}

/* 31.12.2024, 12.2024: with dots the day comes first. */
static bool dotted_date(span text, day_range *out)
{
    enum { PARTS = 3 };
    long parts[PARTS];
    size_t count = 0, last = 0;
    while (text.length && count < PARTS) {
        span part = span_cut(&text, '.');
        last = part.length;
        parts[count++] = part.length <= 4 ? span_number(part) : -1;
    }
    if (text.length || count < 2 || last != 4 || parts[count - 1] < YEAR_MIN)
        return false;
    long month = parts[count - 2];
    if (month < 1 || month > MONTHS)
        return false;
    *out = month_range((int)parts[count - 1], (int)month);
    if (count == 2)
        return true;
    if (parts[0] < 1 || parts[0] > out->last - out->first + 1)
        return false;
    out->first += (day_number)parts[0] - 1;
    out->last = out->first;
    return true;
}

/* 202*, 19*: the years that begin so. */
static bool decade(span text, day_range *out)
{
    if (text.length < 2 || text.length > 4 || text.at[text.length - 1] != '*')
        return false;
    long from = span_number(span_slice(text, 0, text.length - 1));
    long years = 1;
    for (size_t i = text.length - 1; i < 4; i++) {
        from *= 10;
        years *= 10;
    }
    if (from < YEAR_MIN)
        return false;
    *out = (day_range){day_of((int)from, 1, 1), day_of((int)(from + years - 1), MONTHS, 31)};
    return true;
}

/* -6m, 6m, -2y: a count and a unit in one word. */
static bool short_ago(span word, day_number today, day_range *out)
{
    if (word.length && word.at[0] == '-')
        word = span_from(word, 1);
    size_t digits = 0;
    while (digits < word.length && digits < 6 && byte_is_digit(word.at[digits]))
        digits++;
    if (!digits || digits == word.length)
        return false;
    return ago(span_number(span_slice(word, 0, digits)), unit_of(span_from(word, digits)), today,
               out);
}

static bool one_word(span word, day_number today, day_range *out)
{
    static const struct {
        const char *name;
        int by;
    } days[] = {{"today", 0}, {"yesterday", -1}, {"tomorrow", 1}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (span_equal_nocase(word, span_of(days[i].name))) {
            *out = unit_around(UNIT_DAY, days[i].by, today);
            return true;
        }
    int month = month_named(word);
    if (!month)
        return numeric_date(word, out) || dotted_date(word, out) || decade(word, out) ||
               short_ago(word, today, out);
    int year, now, day;
    day_split(today, &year, &now, &day);
    *out = month_range(month > now ? year - 1 : year, month);
    return true;
}

/* "last year", "this month", "march 2024", "past week". */
static bool two_words(span first, span second, day_number today, day_range *out)
{
    static const struct {
        const char *name;
        int by;
    } moves[] = {{"last", -1}, {"previous", -1}, {"this", 0}, {"next", 1}};
    unit kind = unit_of(second);
    for (size_t i = 0; kind && i < sizeof moves / sizeof *moves; i++)
        if (span_equal_nocase(first, span_of(moves[i].name))) {
            *out = unit_around(kind, moves[i].by, today);
            return true;
        }
    if (kind && span_equal_nocase(first, SPAN("past")))
        return ago(1, kind, today, out);
    if (!month_named(first) || !year_named(second))
        return false;
    *out = month_range(year_named(second), month_named(first));
    return true;
}

/* "3 weeks ago", "last 6 months", "1 march 2024", "march 1 2024". */
static bool three_words(const span *words, day_number today, day_range *out)
{
    if (span_equal_nocase(words[2], SPAN("ago")))
        return ago(span_number(words[0]), unit_of(words[1]), today, out);
    if (span_equal_nocase(words[0], SPAN("last")) || span_equal_nocase(words[0], SPAN("past")))
        return ago(span_number(words[1]), unit_of(words[2]), today, out);
    int at = month_named(words[0]) ? 0 : 1;
    int month = month_named(words[at]), year = year_named(words[2]);
    span number = words[1 - at];
    if (number.length && number.at[number.length - 1] == ',')
        number.length--;
    long day = span_number(number);
    if (!month || !year || day < 1)
        return false;
    *out = month_range(year, month);
    if (out->first + day - 1 > out->last || day > 31)
        return false;
    out->first += (day_number)day - 1;
    out->last = out->first;
    return true;
}

static bool is_gap(span text, size_t i)
{
    if (byte_is_space(text.at[i]))
        return true;
    /* `last-year`, `march_2024`: one word for the shell, two for us. */
    return (text.at[i] == '_' || text.at[i] == '-') && i && byte_is_alpha(text.at[i - 1]);
}

static bool one_date(span text, day_number today, day_range *out)
{
    enum { WORDS_MAX = 3 };
    span words[WORDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < text.length;) {
        size_t begin = i;
        while (i < text.length && !is_gap(text, i))
            i++;
        if (i > begin) {
            if (count == WORDS_MAX)
                return false;
            words[count++] = span_slice(text, begin, i - begin);
        }
        while (i < text.length && is_gap(text, i))
            i++;
    }
    switch (count) {
    case 1: return one_word(words[0], today, out);
    case 2: return two_words(words[0], words[1], today, out);
    case 3: return three_words(words, today, out);
    default: return false;
    }
}

/* ---- ranges ---- */

static dates_result comparison(span text, day_number today, day_range *out)
{
    bool less = text.at[0] == '<';
    bool equal = text.length > 1 && text.at[1] == '=';
    day_range date;
    text = span_trim(span_from(text, equal ? 2 : 1));
    if (!text.length)
        return DATES_EMPTY;
    if (!one_date(text, today, &date))
        return DATES_UNKNOWN;
    *out = (day_range){DAY_MIN, DAY_MAX};
    if (less)
        out->last = equal ? date.last : date.first - 1;
    else
        out->first = equal ? date.first : date.last + 1;
    return DATES_OK;
}

/* `january..march 2024`: the year of the second month is the first one's too. */
static bool month_before(span text, day_range to, day_range *out)
{
    int year, month, day;
    if (!month_named(text))
        return false;
    day_split(to.first, &year, &month, &day);
    *out = month_range(month_named(text) > month ? year - 1 : year, month_named(text));
    return true;
}

static dates_result range(span from, span to, day_number today, day_range *out)
{
    day_range first, last;
    if (!from.length && !to.length)
        return DATES_EMPTY;
    *out = (day_range){DAY_MIN, DAY_MAX};
    if (to.length) {
        if (!one_date(to, today, &last))
            return DATES_UNKNOWN;
        out->last = last.last;
    }
    if (from.length) {
        if (!(to.length && month_before(from, last, &first)) && !one_date(from, today, &first))
            return DATES_UNKNOWN;
        out->first = first.first;
    }
    return out->first > out->last ? DATES_REVERSED : DATES_OK;
}

static dates_result parse_any(span text, day_number today, day_range *out)
{
    static const span dots[] = {{"...", 3}, {"..", 2}, {"\xe2\x80\xa6", 3}};
    text = span_trim(text);
    if (!text.length)
        return DATES_UNKNOWN;
    if (text.at[0] == '<' || text.at[0] == '>')
        return comparison(text, today, out);
    if (text.at[0] == '=')
        text = span_trim(span_from(text, 1));
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++) {
        size_t at = span_find(text, dots[i]);
        if (at != SPAN_NOT_FOUND)
            return range(span_trim(span_slice(text, 0, at)),
                         span_trim(span_from(text, at + dots[i].length)), today, out);
    }
    if (!one_date(text, today, out))
        return DATES_UNKNOWN;
    return out->first > out->last ? DATES_REVERSED : DATES_OK;
}

/* Days that have no four-digit year (`<1000`) could not be printed. */
static bool day_has_year(day_number day)
{
    return day == DAY_MIN || day == DAY_MAX ||
           (day >= day_of(YEAR_MIN, 1, 1) && day <= day_of(YEAR_MAX, MONTHS, 31));
}

dates_result dates_parse(span text, day_number today, day_range *out)
{
    dates_result result = parse_any(text, today, out);
    if (result == DATES_OK && !(day_has_year(out->first) && day_has_year(out->last)))
        return DATES_UNKNOWN;
    return result;
}

/* ---- printing ---- */

static void print_end(day_number end, bool is_last, buffer *to)
{
    int year, month, day;
    day_split(end, &year, &month, &day);
    if (month == (is_last ? MONTHS : 1) && day == (is_last ? 31 : 1))
        buffer_printf(to, "%04d", year);
    else if (end == (is_last ? month_last_day(year, month) : day_of(year, month, 1)))
        buffer_printf(to, "%04d-%02d", year, month);
    else
        buffer_printf(to, "%04d-%02d-%02d", year, month, day);
}

/* A day, a month or a year: printed without `..`. */
static bool print_single(day_range days, buffer *to)
{
    int year, month, day;
    if (days.first == DAY_MIN || days.last == DAY_MAX)
        return false;
    day_split(days.first, &year, &month, &day);
    if (days.last == days.first)
        buffer_printf(to, "%04d-%02d-%02d", year, month, day);
    else if (day == 1 && days.last == month_last_day(year, month))
        buffer_printf(to, "%04d-%02d", year, month);
    else if (day == 1 && month == 1 && days.last == day_of(year, MONTHS, 31))
        buffer_printf(to, "%04d", year);
    else
        return false;
    return true;
}

void dates_print(day_range days, buffer *to)
{
    if (print_single(days, to))
        return;
    if (days.first != DAY_MIN)
        print_end(days.first, false, to);
    buffer_add_text(to, "..");
    if (days.last != DAY_MAX)
        print_end(days.last, true, to);
}
