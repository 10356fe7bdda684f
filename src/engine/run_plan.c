#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/engine_p.h"

// plan: the shards of a command; and what a run does that is one shard.

#define TEXT_MAX ((size_t)1 << 31)

// ---------------------------------------------------------------- plan

static int write_file(const char *folder, const char *name, const fsc_buf *text, fsc_arena *arena, fsc_err *err)
{
    fsc_outfile f;
    fsc_view path = fsc_arena_printf(arena, "%s/%s", folder, name);
    int status = !path.data || text->failed ? fsc_err_nomem(err) : fsc_outfile_open(&f, path.data, NULL, err);
    if (status)
        return status;
    status = fsc_outfile_write(&f, fsc_buf_view(text), err);
    if (status)
        fsc_outfile_release(&f);
    return status ? status : fsc_outfile_commit(&f, err);
}

static int make_folder(const char *path, fsc_err *err)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && fsc_path_kind_of(path) == FSC_PATH_FOLDER))
        return 0;
    return fsc_err_at(err, FSC_E_WRITE, fsc_view_cstr(path), 0, 0, "cannot make the folder: %s", strerror(errno));
}

// Of the command only verb and options go to the job files: the plan has the inputs.
static int command_words(fsc_view *out, size_t *count, const fsc_texts *words, const fsc_options *inner)
{
    *count = 0;
    size_t input = 0;
    bool only_inputs = false;
    for (size_t i = 0; i < words->len; i++) {
        bool is_input = input < inner->arg.len && words->data[i] == inner->arg.data[input];
        if (!only_inputs && !is_input && strcmp(words->data[i], "--") == 0)
            only_inputs = true;
        else if (is_input)
            input++;
        else
            out[(*count)++] = fsc_view_cstr(words->data[i]);
    }
    return input == inner->arg.len ? 0 : -1;
}

static int check_command(const fsc_options *o, fsc_err *err)
{
    if (o->verb != FSC_VERB_SCORE && o->verb != FSC_VERB_CUES && o->verb != FSC_VERB_ANNOTATE && o->verb != FSC_VERB_EXTRACT)
        return fsc_err_set(err, FSC_E_USAGE, "%s cannot be cut into shards; score, cues, annotate and extract can", fsc_verb_name(o->verb));
    if (o->output || o->plan || o->shard > 0 || o->resume || o->jobs > 0)
        return fsc_err_set(err, FSC_E_USAGE, "leave --output, --jobs, --plan, --shard and --resume out of the planned command: its job files have them");
    if ((o->by && strcmp(o->by, "sentence") != 0) || o->sort || o->group)
        return fsc_err_set(err, FSC_E_USAGE, "--by, --sort and --group are made from all records: plan the command without, and group what merge gives");
    if (o->cdx || o->db)
        return fsc_err_set(err, FSC_E_USAGE, "--cdx and --db cannot be cut into shards");
    if (!o->arg.len)
        return fsc_err_set(err, FSC_E_USAGE, "the planned command has no input");
    return 0;
}

static int write_jobs(const fsc_run_state *r, const fsc_plan *plan, const fsc_view *command, size_t count, fsc_err *err)
{
    fsc_job_file job[FSC_JOB_FILES];
    char here[4096];
    const char *folder = r->opt->output;
    if (!getcwd(here, sizeof here))
        return fsc_err_set(err, FSC_E_READ, "the working folder has no name: %s", strerror(errno));
    fsc_plan_jobs(job, plan, folder, here, command, count);
    int status = 0;
    for (int i = 0; i < FSC_JOB_FILES; i++) {
        if (!status)
            status = write_file(folder, job[i].name, &job[i].text, r->arena, err);
        fsc_buf_release(&job[i].text);
    }
    return status;
}

// the plan's own file comes last: where it is, all is
static int write_plan(const fsc_run_state *r, const fsc_plan *plan, const fsc_view *command, size_t count, fsc_err *err)
{
    const char *folder = r->opt->output;
    fsc_buf text;
    fsc_view log = fsc_arena_printf(r->arena, "%s/log", folder), file = fsc_arena_printf(r->arena, "%s/plan.jsonl", folder);
    if (!log.data || !file.data)
        return fsc_err_nomem(err);
    if (fsc_path_kind_of(file.data) != FSC_PATH_ABSENT)
        return fsc_err_at(err, FSC_E_USAGE, file, 0, 0, "there is a plan already: choose another folder, or remove this one");
    int status = make_folder(folder, err);
    if (!status)
        status = make_folder(log.data, err);
    if (!status)
        status = write_jobs(r, plan, command, count, err);
    fsc_buf_init(&text, NULL, TEXT_MAX);
    fsc_plan_write(&text, plan);
    if (!status)
        status = write_file(folder, "plan.jsonl", &text, r->arena, err);
    fsc_buf_release(&text);
    return status;
}

