#include "base/watchdog.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

/* Only write() and _exit() are safe here. */
void watchdog_stop(int signal_number)
{
    static const char message[] = "lectern: stopped by an internal fault; if it comes again the "
                                  "index may be damaged: rebuild "
                                  "it with: lectern index --rebuild\n";
    (void)signal_number;
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(3);
}

static void set_timer(int seconds)
{
    const struct itimerval when = {.it_value = {.tv_sec = seconds}};
    setitimer(ITIMER_PROF, &when, NULL);
}

void watchdog_begin(int seconds)
{
    static int ready;
    if (!ready) {
        struct sigaction action = {.sa_handler = watchdog_stop, .sa_flags = SA_RESTART};
        sigaction(SIGPROF, &action, NULL);
        ready = 1;
    }
    set_timer(seconds);
}

void watchdog_end(void)
{
    set_timer(0);
}
