#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A name from a note or a path may hold any byte; an error stays one printable line. */
static void keep_one_line(char *message)
{
    for (unsigned char *c = (unsigned char *)message; *c; c++)
        if (*c < 0x20 || *c == 0x7f)
            *c = '?';
}

static lc_status fill(lc_error *error, lc_status status, const char *format, va_list arguments)
{
    if (!error)
        return status;
    error->status = status;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    keep_one_line(error->message);
    return status;
}

lc_status lc_fail(lc_error *error, lc_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, format, arguments);
    va_end(arguments);
    return status;
}

lc_status lc_fail_errno(lc_error *error, int error_number, const char *format, ...)
{
    lc_status status = error_number == ENOENT || error_number == ENOTDIR ? LC_NOT_FOUND : LC_IO;
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, format, arguments);
    va_end(arguments);
    if (error) {
        size_t used = strlen(error->message);
        snprintf(error->message + used, sizeof error->message - used, ": %s",
                 strerror(error_number));
    }
    return status;
}

int lc_exit_status(lc_status status)
{
    switch (status) {
    case LC_OK: return 0;
    case LC_NOT_FOUND:
    case LC_BAD_INPUT: return 2;
    case LC_NO_INDEX:
    case LC_OLD_INDEX:
    case LC_LOCKED:
    case LC_CHANGED:
    case LC_CORRUPT:
    case LC_IO:
    case LC_INTERNAL: break;
    }
    return 3;
}
