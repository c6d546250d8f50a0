#include "screen.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"
#include "table.h"

static struct termios before;
static bool changed;

void screen_open(void)
{
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
        return;
    struct termios single = before;
    single.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG); /* control-C is a key: nothing is lost */
    single.c_cc[VMIN] = 1;
    single.c_cc[VTIME] = 0;
    changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &single) == 0;
}

void screen_close(void)
{
    if (changed)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    changed = false;
}

int screen_key(void)
{
    for (;;) {
        int key = getchar();
        if (key == EOF)
            return 'q';
        if (!byte_is_space((char)key))
            return key;
    }
}

void screen_size(size_t *columns_out, size_t *lines_out)
{
    struct winsize size;
    *columns_out = 80;
    *lines_out = 24;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_row > 0) {
        *columns_out = size.ws_col;
        *lines_out = size.ws_row;
    }
}

static void add_printable(buffer *to, span text)
{
    for (size_t i = 0; i < text.length;) {
        uint32_t c = utf8_next(text, &i);
        bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        utf8_add(to, control ? ' ' : c);
    }
}

/* Cuts off what fits on a line, up to the last blank if there is one. */
static span cut_fitting(span *rest, size_t columns)
{
    span fits = text_head(*rest, columns);
    if (fits.length == rest->length) {
        *rest = span_from(*rest, rest->length);
        return fits;
    }
    size_t blank = span_find_last_byte(span_slice(*rest, 0, fits.length + 1), ' ');
    size_t cut = blank != SPAN_NOT_FOUND && blank ? blank : fits.length;
    if (!cut) /* a character wider than the line */
        utf8_next(*rest, &cut);
    fits = span_slice(*rest, 0, cut);
    *rest = span_trim(span_from(*rest, cut));
    return fits;
}

size_t screen_wrap(span text, size_t columns, size_t lines, buffer *to)
{
    size_t count = 0;
    buffer clean = {0};
    while (text.length) {
        buffer_clear(&clean);
        add_printable(&clean, span_cut_line(&text));
        span rest = buffer_span(&clean);
        do {
            if (count == lines) {
                buffer_add_text(to, "...\n");
                buffer_free(&clean);
                return count;
            }
            buffer_add(to, cut_fitting(&rest, columns));
            buffer_add_byte(to, '\n');
            count++;
        } while (rest.length);
    }
    buffer_free(&clean);
    return count;
}
