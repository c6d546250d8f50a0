#include "speed_process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

static double read_clock(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double clock_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double clock_worked(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static lc_status wait_for(pid_t child, double begun, process_cost *cost_out, int *exit_out,
                          lc_error *error)
{
    struct rusage used;
    int how;
    while (wait4(child, &how, 0, &used) < 0)
        if (errno != EINTR)
            return lc_fail_errno(error, errno, "a process could not be waited for");
    if (cost_out) {
        cost_out->seconds = clock_now() - begun;
        cost_out->cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
        cost_out->peak_bytes = (double)used.ru_maxrss * 1024;
    }
    if (!WIFEXITED(how))
        return lc_fail(error, LC_IO, "a process died of signal %d", WTERMSIG(how));
    *exit_out = WEXITSTATUS(how);
    return LC_OK;
}

/* ---- work of our own ---- */

/* The child's error comes back through memory that both share. */
lc_status child_run(lc_status (*work)(void *user, lc_error *error), void *user,
                    process_cost *cost_out, lc_error *error)
{
    lc_error *said =
        mmap(NULL, sizeof *said, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (said == MAP_FAILED)
        return lc_fail_errno(error, errno, "no memory for a child process");
    double begun = clock_now();
    pid_t child = fork();
    if (child == 0)
        _exit(work(user, said) == LC_OK ? 0 : 1);
    int exit_status = 0;
    lc_status status = child < 0
                           ? lc_fail_errno(error, errno, "a child process could not be started")
                           : wait_for(child, begun, cost_out, &exit_status, error);
    if (status == LC_OK && exit_status)
        status = lc_fail(error, said->status, "%s", said->message);
    munmap(said, sizeof *said);
    return status;
}

/* ---- programs ---- */

static int spawn(const char *const *argv, const char *folder, bool quiet, int output,
                 pid_t *child_out)
{
    posix_spawn_file_actions_t set;
    posix_spawn_file_actions_init(&set);
    posix_spawn_file_actions_addopen(&set, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&set, output, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&set, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (quiet)
        posix_spawn_file_actions_addopen(&set, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (folder)
        posix_spawn_file_actions_addchdir_np(&set, folder);
    /* not fork(): copying the page tables of a large process would count as the program's start */
    int failed = posix_spawnp(child_out, argv[0], &set, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&set);
    return failed;
}

static lc_status take_output(int file, buffer *to, lc_error *error)
{
    off_t length = lseek(file, 0, SEEK_END);
    if (length < 0 || lseek(file, 0, SEEK_SET) != 0)
        return lc_fail_errno(error, errno, "a program's output could not be read");
    while (length > 0) {
        ssize_t got = read(file, buffer_reserve(to, (size_t)length), (size_t)length);
        if (got <= 0)
            return lc_fail_errno(error, errno, "a program's output could not be read");
        to->length += (size_t)got;
        length -= got;
    }
    return LC_OK;
}

lc_status program_run(const char *const *argv, const char *folder, bool quiet, buffer *output,
                      process_cost *cost_out, int *exit_out, lc_error *error)
{
    /* a file in memory: nobody has to empty a pipe while the clock runs */
    int file = output ? memfd_create("output", MFD_CLOEXEC) : -1;
    if (output && file < 0)
        return lc_fail_errno(error, errno, "no memory for a program's output");
    double begun = clock_now();
    pid_t child;
    int failed = spawn(argv, folder, quiet, file, &child);
    lc_status status = failed ? lc_fail_errno(error, failed, "%s could not be run", argv[0])
                              : wait_for(child, begun, cost_out, exit_out, error);
    if (status == LC_OK && output)
        status = take_output(file, output, error);
    if (file >= 0)
        close(file);
    return status;
}

char *program_find(const char *name)
{
    const char *path = getenv("PATH");
    span rest = span_of(path ? path : "/usr/bin:/bin");
    while (rest.length) {
        char *folder = xstrdup(span_cut(&rest, ':'));
        char *whole = path_join(folder, name);
        free(folder);
        if (access(whole, X_OK) == 0)
            return whole;
        free(whole);
    }
    return NULL;
}