static void say_plan(const fsc_run_state *r, const fsc_plan *plan)
{
    char text[512];
    snprintf(text, sizeof text, "%zu shard%s. Run with sbatch %s/slurm.sh, sh %s/parallel.sh or, one by one, sh %s/shard.sh NUMBER; then framescope merge %s -o FILE",
             plan->count, plan->count == 1 ? "" : "s", r->opt->output, r->opt->output, r->opt->output, r->opt->output);
    if (!r->opt->quiet)
        fsc_run_message(r->sink, 0, text);
}

static int plan_command(fsc_run_state *r, const fsc_options *inner, fsc_err *err)
{
    const fsc_options *o = r->opt;
    fsc_run_state planned = {.ctx = r->ctx, .opt = inner, .sink = r->sink, .arena = r->arena};
    fsc_ingest_options in = fsc_run_ingest_options(&planned, (fsc_view){0}, (fsc_view){0});
    fsc_plan plan = {0};
    size_t count;
    fsc_view *command = FSC_NEW_N(r->arena, fsc_view, o->arg.len + 1);
    int status = command ? fsc_run_identity(&planned, &plan.identity, &plan.extension, err) : fsc_err_nomem(err);
    if (!status && command_words(command, &count, &o->arg, inner))
        status = fsc_err_set(err, FSC_E_USAGE, "the planned command mixes inputs and options in a way that cannot be taken apart: give the inputs last");
    if (!status)
        status = fsc_plan_make(&plan, inner->arg.data, inner->arg.len, &in, o->shards > 0 ? (uint64_t)o->shards : 0, r->arena, err);
    if (!status)
        status = write_plan(r, &plan, command, count, err);
    if (!status)
        say_plan(r, &plan);
    return status;
}

int fsc_run_plan(fsc_run_state *r, fsc_err *err)
{
    const fsc_options *o = r->opt;
    fsc_options inner;
    int status = 0;
    if (!o->arg.len)
        status = fsc_err_set(err, FSC_E_USAGE, "no command to plan: framescope plan -o FOLDER -- score INPUT...");
    else if (!o->output)
        status = fsc_err_set(err, FSC_E_USAGE, "plan needs -o FOLDER for the plan, its job files and the parts");
    if (!status)
        status = fsc_options_parse(&inner, (int)o->arg.len, o->arg.data, r->arena, err);
    if (!status)
        status = check_command(&inner, err);
    return fsc_exit_of(status ? status : plan_command(r, &inner, err));
}

// ---------------------------------------------------------------- one shard

int fsc_shard_open(fsc_run_state *r, bool *done, fsc_err *err)
{
    const fsc_options *o = r->opt;
    *done = false;
    if (!o->plan && o->shard <= 0)
        return 0;
    if (!o->plan || o->shard <= 0 || o->arg.len || !o->output || strcmp(o->output, "-") == 0)
        return fsc_err_set(err, FSC_E_USAGE, "a shard takes --plan FILE, --shard NUMBER and -o FILE, and no inputs: the plan has them");
    fsc_plan *plan = FSC_NEW(r->arena, fsc_plan);
    fsc_manifest *m = FSC_NEW(r->arena, fsc_manifest), old;
    int status = plan && m ? fsc_plan_read(plan, o->plan, r->arena, err) : fsc_err_nomem(err);
    if (status)
        return status;
    if ((uint64_t)o->shard > plan->count)
        return fsc_err_at(err, FSC_E_USAGE, fsc_view_cstr(o->plan), 0, 0, "has %zu shards, not %lld", plan->count, (long long)o->shard);
    if (!fsc_view_eq(plan->identity, r->identity))
        return fsc_err_at(err, FSC_E_MISMATCH, fsc_view_cstr(o->plan), 0, 0,
                          "made for another version, lexicon or options: use the command in its shard.sh, or plan anew");
    *m = (fsc_manifest){.run = r->export.run, .shard = (uint64_t)o->shard, .shards = plan->count};
    memcpy(m->plan, plan->digest, sizeof m->plan);
    r->plan = plan;
    r->manifest = m;
    int got = fsc_manifest_read(&old, o->output, r->arena, err);
    if (got < 0)
        return got;
    *done = got && strcmp(old.plan, m->plan) == 0 && old.shard == m->shard && fsc_view_eq(old.run, m->run) && fsc_manifest_whole(&old, o->output);
    return 0;
}

// With --keep the columns are those of the first input of all, whose header each shard reads.
int fsc_shard_ranges(const fsc_run_state *r, fsc_ingest_options *opt, fsc_err *err)
{
    const fsc_shard *s = &r->plan->shard[r->opt->shard - 1];
    fsc_ingest_range *range = FSC_NEW_N(r->arena, fsc_ingest_range, s->range_count + 1);
    if (!range)
        return fsc_err_nomem(err);
    size_t head = fsc_view_is(opt->keep, "*");
    if (head)
        range[0] = (fsc_ingest_range){.path = r->plan->shard[0].range[0].path, .line = 1};
    memcpy(range + head, s->range, s->range_count * sizeof *range);
    opt->range = range;
    opt->range_count = s->range_count + head;
    return 0;
}
