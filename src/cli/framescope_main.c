// The command: argv, terminal, signals, exit codes. Everything else is fsc_run.

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "framescope.h"

// set by a signal handler: the one thing that cannot be handed over as a parameter
static volatile sig_atomic_t interrupted;

typedef struct screen {
    int progress_shown;
    int write_errno;        // why standard output could not be written
    int is_terminal;        // standard error
    double started, last;
    double from;            // where the rate is measured from: the first call, since a resumed run passes over what is done
    uint64_t from_bytes;
} screen;

static void on_interrupt(int signal_number)
{
    interrupted = signal_number;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int write_out(void *user, const char *data, size_t len)
{
    screen *s = user;
    while (len) {
        ssize_t n = write(STDOUT_FILENO, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            s->write_errno = errno;
            return -1;
        }
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

static void clear_progress(screen *s)
{
    if (s->progress_shown)
        fputs("\r\033[K", stderr);
    s->progress_shown = 0;
}

static void show_message(void *user, int level, const char *text)
{
    clear_progress(user);
    fprintf(stderr, "framescope: %s%s\n", level == 2 ? "error: " : "", text);
}

static int is_cancelled(void *user)
{
    (void)user;
    return interrupted != 0;
}

static void show_time(double seconds)
{
    long s = (long)(seconds + 0.5);
    if (s >= 3600)
        fprintf(stderr, ", %ld h %02ld min left", s / 3600, s % 3600 / 60);
    else if (s >= 60)
        fprintf(stderr, ", %ld min %02ld s left", s / 60, s % 60);
    else
        fprintf(stderr, ", %ld s left", s);
}

// what is left by the bytes that are left, at the rate of this process so far
static void show_progress(void *user, uint64_t done, uint64_t total, uint64_t records, uint64_t failed)
{
    screen *s = user;
    double t = now();
    if (!s->from) {
        s->from = t;
        s->from_bytes = done;
    }
    // under two seconds nobody waits; then at most four lines a second on a terminal, one in ten seconds in a log
    if (t - s->started < 2 || t - s->last < (s->is_terminal ? 0.25 : 10))
        return;
    double rate = t > s->from && done > s->from_bytes ? (double)(done - s->from_bytes) / (t - s->from) : 0;
    s->last = t;
    s->progress_shown = s->is_terminal;
    fprintf(stderr, "%s%llu records, %.1f", s->is_terminal ? "\r\033[K" : "framescope: ", (unsigned long long)records, (double)done / 1e6);
    if (total)
        fprintf(stderr, " of %.1f", (double)total / 1e6);
    fprintf(stderr, " MB, %.1f MB/s", rate / 1e6);
    if (total > done && rate > 0)
        show_time((double)(total - done) / rate);
    if (failed)
        fprintf(stderr, ", %llu failed", (unsigned long long)failed);
    if (!s->is_terminal)
        fputc('\n', stderr);
    fflush(stderr);
}

static uint32_t terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static int has_option(int argc, char **argv, const char *name)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return 1;
    return 0;
}

// a reader that has had enough (`| head`) needs no message; anything else does
static void show_write_error(const screen *s)
{
    if (s->write_errno && s->write_errno != EPIPE)
        fprintf(stderr, "framescope: cannot write the output: %s\n", strerror(s->write_errno));
}

// prints a text of the library and frees it; `missing` says what to do when there is none
static int print_text(char *text, const char *missing)
{
    screen s = {0};
    if (!text) {
        fprintf(stderr, "framescope: %s\n", missing);
        return 2;
    }
    int failed = write_out(&s, text, strlen(text));
    show_write_error(&s);
    fsc_free(text);
    return failed ? 3 : 0;
}

static int run(int argc, char **argv)
{
    screen s = {.started = now(), .is_terminal = isatty(STDERR_FILENO)};
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    fsc_sink sink = {.size = sizeof sink, .user = &s, .write = write_out, .message = show_message, .cancelled = is_cancelled,
                     .width = terminal_width()};
    sink.colour = sink.width && !(no_colour && *no_colour) && !(term && strcmp(term, "dumb") == 0);
    int quiet = has_option(argc, argv, "--quiet") || has_option(argc, argv, "-q");
    if (!quiet && (s.is_terminal || has_option(argc, argv, "--progress")))
        sink.progress = show_progress;
    fsc_err *err = fsc_err_new();
    int code = fsc_run(NULL, argc - 1, (const char *const *)(argv + 1), &sink, err);
    clear_progress(&s);
    if (s.write_errno)
        show_write_error(&s);
    else if (err && fsc_err_code(err))
        fprintf(stderr, "framescope: %s\n", fsc_err_message(err));
    fsc_err_free(err);
    return code;
}

// By itself glibc raises the size from which a block has pages of its own with every such block that is freed, so that what one huge record
// needs would stay as holes in the heap. Below this size memory is used again and again without asking the system.
static void set_memory(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}

int main(int argc, char **argv)
{
    set_memory();
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        char *help = fsc_help(NULL);
        fputs(help ? help : "", stderr);
        fsc_free(help);
        return 2;
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
        return print_text(fsc_help(argc > 2 ? argv[2] : NULL), "no such verb; framescope --help lists them");
    if (strcmp(word, "--version") == 0)
        return printf("framescope %s\n", fsc_version()) < 0 || fflush(stdout) ? 3 : 0;
    if (strcmp(word, "--man") == 0)
        return print_text(fsc_man(), "out of memory");
    if (strcmp(word, "--completion") == 0)
        return print_text(fsc_completion(argc > 2 ? argv[2] : "bash"), "--completion bash or --completion zsh; other shells are not known");
    int code = run(argc, argv);
    // a signal that came when all was done already changes nothing
    return interrupted && code == 5 ? 128 + (int)interrupted : code;
}
