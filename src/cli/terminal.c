#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"

/* One process has one terminal, and a signal handler must reach it. */
static int tty = -1;
static struct termios before;
static volatile sig_atomic_t entered;
static unsigned char input[4096];
static size_t input_at, input_end;

static const char ENTER[] = "\x1b[?1049h\x1b[?25h\x1b[2J";
static const char LEAVE[] = "\x1b[0m\x1b[?25h\x1b[?1049l";

void terminal_leave(void)
{
    if (!entered)
        return;
    entered = 0;
    ssize_t written = write(tty, LEAVE, sizeof LEAVE - 1);
    (void)written;
    tcsetattr(tty, TCSANOW, &before);
}

static void on_end(int number)
{
    terminal_leave();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_resize(int number)
{
    (void)number;
}

static void catch_signals(void)
{
    static const int ends[] = {SIGHUP,  SIGINT, SIGQUIT, SIGTERM, SIGABRT,
                               SIGSEGV, SIGBUS, SIGFPE,  SIGILL,  SIGPIPE};
    struct sigaction ending = {.sa_handler = on_end}, resizing = {.sa_handler = on_resize};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        sigaction(ends[i], &ending, NULL);
    sigaction(SIGWINCH, &resizing, NULL); /* without SA_RESTART: it wakes poll() */
    atexit(terminal_leave);
}

lc_status terminal_enter(lc_error *error)
{
    const char *kind = getenv("TERM");
    if (!kind || strcmp(kind, "dumb") == 0)
        return lc_fail(error, LC_BAD_INPUT,
                       "this terminal can't move its cursor; use lectern search");
    if (tty < 0)
        tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (tty < 0 || tcgetattr(tty, &before) != 0)
        return lc_fail(error, LC_BAD_INPUT, "this wants a terminal; use lectern search");
    struct termios raw = before;
    raw.c_iflag &= (tcflag_t) ~(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    raw.c_lflag &= (tcflag_t) ~(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    catch_signals();
    entered = 1;
    tcsetattr(tty, TCSANOW, &raw);
    terminal_write((span){ENTER, sizeof ENTER - 1});
    return LC_OK;
}

terminal_size terminal_get_size(void)
{
    struct winsize size;
    if (ioctl(tty, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col)
        return (terminal_size){24, 80};
    return (terminal_size){size.ws_row, size.ws_col};
}

void terminal_write(span frame)
{
    while (frame.length) {
        ssize_t written = write(tty, frame.at, frame.length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        frame = span_from(frame, (size_t)written);
    }
}

/* ---- keys ---- */

static bool wait_for_input(int milliseconds)
{
    struct pollfd waited = {.fd = tty, .events = POLLIN};
    return input_at < input_end || poll(&waited, 1, milliseconds) > 0;
}

bool terminal_has_key(void)
{
    return wait_for_input(0);
}

/* The next byte, or -1 when none comes. */
static int next_byte(void)
{
    if (input_at == input_end) {
        ssize_t got = read(tty, input, sizeof input);
        input_at = 0;
        input_end = got > 0 ? (size_t)got : 0;
        if (got <= 0)
            return -1;
    }
    return input[input_at++];
}

static const struct {
    const char *sequence;
    uint32_t key;
} SEQUENCES[] = {
    {"[A", KEY_UP},         {"[B", KEY_DOWN},        {"[C", KEY_RIGHT},
    {"[D", KEY_LEFT},       {"OA", KEY_UP},          {"OB", KEY_DOWN},
    {"OC", KEY_RIGHT},      {"OD", KEY_LEFT},        {"[H", KEY_HOME},
    {"[F", KEY_END},        {"OH", KEY_HOME},        {"OF", KEY_END},
    {"[1~", KEY_HOME},      {"[4~", KEY_END},        {"[7~", KEY_HOME},
    {"[8~", KEY_END},       {"[3~", KEY_DELETE},     {"[5~", KEY_PAGE_UP},
    {"[6~", KEY_PAGE_DOWN}, {"[1;2A", KEY_SHIFT_UP}, {"[1;2B", KEY_SHIFT_DOWN},
    {"[a", KEY_SHIFT_UP},   {"[b", KEY_SHIFT_DOWN},
};

/* What follows an escape at once belongs to it; an escape alone is the key. */
static uint32_t read_sequence(void)
{
    enum { TOGETHER = 25, LONGEST = 16 };
    char seen[LONGEST + 1] = "";
    for (size_t n = 0; n < LONGEST && wait_for_input(TOGETHER); n++) {
        int byte = next_byte();
        if (byte < 0)
            break;
        seen[n] = (char)byte;
        seen[n + 1] = '\0';
        bool opens = n == 0 && (byte == '[' || byte == 'O');
        if (!opens && (n == 0 || (byte >= 0x40 && byte <= 0x7E)))
            break;
    }
    for (size_t i = 0; i < sizeof SEQUENCES / sizeof *SEQUENCES; i++)
        if (strcmp(SEQUENCES[i].sequence, seen) == 0)
            return SEQUENCES[i].key;
    return seen[0] ? KEY_NONE : KEY_ESCAPE;
}

static uint32_t read_character(int first)
{
    enum { LONGEST = 4 };
    char bytes[LONGEST] = {(char)first};
    size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1, at = 0;
    for (size_t n = 1; n < wanted; n++)
        bytes[n] = wait_for_input(25) ? (char)next_byte() : '\0';
    return utf8_next((span){bytes, wanted}, &at);
}

uint32_t terminal_key(void)
{
    if (!wait_for_input(-1))
        return KEY_NONE;
    int first = next_byte();
    if (first < 0)
        return KEY_CLOSED;
    if (first == 0x1B)
        return read_sequence();
    return first < 0x80 ? (uint32_t)first : read_character(first);
}
